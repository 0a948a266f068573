"""The blocks that a document is made of. Text is data: what it says can never become a sign of any form.

What must not be here: how a form writes them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3; levels follow one another without a gap."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph; each line of `text` is one of its own. `lang` is set where it is not the document's."""

    text: str
    small: bool = False
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words to stand out."""

    text: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words from `start` to `end` (code points, end exclusive) that cost or help; `what` says what they do."""

    start: int
    end: int
    costs: bool
    what: str


@dataclass(frozen=True, slots=True)
class Speech:
    """Somebody says something; `stretches` are the words of it that did something, in order, not overlapping."""

    who: str
    words: str
    stretches: tuple[Stretch, ...] = ()
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """A list; `ordered` numbers it from 1."""

    lines: tuple[str, ...]
    ordered: bool = False
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under heads; the first cell of a row names it. An empty cell is room to write in."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Code:
    """A line for a program, to be copied as it is; `name` says what it is."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins on a page of its own, where there are pages."""


Block = Heading | Para | Quote | Speech | Items | Table | Code | NewPage


@dataclass(frozen=True, slots=True)
class Paper:
    """A document: its title (the first heading of its blocks), the language it is written in, its blocks."""

    title: str
    language: str
    blocks: tuple[Block, ...]


def apart(stretches: tuple[Stretch, ...], length: int) -> tuple[Stretch, ...]:
    """The stretches in order, within the words, without those that overlap one before."""
    kept: list[Stretch] = []
    for one in sorted(stretches, key=lambda each: (each.start, -each.end)):
        if 0 <= one.start < one.end <= length and (not kept or kept[-1].end <= one.start):
            kept.append(one)
    return tuple(kept)
