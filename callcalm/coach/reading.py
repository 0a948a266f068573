"""Reading: from a text to the places where rules stand in it. What they are worth together is for `judging`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from callcalm.coach.blocks import Block
from callcalm.coach.book import Phrasebook
from callcalm.coach.hearing import Hearing
from callcalm.coach.judging import Spot, judge
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
    listener = book.listener
    for start, end in _blocks(text) if len(text) > BLOCK else ((0, len(text)),):
        block = Block(text, start, end, lexicon, matcher)
        standing = block.spots(book.rule, sentences) if block.hits else []
        spots.extend(listener.weighed(block, standing, sentences) if listener else standing)
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
