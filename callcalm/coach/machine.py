"""One pass over words, whatever the number of patterns: a deterministic automaton that is built as it is walked.

A state is the set of positions that the last word reached. The first time a word is met in a state the step is
computed from the pool; every later time it is one look into a table. The tables are bounded: when they are full
they are dropped and grow anew, so time is linear in the words and memory is flat. What must not be here: what a
hit means.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from callcalm.coach.program import Hub, Pool
from callcalm.coach.trees import FACT, START

MEMORY: Final = 40_000
"""Most steps remembered by the machine of a phrasebook before it starts afresh."""

NO_HITS: tuple[int, ...] = ()
_OWN: Final = 1_000


class Alphabet:
    """Numbers for words: words with the same terms share one, for patterns cannot tell them apart.

    0 is the end of a sentence, 1 a pause: they stand among the words of a text. 2 is the edge of a sentence.
    """

    STOP, PAUSE, EDGE = 0, 1, 2

    def __init__(self) -> None:
        self.terms: list[tuple[str, ...]] = [(), (), (START,)]
        self.facts: set[int] = set()
        """The numbers of the words that the caller said too."""
        self._numbers: dict[tuple[str, ...], int] = {}

    def number(self, terms: tuple[str, ...]) -> int:
        """The number of all words that have just these terms."""
        known = self._numbers.get(terms)
        if known is None:
            known = self._numbers[terms] = len(self.terms)
            self.terms.append(terms)
            if FACT in terms:
                self.facts.add(known)
        return known


class State(dict[int, "State"]):
    """One state; its items are the steps already known, by word number. `hits` are the patterns that end here."""

    __slots__ = ("at_start", "hits", "machine", "positions")

    def __init__(self, machine: Machine, positions: frozenset[int], *, at_start: bool) -> None:
        super().__init__()
        self.machine = machine
        self.positions = positions
        self.at_start = at_start
        ends = machine.pool.ends
        # A state where a sentence may begin follows no word, so nothing can end on it.
        self.hits = NO_HITS if at_start else tuple(sorted({ends[p] for p in positions if ends[p] >= 0}))

    def __missing__(self, word: int) -> State:
        return self.machine.step(self, word)


class Machine:
    """Walks the words for the patterns of one pool.

    `anywhere` and `sentence_start` hold, by term, the positions where patterns begin that may stand anywhere and
    those that must open a sentence; an anchored machine has neither and begins at the position `root`. `memory`
    bounds the steps remembered, `steps` counts the work done that was not a table look-up.
    """

    def __init__(self, pool: Pool, alphabet: Alphabet, root: int | None = None, memory: int = MEMORY) -> None:
        self.pool = pool
        self.alphabet = alphabet
        self.anywhere: dict[str, list[int]] = {}
        self.sentence_start: dict[str, list[int]] = {}
        self.root = root
        self.memory = memory
        self.steps = 0
        self._clear()

    def _clear(self) -> None:
        self._states: dict[tuple[frozenset[int], bool], State] = {}
        self._known = 0
        rooted = frozenset() if self.root is None else frozenset((self.root,))
        self.start = self._state(rooted, at_start=True)
        self.middle = self._state(rooted, at_start=False)

    def _state(self, positions: frozenset[int], *, at_start: bool) -> State:
        key = (positions, at_start)
        state = self._states.get(key)
        if state is None:
            state = self._states[key] = State(self, positions, at_start=at_start)
        return state

    def step(self, state: State, word: int) -> State:
        """The state after `word`, computed and remembered."""
        if self._known >= self.memory:
            self._clear()
        self._known += 1
        if word == Alphabet.STOP:
            after = self.start
        elif word == Alphabet.PAUSE:
            after = self._state(state.positions, at_start=True)
        else:
            after = self._state(self._reached(state, word), at_start=False)
        state[word] = after
        return after

    def _reached(self, state: State, word: int) -> frozenset[int]:
        reached: set[int] = set()
        terms = self.alphabet.terms[word]
        follow = self.pool.follow
        for position in state.positions:
            for hub in follow[position]:
                for term in terms:
                    if term in hub:
                        reached.update(hub[term])
        for starts in (self.anywhere, self.sentence_start) if state.at_start else (self.anywhere,):
            for term in terms:
                if term in starts:
                    reached.update(starts[term])
        self.steps += 1 + len(state.positions) + len(reached)
        return frozenset(reached)

    def begins(self, hubs: Iterable[Hub], *, at_start: bool) -> None:
        """Let a pattern begin anywhere, or (`at_start`) only where a sentence does; `hubs` are how it begins."""
        starts = self.sentence_start if at_start else self.anywhere
        for hub in hubs:
            for term, positions in hub.items():
                starts.setdefault(term, []).extend(positions)
        if self._known:
            # Steps taken before knew nothing of this pattern.
            self._clear()

    def begins_at_root(self, hubs: Iterable[Hub]) -> None:
        """Let one more pattern begin where an anchored machine does."""
        if self.root is not None:
            self.pool.follow[self.root] += hubs
        if self._known:
            self._clear()

    def leads_from(self, words: Sequence[int], at: int, way: int) -> bool:
        """Whether a pattern fits whose first word is at `at` and the others follow in direction `way` (1 or -1).

        Nothing past the end of the sentence is looked at. For anchored machines.
        """
        state = self.middle
        while state.positions:
            word = words[at] if 0 <= at < len(words) else Alphabet.STOP
            if word <= Alphabet.PAUSE:
                if state[Alphabet.EDGE].hits:
                    return True
                if word == Alphabet.STOP:
                    return False
            else:
                state = state[word]
                if state.hits:
                    return True
            at += way
        return False

    def farthest_back(self, words: Sequence[int], end: int) -> tuple[int, int]:
        """Where the longest hit begins that ends with word `end`, and how many words it has.

        For anchored machines of patterns read backwards.
        """
        state = self.middle
        at, count = end, 0
        begin, length = end, 1
        while at >= 0 and words[at] != Alphabet.STOP:
            if words[at] != Alphabet.PAUSE:
                state = state[words[at]]
                if not state.positions:
                    break
                count += 1
                if state.hits:
                    begin, length = at, count
            at -= 1
        return begin, length

    def stands_in(self, words: Sequence[int], low: int, high: int) -> bool:
        """Whether a pattern stands anywhere in ``words[low:high]``. For machines that are not anchored."""
        before = words[low - 1] if low else Alphabet.STOP
        state = self.start if before <= Alphabet.PAUSE else self.middle
        for word in words[low:high]:
            state = state[word]
            if state.hits:
                return True
        return False


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
    """Finds where a hit of one pattern with gaps begins, from where it ends. `memory` bounds the steps remembered.

    Of all beginnings the one with the most words of the pattern's own wins, then the one that skips the fewest, so
    optional words are taken in and gaps stay short. `root` begins the pattern read backwards.
    """

    def __init__(self, pool: Pool, alphabet: Alphabet, root: int, memory: int) -> None:
        self._pool = pool
        self._alphabet = alphabet
        self._root = root
        self._memory = memory
        self.steps = 0
        self._clear()

    def _clear(self) -> None:
        self._states: dict[tuple[tuple[int, int], ...], Weighing] = {}
        self._known = 0
        self._start = self._state(((self._root, 0),))

    def _state(self, worths: tuple[tuple[int, int], ...]) -> Weighing:
        state = self._states.get(worths)
        if state is None:
            state = self._states[worths] = Weighing(self, worths)
        return state

    def step(self, state: Weighing, word: int) -> tuple[Weighing, int, int]:
        """The step on `word`, computed and remembered."""
        if self._known >= self._memory:
            self._clear()
        self._known += 1
        # One number says both: an own word outweighs all the words that could be skipped.
        gap, ends, follow = self._pool.gap, self._pool.ends, self._pool.follow
        terms = self._alphabet.terms[word]
        after: dict[int, int] = {}
        for position, worth in state.worths:
            for hub in follow[position]:
                for term in terms:
                    for reached in hub.get(term, NO_HITS):
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
