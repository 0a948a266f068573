"""A list of one line a row, drawn only where it is in sight: a thousand rows cost what twenty do.

The chosen row has a marker before it, not only a colour. Enter belongs to the screen, as in `Rows`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual.binding import Binding
from textual.content import Content
from textual.events import Click
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from callcalm.tui.literal import MARKER, line


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its line at a width, what it stands for, and whether the cursor may rest on it."""

    build: Callable[[int], Content]
    key: str = ""
    idle: bool = False


class Lines(ScrollView, can_focus=True, inherit_bindings=False):
    """Rows of one line each, one of them chosen."""

    COMPONENT_CLASSES = {"lines--row", "lines--chosen"}
    BINDINGS = [
        Binding("down", "step(1)", show=False),
        Binding("up", "step(-1)", show=False),
        Binding("home", "end(1)", show=False),
        Binding("end", "end(-1)", show=False),
    ]

    class Marked(Message):
        """The cursor stands on another row, or there are other rows."""

        def __init__(self, lines: Lines) -> None:
            super().__init__()
            self.lines = lines

        @property
        def control(self) -> Lines:
            """The list it is about."""
            return self.lines

    def __init__(self, *, ident: str | None = None) -> None:
        super().__init__(id=ident)
        self._rows: Sequence[Row] = ()
        self._at = -1

    @property
    def chosen(self) -> str | None:
        """The key of the row the cursor is on."""
        return self._rows[self._at].key if 0 <= self._at < len(self._rows) else None

    def fill(self, rows: Sequence[Row], *, key: str | None = None) -> None:
        """Show these rows, the cursor on the row of `key`; without one, as far down as it was."""
        self._rows = rows
        named = next((n for n, row in enumerate(rows) if row.key == key and not row.idle), -1) if key else -1
        self._at = named if named >= 0 else self._free(min(max(self._at, 0), len(rows) - 1), 1)
        self.virtual_size = Size(0, len(rows))
        self._show()

    def page(self, pages: int) -> None:
        """Move by so many screenfuls."""
        self.action_step(pages * max(1, self.scrollable_content_region.height - 1))

    def action_step(self, rows: int) -> None:
        """Move the cursor by so many rows."""
        if self._rows:
            self._move(min(max(self._at + rows, 0), len(self._rows) - 1), 1 if rows > 0 else -1)

    def action_end(self, way: int) -> None:
        """To the first row (1) or the last (-1)."""
        if self._rows:
            self._move(0 if way > 0 else len(self._rows) - 1, way)

    def find(self, wanted: Callable[[str], bool]) -> bool:
        """Move the cursor to the next row with a `wanted` key, going round; whether there is one."""
        many = len(self._rows)
        order = [(self._at + step) % many for step in range(1, many + 1)]
        at = next((n for n in order if not self._rows[n].idle and wanted(self._rows[n].key)), -1)
        if at >= 0:
            self._move(at, 1)
        return at >= 0

    def on_click(self, event: Click) -> None:
        """A click chooses a row."""
        row = event.y + self.scroll_offset.y
        if 0 <= row < len(self._rows) and not self._rows[row].idle:
            self._move(row, 1)

    def on_resize(self) -> None:
        """Keep the chosen row in sight."""
        self._in_sight()

    def render_line(self, y: int) -> Strip:
        """One line of what is in sight; part of Textual's line API."""
        width = self.scrollable_content_region.width
        index = y + self.scroll_offset.y
        style = self.get_visual_style("lines--row")
        if width < 1 or not 0 <= index < len(self._rows):
            return Strip.blank(max(0, width), style.rich_style)
        row, chosen = self._rows[index], index == self._at
        if chosen:
            style = self.get_visual_style("lines--row", "lines--chosen")
        lead = MARKER if chosen else "" if row.idle else " " * len(MARKER)
        words = row.build(max(1, width - len(lead)))
        shown = line(lead, words).truncate(width, ellipsis=True)
        return Visual.to_strips(self, shown, width, 1, style, apply_selection=False, pad=True)[0]

    def _free(self, at: int, way: int) -> int:
        """The nearest row that the cursor may rest on, looked for this way first; -1 if there is none."""
        onward = range(at, len(self._rows) if way > 0 else -1, way)
        back = range(at, -1 if way > 0 else len(self._rows), -way)
        return next((n for n in (*onward, *back) if 0 <= n < len(self._rows) and not self._rows[n].idle), -1)

    def _move(self, at: int, way: int) -> None:
        at = self._free(at, way)
        if at != self._at:
            self._at = at
            self._show()

    def _show(self) -> None:
        self._in_sight()
        self.refresh()
        self.post_message(self.Marked(self))

    def _in_sight(self) -> None:
        """Scroll to the chosen row, and to the heading above it if it is the first below one."""
        if self._at >= 0:
            above = 1 if self._at and self._rows[self._at - 1].idle else 0
            self.scroll_to_region(Region(0, self._at - above, 1, 1 + above), animate=False, force=True)
