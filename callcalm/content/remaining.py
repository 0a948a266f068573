"""What is certain of a scenario whose TOML is broken, beside its broken statements: so that one run tells it, too.

A broken statement is left out, and with it may have gone what something else in the file needs: a key, a beat, a
variable. What could follow from that alone is not told: one problem too few is better than one that is none. What
must not be here: any finding of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from functools import cached_property
from typing import Final

from callcalm.content.references import check_references
from callcalm.content.registry import Rulebook
from callcalm.content.scenario_shape import scenario_record
from callcalm.content.shapes import FORMAT
from callcalm.core.playbook import Playbook
from callcalm.intake import BadFile, Code, Problem
from callcalm.intake.loading import checked
from callcalm.intake.mending import HEADER, Gap, stands_in
from callcalm.intake.problems import Rest
from callcalm.intake.toml import Document, parse

_IN_ITSELF: Final = frozenset(
    {
        Code.BYTE_ORDER_MARK,
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
        Code.ID_TWICE,
        Code.TWO_TARGETS,
        Code.UNKNOWN_MOVE,
        Code.UNKNOWN_MOOD,
        Code.UNKNOWN_PLAYBOOK,
        Code.CONDITION,
        Code.RESERVED,
        Code.NEWER_FORMAT,
    }
)
"""What is wrong whatever else stands in the file."""

_NEVER: Final = frozenset({Code.CHECK_STEP, Code.CONDITION_SENSE})
"""What hangs on more than can be looked through here."""

_VARIABLES: Final = frozenset({Code.UNKNOWN_VARIABLE, Code.VARIABLE_TYPE})
"""What may hang on a variable that was left out …"""

_NAMING: Final = _VARIABLES | {Code.NO_TARGET}
"""… and on anything that was, of that name."""

_BRACKET: Final = re.compile(r"[ \t]*\[")

_WORD: Final = re.compile(r"[\w-]+")


def with_rest(bad: BadFile, rulebook: Rulebook, playbooks: Mapping[str, Playbook]) -> BadFile:
    """The errors of a scenario with what else is certain, if `bad` tells syntax errors; else `bad` as it is.

    Where nothing else is certain, nobody should go by its rest: then it has none.
    """
    if bad.rest is None or bad.source is None:
        return bad
    left = _Left(bad, bad.source.text, bad.rest)
    if left.astray:
        return BadFile(bad.problems, bad.source)
    document = parse(bad.rest.source)
    values = {name: value for name, value in document.values.items() if not stands_in(name)}
    try:
        loaded = checked(Document(values, document.positions, bad.rest.source), scenario_record(), number=FORMAT)
    except BadFile as newer:
        return BadFile([*bad.problems, *newer.problems], bad.source, bad.rest)
    check_references(loaded.data, values, loaded.inbox, rulebook.registry, playbooks)
    more = [problem for problem in loaded.inbox.problems if left.certain(problem)]
    return BadFile([*bad.problems, *more], bad.source, bad.rest)


class _Left:
    """What is left of a text, and how much of it can be relied on."""

    def __init__(self, bad: BadFile, text: str, rest: Rest) -> None:
        self._twice = [one.place for one in bad.problems if one.code is Code.TWICE and one.place is not None]
        self._text = text
        self._rest = rest

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
    def _names(self) -> bool:
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
    def _lost(self) -> frozenset[str]:
        """The words of what is lost, and of the headers above it."""
        lines = [self._rest.source.line(self._headers[number - 1]) for number in self._broken if number]
        pieces = [self._text[gap.start : gap.end] for gap in self._rest.gaps]
        return frozenset(word for piece in (*lines, *pieces) for word in _WORD.findall(piece))

    def certain(self, problem: Problem) -> bool:
        """Whether this is wrong, whatever the lost statements were meant to be."""
        place, code = problem.place, problem.code
        if place is None or self._table(place.line) in self._mixed:
            return False
        if code in _IN_ITSELF:
            return True
        if code in _NEVER or not self._names or self._table(place.line) in self._broken:
            return False
        if code in _VARIABLES and "vars" in self._lost:
            return False
        named = self._rest.source.line(place.line)[place.column - 1 :]
        if place.end_line == place.line:
            named = named[: place.end_column - place.column]
        return code not in _NAMING or self._lost.isdisjoint(_WORD.findall(named))
