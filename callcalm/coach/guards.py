"""The ``not`` contexts of a rule: where its words stand and yet do not count.

What must not be here: the words that do count (see `finding`).
"""

from __future__ import annotations

from collections.abc import Sequence

from callcalm.coach.machine import Anchored, Machine
from callcalm.core.hints import Final

NEAR: Final = 12
"""Words before and after a hit in which a context without ``_`` is looked for."""

MEMORY: Final = 2_000
"""Steps that the machine of one rule's contexts without ``_`` remembers."""

Roots = tuple[int, ...]

Near = dict[tuple[Machine, int, int], bool]
"""Whether something stands near the hits of one sentence: what finds it, and between which words."""


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
        # Walked part by part: what many rules share is then computed for one of them, and soon for none.
        self._roots = [part.before for part in parts if part.before]
        self._roots_after = [part.after for part in parts if part.after]
        self._pairs = [part.around for part in parts]
        self.near = [part.near for part in parts if part.near is not None]
        self._age = -1

    def _open(self) -> None:
        """Look up where walks begin: that stays until the machine begins anew."""
        opening = self._sides.opening
        self._before = [opening(roots) for roots in self._roots]
        self._after = [opening(roots) for roots in self._roots_after]
        self._around = [(opening(left), opening(right)) for pairs in self._pairs for left, right in pairs]
        self._age = self._sides.age

    def blocks(self, words: Sequence[int], begin: int, end: int, low: int, high: int, near: Near) -> bool:
        """Whether a hit on the words `begin` to `end` (inclusive) stands in one of the contexts.

        Its sentence are the words from `low` to before `high`; the last of all words is a stop. `near` remembers
        what was looked for around the other hits of the sentence: rules share many contexts.
        """
        sides = self._sides
        if self._age != sides.age:
            self._open()
        before, after = words[begin - 1], words[end + 1]
        # Most walks end with their first word: those are not worth a call.
        for start in self._before:
            state = start[before]
            if not state.dead and sides.leads_on(state, words, begin - 1, -1):
                return True
        for start in self._after:
            state = start[after]
            if not state.dead and sides.leads_on(state, words, end + 1, 1):
                return True
        for left, right in self._around:
            state = left[before]
            if not state.dead and sides.leads_on(state, words, begin - 1, -1):
                state = right[after]
                if not state.dead and sides.leads_on(state, words, end + 1, 1):
                    return True
        if self.near:
            low, high = max(low, begin - NEAR), min(high, end + 1 + NEAR)
            for machine in self.near:
                stands = near.get((machine, low, high))
                if stands is None:
                    stands = near[machine, low, high] = machine.stands_in(words, low, high)
                if stands:
                    return True
        return False
