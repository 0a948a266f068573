"""A letter with what the coach finds in it: its lines that cost, and putting other words in their place.

What must not be here: sheets, the log, and what is done with the letter.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from textwrap import wrap
from typing import Final

from callcalm.core.moves import Effect, Registry
from callcalm.core.price import Reference
from callcalm.core.sentences import sentence_at
from callcalm.core.text import Text, safe
from callcalm.intake import Source
from callcalm.letters.blanks import without_addresses
from callcalm.letters.books import Books
from callcalm.letters.checking import Found
from callcalm.letters.house import House
from callcalm.letters.letter import Letter
from callcalm.letters.sidecars import Sidecars
from callcalm.letters.survey import Survey

_BLANK: Final = re.compile(r"[\t\n]")
_NARROWEST: Final = 20


@dataclass(frozen=True, slots=True)
class Spot:
    """A finding in a line: code points into its words, end exclusive; what it does and what to say instead."""

    start: int
    end: int
    rule: str
    move: str
    effect: Effect
    why: str
    instead: tuple[str, ...]
    source: str

    @property
    def costs(self) -> bool:
        """Whether it costs under the house rules."""
        return self.effect is Effect.COSTS


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of the letter that holds something, on one line; `start` and `end` are places in the letter."""

    start: int
    end: int
    words: Text
    spots: tuple[Spot, ...]

    @property
    def costs(self) -> tuple[Spot, ...]:
        """What costs in it."""
        return tuple(spot for spot in self.spots if spot.costs)


@dataclass(frozen=True, slots=True)
class Reader:
    """What a letter is read with: phrasebooks, house rules, the language or ``auto``, and where it stands."""

    books: Books
    rules: House
    language: str
    where: Path
    registry: Registry
    sidecars: Sidecars


class MarkedLetter:
    """A letter, read. `reference` is the coach's estimate of its sheet, `language` its main language."""

    def __init__(self, letter: Letter, reader: Reader) -> None:
        """Raises `BadFile` for a phrasebook of one's own or a ``callcalm.toml`` that cannot be used."""
        self.letter = letter
        self.language = ""
        self.reference: Reference
        self._reader = reader
        self._look()

    @property
    def text(self) -> str:
        """The whole file as it is now; it may hold unsafe characters."""
        return self.letter.source.text

    @property
    def costs(self) -> int:
        """How many findings cost."""
        return len(self._costs)

    def line_from(self, at: int) -> Line | None:
        """The first line with a cost that begins at this place or after it."""
        index = bisect_right(self._costs, at - 1, key=lambda one: one[0])
        if index == len(self._costs):
            return None
        start, end, _found = self._costs[index]
        offset = self.letter.start
        first, last = sentence_at(self.letter.words, start - offset, end - offset)
        return self.read(max(first + offset, at), last + offset)

    def read(self, start: int, end: int) -> Line:
        """A stretch of the letter as a line, with what stands in it."""
        raw = _BLANK.sub(" ", self.text[start:end])
        words = safe(raw, multiline=False)
        spots = tuple(
            _spot(found, max(0, low - start), min(len(words), high - start))
            for low, high, found in self._found
            if start <= low < end
            and low - start < len(words)
            and (found.costs or self._reader.registry.helps(found.move))
        )
        return Line(start, end, words, spots)

    def put(self, words: str, line: Line) -> Line:
        """Put other words in the place of a line; what the line is then."""
        broken = self._set(words, line)
        self._replace(line.start, line.end, broken)
        return self.read(line.start, line.start + len(broken))

    def _set(self, words: str, line: Line) -> str:
        """The words broken into lines as the letter around them is, if it is."""
        if "\n" not in self.text[line.start : line.end]:
            return words
        begin = self.text.rfind("\n\n", 0, line.start) + 2
        stop = self.text.find("\n\n", line.end)
        paragraph = self.text[max(0, begin) : stop if stop >= 0 else len(self.text)]
        width = max(_NARROWEST, *map(len, paragraph.split("\n")))
        column = line.start - (self.text.rfind("\n", 0, line.start) + 1)
        broken = wrap(words, width, initial_indent="x" * min(column, width - 1), break_long_words=False)
        return "\n".join(broken)[min(column, width - 1) :].lstrip("\n")

    def _replace(self, start: int, end: int, put: str) -> None:
        letter = self.letter
        low, high = start - letter.start, end - letter.start
        text = letter.source.text[:start] + put + letter.source.text[end:]
        words = letter.words[:low] + without_addresses(put) + letter.words[high:]
        source = Source(letter.source.name, text, marked=letter.source.marked)
        self.letter = Letter(source, words, letter.start, letter.remarks)
        self._look()

    def _look(self) -> None:
        """Have the coach read the whole letter."""
        reader = self._reader
        survey = Survey(reader.books, reader.rules, reader.language, helpful=True, sidecars=reader.sidecars)
        _sheet, checked = survey.look(self.letter, reader.where)
        self.language = checked.language
        self.reference = checked.reference
        starts = [0, *accumulate(len(line) + 1 for line in self.text.split("\n"))]
        let_pass = {id(found) for found in checked.found if found.costs} - {id(one) for _path, one in survey.costs}
        placed = [(*_span(found, starts), found) for found in checked.found if id(found) not in let_pass]
        self._found = sorted(placed, key=lambda one: one[:2])
        self._costs = [one for one in self._found if one[2].costs]


def _span(found: Found, starts: list[int]) -> tuple[int, int]:
    """From where to where a finding stands, in code points of the letter."""
    place = found.diagnostic.place
    assert place is not None  # noqa: S101  (whatever is found in words has a place)
    return starts[place.line - 1] + place.column - 1, starts[place.end_line - 1] + place.end_column - 1


def _spot(found: Found, start: int, end: int) -> Spot:
    told = found.diagnostic
    return Spot(
        start=start,
        end=max(start, end),
        rule=told.rule,
        move=found.move,
        effect=Effect.COSTS if found.costs else Effect.HELPS,
        why=safe(told.message, multiline=False),
        instead=told.instead,
        source=told.more.get("source", ""),
    )
