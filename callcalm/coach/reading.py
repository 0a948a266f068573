"""Reading: from a text to the places where rules stand in it. What they are worth together is for `judging`."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
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
    for start, end in _blocks(text):
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
        matcher, words = self._matcher, self._words
        every_stop = [at for at, word in enumerate(words) if word == Alphabet.STOP]
        standing = []
        for (pattern, begin), (own, _, at) in self._longest().items():
            after = bisect_left(every_stop, begin)
            low, high = every_stop[after - 1] + 1 if after else 0, every_stop[after]
            if not matcher.guard(matcher.owner[pattern]).blocks(words, begin, at, low, high):
                standing.append((pattern, begin, own, at))
        if not standing:
            return []
        lexicon = self._lexicon
        first_words = list(accumulate(map(len, self._numbers), initial=0))
        offsets = list(accumulate(map(len, self._chunks), initial=self._start))
        stops = list(_last_stops(words))
        facts = self._facts(stops)
        quotes = quoted_spans(self._text, self._start, self._end)
        quote_starts = [low for low, _ in quotes]

        def span(word: int) -> tuple[int, int]:
            chunk = bisect_right(first_words, word) - 1
            _, low, high = lexicon.layout(self._chunks[chunk])[word - first_words[chunk]]
            return offsets[chunk] + low, offsets[chunk] + high

        found: list[Spot] = []
        for pattern, begin, own, at in standing:
            low, high = span(begin)
            if at > begin:
                high = span(at)[1]
            if quotes and _within(low, high, quotes, quote_starts):
                continue
            sentence = bisect_left(stops, begin)
            before, named, after = facts[sentence : sentence + 3] if facts else (0, 0, 0)
            rule = rule_of(matcher.owner[pattern])
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

    def _longest(self) -> dict[tuple[int, int], tuple[int, int, int]]:
        """For each pattern and where it begins, ``(own words, minus words skipped, end)`` of its fullest hit."""
        best: dict[tuple[int, int], tuple[int, int, int]] = {}
        for at, patterns in self.hits:
            for pattern in patterns:
                begin, own = self._matcher.begin_of(pattern, self._words, at)
                hit = (own, begin + own - 1 - at, at)
                known = best.get((pattern, begin))
                if known is None or hit[:2] > known[:2]:
                    best[pattern, begin] = hit
        return best

    def _facts(self, stops: list[int]) -> list[int]:
        """How many words of each sentence the caller said too, a 0 before and after; empty when none did."""
        heard = self._matcher.alphabet.facts
        places = [at for at, word in enumerate(self._words) if word in heard] if heard else []
        if not places:
            return []
        counts = [0] * (len(stops) + 3)
        for at in places:
            counts[bisect_left(stops, at) + 1] += 1
        return counts


def _last_stops(words: list[int]) -> Iterator[int]:
    """Where sentences end: of several stops in a row, the last."""
    at, stop = -1, Alphabet.STOP
    with suppress(ValueError):  # No stop is left.
        while True:
            at = words.index(stop, at + 1)
            if at + 1 == len(words) or words[at + 1] != stop:
                yield at


def _within(low: int, high: int, spans: list[tuple[int, int]], starts: list[int]) -> bool:
    """Whether one of the spans, which are in order, holds any of the stretch: half quoted is not one's own."""
    nearest = bisect_right(starts, low) - 1
    if nearest >= 0 and low < spans[nearest][1]:
        return True
    return nearest + 1 < len(starts) and starts[nearest + 1] < high
