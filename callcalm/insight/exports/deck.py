"""Cards for Anki: what not to say on the front, what to say instead on the back.

Written as Anki's text format: header lines, then one note a line, tabs between fields, quotation marks around a
field that needs them (docs/exports.md). Each note keeps its identity: importing again brings it up to date.
What must not be here: files, and reading rounds from the log.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2s
from io import StringIO
from typing import Final

from callcalm.coach import Phrasebook, Rule
from callcalm.core.moves import Effect, Registry
from callcalm.core.records import NamedTuple
from callcalm.core.sentences import sentence_at
from callcalm.core.text import safe
from callcalm.insight.exports.answers import ANSWERS
from callcalm.storage.records import ActionRecord, RoundRecord

HEADER: Final = (
    "#separator:tab",
    "#html:false",
    "#notetype:Basic",
    "#deck:callcalm",
    "#columns:guid\tFront\tBack\tTags",
    "#guid column:1",
    "#tags column:4",
)
"""The lines that tell Anki how to read the notes; the separator comes before the columns that use it."""

_LINE: Final = "line"
_REWROTE: Final = "rewrote"


class Card(NamedTuple):
    """One note. `guid` never changes while the card is about the same thing; `tags` have no spaces."""

    guid: str
    front: str
    back: str
    tags: tuple[str, ...]


def deck(cards: Iterable[Card]) -> str:
    """The file; of two cards with one identity the first is kept."""
    out = StringIO()
    out.write("".join(f"{line}\n" for line in HEADER))
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    seen: set[str] = set()
    for card in cards:
        if card.guid not in seen:
            seen.add(card.guid)
            writer.writerow((card.guid, _clean(card.front), _clean(card.back), " ".join(card.tags)))
    return out.getvalue()


def from_book(book: Phrasebook) -> Iterator[Card]:
    """A card for every rule that finds what costs: its first example, and what to say instead."""
    for rule in book.rules.values():
        if rule.costs and rule.hits and rule.instead:
            back = _back(rule.instead, rule.why, rule.source)
            yield Card(f"callcalm-{book.language}-{rule.id}", rule.hits[0], back, _tags(rule.move, book.language))


def from_rounds(records: Iterable[RoundRecord], book: Phrasebook, registry: Registry) -> Iterator[Card]:
    """A card for every sentence of one's own that cost something, in the language of the book, newest first."""
    for record in sorted(records, key=lambda one: one.finished, reverse=True):
        if record.language != book.language:
            continue
        said = [one for one in record.actions if one.do in ANSWERS or one.do == _LINE]
        for number, action in enumerate(said, 1):
            better = _rewritten(record, action)
            for move in dict.fromkeys(one.move for one in record.moves if one.turn == number and one.quote):
                quotes = [one.quote for one in record.moves if one.turn == number and one.move == move]
                yield from _own(action, move, quotes, better, book, registry)


def _own(
    action: ActionRecord, move: str, quotes: Sequence[str], better: str, book: Phrasebook, registry: Registry
) -> Iterator[Card]:
    known = registry.moves.get(move)
    if known is None or known.effect is not Effect.COSTS:
        return
    rule = _rule(action, move, book)
    instead = (*([better] if better else []), *_instead(rule, move, book.language, registry))
    if not instead:
        return
    why = rule.why if rule else known.why.get(book.language, "")
    source = rule.source if rule else ", ".join(known.sources)
    for quote in quotes:
        at = action.text.find(quote)
        if at < 0:
            continue
        sentence = " ".join(action.text[slice(*sentence_at(action.text, at, at + len(quote)))].split())
        mark = blake2s(f"{move}\n{sentence.casefold()}".encode(), digest_size=8).hexdigest()
        tags = (*_tags(move, book.language), "callcalm::own")
        yield Card(f"callcalm-own-{mark}", sentence, _back(instead, why, source), tags)


def _rule(action: ActionRecord, move: str, book: Phrasebook) -> Rule | None:
    """The rule that found the move in words of one's own, where there still is such a rule."""
    return next(
        (book.rules[one.rule] for one in action.findings if one.move == move and one.rule in book.rules), None
    )


def _instead(rule: Rule | None, move: str, language: str, registry: Registry) -> tuple[str, ...]:
    if rule is not None:
        return rule.instead
    words = (registry.moves[move].instead or {}).get(language, "")
    return (words,) if words else ()


def _rewritten(record: RoundRecord, action: ActionRecord) -> str:
    """What the player made of a line of a letter, where it is better."""
    at = record.actions.index(action)
    after = record.actions[at + 1] if action.do == _LINE and at + 1 < len(record.actions) else None
    return after.text if after is not None and after.do == _REWROTE and after.reply == "" else ""


def _back(instead: Iterable[str], why: str, source: str) -> str:
    """What to say, an empty line, why, and where it comes from."""
    about = " ".join(part for part in (why, f"[{source}]" if source else "") if part)
    return "\n".join(instead) + (f"\n\n{about}" if about else "")


def _tags(move: str, language: str) -> tuple[str, ...]:
    return (f"callcalm::{language}", f"callcalm::{move}".replace(" ", "-"))


def _clean(words: str) -> str:
    return safe(words).strip()
