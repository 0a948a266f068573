"""One pass over words, whatever the number of patterns: deterministic automata that are built as they are walked.

A state is the set of positions that the last word reached. The first time a word is met in a state the step is
computed from the layout; every later time it is one look into a table. The tables are bounded, by their steps and
by the positions that their states hold or know to come next: when they are full they are dropped and grow anew, so
time is linear in the words and memory is flat. What must not be here: what a hit means, and patterns with gaps
read backwards (see `backward`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from callcalm.coach.alphabet import Alphabet
from callcalm.core.hints import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from callcalm.coach.layout import Begun, Layout, Next

MEMORY: Final = 80_000
"""Most steps remembered by the machine of a phrasebook before it starts afresh."""

SIDES_MEMORY: Final = 120_000
"""The same for the anchored machine that all its patterns and contexts share."""

MOST_HELD: Final = 4_000_000
"""Most positions that all machines of a phrasebook hold together before one that grows starts afresh.

A megabyte of letters leads the shipped books to states of less than half of that.
"""

OFTEN: Final = 3
"""Steps from a state after which more are worth knowing what may follow it. Most states are left once or twice;
after *the* any word may come, and many do."""

NO_HITS: tuple[int, ...] = ()


class Held:
    """How many positions the states hold of all machines that share this."""

    __slots__ = ("positions",)

    def __init__(self) -> None:
        self.positions = 0


class State(dict[int, "State"]):
    """One state; its items are the steps already known, by word number. `hits` are the patterns that end here.

    `onward` has the positions after its own, by label, once it was left `OFTEN`.
    """

    __slots__ = ("at_start", "begun", "dead", "hits", "machine", "onward", "positions")

    def __init__(
        self, machine: Walker, positions: tuple[int, ...], begun: tuple[Begun, ...], *, at_start: bool
    ) -> None:
        super().__init__()
        self.machine = machine
        self.positions = positions
        self.begun = begun
        self.at_start = at_start
        self.onward: dict[int, tuple[int, ...]] | None = None
        self.dead = not positions
        """Whether an anchored walk need go no further."""
        self.hits = NO_HITS
        # A state where a sentence may begin follows no word, so nothing can end on it.
        if not at_start:
            ends = machine.layout.ends
            hits = {ends[position] for position in positions} - {-1}
            for part in begun:
                hits.update(part.hits)
            if hits:
                self.hits = tuple(sorted(hits))

    def __missing__(self, word: int) -> State:
        return self.machine.step(self, word)

    def forget(self) -> None:
        """Forget the steps already known."""
        self.clear()
        self.onward = None


class Walker:
    """What both machines share: states, and steps that are remembered up to `memory`.

    `held` counts positions for all machines that share it. `steps` counts the work done that was not a table
    look-up.
    """

    def __init__(self, layout: Layout, alphabet: Alphabet, memory: int, held: Held | None) -> None:
        self.layout = layout
        self.alphabet = alphabet
        self.memory = memory
        self.held = Held() if held is None else held
        self.steps = 0
        self._share = 0
        self._states: dict[tuple[tuple[int, ...], tuple[Begun, ...], bool], State] = {}
        self.clear()

    def clear(self) -> None:
        """Forget all states and steps."""
        for state in self._states.values():
            # States lead to each other in circles; cut, they go at once, and no collector has to look for them.
            state.clear()
        self._states.clear()
        self._known = 0
        self.held.positions -= self._share
        self._share = 0

    def _state(self, reached: Iterable[int], begun: tuple[Begun, ...] = (), *, at_start: bool = False) -> State:
        # Most sets of numbers take ten times the memory.
        positions = tuple(sorted(reached))
        key = (positions, begun, at_start)
        state = self._states.get(key)
        if state is None:
            state = self._states[key] = State(self, positions, begun, at_start=at_start)
            self._hold(len(positions))
        return state

    def step(self, state: State, word: int) -> State:
        """The state after `word`, computed and remembered."""
        if self._known >= self.memory or self.held.positions >= MOST_HELD:
            self.clear()
        self._known += 1
        after = state[word] = self._after(state, word)
        return after

    def _after(self, state: State, word: int) -> State:
        raise NotImplementedError

    def _reached(self, state: State, fitting: set[int]) -> set[int]:
        """The positions that a word reaches from a state; `fitting` are the labels it fits."""
        if len(state) < OFTEN:
            reached = self.layout.reached(state.positions, fitting)
        else:
            onward = state.onward
            if onward is None:
                onward = state.onward = self._onward(state.positions)
            reached = set()
            for label in fitting.intersection(onward):
                reached.update(onward[label])
        for part in state.begun:
            reached.update(part.reached(fitting))
        self.steps += 1 + len(state.positions) + len(reached)
        return reached

    def _onward(self, positions: Iterable[int]) -> dict[int, tuple[int, ...]]:
        """The positions after these, by label."""
        found: dict[int, list[int]] = {}
        count = 0
        for position in positions:
            for label, after in self.layout.after(position):
                found.setdefault(label, []).append(after)
                count += 1
        self.steps += count
        self._hold(count)
        return {label: tuple(reached) for label, reached in found.items()}

    def _hold(self, positions: int) -> None:
        self._share += positions
        self.held.positions += positions


class Machine(Walker):
    """Walks the words for patterns that may stand anywhere."""

    def __init__(self, layout: Layout, alphabet: Alphabet, memory: int = MEMORY, held: Held | None = None) -> None:
        self._anywhere: dict[int, list[int]] = {}
        self._sentence_start: dict[int, list[int]] = {}
        super().__init__(layout, alphabet, memory, held)

    def clear(self) -> None:
        """Forget all states and steps."""
        super().clear()
        self.start = self._state((), at_start=True)
        self.middle = self._state(())

    def begins(self, nexts: Iterable[Next], *, at_start: bool) -> None:
        """Let a pattern begin anywhere, or (`at_start`) only where a sentence does; `nexts` are how it begins."""
        starts = self._sentence_start if at_start else self._anywhere
        for label, position in nexts:
            starts.setdefault(label, []).append(position)
        if self._known:
            # Steps taken before knew nothing of this pattern.
            self.clear()

    def _after(self, state: State, word: int) -> State:
        if word == Alphabet.STOP:
            return self.start
        if word == Alphabet.PAUSE:
            return self._state(state.positions, state.begun, at_start=True)
        terms = self.alphabet.terms[word]
        fitting = self.layout.fitting(terms)
        started = self._started(fitting, at_start=state.at_start)
        begun = self._begun(terms, at_start=state.at_start)
        if not (started or begun or state.begun or state.positions):
            return self.middle
        reached = self._reached(state, fitting)
        reached.update(started)
        self.steps += len(started)
        return self._state(reached, begun)

    def _started(self, fitting: set[int], *, at_start: bool) -> list[int]:
        """The first positions that a word reaches which fits these labels."""
        positions: list[int] = []
        for starts in (self._anywhere, self._sentence_start) if at_start else (self._anywhere,):
            if not fitting.isdisjoint(starts):
                for label in starts.keys() & fitting:
                    positions += starts[label]
        return positions

    def _begun(self, terms: tuple[str, ...], *, at_start: bool) -> tuple[Begun, ...]:  # noqa: ARG002 - see `compiled`
        """What else a word with these terms begins."""
        return ()

    def stands_in(self, words: Sequence[int], low: int, high: int) -> bool:
        """Whether a pattern stands anywhere in ``words[low:high]``; the last of all `words` is a stop."""
        state = self.start if words[low - 1] <= Alphabet.PAUSE else self.middle
        for word in words[low:high]:
            state = state[word]
            if state.hits:
                return True
        return False


class Anchored(Walker):
    """Walks the words for patterns that begin just where the walk does.

    Each walk opens on positions of its own; from then on all share their states. The last of all words must be a
    stop, so that no walk runs past an end: the one before the first is that one, too.
    """

    def __init__(
        self, layout: Layout, alphabet: Alphabet, memory: int = SIDES_MEMORY, held: Held | None = None
    ) -> None:
        self.age = 0
        """Another number whenever an opening may be another state, or lead elsewhere, than before."""
        super().__init__(layout, alphabet, memory, held)

    def clear(self) -> None:
        """Forget all states and steps."""
        super().clear()
        self._openings: dict[tuple[int, ...], State] = {}
        self.age += 1

    def opening(self, roots: tuple[int, ...]) -> State:
        """Where a walk begins that may go on from any of these."""
        state = self._openings.get(roots)
        if state is None:
            state = self._openings[roots] = self._state(roots)
        return state

    def forget(self, root: int) -> None:
        """Compute the first steps from this root anew: more follows it than did."""
        self.age += 1
        for roots in self._openings:
            if root in roots:
                for at_start in (False, True):
                    self._state(roots, at_start=at_start).forget()

    def _after(self, state: State, word: int) -> State:
        if word > Alphabet.PAUSE:
            return self._state(self._reached(state, self.layout.fitting(self.alphabet.terms[word])))
        edge = self._after(state, Alphabet.EDGE)
        if edge.hits:
            return edge
        if word == Alphabet.PAUSE:
            return self._state(state.positions, at_start=True)
        return self._state(())

    def leads_on(self, state: State, words: Sequence[int], at: int, way: int) -> bool:
        """Whether a pattern fits whose first word, at `at`, led to `state`: the others follow in direction `way`.

        That is 1 or -1. Nothing past the end of the sentence is looked at.
        """
        while not state.dead:
            if state.hits:
                return True
            at += way
            state = state[words[at]]
        return False

    def farthest_back(self, roots: tuple[int, ...], words: Sequence[int], end: int) -> int:
        """Where the longest hit begins that ends with word `end`. For patterns read backwards."""
        state = self.opening(roots)
        at = begin = end
        while True:
            state = state[words[at]]
            if state.hits:
                begin = at
            elif state.dead:
                return begin
            at -= 1
