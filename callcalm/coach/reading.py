"""Reading: from a text to the places where rules stand in it. What they are worth together is for `judging`."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate, chain
from typing import Final

from callcalm.coach.address import addressed
from callcalm.coach.book import Phrasebook, Rule
from callcalm.coach.finding import Finder
from callcalm.coach.hearing import Hearing
from callcalm.coach.judging import Spot, judge
from callcalm.coach.lexicon import Lexicon
from callcalm.coach.machine import Alphabet
from callcalm.coach.quotes import quoted_spans
from callcalm.coach.words import CHUNK
from callcalm.core.moves import Finding

BLOCK: Final = 40_000
"""Code points read at a time, so that memory stays flat; blocks end with a paragraph where they can."""

NOTHING_HEARD: Final = Hearing()

_PARAGRAPH = re.compile(r"\n[ \t\r]*\n|[.!?][\s]")


def read(text: str, book: Phrasebook, hearing: Hearing = NOTHING_HEARD) -> tuple[Finding, ...]:
    """The moves in a text, by place. Findings that help never overlap, nor do those that cost.

    Time is linear in the text, whatever the phrasebook. Offsets are code points of `text` as it was given.
    """
    matcher = book.matcher
    lexicon = book.lexicon(hearing)
    spots: list[Spot] = []
    sentences = 0
    # Who calls is not known, so a name is known by its place alone.
    naming = None if hearing.names else book.naming
    for start, end in _blocks(text) if len(text) > BLOCK else ((0, len(text)),):
        block = _Block(text, start, end, lexicon, matcher)
        if block.hits:
            spots.extend(block.spots(book.rule, sentences))
        if naming is not None:
            spots.extend(block.named(naming, book.language, sentences))
        sentences += block.sentences
    return judge(text, spots, hearing) if spots else ()


def meet(texts: Iterable[str], book: Phrasebook) -> None:
    """Get to know the words of texts that will be read, all at once.

    Patterns wake as their words turn up, and each that wakes makes the walk learn its steps anew: better before
    the first walk than during many. What is found stays the same.
    """
    if not book.matcher.wakes:
        return
    lexicon = book.matcher.lexicon
    for chunk in {chunk for text in texts for chunk in CHUNK.findall(text)}:
        lexicon[chunk]


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(text):
        end = min(len(text), start + BLOCK)
        if end < len(text):
            cuts = [hit.end() for hit in _PARAGRAPH.finditer(text, end - BLOCK // 8, end)]
            end = cuts[-1] if cuts else max(text.rfind(" ", start + 1, end) + 1, start + BLOCK // 2)
        yield start, end
        start = end


class _Block:
    """One stretch of text, its words numbered and walked."""

    def __init__(self, text: str, start: int, end: int, lexicon: Lexicon, matcher: Finder) -> None:
        self._text = text
        self._start = start
        self._end = end
        self._lexicon = lexicon
        self._matcher = matcher
        self._chunks: list[str] = CHUNK.findall(text, start, end)
        self._numbers = lexicon.numbers(self._chunks)
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

    def spots(self, rule_of: Callable[[int], Rule], sentences: int) -> list[Spot]:
        """Where rules stand. `sentences` is the number of sentences before this block."""
        words, hits = self._words, self.hits
        stops = [at for at, word in enumerate(words) if word == Alphabet.STOP]
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
        layouts, chunks = self._lexicon.layouts, self._chunks
        first_words = list(accumulate(map(len, self._numbers), initial=0))
        offsets = list(accumulate(map(len, chunks), initial=self._start))
        sentence_of = _sentences(stops)
        facts = self._facts(stops, sentence_of)
        quotes = quoted_spans(self._text, self._start, self._end)
        quote_starts = [low for low, _ in quotes]
        found: list[Spot] = []
        for number, begin, own, end, stop in standing:
            chunk = bisect_right(first_words, begin) - 1
            _, low, high = layouts[chunks[chunk]][begin - first_words[chunk]]
            low += offsets[chunk]
            if end > begin:
                chunk = bisect_right(first_words, end, chunk) - 1
                high = layouts[chunks[chunk]][end - first_words[chunk]][2]
            high += offsets[chunk]
            if quotes and _within(low, high, quotes, quote_starts):
                continue
            sentence = sentence_of[stop]
            before, named, after = facts[sentence : sentence + 3] if facts else (0, 0, 0)
            rule = rule_of(number)
            found.append(Spot(rule, rule.move, low, high, own, sentences + sentence, named, before, after))
        return found

    def named(self, rule: Rule, language: str, sentences: int) -> Iterator[Spot]:
        """Where somebody is addressed by a name that only its place tells; `rule` is what that counts for."""
        ends: list[int] = []
        for low, high in addressed(self._text, self._start, self._end, language):
            if not ends:
                offsets = accumulate(map(len, self._chunks), initial=self._start)
                ends = [
                    at for at, numbers in zip(offsets, self._numbers, strict=False) if Alphabet.STOP in numbers
                ]
            yield Spot(rule, rule.move, low, high, 1, sentences + bisect_left(ends, low), 0, 0, 0)

    def _facts(self, stops: list[int], sentence_of: list[int]) -> list[int]:
        """How many words of each sentence the caller said too, a 0 before and after; empty when none did."""
        heard = self._matcher.alphabet.facts
        places = [at for at, word in enumerate(self._words) if word in heard] if heard else []
        if not places:
            return []
        counts = [0] * (sentence_of[-1] + 3)
        for at in places:
            counts[sentence_of[bisect_left(stops, at)] + 1] += 1
        return counts


def _sentences(stops: list[int]) -> list[int]:
    """For each stop the number of the sentence that it ends, from 0: several in a row end one."""
    found = []
    number, last = -1, -2
    for stop in stops:
        number += stop > last + 1
        found.append(number)
        last = stop
    return found


def _within(low: int, high: int, spans: list[tuple[int, int]], starts: list[int]) -> bool:
    """Whether one of the spans, which are in order, holds any of the stretch: half quoted is not one's own."""
    nearest = bisect_right(starts, low) - 1
    if nearest >= 0 and low < spans[nearest][1]:
        return True
    return nearest + 1 < len(starts) and starts[nearest + 1] < high
