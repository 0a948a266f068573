"""One stretch of a text: its words numbered and walked, its sentences, and the places where rules stand in it.

What must not be here: what places are worth, and how long a stretch is.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import accumulate, chain

from callcalm.coach.address import addressed
from callcalm.coach.book import Rule
from callcalm.coach.finding import Finder
from callcalm.coach.judging import Spot
from callcalm.coach.lexicon import Lexicon
from callcalm.coach.machine import Alphabet
from callcalm.coach.quotes import quoted_spans, within
from callcalm.coach.words import CHUNK


class Block:
    """One stretch of text, its words numbered and walked."""

    def __init__(self, text: str, start: int, end: int, lexicon: Lexicon, matcher: Finder) -> None:
        self._text = text
        self._start = start
        self._end = end
        self._lexicon = lexicon
        self._matcher = matcher
        self.chunks: list[str] = CHUNK.findall(text, start, end)
        self._numbers = lexicon.numbers(self.chunks)
        self._words = list(chain.from_iterable(self._numbers))
        self.sentences = self._words.count(Alphabet.STOP) + 1
        # So that no walk, in either direction, needs to look for the end.
        self._words.append(Alphabet.STOP)
        self.hits: list[tuple[int, tuple[int, ...]]] = []
        state = matcher.machine.start
        for at, word in enumerate(self._words):
            state = state[word]
            if state.hits:
                self.hits.append((at, state.hits))

    @cached_property
    def stops(self) -> list[int]:
        """The places among the words where a sentence ends; the last stands behind all words."""
        return [at for at, word in enumerate(self._words) if word == Alphabet.STOP]

    @cached_property
    def sentence_of(self) -> list[int]:
        """For each stop the number of the sentence that it ends, from 0: several in a row end one."""
        found = []
        number, last = -1, -2
        for stop in self.stops:
            number += stop > last + 1
            found.append(number)
            last = stop
        return found

    @cached_property
    def quotes(self) -> list[tuple[int, int]]:
        """The quoted stretches, in order, in code points of the text."""
        return quoted_spans(self._text, self._start, self._end)

    @cached_property
    def _first_words(self) -> list[int]:
        return list(accumulate(map(len, self._numbers), initial=0))

    @cached_property
    def _offsets(self) -> list[int]:
        return list(accumulate(map(len, self.chunks), initial=self._start))

    def place(self, first: int, last: int) -> tuple[int, int]:
        """Where the words from `first` to `last`, by their places among the words, begin and end in the text."""
        first_words, layouts, chunks = self._first_words, self._lexicon.layouts, self.chunks
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
        standing: list[tuple[int, int, int, int, int]] = []
        at = 0
        while at < len(hits):
            stop = bisect_left(stops, hits[at][0])
            low, high = stops[stop - 1] + 1 if stop else 0, stops[stop]
            first = at
            while at < len(hits) and hits[at][0] < high:
                at += 1
            for number, begin, own, end in self._matcher.standing(words, low, high, hits[first:at]):
                standing.append((number, low + begin, own, low + end, stop))
        if not standing:
            return []
        facts = self._facts()
        found: list[Spot] = []
        for number, begin, own, end, stop in standing:
            low, high = self.place(begin, end)
            if self.is_quoted(low, high):
                continue
            sentence = self.sentence_of[stop]
            before, named, after = facts[sentence : sentence + 3] if facts else (0, 0, 0)
            rule = rule_of(number)
            found.append(Spot(rule, rule.move, low, high, own, sentences + sentence, named, before, after))
        return found

    def named(self, rule: Rule, language: str, sentences: int) -> Iterator[Spot]:
        """Where somebody is addressed by a name that only its place tells; `rule` is what that counts for."""
        ends: list[int] = []
        for low, high in addressed(self._text, self._start, self._end, language):
            if not ends:
                ends = [
                    at
                    for at, numbers in zip(self._offsets, self._numbers, strict=False)
                    if Alphabet.STOP in numbers
                ]
            yield Spot(rule, rule.move, low, high, 1, sentences + bisect_left(ends, low), 0, 0, 0)

    def _facts(self) -> list[int]:
        """How many words of each sentence the caller said too, a 0 before and after; empty when none did."""
        heard = self._matcher.alphabet.facts
        places = [at for at, word in enumerate(self._words) if word in heard] if heard else []
        if not places:
            return []
        counts = [0] * (self.sentence_of[-1] + 3)
        for at in places:
            counts[self.sentence_of[bisect_left(self.stops, at)] + 1] += 1
        return counts
