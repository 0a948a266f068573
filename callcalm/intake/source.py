"""The text of one file, and where in it things are. No reading (see `reading`), no judging."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from functools import cached_property

from callcalm.core.records import NamedTuple, dataclass, field
from callcalm.core.text import Text, safe

_BLOCK = 4_096
"""Code points that are gone through for one place: a large file has few places to tell, and many lines."""

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
    def _blocks(self) -> tuple[array[int], array[int]]:
        """By block of the text: how many lines end before it, and where the line begins that it begins in."""
        ended, begun = array("L", [0]), array("L", [0])
        for at in range(0, len(self.text), _BLOCK):
            ended.append(ended[-1] + self.text.count("\n", at, at + _BLOCK))
            found = self.text.rfind("\n", at, at + _BLOCK)
            begun.append(begun[-1] if found < 0 else found + 1)
        return ended, begun

    def line(self, number: int) -> str:
        """Line `number` (from 1) as written, without its end; the empty string when there is no such line."""
        ended, _ = self._blocks
        if not 1 <= number <= ended[-1] + 1:
            return ""
        start = 0
        if number > 1:
            block = bisect_left(ended, number - 1) - 1
            start = block * _BLOCK
            for _ in range(number - 1 - ended[block]):
                start = self.text.index("\n", start) + 1
        end = self.text.find("\n", start)
        return self.text[start:] if end < 0 else self.text[start:end]

    def place(self, start: int, end: int | None = None) -> Place:
        """The place of the code points from `start` to before `end` (by default the one at `start`)."""
        start = min(max(start, 0), len(self.text))
        end = start + 1 if end is None else min(max(end, start), len(self.text))
        line, column = self._line_column(start)
        if end == start + 1 and self.text[start : start + 1] in {"", "\n"}:
            return Place(line, column, line, column + 1)
        return Place(line, column, *self._line_column(end))

    def _line_column(self, offset: int) -> tuple[int, int]:
        ended, begun = self._blocks
        block = offset // _BLOCK
        start = block * _BLOCK
        line = 1 + ended[block] + self.text.count("\n", start, offset)
        found = self.text.rfind("\n", start, offset)
        return line, offset - (begun[block] if found < 0 else found + 1) + 1


def shown_name(name: str) -> Text:
    """A file name that is safe to show: on one line, no control characters, its end kept when it is long."""
    clean = safe(name, multiline=False)
    return clean if len(clean) <= NAME_SHOWN else Text("…" + clean[1 - NAME_SHOWN :])
