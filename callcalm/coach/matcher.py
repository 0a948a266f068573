"""The patterns of a phrasebook from their sources, laid out one by one when a word they insist on turns up.

So a start-up pays for an index of such words and nothing else. What must not be here: reading files, and what a
hit is worth.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from callcalm.coach.alphabet import Alphabet
from callcalm.coach.finding import Finder
from callcalm.coach.guards import MEMORY, Contexts, Guard
from callcalm.coach.lexicon import Vocabulary
from callcalm.coach.lists import Lists
from callcalm.coach.machine import Machine
from callcalm.coach.pattern import context, phrase
from callcalm.coach.program import Pool
from callcalm.coach.slips import Slips, by_edges
from callcalm.coach.tongues import Tongue
from callcalm.coach.trees import Context, Node, PatternError, Phrase, backwards, first_terms, has_gap
from callcalm.coach.triggers import Needs, all_words, survey
from callcalm.core.records import NamedTuple


class Sleeper:
    """A pattern (by its number) or a context (a line for a rule) that waits for words it needs."""

    __slots__ = ("contexts", "line", "needs", "number", "stage")

    def __init__(self, needs: Needs, *, number: int = -1, contexts: Waking | None = None, line: str = "") -> None:
        self.needs = needs
        self.number = number
        self.contexts = contexts
        self.line = line
        self.stage = 0
        """Which of the needs it waits for; -1 when it is awake."""


class Waking(NamedTuple):
    """Contexts of which more and more are awake: what a guard sees of them, and where those around a hit go."""

    seen: Contexts
    around: list[tuple[tuple[int, ...], tuple[int, ...]]]


class Matcher(Finder):
    """Finds patterns from their sources.

    `patterns` gives each rule's patterns, `contexts` its ``not`` lines. `always` gives, for each rule, the names
    of the lists of contexts that it shares with others. A pattern that cannot be read raises `PatternError` when
    it is woken, so a phrasebook from outside goes through `problems` first.
    """

    def __init__(
        self,
        patterns: Sequence[Sequence[str]],
        contexts: Sequence[Sequence[str]],
        lists: Mapping[str, Sequence[str]],
        tongue: Tongue,
        always: Sequence[Sequence[str]] = (),
    ) -> None:
        self._lists = Lists(lists, tongue)
        self._contexts = contexts
        self._always = always
        self._sources = [source for rule in patterns for source in rule]
        self._owner = [index for index, rule in enumerate(patterns) for _ in rule]
        self._pool = Pool()
        self._phrases: dict[int, Phrase] = {}
        self._laid: dict[int, int] = {}
        self._shared: dict[str, Contexts] = {}
        self._waiting: dict[str, list[tuple[Sleeper, int]]] = {}
        self._awake: set[str] = set()
        super().__init__(Machine(self._pool, Alphabet()), self._owner, self._laid, tongue)

    def _known_words(self) -> tuple[Vocabulary, Callable[[tuple[str, ...]], None] | None]:
        others = (line for lines in (*self._contexts, *self._lists.lines.values()) for line in lines)
        words, stems = all_words((*self._sources, *others), self._tongue)
        for number, needs in enumerate(survey(self._sources, self._tongue)):
            try:
                told = needs or (tuple(first_terms(self._phrase(number).node)),)
            except PatternError:
                continue  # It is never found; `problems` says so, with its place.
            self._sleep(Sleeper(told, number=number))
        known = frozenset(words | self._tongue.titles | {"?", "!"})
        listed = self._lists.words()
        return Vocabulary(
            known, stems, listed, lambda: Slips(by_edges((*known, *listed)), self._tongue.lookalikes)
        ), self._awaken

    def problems(self) -> Iterator[tuple[int | str, str, int, PatternError]]:
        """Everything that cannot be read, as ``(rule or list, key, line from 0, error)``."""
        for name, line, error in self._lists.problems():
            yield name, "lists", line, error
        first = 0
        for number, rule in enumerate(self._owner):
            if number and self._owner[number - 1] != rule:
                first = number
            try:
                self._lay(number)
            except PatternError as error:
                yield rule, "patterns", number - first, error
        for rule, lines in enumerate(self._contexts):
            for line, source in enumerate(lines):
                if list(self._lists.contexts((source,))) != [source]:
                    continue  # A list of contexts: told above.
                try:
                    self._context(source)
                except PatternError as error:
                    yield rule, "not", line, error

    def _guard(self, rule: int) -> Guard:
        parts = [self._asleep(list(self._lists.contexts(self._contexts[rule])))]
        for name in self._always[rule] if self._always else ():
            if name not in self._shared:
                self._shared[name] = self._asleep(self._lists.lines[name])
            parts.append(self._shared[name])
        return Guard(self._sides, parts)

    def _listed(self, name: str) -> Machine | None:
        return self._asleep((f"<{name}>",)).near if name in self._lists.lines else None

    def _asleep(self, lines: Sequence[str]) -> Contexts:
        """Contexts of which each waits for the words it needs."""
        if not lines:
            return Contexts()
        around: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
        near = Machine(self._pool, self.alphabet, MEMORY, self.machine.held)
        seen = Contexts((self._pool.root(()),), (self._pool.root(()),), around, near)
        for line, needs in zip(lines, survey(lines, self._tongue), strict=True):
            self._sleep(Sleeper(needs, contexts=Waking(seen, around), line=line))
        return seen

    def _add(self, waking: Waking, line: str) -> None:
        """Lay out one more context."""
        before, after, near = self._context(line)
        seen = waking.seen
        if near is not None and seen.near is not None:
            seen.near.begins(self._firsts(near.node), at_start=near.at_start)
        elif before is not None and after is not None:
            roots = [(self._pool.root(self._pool.add(side, 0).first),) for side in (backwards(before), after)]
            waking.around.append((roots[0], roots[1]))
            self._sides.age += 1
        elif before is not None:
            self._add_beside(seen.before, backwards(before))
        elif after is not None:
            self._add_beside(seen.after, after)

    def _add_beside(self, roots: tuple[int, ...], node: Node) -> None:
        self._pool.follow[roots[0]] += self._firsts(node)
        self._sides.forget(roots[0])

    def _firsts(self, node: Node) -> list[tuple[int, int]]:
        return self._pool.nexts(self._pool.add(node, 0).first)

    def _sleep(self, sleeper: Sleeper) -> None:
        """Let a pattern or context wait for the next words it needs; lay it out when there are none left."""
        while sleeper.stage < len(sleeper.needs):
            needed = sleeper.needs[sleeper.stage]
            if self._awake.isdisjoint(needed):
                for term in needed:
                    self._waiting.setdefault(term, []).append((sleeper, sleeper.stage))
                return
            sleeper.stage += 1
        sleeper.stage = -1
        if sleeper.contexts is None:
            self._lay(sleeper.number)
        else:
            self._add(sleeper.contexts, sleeper.line)

    def _context(self, line: str) -> Context:
        return context(line, self._tongue, self._lists.named)

    def _awaken(self, terms: tuple[str, ...]) -> None:
        self._awake.update(terms)
        for term in terms:
            for sleeper, stage in self._waiting.pop(term, ()):
                if sleeper.stage == stage:
                    self._sleep(sleeper)

    def _phrase(self, number: int) -> Phrase:
        read = self._phrases.get(number)
        if read is None:
            read = self._phrases[number] = phrase(self._sources[number], self._tongue, self._lists.named)
        return read

    def _lay(self, number: int) -> None:
        read = self._phrase(number)
        made = self._pool.add(read.node, number)
        self.machine.begins(self._pool.nexts(made.first), at_start=read.at_start)
        self._laid[number] = made.least if made.least == made.most else 0

    def _turned(self, pattern: int) -> tuple[int, bool]:
        node = self._phrase(pattern).node
        return self._pool.root(self._pool.add(backwards(node), pattern).first), has_gap(node)
