"""The cards: as Anki reads them, each the same card every time."""

from __future__ import annotations

import csv
from dataclasses import replace
from io import StringIO

from callcalm.coach import load_phrasebook
from callcalm.content.registry import load_rulebook
from callcalm.core.text import Text, safe, unsafe
from callcalm.insight.exports.deck import HEADER, Card, deck, from_book, from_rounds
from callcalm.storage.records import ActionRecord, FindingRecord, MoveRecord, RoundRecord
from tests.support import HOSTILE
from tests.world import NOON

BOOK = load_phrasebook("en")
REGISTRY = load_rulebook().registry


def rows(text: str) -> list[list[str]]:
    lines = text.splitlines(keepends=True)
    assert tuple(line.rstrip("\n") for line in lines[: len(HEADER)]) == HEADER
    return list(csv.reader(StringIO("".join(lines[len(HEADER) :])), delimiter="\t"))


def typed(words: str, quote: str, rule: str, move: str) -> RoundRecord:
    at = words.index(quote)
    finding = FindingRecord(rule, move, at, at + len(quote))
    return RoundRecord(
        id="r1",
        scenario="test-call",
        language="en",
        finished=NOON,
        actions=(ActionRecord("listen"), ActionRecord("say", "", Text(words), findings=(finding,))),
        moves=(MoveRecord(1, move, Text(quote)),),
    )


def test_every_rule_that_costs_is_a_card_of_its_own() -> None:
    read = rows(deck(from_book(BOOK)))
    assert len(read) == sum(1 for rule in BOOK.rules.values() if rule.costs)
    assert {len(row) for row in read} == {4}
    assert len({row[0] for row in read}) == len(read)
    (card,) = [row for row in read if row[0] == "callcalm-en-why-did-you"]
    rule = BOOK.rules["why-did-you"]
    assert card[1] == rule.hits[0]
    assert card[2].splitlines()[0] == rule.instead[0]
    assert rule.why in card[2]
    assert f"[{rule.source}]" in card[2]
    assert card[3].split() == ["callcalm::en", "callcalm::blame.why-you"]


def test_the_french_book_makes_french_cards() -> None:
    read = rows(deck(from_book(load_phrasebook("fr"))))
    assert all(row[0].startswith("callcalm-fr-") for row in read)


def test_ones_own_sentence_is_a_card_with_what_to_say_and_the_same_next_time() -> None:
    record = typed("Right. Why did you wait until now? I see.", "Why did you", "why-did-you", "blame.why-you")
    (card,) = from_rounds([record], BOOK, REGISTRY)
    assert card.front == "Why did you wait until now?"
    assert card.back.splitlines()[0] == BOOK.rules["why-did-you"].instead[0]
    assert "callcalm::own" in card.tags
    later = replace(record, id="r2", finished=NOON.replace(day=28))
    assert len(rows(deck(from_rounds([record, later], BOOK, REGISTRY)))) == 1
    assert not list(from_rounds([replace(record, language="fr")], BOOK, REGISTRY))


def test_a_rule_that_is_gone_leaves_what_the_move_says() -> None:
    record = typed("Why did you wait?", "Why did you", "gone", "blame.why-you")
    (card,) = from_rounds([record], BOOK, REGISTRY)
    assert card.back.startswith((REGISTRY.moves["blame.why-you"].instead or {})["en"])


def test_what_helps_and_what_is_unknown_makes_no_card() -> None:
    helping = typed("Thank you for calling.", "Thank you", "x", "thank")
    unknown = typed("Zork.", "Zork", "x", "zork.later")
    astray = replace(typed("Hm.", "Hm", "x", "blame.why-you"), moves=(MoveRecord(1, "blame.why-you", Text("no")),))
    assert not list(from_rounds([helping, unknown, astray], BOOK, REGISTRY))


def test_a_line_of_a_letter_comes_with_what_became_of_it() -> None:
    line = "You failed to sign."
    record = RoundRecord(
        id="l",
        scenario="letter/a.txt",
        language="en",
        finished=NOON,
        actions=(
            ActionRecord("line", "", Text(line), findings=(FindingRecord("x", "accuse", 0, 10),)),
            ActionRecord("rewrote", "", Text("We could not find your signature.")),
        ),
        moves=(MoveRecord(1, next(m for m in REGISTRY.moves if REGISTRY.costs(m)), Text("You failed")),),
    )
    (card,) = from_rounds([record], BOOK, REGISTRY)
    assert card.back.startswith("We could not find your signature.\n")


def test_tabs_line_ends_and_quotation_marks_do_no_harm() -> None:
    nasty = f'say "this"\tor\n#that\r\n{HOSTILE}'
    text = deck([Card("g", nasty, nasty, ("a",)), Card("g", "again", "", ())])
    (row,) = rows(text)
    assert row == ["g", safe(nasty).strip(), safe(nasty).strip(), "a"]
    assert not unsafe().search(text.replace("\t", ""))
