"""A list to move through with the arrows: the chosen row has a marker before it, not only a colour.

Enter belongs to the screen, so that it can be remapped and shown in the key bar like every other key.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from callcalm.tui.reflow import Build, Reflow, Row


@dataclass(frozen=True, slots=True)
class Item:
    """One row: what it shows at a width, what it stands for, and whether the cursor may rest on it."""

    build: Build
    key: str = ""
    idle: bool = False


AIRY = 76
"""From so many cells on, an empty line stands before a heading."""


def heading(title: Content, *, first: bool) -> Item:
    """A row that only names what follows."""
    return Item(lambda width: [title] if first or width < AIRY - 4 else [Content(""), title], idle=True)


class Rows(OptionList, inherit_bindings=False):
    """Rows, one of them chosen."""

    BINDINGS = [
        Binding("down", "cursor_down", show=False),
        Binding("up", "cursor_up", show=False),
        Binding("home", "first", show=False),
        Binding("end", "last", show=False),
    ]

    class Chosen(Message):
        """A row was clicked; the keyboard's enter goes to the screen."""

        def __init__(self, rows: Rows, key: str) -> None:
            super().__init__()
            self.rows = rows
            self.key = key

        @property
        def control(self) -> Rows:
            """The list it was in."""
            return self.rows

    def __init__(self, *, ident: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=ident, classes=classes, markup=False)
        self._items: list[Item] = []
        self._marked: Row | None = None

    def fill(self, items: Iterable[Item], *, at: int | None = None, key: str | None = None) -> None:
        """Show these rows, the cursor on row `at`, or on the row of `key`, or on the first that can hold it."""
        self._items = list(items)
        self._marked = None
        self.set_options(
            Option(Reflow(item.build) if item.idle else Row(item.build), disabled=item.idle)
            for item in self._items
        )
        if key is not None:
            at = next((i for i, item in enumerate(self._items) if item.key == key and not item.idle), at)
        if at is not None and 0 <= at < len(self._items) and not self._items[at].idle:
            self.highlighted = at
            # How far down the row is, is known only once the new rows are laid out.
            self.call_after_refresh(self.scroll_to_highlight)
        else:
            self.action_first()

    @property
    def chosen(self) -> str | None:
        """The key of the row the cursor is on."""
        return None if self.highlighted is None else self._items[self.highlighted].key

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Move the marker with the cursor."""
        option = self.highlighted_option
        row = option.prompt if option is not None else None
        if self._marked is not None:
            self._marked.chosen = False
        if isinstance(row, Row) and highlighted is not None:
            row.chosen = True
            self._marked = row
            self.replace_option_prompt_at_index(highlighted, row)
        super().watch_highlighted(highlighted)

    def scroll_to_highlight(self, top: bool = False) -> None:
        """Bring the marker into sight, and with the first and last row those beyond on which it cannot rest."""
        rests = [index for index, item in enumerate(self._items) if not item.idle]
        if rests and self.highlighted == rests[0]:
            self.scroll_home(animate=False, immediate=True)
        elif rests and self.highlighted == rests[-1]:
            self.scroll_end(animate=False, immediate=True)
        super().scroll_to_highlight(top)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Tell the screen of a click."""
        event.stop()
        self.post_message(self.Chosen(self, self._items[event.option_index].key))
