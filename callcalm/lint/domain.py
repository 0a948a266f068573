"""What the names of a condition can hold in any play, and whether the condition can be true or false of it.

What must not be here: reachability, which is the proof's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from math import prod
from typing import Final

from callcalm.core.composure import FULL
from callcalm.core.condition import Both, Compare, Condition, Literal, Not, OneOf, Value, holds, names_in
from callcalm.core.model import Scenario

COMPOSURE: Final = "composure"
_MOST: Final = 4_000
"""Most cases tried for one condition; beyond that nothing is said of it here."""


class Domain:
    """What each variable of a scenario can hold: its start, all that is ever set, its range."""

    def __init__(self, scenario: Scenario) -> None:
        held: dict[str, set[Value]] = {name: {value} for name, value in scenario.vars.items()}
        for name, value in _all_sets(scenario):
            held.setdefault(name, set()).add(value)
        for name, (least, most) in scenario.ranges.items():
            held[name] = set(range(least, most + 1))
        self.held: Mapping[str, frozenset[Value]] = {name: frozenset(values) for name, values in held.items()}
        self._known: dict[Condition, frozenset[bool]] = {}

    def outcomes(self, condition: Condition) -> frozenset[bool]:
        """Which of true and false the condition can come to; both where there are too many cases to try."""
        found = self._known.get(condition)
        if found is None:
            seen = set()
            for names in self.cases([condition]):
                seen.add(holds(condition, names))
                if len(seen) > 1:
                    break
            found = self._known[condition] = frozenset(seen) or frozenset({True, False})
        return found

    def cases(self, conditions: Iterable[Condition]) -> Iterator[dict[str, Value]]:
        """Every case that these conditions can tell apart; none where there are too many."""
        listed = list(conditions)
        names = sorted(frozenset[str]().union(*map(names_in, listed)))
        values = [
            _levels(listed) if name == COMPOSURE else sorted(self.held.get(name, ()), key=repr) for name in names
        ]
        if prod(map(len, values)) <= _MOST:
            for row in product(*values):
                yield dict(zip(names, row, strict=True))


def _all_sets(scenario: Scenario) -> Iterator[tuple[str, Value]]:
    for opening in scenario.openings.values():
        yield from opening.set.items()
    for beat in scenario.beats.values():
        for step in (*beat.replies, beat.otherwise, beat.cut_in):
            if step is not None:
                yield from step.set.items()


def _levels(conditions: Iterable[Condition]) -> list[Value]:
    """Levels of composure on either side of every number that the conditions name, 1 to full."""
    edges = {1, FULL}
    for number in {value for condition in conditions for value in _numbers(condition)}:
        edges |= {number - 1, number, number + 1}
    return [level for level in sorted(edges) if 1 <= level <= FULL]


def _numbers(condition: Condition) -> Iterator[int]:
    match condition:
        case Not(of):
            yield from _numbers(of)
        case Both(left, right) | OneOf(left, right) | Compare(_, left, right):
            yield from _numbers(left)
            yield from _numbers(right)
        case Literal(value) if isinstance(value, int) and not isinstance(value, bool):
            yield value
