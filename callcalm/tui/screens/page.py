"""What every screen has: a heading, a body, a line for notices, the key bar; and its keys from the registry."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.screen import Screen
from textual.visual import Visual
from textual.widget import Widget

from callcalm.tui.literal import literal
from callcalm.tui.messages import Notice
from callcalm.tui.screens.too_small import fit
from callcalm.tui.widgets.keybar import KeyBar
from callcalm.tui.widgets.words import Words


class Page(Screen[None]):
    """A whole screen. Subclasses name their `PLACE` in the registry and give a `title` and a `body`."""

    PLACE: ClassVar[str] = ""
    AUTO_FOCUS = ""

    def compose(self) -> ComposeResult:
        """The frame that all screens share."""
        yield Words(self.heading(), ident="heading")
        yield from self.body()
        notice = Words(ident="notice")
        notice.display = False
        yield notice
        yield KeyBar(ident="keys")

    def heading(self) -> str | Visual:
        """The first line."""
        raise NotImplementedError

    def body(self) -> Iterable[Widget]:
        """What stands between heading and key bar."""
        raise NotImplementedError

    def on_notice(self, event: Notice) -> None:
        """Say it above the key bar."""
        event.stop()
        self.note(event.text)

    def on_resize(self, event: Resize) -> None:
        """A sentence instead of a broken screen."""
        fit(self, event.size)

    def note(self, text: str | Content) -> None:
        """Say something above the key bar, until something else is said; empty words clear it."""
        notice = self.query_one("#notice", Words)
        content = literal(text)
        notice.say(content)
        notice.display = bool(content.plain)


class ReadingPage(Page):
    """A screen that is read from top to bottom: enter reads on, and goes on at the end."""

    def body(self) -> Iterable[Widget]:
        """One scroll with everything in it."""
        yield VerticalScroll(*self.reading(), id="reading", can_focus=False)

    def reading(self) -> Iterable[Widget]:
        """What is to be read."""
        raise NotImplementedError

    def at_end(self) -> bool:
        """Whether all has been in sight."""
        scroll = self.query_one("#reading", VerticalScroll)
        return scroll.scroll_offset.y >= scroll.max_scroll_y

    def action_page(self, pages: int) -> None:
        """Scroll by a screenful."""
        scroll = self.query_one("#reading", VerticalScroll)
        if pages > 0:
            scroll.scroll_page_down(animate=False)
        else:
            scroll.scroll_page_up(animate=False)

    def action_line(self, lines: int) -> None:
        """Scroll by a line."""
        self.query_one("#reading", VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_go_on(self) -> None:
        """Read on; at the end, the next step."""
        if self.at_end():
            self.next_step()
        else:
            self.action_page(1)

    def next_step(self) -> None:
        """What comes after reading."""
        raise NotImplementedError
