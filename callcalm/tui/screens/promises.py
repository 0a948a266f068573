"""What was promised in rounds: what is due on top, to be gone back to; the rest to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from callcalm.insight.promise_words import (
    again_line,
    group_name,
    grouped,
    nothing_line,
    promise_line,
    sentence,
    standing_line,
)
from callcalm.insight.promises import Entry, Standing
from callcalm.language import _
from callcalm.tui.commands import bindings
from callcalm.tui.literal import literal, wrapped
from callcalm.tui.messages import ComeBack, GoHome
from callcalm.tui.screens.page import Page
from callcalm.tui.widgets.rows import Item, Rows, heading
from callcalm.tui.widgets.words import Words

if TYPE_CHECKING:
    from callcalm.practice.desk import Desk


class PromisesScreen(Page):
    """The ledger: the cursor rests on every promise, enter goes back to one that is due."""

    PLACE = "promises"
    BINDINGS = bindings("promises")
    AUTO_FOCUS = "#promises"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._entries: dict[str, Entry] = {}

    def heading(self) -> str:
        """What this is."""
        return _("What you promised")

    def body(self) -> Iterable[Widget]:
        """The list."""
        yield Words(literal(_("Reading your rounds…")), ident="no-promises")
        yield Rows(ident="promises")

    def on_mount(self) -> None:
        """Reading the log waits until the first picture is there."""
        self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        from callcalm.practice.promises import ledger

        entries = ledger(self._desk)
        self._entries = {entry.follows: entry for entry in entries}
        self.query_one(Rows).fill(_items(entries))
        said = self.query_one("#no-promises", Words)
        said.say(literal("" if entries else nothing_line()))
        said.display = not entries
        self.note(again_line(entries))
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Only what is due can be gone back to."""
        return action != "come_back" or self._due() is not None

    def on_option_list_option_highlighted(self) -> None:
        """The marker is on another promise: other things can be done with it."""
        self.refresh_bindings()

    def on_rows_chosen(self) -> None:
        """A click goes back to it, too."""
        self.action_come_back()

    def action_come_back(self) -> None:
        """Begin the encounter that the promise comes back in."""
        entry = self._due()
        if entry is not None:
            self.post_message(ComeBack(entry))

    def action_back(self) -> None:
        """To the list."""
        self.post_message(GoHome())

    def _due(self) -> Entry | None:
        entry = self._entries.get(self.query_one(Rows).chosen or "") if self.is_mounted else None
        return entry if entry is not None and entry.standing is Standing.DUE else None


def _items(entries: Iterable[Entry]) -> Iterator[Item]:
    first = True
    for standing, group in grouped(entries).items():
        yield heading(literal(group_name(standing), "bold $heading"), first=first)
        first = False
        for entry in group:
            yield Item(lambda width, entry=entry: _lines(entry, width), key=entry.follows)  # type: ignore[misc]  # bound now


def _lines(entry: Entry, width: int) -> list[Content]:
    about = f"{entry.title or entry.scenario}. {sentence(standing_line(entry))}"
    return [*wrapped(literal(promise_line(entry)), width, ""), *wrapped(literal(about, "$muted"), width, "  ")]
