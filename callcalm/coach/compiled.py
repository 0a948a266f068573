"""A phrasebook as it is kept between starts: its patterns are laid out, and each is fetched when it wakes.

`KeptMatcher` finds the patterns from what `compiling` made just as `Matcher` does from their sources. What must
not be here: files, the reading of patterns, and any difference in what is found.
"""

from __future__ import annotations

import marshal
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from callcalm.coach.guards import Guard
from callcalm.coach.lexicon import Vocabulary
from callcalm.coach.machine import Backward, Machine
from callcalm.coach.matcher import BACK_MEMORY, Matcher, Sleeper
from callcalm.coach.slips import Slips
from callcalm.coach.tongues import Tongue
from callcalm.coach.trees import Context, Laid, Phrase

if TYPE_CHECKING:
    from callcalm.coach.triggers import Needs

Packed = bytes
"""Plain data that is fetched only when it is needed."""


class Compiled(NamedTuple):
    """All that a `KeptMatcher` needs, as plain data.

    `edges` are the long words by how they begin and end (see `Slips`). `asleep` says which patterns wait for a
    term first, `ready` which wait for none, `needs` what each waits for.
    `patterns` holds, packed, whether each begins a sentence and how it is laid out; `reversed` the same read from
    its end, and whether it has gaps. `contexts` has what each line of a ``not`` needs, and how it is laid out.
    `size` counts the positions of all of them.
    """

    words: frozenset[str]
    stems: frozenset[str]
    listed: dict[str, tuple[str, ...]]
    edges: dict[tuple[str, str], list[str]]
    asleep: dict[str, tuple[int, ...]]
    ready: tuple[int, ...]
    needs: tuple[Needs, ...]
    patterns: tuple[Packed, ...]
    reversed: tuple[Packed, ...]
    contexts: dict[str, tuple[Needs, Packed]]
    size: int


class KeptMatcher(Matcher):
    """A `Matcher` whose patterns come from what `compiled` made of the same rules."""

    def __init__(
        self,
        kept: Compiled,
        patterns: Sequence[Sequence[str]],
        contexts: Sequence[Sequence[str]],
        lists: Mapping[str, Sequence[str]],
        tongue: Tongue,
        always: Sequence[Sequence[str]] = (),
    ) -> None:
        self._kept = kept
        self._roused: set[int] = set()
        super().__init__(patterns, contexts, lists, tongue, always)

    def _index(self) -> Vocabulary:
        kept = self._kept
        self._pool.reserve(kept.size)
        for number in kept.ready:
            self._rouse(number)
        slips = Slips((), self._tongue.lookalikes, kept.edges)
        return Vocabulary(kept.words, kept.stems, kept.listed, slips)

    def _awaken(self, terms: tuple[str, ...]) -> None:
        self._awake.update(terms)
        for term in terms:
            for number in self._kept.asleep.get(term, ()):
                if number not in self._roused:
                    self._rouse(number)
        super()._awaken(terms)

    def _rouse(self, number: int) -> None:
        self._roused.add(number)
        self._sleep(Sleeper(self._kept.needs[number], number=number))

    def _phrase(self, number: int) -> Phrase:
        read = self._phrases.get(number)
        if read is None:
            # Our own data: `intake.kept` says how far it is trusted.
            at_start, laid = marshal.loads(self._kept.patterns[number])  # noqa: S302
            read = self._phrases[number] = Phrase(Laid(*laid), at_start)
        return read

    def _reversed(self, pattern: int) -> Machine | Backward:
        gaps, laid = marshal.loads(self._kept.reversed[pattern])  # noqa: S302 - as in `_phrase`
        root = self._pool.root([self._pool.add(Laid(*laid), pattern)])
        made = Backward if gaps else Machine
        return made(self._pool, self.alphabet, root, BACK_MEMORY)

    def _guard(self, lines: Sequence[str]) -> Guard:
        guard = Guard(self._pool, self.alphabet)
        for line in lines:
            self._sleep(Sleeper(self._kept.contexts[line][0], guard=guard, line=line))
        return guard

    def _context(self, line: str) -> Context:
        before, after, near = marshal.loads(self._kept.contexts[line][1])  # noqa: S302 - as in `_phrase`
        return Context(
            None if before is None else Laid(*before),
            None if after is None else Laid(*after),
            None if near is None else Phrase(Laid(*near[0]), near[1]),
        )
