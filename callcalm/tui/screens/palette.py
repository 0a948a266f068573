"""The command palette: what is possible on the screen below, found by name and run."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input

from callcalm.language import _
from callcalm.tui.commands import bindings
from callcalm.tui.literal import beside, literal
from callcalm.tui.screens.dialogue import Dialogue
from callcalm.tui.widgets.field import Field
from callcalm.tui.widgets.keybar import KeyBar, Possible
from callcalm.tui.widgets.rows import Item, Rows
from callcalm.tui.widgets.words import Words

LONGEST_SEARCH = 60


class SearchField(Field):
    """Where the name is written; the arrows move in the list below."""

    BINDINGS = bindings("palette")

    class Left(Message):
        """The player would rather run nothing."""

    class Moved(Message):
        """The cursor of the list is to move: 1 is down, -1 up."""

        def __init__(self, by: int) -> None:
            super().__init__()
            self.by = by

    def action_back(self) -> None:
        """Run nothing."""
        self.post_message(self.Left())

    def action_cursor(self, by: int) -> None:
        """Move in the list."""
        self.post_message(self.Moved(by))


class Palette(Dialogue[str | None]):
    """Write part of a name; the result is the id of the command to run, or None."""

    AUTO_FOCUS = "SearchField"

    def __init__(self, commands: Sequence[Possible]) -> None:
        super().__init__()
        self._commands = commands

    def compose(self) -> ComposeResult:
        """A field and what it finds."""
        with Vertical(id="box", classes="tall"):
            yield Words(literal(_("What would you like to do?"), "bold $heading"), ident="question")
            yield SearchField(hint=_("write part of it"), most=LONGEST_SEARCH)
            yield Rows(ident="found")
            yield KeyBar(ident="keys")

    def on_mount(self) -> None:
        """All there is, to begin with."""
        self._find("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Find as the name is written."""
        self._find(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Run the marked command."""
        event.stop()
        self.dismiss(self.query_one(Rows).chosen)

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """A click runs it too."""
        self.dismiss(event.key)

    def on_search_field_moved(self, event: SearchField.Moved) -> None:
        """Move in the list."""
        rows = self.query_one(Rows)
        if event.by > 0:
            rows.action_cursor_down()
        else:
            rows.action_cursor_up()

    def on_search_field_left(self) -> None:
        """Run nothing."""
        self.dismiss(None)

    def _find(self, wish: str) -> None:
        words = wish.casefold().split()
        found = [
            one
            for one in self._commands
            if all(word in f"{_(one.command.label)} {_(one.command.tip)}".casefold() for word in words)
        ]
        rows = self.query_one(Rows)
        if found:
            rows.fill(_item(one) for one in found)
        else:
            rows.fill(
                [Item(lambda _width: [literal(_("Nothing by that name is possible now."), "$muted")], idle=True)]
            )


def _item(one: Possible) -> Item:
    def build(width: int) -> list[Content]:
        return [beside(literal(_(one.command.tip)), literal(one.key, "bold $heading"), width)]

    return Item(build, key=one.command.id)
