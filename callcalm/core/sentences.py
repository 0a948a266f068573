"""Which sentence of a text some words stand in. No reading of what it says."""

from __future__ import annotations

import re
from typing import Final

LONGEST: Final = 600
"""Code points of a sentence at most; of a longer one, the part around the words."""

_GAP: Final = re.compile(r"\n[^\S\n]*\n|[.!?…]+[\"'”’»)\]]*(?=\s)")
"""An empty line, or the end of a sentence with what closes it."""

_SHORT: Final = frozenset(
    {"mr", "mrs", "ms", "dr", "prof", "st", "vs", "etc", "inc", "ltd", "mme", "mlle", "mm", "tel", "ext", "approx"}
)
"""Words whose full stop ends no sentence."""


def sentence_at(text: str, start: int, end: int) -> tuple[int, int]:
    """From where to where the sentences reach that hold the code points `start` to `end`; no blanks at either end.

    >>> text = "Dear Ms. Roe. You forgot! Pay now."
    >>> text[slice(*sentence_at(text, 18, 24))]
    'You forgot!'
    """
    first, last = 0, len(text)
    for gap in _GAP.finditer(text, max(0, start - LONGEST * 2), min(len(text), end + LONGEST * 2)):
        if gap[0][0] == "." and _abbreviated(text, gap.start()):
            continue
        if gap.end() <= start:
            first = gap.end()
        elif gap.end() >= end:
            last = max(end, gap.start() if gap[0][0] == "\n" else gap.end())
            break
    first, last = _shortened(text, first, start, end, last)
    while first < start and text[first].isspace():
        first += 1
    while last > end and text[last - 1].isspace():
        last -= 1
    return first, last


def _abbreviated(text: str, stop: int) -> bool:
    """Whether the full stop at `stop` belongs to a word such as *Ms.*, or to a single capital."""
    begin = stop
    while begin > 0 and stop - begin < 8 and text[begin - 1].isalpha():  # noqa: PLR2004  (longer than any of them)
        begin -= 1
    word = text[begin:stop]
    return word.casefold() in _SHORT or (len(word) == 1 and word.isupper() and word != "I")


def _shortened(text: str, first: int, start: int, end: int, last: int) -> tuple[int, int]:
    """What is longer than `LONGEST`, cut between words on both sides of the words that matter."""
    if last - first <= LONGEST:
        return first, last
    room = max(0, LONGEST - (end - start)) // 2
    if start - first > room:
        first = start - room
        cut = text.find(" ", first, start)
        first = cut + 1 if cut >= 0 else start
    if last - end > room:
        last = end + room
        cut = text.rfind(" ", end, last)
        last = cut if cut >= 0 else end
    return first, last
