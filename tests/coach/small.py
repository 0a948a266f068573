"""Small phrasebooks for the tests of the coach."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from callcalm.coach import Hearing, Phrasebook, Rule, read
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
) -> Rule:
    return Rule(name, move, severity, tuple(patterns), tuple(unless), Text("w"), (Text("i"),), "S0-q", (), ())


def book(
    *patterns: str,
    unless: Iterable[str] = (),
    lists: Mapping[str, tuple[str, ...]] | None = None,
    move: str = "command",
    language: str = "en",
) -> Phrasebook:
    return book_of(rule(patterns, unless=unless, move=move), lists=lists, language=language)


def book_of(*rules: Rule, lists: Mapping[str, tuple[str, ...]] | None = None, language: str = "en") -> Phrasebook:
    return Phrasebook(language, {each.id: each for each in rules}, lists or {}, CALL)


def matched(text: str, phrases: Phrasebook, hearing: Hearing = CALL) -> list[str]:
    return [finding.matched for finding in read(text, phrases, hearing)]
