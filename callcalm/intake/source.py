"""The text of one file, and where in it things are. No reading (see `reading`), no judging."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from functools import cached_property

from callcalm.core.records import NamedTuple, dataclass, field
from callcalm.core.text import Text, safe

NAME_SHOWN = 200
"""Longest file name shown, in code points."""


class Place(NamedTuple):
    """A stretch of a file: lines and columns count from 1, columns in code points, the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True)
class Source:
    """The text of one file.

    `name` is what messages call it; it is made safe here. `text` is as written but for CRLF, which is LF, and a
    byte order mark, which is gone (`marked` says that it was there). It may hold unsafe characters: what is
    shown of it goes through `safe`.
    """

    name: str
    text: str
    marked: bool = field(default=False, kw_only=True)

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", shown_name(self.name))

    @cached_property
    def _starts(self) -> array[int]:
        starts = array("L", [0])
        found = self.text.find("\n")
        while found >= 0:
            starts.append(found + 1)
            found = self.text.find("\n", found + 1)
        return starts

    def line(self, number: int) -> str:
        """Line `number` (from 1) as written, without its end; the empty string when there is no such line."""
        if not 1 <= number <= len(self._starts):
            return ""
        start = self._starts[number - 1]
        end = self._starts[number] - 1 if number < len(self._starts) else len(self.text)
        return self.text[start:end]

    def place(self, start: int, end: int | None = None) -> Place:
        """The place of the code points from `start` to before `end` (by default the one at `start`)."""
        start = min(max(start, 0), len(self.text))
        end = start + 1 if end is None else min(max(end, start), len(self.text))
        line, column = self._line_column(start)
        if end == start + 1 and self.text[start : start + 1] in {"", "\n"}:
            return Place(line, column, line, column + 1)
        return Place(line, column, *self._line_column(end))

    def _line_column(self, offset: int) -> tuple[int, int]:
        index = bisect_right(self._starts, offset)
        return index, offset - self._starts[index - 1] + 1


def shown_name(name: str) -> Text:
    """A file name that is safe to show: on one line, no control characters, its end kept when it is long."""
    clean = safe(name, multiline=False)
    return clean if len(clean) <= NAME_SHOWN else Text("…" + clean[1 - NAME_SHOWN :])
