"""The ``not`` contexts of a rule: where its words stand and yet do not count.

What must not be here: the words that do count (see `finding`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from callcalm.coach.machine import Anchored, Machine

NEAR: Final = 12
"""Words before and after a hit in which a context without ``_`` is looked for."""

MEMORY: Final = 2_000
"""Steps that the machine of one rule's contexts without ``_`` remembers."""

Roots = tuple[int, ...]


class Contexts:
    """Contexts as they are laid out: `before` and `after` are the roots of those on one side of a hit.

    `around` has those that want both sides, `near` what finds those in the same sentence.
    """

    __slots__ = ("after", "around", "before", "near")

    def __init__(
        self,
        before: Roots = (),
        after: Roots = (),
        around: Sequence[tuple[Roots, Roots]] = (),
        near: Machine | None = None,
    ) -> None:
        self.before = before
        self.after = after
        self.around = around
        self.near = near


class Guard:
    """The contexts in which one rule does not count: its own, and those that it shares with others."""

    def __init__(self, sides: Anchored, parts: Sequence[Contexts]) -> None:
        self._sides = sides
        self._before = tuple([root for part in parts for root in part.before])
        self._after = tuple([root for part in parts for root in part.after])
        self._around = [part.around for part in parts]
        self.near = [part.near for part in parts if part.near is not None]

    def blocks(self, words: Sequence[int], begin: int, end: int, low: int, high: int) -> bool:
        """Whether a hit on the words `begin` to `end` (inclusive) stands in one of the contexts.

        Its sentence are the words from `low` to before `high`; the last of all words is a stop.
        """
        leads_from = self._sides.leads_from
        if self._before and leads_from(self._before, words, begin - 1, -1):
            return True
        if self._after and leads_from(self._after, words, end + 1, 1):
            return True
        for pairs in self._around:
            for left, right in pairs:
                if leads_from(left, words, begin - 1, -1) and leads_from(right, words, end + 1, 1):
                    return True
        if not self.near:
            return False
        low, high = max(low, begin - NEAR), min(high, end + 1 + NEAR)
        return any(machine.stands_in(words, low, high) for machine in self.near)
