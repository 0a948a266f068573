"""Where single keys and values of a tame text stand: only the sections that can tell are scanned.

A file may have thousands of sections, and lint a few things to say. What must not be here: what is tame, and the
scanning itself.
"""

from __future__ import annotations

from functools import cached_property

from callcalm.intake.scanner import scan, scan_parts
from callcalm.intake.spans import Limits, Path, Span
from callcalm.intake.tame import name_at


class Sections:
    """The places in a tame `text` whose headers stand at `starts`."""

    def __init__(self, text: str, starts: list[int], limits: Limits) -> None:
        self._text = text
        self._starts = starts
        self._limits = limits
        self._left = len(text) // 2

    def span(self, path: Path) -> Span | None:
        """Where a path stands, as the whole scan has it; None if it is not there."""
        if self._left > 0:
            parts = self._parts([part for part in path if isinstance(part, str)])
            self._left -= sum(end - start for start, end in parts)
            if self._left > 0:
                return scan_parts(self._text, parts, self._limits).spans.get(path)
        # So much was asked that it is less work to scan everything once.
        return self._all.get(path)

    @cached_property
    def _all(self) -> dict[Path, Span]:
        return scan(self._text, self._limits).spans

    def _parts(self, names: list[str]) -> list[tuple[int, int]]:
        """The sections under a name or under one that it is in, and those of all that is in it."""
        numbers: list[int] = []
        for count in range(1, len(names)):
            numbers += self._of.get(".".join(names[:count]), ())
        numbers += self._in.get(".".join(names), ())
        ends = [*self._starts, len(self._text)]
        found = [(ends[number], ends[number + 1]) for number in sorted(numbers)]
        return [(0, ends[0]), *found]

    @cached_property
    def _of(self) -> dict[str, list[int]]:
        """The numbers of the sections that have a name."""
        found: dict[str, list[int]] = {}
        for number, start in enumerate(self._starts):
            found.setdefault(name_at(self._text, start), []).append(number)
        return found

    @cached_property
    def _in(self) -> dict[str, list[int]]:
        """The numbers of the sections that have a name, or one of a table in that."""
        found: dict[str, list[int]] = {}
        for name, numbers in self._of.items():
            found.setdefault(name, []).extend(numbers)
            cut = name.rfind(".")
            while cut >= 0:
                found.setdefault(name[:cut], []).extend(numbers)
                cut = name.rfind(".", 0, cut)
        return found
