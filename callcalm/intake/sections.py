"""Where single keys and values of a tame text stand: only the sections that can tell are scanned.

A file may have thousands of sections, and lint a few things to say. What must not be here: what is tame, and the
scanning itself.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

from callcalm.intake.scanner import scan, scan_parts
from callcalm.intake.spans import Limits, Path, Span
from callcalm.intake.tame import Tame


class Sections:
    """The places in a tame `text`."""

    def __init__(self, text: str, tame: Tame, limits: Limits) -> None:
        self._text = text
        self._starts = tame.starts
        self._names = tame.names
        self._limits = limits
        self._left = len(text) // 2
        self._last: tuple[list[tuple[int, int]], dict[Path, Span]] = ([], {})

    def span(self, path: Path) -> Span | None:
        """Where a path stands, as the whole scan has it; None if it is not there."""
        if self._left > 0:
            parts = self._parts([part for part in path if isinstance(part, str)])
            if parts == self._last[0]:
                return self._last[1].get(path)
            self._left -= sum([end - start for start, end in parts])
            if self._left > 0:
                spans = scan_parts(self._text, parts, self._limits).spans
                self._last = (parts, spans)
                return spans.get(path)
        # So much was asked that it is less work to scan everything once.
        return self._all.get(path)

    @cached_property
    def _all(self) -> dict[Path, Span]:
        return scan(self._text, self._limits).spans

    def _parts(self, names: list[str]) -> list[tuple[int, int]]:
        """The sections under a name or under one that it is in, and those of all that is in it."""
        numbers: list[int] = []
        for count in range(1, len(names)):
            numbers += self._between(".".join(names[:count]), ".".join(names[:count]) + "\0")
        name = ".".join(names)
        numbers += self._between(name, name + "\0")
        numbers += self._between(f"{name}.", f"{name}/")  # "/" is what comes after "."
        starts, last = self._starts, len(self._starts) - 1
        whole = len(self._text)
        found = [(starts[one], starts[one + 1] if one < last else whole) for one in sorted(numbers)]
        # A name that has sections has no value before the first of them: it would be written twice.
        return found or [(0, starts[0] if starts else whole)]

    def _between(self, first: str, end: str) -> Sequence[int]:
        """The numbers of the sections with names from the first to before the end."""
        names, numbers = self._by_name
        return numbers[bisect_left(names, first) : bisect_left(names, end)]

    @cached_property
    def _by_name(self) -> tuple[list[str], Sequence[int]]:
        """The names of all sections in order, and their numbers."""
        names = self._names
        numbers = array("L", sorted(range(len(names)), key=names.__getitem__))
        return [names[number] for number in numbers], numbers
