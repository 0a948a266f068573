"""What is certain of a file whose TOML is broken, beside its broken statements: so that one run tells it, too.

A broken statement is left out (see `mending`), and with it may have gone what something else in the file needs: a
key, a table, what has a name. What could follow from that alone is not told: one problem too few is better than
one that is none. What must not be here: what a file is for.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection
from functools import cached_property
from typing import Final

from callcalm.intake.codes import Code
from callcalm.intake.loading import Loaded, checked
from callcalm.intake.mending import HEADER, Gap, stands_in
from callcalm.intake.problems import BadFile, Problem, Rest
from callcalm.intake.shape_tables import Record
from callcalm.intake.toml import Document, parse

IN_ITSELF: Final = frozenset(
    {
        Code.BYTE_ORDER_MARK,
        Code.NEWER_FORMAT,
        Code.WRONG_TYPE,
        Code.UNKNOWN_KEY,
        Code.LONG_TEXT,
        Code.EMPTY_TEXT,
        Code.TEXT_FORM,
        Code.NOT_A_CHOICE,
        Code.OUT_OF_RANGE,
        Code.ONE_LINE,
        Code.UNSAFE_TEXT,
        Code.KEY_FORM,
    }
)
"""What is wrong whatever else stands in the file."""

_BRACKET: Final = re.compile(r"[ \t]*\[")

_WORD: Final = re.compile(r"[\w-]+")


class Left:
    """What is left of a text, and how much of it can be relied on."""

    def __init__(self, bad: BadFile, text: str, rest: Rest) -> None:
        self._twice = [one.place for one in bad.problems if one.code is Code.TWICE and one.place is not None]
        self._text = text
        self._rest = rest

    def loaded(self, record: Record, number: int | None) -> Loaded:
        """It as its record wants it; raises `BadFile` as `checked` does."""
        document = parse(self._rest.source)
        values = {name: value for name, value in document.values.items() if not stands_in(name)}
        return checked(Document(values, document.positions, self._rest.source), record, number=number)

    @property
    def astray(self) -> bool:
        """Whether what stands below a broken statement may belong to another table than it seems."""
        return any(self._leads_astray(gap) for gap in self._rest.gaps if not gap.header)

    def _leads_astray(self, gap: Gap) -> bool:
        # What is no pair may have been a header; a list on a line of its own is read as one.
        if "=" not in self._text[gap.start : gap.end].partition("\n")[0]:
            return True
        return _BRACKET.match(self._text, gap.end) is not None and not HEADER.match(self._text, gap.end)

    @cached_property
    def _all_there(self) -> bool:
        """Whether all tables are there: no header is lost or left out, nor what stood below the last statement."""
        end = len(self._text.rstrip())
        return not self._twice and not any(
            gap.header or gap.end >= end or HEADER.search(self._text, gap.start, gap.end)
            for gap in self._rest.gaps
        )

    @cached_property
    def _headers(self) -> list[int]:
        """The lines where tables begin."""
        source = self._rest.source
        return [source.place(found.start()).line for found in HEADER.finditer(source.text)]

    def _table(self, line: int) -> int:
        """The number in the file of the table that a line belongs to; 0 above the first."""
        return bisect_right(self._headers, line)

    @cached_property
    def _broken(self) -> frozenset[int]:
        """The tables in which a statement is lost."""
        return frozenset(self._table(self._rest.source.place(gap.start).line) for gap in self._rest.gaps)

    @cached_property
    def _mixed(self) -> frozenset[int]:
        """The tables in which keys of two may stand: something in them, or their header, is written twice."""
        firsts = {self._rest.source.place(first).line for first in self._rest.firsts}
        return frozenset(map(self._table, firsts.union(place.line for place in self._twice)))

    @cached_property
    def lost(self) -> frozenset[str]:
        """The words of what is lost, and of the headers above it."""
        lines = [self._rest.source.line(self._headers[number - 1]) for number in self._broken if number]
        pieces = [self._text[gap.start : gap.end] for gap in self._rest.gaps]
        return frozenset(word for piece in (*lines, *pieces) for word in _WORD.findall(piece))

    def certain(self, problem: Problem, in_itself: Collection[Code] = IN_ITSELF) -> bool:
        """Whether this is wrong, whatever was lost: `in_itself`, or as no table is lost and its own is whole."""
        place = problem.place
        if place is None or self._table(place.line) in self._mixed:
            return False
        return problem.code in in_itself or (self._all_there and self._table(place.line) not in self._broken)

    def named(self, problem: Problem) -> list[str]:
        """The words at the place of a problem, as far as they stand on one line."""
        if problem.place is None:
            return []
        line, column, end_line, end_column = problem.place
        return _WORD.findall(
            self._rest.source.line(line)[column - 1 : end_column - 1 if end_line == line else None]
        )


def left_of(bad: BadFile) -> Left | None:
    """What is left where `bad` tells syntax errors, if anything of it is certain."""
    if bad.rest is None or bad.source is None:
        return None
    left = Left(bad, bad.source.text, bad.rest)
    return None if left.astray else left


def with_rest(bad: BadFile, record: Record, number: int | None = None) -> BadFile:
    """The errors of a file with what else is certain, if `bad` tells syntax errors; else `bad` as it is."""
    left = left_of(bad)
    if left is None:
        return bad
    try:
        more = left.loaded(record, number).inbox.problems
    except BadFile as newer:
        return BadFile([*bad.problems, *newer.problems], bad.source)
    return BadFile([*bad.problems, *filter(left.certain, more)], bad.source)
