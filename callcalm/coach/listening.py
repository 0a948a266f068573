"""Listening: what the ear says of the sentences of a text, beside the rules that stand in them.

A rule that costs is doubted where its sentence sounds innocent. A sentence that surely costs though no such rule
stands in it gets a spot as a whole, for a rule of the phrasebook that has no patterns. What must not be here: how
a sentence sounds (see `ear`), and what spots amount to (see `judging`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain
from string import ascii_lowercase

from callcalm.coach.blocks import Block
from callcalm.coach.book import NAMING, Phrasebook, Rule, by_ear
from callcalm.coach.ear import MEMORY, Ear, heard, helping, mark
from callcalm.coach.effects import HELPS
from callcalm.coach.quotes import quoted_spans, within
from callcalm.coach.spots import Spot
from callcalm.coach.tongues import Parts, Tongue
from callcalm.coach.words import CHUNK, PAUSE, STOP, words_in
from callcalm.core.hints import Final
from callcalm.core.records import NamedTuple

_STOPS: Final = -1
"""Stands among the marks where a sentence ends."""

_LINE_END: Final = -2
"""Stands among the marks where only a line ends: letters are broken into lines anywhere, so the ear skips it."""

_PAUSES: Final = frozenset(".…;:-–—")
_LINES: Final = frozenset("\r\n")

_HELPS: Final = {move: mark(helping(move)) for move in HELPS}

_NO_WORDS: Final = frozenset([_LINE_END, *map(mark, (PAUSE, "?", "!"))])

_LETTERS: Final = frozenset(map(mark, map(heard, (*ascii_lowercase, "0"))))
"""Letters and numbers that stand alone."""

MURMURS: Final = "murmurs"
"""The list of words that say nothing by themselves, as *mm*, *I see*: the voice alone tells how they are meant."""

LONGEST: Final = 300
"""Words and marks of the longest sentence that is found as a whole. What is longer is a list or a text without
stops: to hear that it costs, one would have to know where."""


class _Marks(dict[str, tuple[int, ...]]):
    """From a chunk of text to what the ear hears of its words."""

    def __init__(self, layouts: Mapping[str, Parts]) -> None:
        super().__init__()
        self._layouts = layouts

    def __missing__(self, chunk: str) -> tuple[int, ...]:
        if len(self) >= MEMORY:
            self.clear()
        found = tuple([_mark(word, chunk[:low]) for word, low, _ in self._layouts[chunk]])
        self[chunk] = found
        return found


def _mark(word: str, before: str) -> int:
    if word == STOP:
        return _STOPS
    return _LINE_END if _ends_line(word, before) else mark(heard(word))


def _ends_line(word: str, before: str) -> bool:
    """Whether a word of a chunk is a pause for no other reason than a new line; `before` is the chunk up to it."""
    written = before.rstrip()
    return word == PAUSE and not _LINES.isdisjoint(before[len(written) :]) and written[-1:] not in _PAUSES


class Listener:
    """Listens with an ear to the words of a phrasebook.

    `layouts` gives the words of a chunk, `rules` the rules by id; those named in `own` are a writer's, who is not
    doubted. A sentence of nothing but `murmurs`, folded words, is not found as a whole.
    """

    def __init__(
        self,
        ear: Ear,
        layouts: Mapping[str, Parts],
        rules: Mapping[str, Rule],
        own: Collection[str],
        murmurs: Iterable[str] = (),
    ) -> None:
        self._ear = ear
        self._murmurs = set(map(mark, map(heard, murmurs)))
        self._marks = _Marks(layouts)
        self._rules = rules
        self._own = own

    def weighed(self, block: Block, spots: list[Spot], sentences: int) -> list[Spot]:
        """The spots of a block without the doubtful ones, and those that only the ear gives.

        `sentences` is the number of sentences before the block.
        """
        costs: set[int] = set()
        turns: set[int] = set()
        helps: dict[int, set[int]] = {}
        for spot in spots:
            if spot.rule.costs:
                # What takes back another sentence costs nothing if there is none: this one is heard all the same.
                (turns if spot.rule.after else costs).add(spot.sentence - sentences)
            elif spot.move != NAMING:
                helps.setdefault(spot.sentence - sentences, set()).add(_HELPS[spot.move])
        doubtful: set[int] = set()
        found: list[Spot] = []
        ear, marks = self._ear, list(chain.from_iterable(map(self._marks.__getitem__, block.chunks)))
        broken = _LINE_END in marks
        low = 0
        for number, stop in zip(block.sentence_of, block.stops, strict=True):
            row = marks[low:stop]
            low, first = stop + 1, low
            if not row:
                continue
            beside = helps.get(number, ())
            whole = [each for each in row if each != _LINE_END] if broken else row
            chance = ear.chance(whole, beside)
            if number in costs:
                if chance < ear.doubt or (
                    number in block.quoting and ear.chance(_own(block, row, first), beside) < ear.doubt
                ):
                    doubtful.add(number)
            elif chance >= ear.sure and ear.knows(whole):
                own = _own(block, row, first) if number in block.quoting else whole
                # What is somebody else's in it may have made it sound so.
                if (own is whole or ear.chance(own, beside) >= ear.sure) and self._is_said(whole):
                    found.extend(self._spot(block, row, own, first, sentences + number))
            elif chance < ear.doubt and number in turns:
                doubtful.add(number)
        if doubtful:
            spots = [
                spot
                for spot in spots
                if spot.sentence - sentences not in doubtful or not spot.rule.costs or spot.rule.id in self._own
            ]
        return spots + found

    def _is_said(self, marks: list[int]) -> bool:
        """Whether somebody may say this, and says something: it is neither endless, nor murmurs, nor one letter.

        One letter be it many times over. A word that is spelt out may well cost: *Green. G-R-E-E-N.*
        """
        if len(marks) > LONGEST:
            return False
        said = set(marks) - _NO_WORDS
        return not said <= self._murmurs and (len(said) > 1 or not said <= _LETTERS)

    def _spot(self, block: Block, row: list[int], own: list[int], first: int, sentence: int) -> Iterator[Spot]:
        """The sentence as a spot; `own` are those of its marks that are not quoted."""
        words = [at for at, each in enumerate(row, first) if each not in _NO_WORDS]
        move = self._ear.move(own)
        rule = self._rules.get(by_ear(move)) if move and words else None
        if rule is not None:
            low, high = block.place(words[0], words[-1])
            yield Spot(rule, rule.move, low, high, 0, sentence, 0, 0, 0)


class Sentence(NamedTuple):
    """A sentence as the ear hears it: where it stands in code points, its own words, what helps in it."""

    start: int
    end: int
    words: list[str]
    helps: list[str]


def sentences(text: str, book: Phrasebook) -> Iterator[Sentence]:
    """The sentences of a text, for those who teach the ear; the book says what helps in them."""
    quotes = quoted_spans(text, 0, len(text))
    block = Block(text, 0, len(text), book.matcher.lexicon, book.matcher)
    spots = block.spots(book.rule, 0) if block.hits else []
    for start, end, words in _sentences(text, book.tongue, quotes):
        helps = {spot.move for spot in spots if start <= spot.start < end and not spot.rule.costs} - {NAMING}
        yield Sentence(start, end, words, sorted(map(helping, helps)))


def _sentences(text: str, tongue: Tongue, quotes: list[tuple[int, int]]) -> Iterator[tuple[int, int, list[str]]]:
    places: list[tuple[int, int]] = []
    own: list[str] = []
    for hit in CHUNK.finditer(text):
        for word, low, high in words_in(hit.group(), tongue):
            place = hit.start() + low, hit.start() + high
            if word == STOP:
                if places:
                    yield places[0][0], places[-1][1], own
                places, own = [], []
                continue
            if word not in {PAUSE, "?", "!"}:
                places.append(place)
            if not within(*place, quotes) and not _ends_line(word, hit.group()[:low]):
                own.append(heard(word))
    if places:
        yield places[0][0], places[-1][1], own


def _own(block: Block, row: list[int], first: int) -> list[int]:
    """The marks of a sentence but for what it quotes; `first` is the place of its first word."""
    return [
        each
        for at, each in enumerate(row, first)
        if each != _LINE_END and not block.is_quoted(*block.place(at, at))
    ]
