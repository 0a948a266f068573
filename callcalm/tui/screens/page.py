"""What every screen has: a heading, a body, a line for notices, the key bar; and its keys from the registry."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget

from callcalm.language import _
from callcalm.tui.literal import literal
from callcalm.tui.messages import Notice, OpenGuide, SaveFailed
from callcalm.tui.reflow import Reflow
from callcalm.tui.screens.too_small import fit
from callcalm.tui.widgets.keybar import KeyBar
from callcalm.tui.widgets.words import Words

if TYPE_CHECKING:
    from callcalm.practice.playing import Playing


class Page(Screen[None]):
    """A whole screen. Subclasses name their `PLACE` in the registry and give a `title` and a `body`."""

    PLACE: ClassVar[str] = ""
    AUTO_FOCUS = ""

    def __init__(self) -> None:
        super().__init__()
        self._unsaved = False

    def compose(self) -> ComposeResult:
        """The frame that all screens share."""
        yield Words(self.heading(), ident="heading")
        yield from self.body()
        notice = Words(ident="notice")
        notice.display = False
        yield notice
        yield KeyBar(ident="keys")

    def heading(self) -> str | Reflow:
        """The first line."""
        raise NotImplementedError

    def body(self) -> Iterable[Widget]:
        """What stands between heading and key bar."""
        raise NotImplementedError

    def action_guide(self) -> None:
        """The field guide, where it is most use here; escape comes back."""
        self.post_message(OpenGuide(self.guide_at()))

    def guide_at(self) -> str:
        """The move at which the guide opens; empty for the list."""
        return ""

    def on_notice(self, event: Notice) -> None:
        """Say it above the key bar."""
        event.stop()
        self.note(event.text)

    def on_resize(self, event: Resize) -> None:
        """A sentence instead of a broken screen."""
        fit(self, event.size)

    def mind(self, practice: Playing) -> None:
        """Say how a round came back, once; and whether its last save worked, when that changes."""
        if practice.notice:
            self.note(practice.notice)
            practice.notice = ""
        if practice.trouble is not None:
            self._unsaved = True
            self.post_message(SaveFailed())
        elif self._unsaved:
            self._unsaved = False
            self.note(_("Saving works again."))

    def note(self, text: str | Content) -> None:
        """Say something above the key bar, until something else is said; empty words clear it."""
        notice = self.query_one("#notice", Words)
        content = literal(text)
        notice.say(content)
        notice.display = bool(content.plain)


class Reading(VerticalScroll, can_focus=False):
    """Something to scroll through; it says when it has moved."""

    class Moved(Message):
        """Another part is in sight."""

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Say so."""
        super().watch_scroll_y(old_value, new_value)
        self.post_message(self.Moved())

    def on_resize(self) -> None:
        """More or less is in sight now."""
        self.post_message(self.Moved())

    @property
    def at_end(self) -> bool:
        """Whether the end is in sight."""
        return self.scroll_offset.y >= self.max_scroll_y


class ReadingPage(Page):
    """A screen that is read from top to bottom: enter reads on, and goes on at the end."""

    def body(self) -> Iterable[Widget]:
        """One scroll with everything in it."""
        yield Reading(*self.reading(), id="reading")

    def reading(self) -> Iterable[Widget]:
        """What is to be read."""
        raise NotImplementedError

    def next_step(self) -> None:
        """What comes after reading."""
        raise NotImplementedError

    def on_reading_moved(self) -> None:
        """At the end the keys change."""
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Going on is for the end; before it, the same key reads on."""
        if action in {"read_on", "go_on"} and self.is_mounted:
            return self.query_one(Reading).at_end is (action == "go_on")
        return True

    def action_page(self, pages: int) -> None:
        """Scroll by a screenful."""
        scroll = self.query_one(Reading)
        if pages > 0:
            scroll.scroll_page_down()
        else:
            scroll.scroll_page_up()

    def action_line(self, lines: int) -> None:
        """Scroll by a line."""
        self.query_one(Reading).scroll_relative(y=lines, animate=False)

    def action_read_on(self) -> None:
        """The next screenful."""
        self.action_page(1)

    def action_go_on(self) -> None:
        """The next step."""
        self.next_step()
