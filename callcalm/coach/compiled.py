"""A phrasebook as it is kept between starts: its patterns read and laid out once, each fetched when it wakes.

`compiled` makes plain data of the values of a phrasebook; `KeptMatcher` finds the patterns from that data just as
`Matcher` does from their sources. What must not be here: files, and any difference in what is found.
"""

from __future__ import annotations

import marshal
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from callcalm.coach.guards import Guard
from callcalm.coach.lexicon import Vocabulary
from callcalm.coach.lists import Lists
from callcalm.coach.machine import Machine
from callcalm.coach.matcher import BACK_MEMORY, Matcher, Sleeper
from callcalm.coach.pattern import context, phrase
from callcalm.coach.program import Pool
from callcalm.coach.tongues import Tongue
from callcalm.coach.trees import Context, Laid, Node, Phrase, backwards, first_terms, has_gap
from callcalm.coach.triggers import Needs, all_words, survey

Packed = bytes
"""Plain data that is fetched only when it is needed."""


class Compiled(NamedTuple):
    """All that a `KeptMatcher` needs, as plain data.

    `asleep` says which patterns wait for a term first, `ready` which wait for none, `needs` what each waits for.
    `patterns` holds, packed, whether each begins a sentence and how it is laid out; `reversed` the same read from
    its end, and whether it has gaps. `contexts` has what each line of a ``not`` needs, and how it is laid out.
    `size` counts the positions of all of them.
    """

    words: frozenset[str]
    stems: frozenset[str]
    listed: dict[str, tuple[str, ...]]
    asleep: dict[str, tuple[int, ...]]
    ready: tuple[int, ...]
    needs: tuple[Needs, ...]
    patterns: tuple[Packed, ...]
    reversed: tuple[Packed, ...]
    contexts: dict[str, tuple[Needs, Packed]]
    size: int


def compiled(
    patterns: Sequence[str], contexts: Sequence[str], lists: Mapping[str, Sequence[str]], tongue: Tongue
) -> Compiled:
    """The patterns and the lines of contexts of a phrasebook, laid out. Raises `PatternError`."""
    named = Lists(lists, tongue)
    pool = Pool()
    asleep: dict[str, list[int]] = {}
    ready: list[int] = []
    all_needs: list[Needs] = []
    packed: list[Packed] = []
    turned: list[Packed] = []
    for number, (source, told) in enumerate(zip(patterns, survey(patterns, tongue), strict=True)):
        read = phrase(source, tongue, named.named)
        needs = told or (tuple(first_terms(read.node)),)
        for term in needs[0]:
            asleep.setdefault(term, []).append(number)
        if not needs[0]:
            ready.append(number)
        all_needs.append(needs)
        packed.append(marshal.dumps((read.at_start, _laid(pool, read.node, number))))
        turned.append(marshal.dumps((has_gap(read.node), _laid(pool, backwards(read.node), number))))
    lines = list(dict.fromkeys([*contexts, *(line for found in lists.values() for line in found if "_" in line)]))
    lines = [line for line in lines if list(named.contexts((line,))) == [line]]
    around = {
        line: (needs, marshal.dumps(_context(pool, context(line, tongue, named.named))))
        for line, needs in zip(lines, survey(lines, tongue), strict=True)
    }
    words, stems = all_words([*patterns, *contexts, *(line for found in lists.values() for line in found)], tongue)
    return Compiled(
        frozenset(words | tongue.titles | {"?", "!"}),
        frozenset(stems),
        named.words(),
        {term: tuple(numbers) for term, numbers in asleep.items()},
        tuple(ready),
        tuple(all_needs),
        tuple(packed),
        tuple(turned),
        around,
        len(pool.follow),
    )


def _laid(pool: Pool, node: Node, number: int) -> tuple[Any, ...]:
    start = len(pool.follow)
    made = pool.add(node, number)
    return (start, pool.follow[start:], pool.gap[start:], pool.ends[start:], tuple(made))


def _context(pool: Pool, read: Context) -> tuple[Any, ...]:
    before = None if read.before is None else _laid(pool, backwards(read.before), 0)
    after = None if read.after is None else _laid(pool, read.after, 0)
    near = None if read.near is None else (_laid(pool, read.near.node, 0), read.near.at_start)
    return before, after, near


class KeptMatcher(Matcher):
    """A `Matcher` whose patterns come from what `compiled` made of the same rules."""

    def __init__(
        self,
        kept: Compiled,
        patterns: Sequence[Sequence[str]],
        contexts: Sequence[Sequence[str]],
        lists: Mapping[str, Sequence[str]],
        tongue: Tongue,
        always: Sequence[str] = (),
    ) -> None:
        self._kept = kept
        self._roused: set[int] = set()
        super().__init__(patterns, contexts, lists, tongue, always)

    def _index(self) -> Vocabulary:
        kept = self._kept
        self._pool.reserve(kept.size)
        for number in kept.ready:
            self._rouse(number)
        return Vocabulary(kept.words, kept.stems, kept.listed)

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

    def _reversed(self, pattern: int) -> Machine | int:
        gaps, laid = marshal.loads(self._kept.reversed[pattern])  # noqa: S302 - as in `_phrase`
        root = self._pool.root([self._pool.add(Laid(*laid), pattern)])
        return root if gaps else Machine(self._pool, self.alphabet, root, BACK_MEMORY)

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
