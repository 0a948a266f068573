"""One letter checked: what the coach finds in it, under one playbook, each finding with its place.

What must not be here: what is let pass (`letting`), and how it is written out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from callcalm.coach import Rule, read
from callcalm.core.moves import Finding
from callcalm.core.price import Reference
from callcalm.core.records import NamedTuple
from callcalm.core.text import safe
from callcalm.letters.books import Books
from callcalm.letters.house import House, estimate
from callcalm.letters.letter import Letter
from callcalm.letters.tongue import AUTO, by_language
from callcalm.report import Diagnostic, Level

_LEVELS = {3: Level.ERROR, 2: Level.WARNING, 1: Level.NOTE}
_LONGEST = 200
_BY_EAR = {"en": "It is the sentence as a whole that sounds so.", "fr": "C'est la phrase entière qui sonne ainsi."}
"""What is added, in the language of the reason, where no wording was found but the ear heard it."""


class Found(NamedTuple):
    """A finding in a letter: what is told of it, its move, and whether it costs under the house rules."""

    diagnostic: Diagnostic
    move: str
    costs: bool


class Checked(NamedTuple):
    """What a letter holds: its findings by place, the estimate that all of them make, its main language.

    Findings that help are among `found` only where they were asked for; the estimate counts them anyway.
    """

    letter: Letter
    found: tuple[Found, ...]
    reference: Reference
    language: str


def check(letter: Letter, books: Books, rules: House, language: str = AUTO, *, helpful: bool = True) -> Checked:
    """Read a letter in `language`, or (``auto``) each paragraph in its own; `found` has what helps if `helpful`.

    Raises `BadFile` when an own phrasebook cannot be used.
    """
    texts = by_language(letter.words) if language == AUTO else {language: letter.words}
    main = next(iter(texts))
    heard: list[tuple[str, Finding]] = []
    while texts:
        # In a large letter of two languages each has a text of its own: one is gone before the next is read.
        code = next(iter(texts))
        heard.extend((code, finding) for finding in read(texts.pop(code), books[code]))
    heard.sort(key=lambda pair: (pair[1].start, pair[1].end))
    counted = estimate((finding for _, finding in heard), rules)
    told = (_found(letter, finding, books[code].rules[finding.rule], code, rules) for code, finding in heard)
    return Checked(letter, tuple(shown(told, helpful=helpful)), counted, main)


def _found(letter: Letter, finding: Finding, rule: Rule, language: str, rules: House) -> Found:
    start, end = letter.start + finding.start, letter.start + finding.end
    words = letter.source.text[start : min(end, start + _LONGEST)]
    told = Diagnostic(
        rule=rule.id,
        level=_LEVELS[rule.severity] if rule.costs else Level.NONE,
        message=rule.why if rule.patterns else f"{rule.why} {_BY_EAR[language]}",
        file=letter.source.name,
        place=letter.source.place(start, end),
        matched=safe(" ".join(words.split()), multiline=False),
        instead=tuple(rule.instead) if rule.costs else (),
        more={"move": finding.move, "source": rule.source, "language": language},
    )
    take = rules.get(finding.move)
    if take is None or (take.halves >= 0 and (take.halves > 0 or not rule.costs)):
        return Found(told, finding.move, rule.costs)
    if rule.costs:
        # These house rules excuse it.
        return Found(told._replace(level=Level.NONE, instead=()), finding.move, costs=False)
    why = take.why.get(language) or told.message
    level = Level.ERROR if take.halves <= -2 else Level.WARNING  # noqa: PLR2004 - all of its weight turned round
    return Found(told._replace(level=level, message=why), finding.move, costs=True)


def shown(found: Iterable[Found], *, helpful: bool) -> Iterator[Found]:
    """The findings to show: those that cost, and the others where they are asked for."""
    return (one for one in found if one.costs or helpful)
