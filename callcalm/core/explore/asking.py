"""Where a condition holds, by the values of variables: each of its comparisons is worked out once for each value.

Of three variables with a hundred values each that is three hundred cases, where there may be a million nodes.
What must not be here: nodes.
"""

from __future__ import annotations

from collections.abc import Sequence

from callcalm.core.condition import Both, Condition, Not, OneOf, Value, names_in
from callcalm.core.explore.bits import ALL, where


class Asking:
    """A condition that is asked again and again, with values of the same `variables`, in their order."""

    __slots__ = ("_condition", "_known", "_parts", "_places", "_variables")

    def __init__(self, condition: Condition, variables: Sequence[str]) -> None:
        self._condition = condition
        self._variables = variables
        self._parts: tuple[Asking, ...] = ()
        self._places: list[int] = []
        self._known: dict[tuple[Value, ...], tuple[int, int]] = {}
        match condition:
            case Both(left, right) | OneOf(left, right):
                self._parts = (Asking(left, variables), Asking(right, variables))
            case Not(of):
                self._parts = (Asking(of, variables),)
            case _:
                names = names_in(condition)
                self._places = [at for at, name in enumerate(variables) if name in names]

    def of(self, values: Sequence[Value]) -> tuple[int, int]:
        """The composures at which it may hold, and those at which it must; see `bits.where`."""
        if not self._parts:
            asked = tuple([values[at] for at in self._places])
            found = self._known.get(asked)
            if found is None:
                named = {self._variables[at]: values[at] for at in self._places}
                found = self._known[asked] = where(self._condition, named)
            return found
        may, must = self._parts[0].of(values)
        if isinstance(self._condition, Not):
            return ALL ^ must, ALL ^ may
        other_may, other_must = self._parts[1].of(values)
        if isinstance(self._condition, Both):
            return may & other_may, must & other_must
        return may | other_may, must | other_must
