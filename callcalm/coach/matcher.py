"""The patterns of a phrasebook, ready to be found: laid out one by one when a word they insist on turns up.

So a start-up pays for an index of such words and nothing else. What must not be here: reading files, and what a
hit is worth.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from callcalm.coach.guards import Guard
from callcalm.coach.lexicon import Lexicon, Vocabulary
from callcalm.coach.lists import Lists
from callcalm.coach.machine import Alphabet, Machine, longest_back
from callcalm.coach.pattern import PatternError, context, phrase
from callcalm.coach.program import Pool
from callcalm.coach.tongues import Tongue
from callcalm.coach.trees import Phrase, backwards, first_terms
from callcalm.coach.triggers import all_words, triggers


class Matcher:
    """Finds the patterns of many rules in numbered words.

    `patterns` gives each rule's patterns, `contexts` its ``not`` lines; a rule is known by its index. `always`
    gives, for each rule, the name of a list of contexts that it shares with others. A pattern
    that cannot be read raises `PatternError` when it is woken, so a phrasebook from outside goes
    through `problems` first.
    """

    def __init__(
        self,
        patterns: Sequence[Sequence[str]],
        contexts: Sequence[Sequence[str]],
        lists: Mapping[str, Sequence[str]],
        tongue: Tongue,
        always: Sequence[str] = (),
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
        self._backwards: dict[int, int] = {}
        self._guards: dict[int, tuple[Guard, ...]] = {}
        self._shared: dict[str, Guard] = {}
        self._waiting: dict[str, list[int]] = {}
        self._back_steps = 0
        self._vocabulary = self._all_words()
        self.lexicon = self.lexicon_with(None)
        self._index()

    @property
    def steps(self) -> int:
        """Work done so far that was not a table look-up, in positions visited."""
        guards = {guard for found in self._guards.values() for guard in found}
        return self._back_steps + self.machine.steps + sum(guard.steps for guard in guards)

    @property
    def feelings(self) -> frozenset[str]:
        """The single words of the list ``<feeling>``: to say one back names no fact."""
        return frozenset(word for word, lists in self._vocabulary.listed.items() if "<feeling>" in lists)

    def lexicon_with(self, extra: Callable[[str], tuple[str, ...]] | None) -> Lexicon:
        """A lexicon in which words have the terms that `extra` gives, besides their own."""
        return Lexicon(self._vocabulary, self.alphabet, self._tongue, self._awaken, extra)

    def begin_of(self, pattern: int, words: Sequence[int], end: int) -> tuple[int, int]:
        """Where the hit of `pattern` that ends with word `end` begins, and how many words are its own."""
        length = self._lengths[pattern]
        begin = end + 1 - length
        if length and Alphabet.PAUSE not in words[begin:end]:
            return begin, length
        if pattern not in self._backwards:
            made = self._pool.add(backwards(self._phrase(pattern).node), pattern)
            self._backwards[pattern] = self._pool.root([made])
        begin, own, steps = longest_back(self._pool, self._backwards[pattern], self.alphabet, words, end)
        self._back_steps += steps
        return begin, own

    def guards(self, rule: int) -> tuple[Guard, ...]:
        """The contexts in which one rule does not count, laid out at first use."""
        found = self._guards.get(rule)
        if found is None:
            own = tuple(self._lists.contexts(self._contexts[rule]))
            always = self._always[rule] if self._always else ""
            if always and always not in self._shared:
                self._shared[always] = self._guard(self._lists.lines.get(always, ()))
            found = ((self._guard(own),) if own else ()) + ((self._shared[always],) if always else ())
            self._guards[rule] = found
        return found

    def _guard(self, lines: Iterable[str]) -> Guard:
        return Guard((context(line, self._tongue, self._lists.named) for line in lines), self._pool, self.alphabet)

    def problems(self) -> Iterator[tuple[int | str, str, int, PatternError]]:
        """Everything that cannot be read, as ``(rule or list, key, line from 0, error)``."""
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
                    self._guard((source,))
                except PatternError as error:
                    yield rule, "not", line, error

    def _all_words(self) -> Vocabulary:
        groups = (self._sources, *self._contexts, *self._lists.lines.values())
        words, stems = all_words({line for group in groups for line in group}, self._tongue)
        return Vocabulary(words | self._tongue.titles | {"?", "!"}, stems, self._lists.words())

    def _index(self) -> None:
        for number, source in enumerate(self._sources):
            terms: Iterable[str] = triggers(source, self._tongue)
            if not terms:
                try:
                    terms = first_terms(self._phrase(number).node)
                except PatternError:
                    continue  # It is never found; `problems` says so, with its place.
            for term in terms:
                self._waiting.setdefault(term, []).append(number)

    def _awaken(self, terms: tuple[str, ...]) -> None:
        for term in terms:
            for number in self._waiting.pop(term, ()):
                if number not in self._lengths:
                    self._lay(number)

    def _phrase(self, number: int) -> Phrase:
        read = self._phrases.get(number)
        if read is None:
            read = self._phrases[number] = phrase(self._sources[number], self._tongue, self._lists.named)
        return read

    def _lay(self, number: int) -> None:
        read = self._phrase(number)
        made = self._pool.add(read.node, number)
        self.machine.begins(made.first, at_start=read.at_start)
        self._lengths[number] = made.least if made.least == made.most else 0
