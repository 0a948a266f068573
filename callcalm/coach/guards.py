"""The ``not`` contexts of a rule: where its words stand and yet do not count.

What must not be here: the words that do count (see `matcher`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from callcalm.coach.machine import Alphabet, Machine
from callcalm.coach.program import Pool
from callcalm.coach.trees import Context, Node, backwards

NEAR: Final = 12
"""Words before and after a hit in which a context without ``_`` is looked for."""

MEMORY: Final = 2_000
"""Steps that the machine of one rule's contexts remembers."""


class Guard:
    """The contexts in which one rule does not count."""

    def __init__(self, pool: Pool, alphabet: Alphabet) -> None:
        self._pool = pool
        self._alphabet = alphabet
        self._before: Machine | None = None
        self._after: Machine | None = None
        self._near: Machine | None = None
        self._around: list[tuple[Machine, Machine]] = []

    def add(self, context: Context) -> None:
        """One more context in which the rule does not count."""
        before, after, near = context
        if near is not None:
            if self._near is None:
                self._near = Machine(self._pool, self._alphabet, memory=MEMORY)
            self._near.begins(self._pool.add(near.node, 0).first, at_start=near.at_start)
        elif before is not None and after is not None:
            self._around.append((self._anchored(None, backwards(before)), self._anchored(None, after)))
        elif before is not None:
            self._before = self._anchored(self._before, backwards(before))
        elif after is not None:
            self._after = self._anchored(self._after, after)

    def _anchored(self, machine: Machine | None, node: Node) -> Machine:
        made = self._pool.add(node, 0)
        if machine is None:
            return Machine(self._pool, self._alphabet, self._pool.root([made]), MEMORY)
        machine.begins_at_root(made.first)
        return machine

    @property
    def steps(self) -> int:
        """Work done so far, in positions visited."""
        machines = [self._before, self._after, self._near, *(side for pair in self._around for side in pair)]
        return sum(machine.steps for machine in machines if machine is not None)

    def blocks(self, words: Sequence[int], begin: int, end: int) -> bool:
        """Whether a hit on the words `begin` to `end` (inclusive) stands in one of the contexts."""
        if self._before is not None and self._before.leads_from(words, begin - 1, -1):
            return True
        if self._after is not None and self._after.leads_from(words, end + 1, 1):
            return True
        for left, right in self._around:
            if left.leads_from(words, begin - 1, -1) and right.leads_from(words, end + 1, 1):
                return True
        return self._near is not None and self._near.stands_in(words, *_surroundings(words, begin, end))


def _surroundings(words: Sequence[int], begin: int, end: int) -> tuple[int, int]:
    low, high = max(0, begin - NEAR), min(len(words), end + 1 + NEAR)
    before, after = words[low:begin], words[end + 1 : high]
    if Alphabet.STOP in before:
        low = begin - before[::-1].index(Alphabet.STOP)
    if Alphabet.STOP in after:
        high = end + 1 + after.index(Alphabet.STOP)
    return low, high
