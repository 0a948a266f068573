"""The field guide: every move by what it does, found by words as they are written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from callcalm.insight.fieldguide import LONGEST_SEARCH, Entry, FieldGuide, Found
from callcalm.insight.wording import quoted
from callcalm.language import _, ngettext
from callcalm.tui.commands import bindings
from callcalm.tui.literal import beside, line, literal, wrapped
from callcalm.tui.reflow import Reflow
from callcalm.tui.screens.move import MoveScreen
from callcalm.tui.screens.page import Page
from callcalm.tui.widgets.field import Field
from callcalm.tui.widgets.rows import Item, Rows, heading
from callcalm.tui.widgets.words import Words

_WIDE_ROW = 100
"""From so many cells on, a row has room for everything on one line."""

_NAME_CELLS = 36
"""Of which the name takes so many."""


class GuideField(Field):
    """Where the search is written; the arrows move in the list below."""

    BINDINGS = bindings("guide")

    class Left(Message):
        """The player goes back."""

    class Moved(Message):
        """The cursor of the list is to move: by a row, or by a page; 1 is down, -1 up."""

        def __init__(self, by: int, *, pages: bool) -> None:
            super().__init__()
            self.by = by
            self.pages = pages

    def action_back(self) -> None:
        """Back to where one was."""
        self.post_message(self.Left())

    def action_cursor(self, by: int) -> None:
        """Move in the list."""
        self.post_message(self.Moved(by, pages=False))

    def action_page(self, by: int) -> None:
        """Move in the list by a screenful."""
        self.post_message(self.Moved(by, pages=True))


class GuideScreen(Page):
    """Write part of a name, an id, a reason or what somebody said; enter opens the page."""

    PLACE = "guide"
    AUTO_FOCUS = "GuideField"

    def __init__(self, guide: FieldGuide, *, at: str = "", notice: str = "") -> None:
        super().__init__()
        self._guide = guide
        self._at, self._notice = at, notice
        self._found = guide.find("")
        self._open: MoveScreen | None = None

    def heading(self) -> Reflow:
        """What this is, and how much of it is found."""
        count = sum(len(found.entries) for found in self._found)
        total = len(self._guide.moves)
        words = ngettext("{n} move of {total}", "{n} moves of {total}", count).format(n=count, total=total)
        return Reflow(lambda width: [beside(literal(_("Field guide")), literal(words, "$muted"), width)])

    def body(self) -> Iterable[Widget]:
        """The search and what it finds."""
        yield GuideField(hint=_("search: a move, a rule, or what somebody said"), most=LONGEST_SEARCH)
        rows = Rows(ident="moves")
        rows.can_focus = False
        yield rows

    def on_mount(self) -> None:
        """All there is, to begin with."""
        self._fill(self._at)
        self.note(self._notice)

    def on_screen_resume(self) -> None:
        """Back from a page: the cursor stands on the move read last."""
        if self._open is not None:
            self._fill(self._open.at)
            self._open = None

    def on_input_changed(self, event: Input.Changed) -> None:
        """Find as one writes."""
        self._found = self._guide.find(event.value)
        self._fill()
        self.query_one("#heading", Words).say(self.heading())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Open the page of the marked move."""
        event.stop()
        self._read(self.query_one(Rows).chosen)

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """A click opens it too."""
        self._read(event.key)

    def on_guide_field_moved(self, event: GuideField.Moved) -> None:
        """Move in the list."""
        rows = self.query_one(Rows)
        match event.by > 0, event.pages:
            case True, False:
                rows.action_cursor_down()
            case False, False:
                rows.action_cursor_up()
            case True, True:
                rows.action_page_down()  # type: ignore[no-untyped-call]  # Textual's, as is the next
            case _:
                rows.action_page_up()  # type: ignore[no-untyped-call]

    def on_guide_field_left(self) -> None:
        """Back to where one was."""
        self.dismiss()

    def _read(self, move: str | None) -> None:
        if move:
            order = [entry.move for found in self._found for entry in found.entries]
            self._open = MoveScreen(self._guide, order, move, listed=True)
            self.app.push_screen(self._open)

    def _fill(self, at: str = "") -> None:
        rows = self.query_one(Rows)
        if self._found:
            rows.fill(_items(self._found), key=at or None)
        else:
            nothing = literal(_("Nothing here has all of these words."), "$muted")
            rows.fill([Item(partial(wrapped, nothing), idle=True)])


def _items(shelves: Iterable[Found]) -> Iterator[Item]:
    for index, shelf in enumerate(shelves):
        yield heading(literal(shelf.title, "bold $heading"), first=index == 0)
        for entry in shelf.entries:
            yield Item(partial(_row, entry), key=entry.move)


def _row(entry: Entry, width: int) -> list[Content]:
    """Name and id, and why or the example; on one line where there is room."""
    name, ident = literal(entry.name, "bold"), literal(entry.move, "$muted")
    about = literal(quoted(entry.heard) if entry.heard else entry.why, "$muted")
    if width >= _WIDE_ROW:
        return [beside(line(name.truncate(_NAME_CELLS, ellipsis=True, pad=True), "  ", about), ident, width)]
    return [beside(name, ident, width), line("  ", about.truncate(max(1, width - 2), ellipsis=True))]
