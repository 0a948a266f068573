"""The field guide as a whole: every move by what it does, found by words, and its rules in every language.

What must not be here: layout, and how the pages are made (see `guide`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from callcalm.coach.words import fold
from callcalm.core.moves import Effect
from callcalm.core.round import Round
from callcalm.insight.guide import Guide, Page, UnknownPage
from callcalm.insight.reread import reread
from callcalm.language import _

LONGEST_SEARCH = 60
"""Most characters of a search that count."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One move in the list. `number` is its place in the whole list, from 1; `heard` an example that was found."""

    number: int
    move: str
    name: str
    why: str
    heard: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Entries under a title."""

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    shelf: str
    entry: Entry
    named: str
    heard: tuple[tuple[str, str], ...]


class FieldGuide:
    """The guides of every language as one; the first is that of the interface, and speaks in the list."""

    def __init__(self, guides: Sequence[Guide]) -> None:
        self._guides = tuple(guides)
        self._known = tuple(self._all())

    @property
    def moves(self) -> tuple[str, ...]:
        """The ids of all moves, in the order of the list."""
        return tuple(known.entry.move for known in self._known)

    def find(self, wish: str) -> tuple[Found, ...]:
        """The moves that have every word of `wish` in their name, id, why or rules, by what they do.

        Below them stand those that have it in an example of what people say. Case and accents do not count; no
        wish finds every move.
        """
        words = fold(wish[:LONGEST_SEARCH]).split()
        shelves: dict[str, list[Entry]] = {known.shelf: [] for known in self._known}
        heard: list[Entry] = []
        for known in self._known:
            if all(word in known.named for word in words):
                shelves[known.shelf].append(known.entry)
                continue
            said = next((raw for plain, raw in known.heard if all(word in plain for word in words)), None)
            if said is not None:
                heard.append(replace(known.entry, heard=said))
        shelves[_("Found in what people say")] = heard
        return tuple(Found(title, tuple(entries)) for title, entries in shelves.items() if entries)

    def pages(self, name: str) -> tuple[Page, ...]:
        """The page of a move or a rule; of a rule that only another language has, in that one.

        Raises:
            UnknownPage: if no language has it.
        """
        unknown: UnknownPage | None = None
        for guide in self._guides:
            try:
                return guide.pages(name)
            except UnknownPage as here:
                unknown = unknown or here
        raise unknown or UnknownPage(name, None)

    def page(self, move: str) -> Page:
        """The page of a move. Raises `UnknownPage` if there is none."""
        return self.pages(move)[0]

    def rules(self, move: str) -> tuple[tuple[str, tuple[Page, ...]], ...]:
        """The rules that find a move, as ``(language code, pages)``."""
        found = ((guide.language, guide.rules(move)) for guide in self._guides)
        return tuple((language, rules) for language, rules in found if rules)

    def _all(self) -> list[_Known]:
        known: list[_Known] = []
        for shelf in self._guides[0].shelves():
            for move, name in shelf.moves:
                page = self.page(move)
                rules = [rule.key for _language, found in self.rules(move) for rule in found]
                said = [words for guide in self._guides for words in guide.heard(move)]
                known.append(
                    _Known(
                        shelf.title,
                        Entry(len(known) + 1, move, name, page.why),
                        fold("\n".join((name, move, page.why, *rules))),
                        tuple((fold(words), words) for words in said),
                    )
                )
        return known


def first_cost(round_: Round) -> str:
    """The move of the first words of a round that cost something; empty where none did."""
    costs = (mark.move for answer in reread(round_) for mark in answer.marks if mark.effect is Effect.COSTS)
    return next(costs, "")
