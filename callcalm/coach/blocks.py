"""One stretch of a text: its words numbered and walked, its sentences, and the places where rules stand in it.

What must not be here: what places are worth, and how long a stretch is.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import accumulate, chain
from operator import getitem

from callcalm.coach.address import addressed
from callcalm.coach.alphabet import Alphabet
from callcalm.coach.book import Rule
from callcalm.coach.finding import Finder
from callcalm.coach.lexicon import Lexicon
from callcalm.coach.quotes import quoted_spans, within
from callcalm.coach.spots import Spot
from callcalm.coach.tongues import Parts
from callcalm.coach.words import CHUNK


class Block:
    """One stretch of text, its words numbered and walked."""

    _ends: Collection[int] = ()
    """The places among the words of stops after which one number of a sentence is nobody's: see `joined`."""

    def __init__(self, text: str, start: int, end: int, lexicon: Lexicon, matcher: Finder) -> None:
        self._start = start
        self._end = end
        chunks = CHUNK.findall(text, start, end)
        self._walk(text, chunks, lexicon.numbers(chunks), lexicon.layouts, matcher)

    def _walk(
        self,
        text: str,
        chunks: list[str],
        numbers: list[tuple[int, ...]],
        layouts: Mapping[str, Parts],
        matcher: Finder,
    ) -> None:
        self._text = text
        self._layouts = layouts
        self._matcher = matcher
        self.chunks = chunks
        self._numbers = numbers
        self._words = words = list(chain.from_iterable(numbers))
        # So that no walk, in either direction, needs to look for the end.
        words.append(Alphabet.STOP)
        states = accumulate(words, getitem, initial=matcher.machine.start)
        self.hits = [(at, state.hits) for at, state in enumerate(states, -1) if state.hits]
        self.sentences = words.count(Alphabet.STOP)
        self.stops: list[int] = []
        """The places among the words where a sentence ends; the last stands behind all words."""
        self.sentence_of: list[int] = []
        """For each stop the number of the sentence that it ends, from 0: several in a row end one."""
        self._count()
        # By hand where `cached_property` would do: it takes a lock, and most texts are a few words.
        self._quotes: list[tuple[int, int]] | None = None
        self._quoting: set[int] | None = None
        self._first_words: list[int] = []
        self._offsets: list[int] = []

    def _count(self) -> None:
        """Find where sentences end, and number them."""
        words = self._words
        number, last = -1, -2
        for _ in range(self.sentences):
            stop = words.index(Alphabet.STOP, max(0, last + 1))
            number += (stop > last + 1) + (last in self._ends)
            self.stops.append(stop)
            self.sentence_of.append(number)
            last = stop

    @property
    def quotes(self) -> list[tuple[int, int]]:
        """The quoted stretches, in order, in code points of the text."""
        if self._quotes is None:
            self._quotes = quoted_spans(self._text, self._start, self._end)
        return self._quotes

    @property
    def quoting(self) -> set[int]:
        """The numbers of the sentences in which, or right beside which, something is quoted."""
        if self._quoting is None:
            self._quoting = set()
            for low, high in self.quotes:
                self._lay_out()
                first = self._first_words[bisect_right(self._offsets, low) - 1] - 1
                last = self._first_words[bisect_right(self._offsets, high, hi=len(self.chunks))] + 1
                stops = bisect_left(self.stops, first), bisect_left(self.stops, last) + 1
                self._quoting.update(self.sentence_of[slice(*stops)])
        return self._quoting

    def _lay_out(self) -> None:
        if not self._offsets:
            self._first_words = list(accumulate(map(len, self._numbers), initial=0))
            self._offsets = list(accumulate(map(len, self.chunks), initial=self._start))

    def place(self, first: int, last: int) -> tuple[int, int]:
        """Where the words from `first` to `last`, by their places among the words, begin and end in the text."""
        self._lay_out()
        first_words, layouts, chunks = self._first_words, self._layouts, self.chunks
        chunk = bisect_right(first_words, first) - 1
        _, low, high = layouts[chunks[chunk]][first - first_words[chunk]]
        low += self._offsets[chunk]
        if last > first:
            chunk = bisect_right(first_words, last, chunk) - 1
            high = layouts[chunks[chunk]][last - first_words[chunk]][2]
        return low, high + self._offsets[chunk]

    def is_quoted(self, low: int, high: int) -> bool:
        """Whether any of a stretch of the text is quoted: half quoted is not one's own."""
        return bool(self.quotes) and within(low, high, self.quotes)

    def spots(self, rule_of: Callable[[int], Rule], sentences: int) -> list[Spot]:
        """Where rules stand. `sentences` is the number of sentences before this block."""
        words, hits, stops = self._words, self.hits, self.stops
        found: list[Spot] = []
        facts: list[int] | None = None
        quoting: Collection[int] = ()
        at = 0
        while at < len(hits):
            stop = bisect_left(stops, hits[at][0])
            low, high = stops[stop - 1] + 1 if stop else 0, stops[stop]
            first = at
            while at < len(hits) and hits[at][0] < high:
                at += 1
            standing = self._matcher.standing(words, low, high, hits[first:at])
            if not standing:
                continue
            if facts is None:
                facts, quoting = self._facts(), self.quoting
            sentence = self.sentence_of[stop]
            before, named, after = facts[sentence : sentence + 3] if facts else (0, 0, 0)
            quotes = sentence in quoting
            sentence += sentences
            for number, begin, own, end in standing:
                start, finish = self.place(low + begin, low + end)
                if quotes and self.is_quoted(start, finish):
                    continue
                rule = rule_of(number)
                found.append(Spot(rule, rule.move, start, finish, own, sentence, named, before, after))
        return found

    def named(self, rule: Rule, language: str, sentences: int) -> Iterator[Spot]:
        """Where somebody is addressed by a name that only its place tells; `rule` is what that counts for."""
        ends: list[int] = []
        for low, high in addressed(self._text, self._start, self._end, language):
            if not ends:
                self._lay_out()
                ends = [
                    at
                    for at, numbers in zip(self._offsets, self._numbers, strict=False)
                    if Alphabet.STOP in numbers
                ]
            yield Spot(rule, rule.move, low, high, 1, sentences + bisect_left(ends, low), 0, 0, 0)

    def _facts(self) -> list[int]:
        """How many words of each sentence the caller said too, a 0 before and after; empty when none did."""
        heard = self._matcher.alphabet.facts
        if heard.isdisjoint(self._words):
            return []
        counts = [0] * (self.sentence_of[-1] + 3)
        for at in [at for at, word in enumerate(self._words) if word in heard]:
            counts[self.sentence_of[bisect_left(self.stops, at)] + 1] += 1
        return counts
