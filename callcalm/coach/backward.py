"""Where a hit of a pattern with gaps begins, found from where it ends.

Built as it is walked and bounded, as in `machine`. What must not be here: patterns without gaps, which need no
weighing.
"""

from __future__ import annotations

from collections.abc import Sequence

from callcalm.coach.alphabet import Alphabet
from callcalm.coach.machine import MOST_HELD, Held
from callcalm.core.hints import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from callcalm.coach.layout import Layout

MEMORY: Final = 500
"""Steps remembered for one pattern."""

_OWN: Final = 1_000

_SIZE: Final = 4
"""A position with its worth takes as much as so many positions."""


class Weighing(dict[int, "tuple[Weighing, int, int]"]):
    """How far a pattern with gaps is matched, read backwards: what each position is worth, the least being 0.

    Its items are the steps already known, by word number: where one leads, what is gained on the way, and what the
    best end reached there is worth (-1: none is).
    """

    __slots__ = ("back", "worths")

    def __init__(self, back: Backward, worths: tuple[tuple[int, int], ...]) -> None:
        super().__init__()
        self.back = back
        self.worths = worths

    def __missing__(self, word: int) -> tuple[Weighing, int, int]:
        return self.back.step(self, word)


class Backward:
    """Finds where a hit of one pattern begins. `memory` bounds the steps remembered; `held` as in `machine`.

    Of all beginnings the one with the most words of the pattern's own wins, then the one that skips the fewest, so
    optional words are taken in and gaps stay short. `root` begins the pattern read backwards.
    """

    def __init__(
        self, layout: Layout, alphabet: Alphabet, root: int, held: Held | None = None, memory: int = MEMORY
    ) -> None:
        self._layout = layout
        self._alphabet = alphabet
        self._root = root
        self._held = Held() if held is None else held
        self._share = 0
        self._memory = memory
        self.steps = 0
        self._states: dict[tuple[tuple[int, int], ...], Weighing] = {}
        self._clear()

    def _clear(self) -> None:
        # Cut, as in `machine`.
        for state in self._states.values():
            state.clear()
        self._states.clear()
        self._known = 0
        self._held.positions -= self._share
        self._share = 0
        self._start = self._state(((self._root, 0),))

    def _state(self, worths: tuple[tuple[int, int], ...]) -> Weighing:
        state = self._states.get(worths)
        if state is None:
            state = self._states[worths] = Weighing(self, worths)
            self._share += _SIZE * len(worths)
            self._held.positions += _SIZE * len(worths)
        return state

    def step(self, state: Weighing, word: int) -> tuple[Weighing, int, int]:
        """The step on `word`, computed and remembered."""
        if self._known >= self._memory or self._held.positions >= MOST_HELD:
            self._clear()
        self._known += 1
        # One number says both: an own word outweighs all the words that could be skipped.
        gap, ends, after_each = self._layout.gap, self._layout.ends, self._layout.after
        fitting = self._layout.fitting(self._alphabet.terms[word])
        after: dict[int, int] = {}
        for position, worth in state.worths:
            for label, reached in after_each(position):
                if label in fitting:
                    value = worth - 1 if gap[reached] else worth + _OWN
                    if reached not in after or after[reached] < value:
                        after[reached] = value
        self.steps += len(state.worths)
        least = min(after.values(), default=0)
        best = max((worth - least for position, worth in after.items() if ends[position] >= 0), default=-1)
        worths = tuple(sorted((position, worth - least) for position, worth in after.items()))
        made = state[word] = (self._state(worths), least, best)
        return made

    def farthest_back(self, words: Sequence[int], end: int) -> tuple[int, int]:
        """Where the fullest hit begins that ends with word `end`, and how many words are the pattern's own."""
        best, begin, gained = 0, end, 0
        state = self._start
        for at in range(end, -1, -1):
            word = words[at]
            if word == Alphabet.PAUSE:
                continue
            if word == Alphabet.STOP:
                break
            state, more, most = state[word]
            gained += more
            if most >= 0 and gained + most > best:
                best, begin = gained + most, at
            if not state.worths:
                break
        return begin, max(-(-best // _OWN), 1)
