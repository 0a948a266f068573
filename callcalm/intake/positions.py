"""From a path in a document to its place in the file. What must not be here: scanning, judging."""

from __future__ import annotations

import re
from collections.abc import Callable

from callcalm.core.text import unsafe
from callcalm.intake.source import Place, Source
from callcalm.intake.spans import Path, Span

_PIECE = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|x[0-9A-Fa-f]{2}|[ \t]*\n[ \t\n]*|.)|[^\\]", re.DOTALL)


class Positions:
    """Places of the keys and values of one file, by path. A path that is not in the file has its parent's.

    `find` finds the span of a path, or None; it is asked when a place is wanted, which for most values is never.
    """

    def __init__(self, source: Source, find: Callable[[Path], Span | None]) -> None:
        self.source = source
        self._find = find

    def has(self, path: Path) -> bool:
        """Whether something stands in the file at this path."""
        return self._find(path) is not None

    def value(self, path: Path) -> Place:
        """Where the value stands; for a table its header."""
        span = self._near(path)
        return self.source.place(0) if span is None else self.source.place(span[2], span[3])

    def key(self, path: Path) -> Place:
        """Where the key stands; for a list item the item itself."""
        span = self._near(path)
        if span is None:
            return self.source.place(0)
        return self.source.place(*(span[:2] if span[1] > span[0] else span[2:]))

    def start(self, path: Path) -> int:
        """The code points of the text before the value; for a table before its header."""
        span = self._near(path)
        return 0 if span is None else span[2]

    def inside(self, path: Path, start: int, end: int) -> Place:
        """Where the code points `start` to before `end` of a text value stand, as counted in the value.

        The place of the whole value when it is not a text, or is shorter than that.
        """
        span = self._find(path)
        if span is None:
            return self.value(path)
        offsets = _offsets(self.source.text[span[2] : span[3]], end)
        if offsets is None or not 0 <= start <= end or end >= len(offsets):
            return self.value(path)
        first = span[2] + offsets[start]
        return self.source.place(first, max(span[2] + offsets[end], first + 1))

    def unsafe(self, path: Path) -> Place:
        """Where the first unsafe character of a text value stands; the whole value when it is an escape."""
        span = self._find(path)
        if span is not None:
            raw = self.source.text
            for hit in unsafe().finditer(raw, span[2], span[3]):
                if hit.group() != "\t":
                    return self.source.place(hit.start())
        return self.value(path)

    def _near(self, path: Path) -> Span | None:
        while path:
            span = self._find(path)
            if span is not None:
                return span
            path = path[:-1]
        return None


def _offsets(token: str, most: int) -> list[int] | None:
    """Offsets in a string token of the characters of its value, up to number `most` and one past it."""
    quote = token[:1]
    if quote not in {'"', "'"}:
        return None
    long = token.startswith(quote * 3)
    width = 3 if long else 1
    at = width + (long and token.startswith("\n", width))
    stop = len(token) - width
    offsets = [at]
    while at < stop and len(offsets) <= most:
        piece = _PIECE.match(token, at, stop) if quote == '"' else None
        at = piece.end() if piece else at + 1
        if piece and piece.group()[:1] == "\\" and piece.group()[-1].isspace():
            offsets[-1] = at
        else:
            offsets.append(at)
    return offsets
