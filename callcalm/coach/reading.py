"""Reading: from a text to the places where rules stand in it. What they are worth together is for `judging`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain

from callcalm.coach.blocks import Block
from callcalm.coach.book import Phrasebook
from callcalm.coach.hearing import Hearing
from callcalm.coach.joined import Joined
from callcalm.coach.judging import judge, thinned
from callcalm.coach.spots import Spot
from callcalm.coach.words import CHUNK
from callcalm.core.hints import Final
from callcalm.core.moves import Finding
from callcalm.intake.pause import collector_paused

BLOCK: Final = 40_000
"""Code points read at a time, so that memory stays flat; blocks end with a paragraph where they can. Of short
texts as many are read at a time."""

NOTHING_HEARD: Final = Hearing()

_PARAGRAPH = r"\n[ \t\r]*\n|[.!?][\s]"


def read(text: str, book: Phrasebook, hearing: Hearing = NOTHING_HEARD) -> tuple[Finding, ...]:
    """The moves in a text, by place. Findings that help never overlap, nor do those that cost.

    Time is linear in the text, whatever the phrasebook. Offsets are code points of `text` as it was given.
    """
    if len(text) > BLOCK:
        # What is found stays in use to the end, and what is forgotten on the way is in no circles.
        with collector_paused():
            return _read(text, book, hearing)
    return _read(text, book, hearing)


def _read(text: str, book: Phrasebook, hearing: Hearing) -> tuple[Finding, ...]:
    matcher = book.matcher
    lexicon = book.lexicon(hearing)
    spots: list[Spot] = []
    sentences = 0
    # Who calls is not known, so a name is known by its place alone.
    naming = None if hearing.names else book.naming
    listener = book.listener
    large = len(text) > BLOCK
    for start, end in _blocks(text) if large else ((0, len(text)),):
        block = Block(text, start, end, lexicon, matcher)
        standing = block.spots(book.rule, sentences) if block.hits else []
        if listener:
            standing = listener.weighed(block, standing, sentences)
        spots.extend(thinned(standing) if large else standing)
        if naming is not None:
            spots.extend(block.named(naming, book.language, sentences))
        sentences += block.sentences
    return judge(text, spots, hearing, partial(_troubled, text, book)) if spots else ()


def read_each(said: Iterable[tuple[str, Hearing]], book: Phrasebook) -> Iterator[tuple[Finding, ...]]:
    """`read` for many short texts, each in its own call, in less time: the findings in each, in their order."""
    for portion in _portions(said):
        # Of whom nothing is known may be anybody: names are then looked for all over a text.
        if len(portion) == 1 or not all(hearing.names for _, hearing in portion):
            yield from [read(text, book, hearing) for text, hearing in portion]
        else:
            yield from _read_joined(portion, book)


def _portions(said: Iterable[tuple[str, Hearing]]) -> Iterator[list[tuple[str, Hearing]]]:
    portion: list[tuple[str, Hearing]] = []
    size = 0
    for one in said:
        size += len(one[0])
        if portion and size > BLOCK:
            yield portion
            portion, size = [], len(one[0])
        portion.append(one)
    if portion:
        yield portion


def _read_joined(portion: list[tuple[str, Hearing]], book: Phrasebook) -> Iterator[tuple[Finding, ...]]:
    texts = [text for text, _ in portion]
    block = Joined(texts, [book.lexicon(hearing) for _, hearing in portion], book.matcher)
    standing = block.spots(book.rule, 0) if block.hits else []
    if book.listener:
        standing = book.listener.weighed(block, standing, 0)
    spots = block.by_text(standing)
    for at, (text, hearing) in enumerate(portion):
        own = spots.get(at)
        if own is None:
            yield ()
        else:
            yield judge(block.text, own, hearing, partial(_troubled, text, book), block.starts[at])


def _troubled(text: str, book: Phrasebook) -> bool:
    """Whether the text tells of trouble by its plain words, whoever calls."""
    from callcalm.coach.trouble import tells_of_trouble  # noqa: PLC0415 - few texts ask

    numbers = book.matcher.lexicon.numbers
    stretches = (chain.from_iterable(numbers(CHUNK.findall(text, *stretch))) for stretch in _blocks(text))
    return tells_of_trouble(stretches, book.matcher)


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
    paragraph = re.compile(_PARAGRAPH)
    start = 0
    while start < len(text):
        end = min(len(text), start + BLOCK)
        if end < len(text):
            cuts = [hit.end() for hit in paragraph.finditer(text, end - BLOCK // 8, end)]
            end = cuts[-1] if cuts else max(text.rfind(" ", start + 1, end) + 1, start + BLOCK // 2)
        yield start, end
        start = end
