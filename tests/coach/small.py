"""Small phrasebooks for the tests of the coach."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from callcalm.coach import Hearing, Phrasebook, Rule, read
from callcalm.coach.book import by_ear
from callcalm.coach.ear import Ear, kept, mark
from callcalm.coach.pieces import Pile
from callcalm.core.text import Text

CALL = Hearing(
    names=("Ms. Alvarez", "Maria"),
    facts=("scan on 14 October", "charged twice"),
    said=("I was charged twice for one scan.",),
    hot=True,
)
"""The call that the examples of `docs/phrasebooks.md` are read in."""


def rule(
    patterns: Iterable[str],
    *,
    move: str = "command",
    unless: Iterable[str] = (),
    name: str = "r",
    severity: int = 2,
    after: Iterable[str] = (),
) -> Rule:
    told = (Text("w"), (Text("i"),), "S0-q", (), (), tuple(after))
    return Rule(name, move, severity, tuple(patterns), tuple(unless), *told)


def book(
    *patterns: str,
    unless: Iterable[str] = (),
    lists: Mapping[str, tuple[str, ...]] | None = None,
    move: str = "command",
    language: str = "en",
) -> Phrasebook:
    return book_of(rule(patterns, unless=unless, move=move), lists=lists, language=language)


def book_of(
    *rules: Rule,
    lists: Mapping[str, tuple[str, ...]] | None = None,
    language: str = "en",
    ear: Ear | None = None,
    own: Collection[str] = (),
) -> Phrasebook:
    return Phrasebook(language, {each.id: each for each in rules}, lists or {}, CALL, ear, own)


def heard_rule(move: str) -> Rule:
    """What stands for a move that only the ear hears."""
    return rule((), move=move, name=by_ear(move))


def ear_of(*lines: str) -> Ear:
    """An ear whose file has these lines."""
    pile = Pile()
    packed = kept("\n".join(lines), pile)
    return Ear(packed, pile.bulk())


class Told(Ear):
    """An ear that is told what to hear: what has one of the words in `bad` costs, what has one in `good` does not.

    What has one of the words in `odd` it does not know.

    `asked` has what it listened to, in order: the marks of the words and those of what helps.
    """

    def __init__(
        self,
        move: str = "command",
        *,
        bad: Collection[str] = (),
        good: Collection[str] = (),
        odd: Collection[str] = (),
    ) -> None:
        self.doubt, self.sure = 0.2, 0.8
        self.asked: list[tuple[tuple[int, ...], frozenset[int]]] = []
        self._move = move
        self._bad = frozenset(map(mark, bad))
        self._good = frozenset(map(mark, good))
        self._odd = frozenset(map(mark, odd))

    def chance(self, marks: Iterable[int], helps: Iterable[int] = ()) -> float:
        marks = tuple(marks)
        self.asked.append((marks, frozenset(helps)))
        if not self._bad.isdisjoint(marks):
            return 1.0
        return 0.5 if self._good.isdisjoint(marks) else 0.0

    def knows(self, marks: Iterable[int]) -> bool:
        return self._odd.isdisjoint(marks)

    def move(self, marks: Iterable[int]) -> str | None:
        return self._move


def matched(text: str, phrases: Phrasebook, hearing: Hearing = CALL) -> list[str]:
    return [finding.matched for finding in read(text, phrases, hearing)]
