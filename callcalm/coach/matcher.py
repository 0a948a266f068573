"""The patterns of a phrasebook, ready to be found: laid out one by one when a word they insist on turns up.

So a start-up pays for an index of such words and nothing else. What must not be here: reading files, and what a
hit is worth.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final

from callcalm.coach.guards import Guard
from callcalm.coach.hearing import Recogniser
from callcalm.coach.lexicon import Lexicon, Vocabulary
from callcalm.coach.lists import Lists
from callcalm.coach.machine import Alphabet, Backward, Machine
from callcalm.coach.program import Pool
from callcalm.coach.tongues import Tongue
from callcalm.coach.trees import Context, PatternError, Phrase, backwards, first_terms, has_gap

if TYPE_CHECKING:
    from callcalm.coach.triggers import Needs


class Sleeper:
    """A pattern (by its number) or a context (a line for a guard) that waits for words it needs."""

    __slots__ = ("guard", "line", "needs", "number", "stage")

    def __init__(self, needs: Needs, *, number: int = -1, guard: Guard | None = None, line: str = "") -> None:
        self.needs = needs
        self.number = number
        self.guard = guard
        self.line = line
        self.stage = 0
        """Which of the needs it waits for; -1 when it is awake."""


BACK_MEMORY: Final = 500
"""Steps remembered for one pattern read backwards."""


class Matcher:
    """Finds the patterns of many rules in numbered words.

    `patterns` gives each rule's patterns, `contexts` its ``not`` lines; a rule is known by its index. `always`
    gives, for each rule, the names of the lists of contexts that it shares with others. A pattern
    that cannot be read raises `PatternError` when it is woken, so a phrasebook from outside goes
    through `problems` first.
    """

    def __init__(
        self,
        patterns: Sequence[Sequence[str]],
        contexts: Sequence[Sequence[str]],
        lists: Mapping[str, Sequence[str]],
        tongue: Tongue,
        always: Sequence[Sequence[str]] = (),
    ) -> None:
        self._tongue = tongue
        self._lists = Lists(lists, tongue)
        self._contexts = contexts
        self._always = always
        self._sources = [source for rule in patterns for source in rule]
        self.owner = [index for index, rule in enumerate(patterns) for _ in rule]
        """The rule that each pattern belongs to."""
        self._pool = Pool()
        self.alphabet = Alphabet()
        self.machine = Machine(self._pool, self.alphabet)
        self._phrases: dict[int, Phrase] = {}
        self._lengths: dict[int, int] = {}
        self._backwards: dict[int, Machine | Backward] = {}
        self._guards: dict[int, tuple[Guard, ...]] = {}
        self._shared: dict[str, Guard] = {}
        self._waiting: dict[str, list[tuple[Sleeper, int]]] = {}
        self._awake: set[str] = set()
        self._vocabulary = self._index()
        self.lexicon = self.lexicon_with(None)

    @property
    def steps(self) -> int:
        """Work done so far that was not a table look-up, in positions visited."""
        guards = {guard for found in self._guards.values() for guard in found}
        backs = sum(back.steps for back in self._backwards.values())
        return self.machine.steps + backs + sum(guard.steps for guard in guards)

    @cached_property
    def feelings(self) -> frozenset[str]:
        """The single words of the list ``<feeling>``: to say one back names no fact."""
        return frozenset(word for word, lists in self._vocabulary.listed.items() if "<feeling>" in lists)

    def lexicon_with(self, extra: Recogniser | None) -> Lexicon:
        """A lexicon in which words have the terms that `extra` gives, besides their own."""
        plain = None if extra is None else self.lexicon
        return Lexicon(self._vocabulary, self.alphabet, self._tongue, self._awaken, extra, plain)

    def begin_of(self, pattern: int, words: Sequence[int], end: int) -> tuple[int, int]:
        """Where the hit of `pattern` that ends with word `end` begins, and how many words are its own."""
        length = self._lengths[pattern]
        begin = end + 1 - length
        if length and Alphabet.PAUSE not in words[begin:end]:
            return begin, length
        back = self._backwards.get(pattern)
        if back is None:
            back = self._backwards[pattern] = self._reversed(pattern)
        return back.farthest_back(words, end)

    def _reversed(self, pattern: int) -> Machine | Backward:
        """The pattern read from its end."""
        node = self._phrase(pattern).node
        root = self._pool.root([self._pool.add(backwards(node), pattern)])
        made = Backward if has_gap(node) else Machine
        return made(self._pool, self.alphabet, root, BACK_MEMORY)

    def guards(self, rule: int) -> tuple[Guard, ...]:
        """The contexts in which one rule does not count, got ready at first use."""
        found = self._guards.get(rule)
        if found is None:
            found = ()
            own = list(self._lists.contexts(self._contexts[rule]))
            if own:
                found = (self._guard(own),)
            for always in self._always[rule] if self._always else ():
                if always not in self._shared:
                    self._shared[always] = self._guard(self._lists.lines[always])
                found = (*found, self._shared[always])
            self._guards[rule] = found
        return found

    def _guard(self, lines: Sequence[str]) -> Guard:
        from callcalm.coach.triggers import survey  # noqa: PLC0415 - what is kept needs no reading

        guard = Guard(self._pool, self.alphabet)
        for line, needs in zip(lines, survey(lines, self._tongue), strict=True):
            self._sleep(Sleeper(needs, guard=guard, line=line))
        return guard

    def problems(self) -> Iterator[tuple[int | str, str, int, PatternError]]:
        """Everything that cannot be read, as ``(rule or list, key, line from 0, error)``."""
        from callcalm.coach.pattern import context  # noqa: PLC0415 - what is kept needs no reading

        for name, line, error in self._lists.problems():
            yield name, "lists", line, error
        first = 0
        for number, rule in enumerate(self.owner):
            if number and self.owner[number - 1] != rule:
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
                    context(source, self._tongue, self._lists.named)
                except PatternError as error:
                    yield rule, "not", line, error

    def _index(self) -> Vocabulary:
        from callcalm.coach.triggers import all_words, survey  # noqa: PLC0415 - what is kept needs no reading

        others = (line for lines in (*self._contexts, *self._lists.lines.values()) for line in lines)
        words, stems = all_words((*self._sources, *others), self._tongue)
        for number, needs in enumerate(survey(self._sources, self._tongue)):
            try:
                told = needs or (tuple(first_terms(self._phrase(number).node)),)
            except PatternError:
                continue  # It is never found; `problems` says so, with its place.
            self._sleep(Sleeper(told, number=number))
        return Vocabulary(words | self._tongue.titles | {"?", "!"}, stems, self._lists.words())

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
        if sleeper.guard is None:
            self._lay(sleeper.number)
        else:
            sleeper.guard.add(self._context(sleeper.line))

    def _context(self, line: str) -> Context:
        from callcalm.coach.pattern import context  # noqa: PLC0415 - what is kept needs no reading

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
            from callcalm.coach.pattern import phrase  # noqa: PLC0415 - what is kept needs no reading

            read = self._phrases[number] = phrase(self._sources[number], self._tongue, self._lists.named)
        return read

    def _lay(self, number: int) -> None:
        read = self._phrase(number)
        made = self._pool.add(read.node, number)
        self.machine.begins(made.first, at_start=read.at_start)
        self._lengths[number] = made.least if made.least == made.most else 0
