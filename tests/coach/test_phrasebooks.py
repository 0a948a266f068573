"""The shipped phrasebooks: every rule is held to its own examples, and to what the other files say."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from callcalm.coach import Phrasebook, Rule, load_phrasebook, read
from callcalm.coach.blocks import Block
from callcalm.coach.effects import COSTS, EMPATHY, HELPS, NEXT_STEPS, SPOILERS, TAKING_ON
from callcalm.coach.loading import SHIPPED
from callcalm.coach.loading import load_phrasebook as load
from callcalm.coach.tongues import TONGUES
from callcalm.content.registry import load_rulebook
from callcalm.core.moves import Effect
from callcalm.core.text import safe

BOOKS = {language: load_phrasebook(language) for language in TONGUES}
RULES = [
    pytest.param(book, rule, id=f"{code}-{rule.id}") for code, book in BOOKS.items() for rule in book.in_order
]
REGISTRY = load_rulebook().registry
# Moves that are actions or are found by the engine, not by words.
ACTIONS = {"listen", "breathe.first", "breathe.again", "cut-in"}
NOT_IN_WORDS = ACTIONS | {"script-repeat", "name-overuse", "order.mixed", "part.missing"}


def standing(text: str, book: Phrasebook) -> set[str]:
    """The rules that stand in a text, those that only the ear hears too, before they are judged together."""
    block = Block(text, 0, len(text), book.lexicon(book.example), book.matcher)
    spots = block.spots(book.rule, 0)
    heard = book.listener.weighed(block, spots, 0) if book.listener else ()
    return {spot.rule.id for spot in (*spots, *heard)}


@pytest.mark.parametrize(("book", "rule"), RULES)
def test_a_rule_is_found_in_its_hits(book: Phrasebook, rule: Rule) -> None:
    for line in rule.hits:
        assert rule.id in standing(line, book), line
        moves = {finding.move for finding in read(line, book, book.example)}
        named = {"empathy.named"} if rule.move == "empathy.generic" else set()
        assert moves & ({rule.move} | named), line


@pytest.mark.parametrize(("book", "rule"), RULES)
def test_a_rule_is_not_found_in_its_misses(book: Phrasebook, rule: Rule) -> None:
    for line in rule.misses:
        found = [finding for finding in read(line, book, book.example) if finding.move == rule.move]
        assert rule.id not in {finding.rule for finding in found}, line
        assert not (found and rule.id in standing(line, book)), line


@pytest.mark.parametrize(("book", "rule"), RULES)
def test_a_rule_is_complete(book: Phrasebook, rule: Rule) -> None:
    assert len(rule.hits) >= 3
    assert len(rule.misses) >= 3
    assert rule.move in COSTS | HELPS
    assert 1 <= rule.severity <= 3
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.id)
    assert re.fullmatch(r"S[0-3]-(?:\d+|[qhp])", rule.source)
    assert rule.why.endswith((".", "!", "?", "…"))
    for text in (rule.why, *rule.instead, *rule.hits, *rule.misses):
        assert text == safe(text)
        assert text.strip() == text


@pytest.mark.parametrize(("book", "rule"), RULES)
def test_what_to_say_instead_costs_nothing(book: Phrasebook, rule: Rule) -> None:
    for line in rule.instead:
        found = read(line, book, book.example)
        assert not [finding for finding in found if finding.move in COSTS], line


@pytest.mark.parametrize("language", BOOKS)
def test_advice_for_what_only_the_ear_hears_fits_any_matter(language: str) -> None:
    """Frames: the first can be said as it stands, in the others `…` is the reader's own fact, at most one."""
    book = BOOKS[language]
    heard = [rule for rule in book.in_order if not rule.patterns]
    assert {rule.move for rule in heard} == COSTS
    lines = [line for rule in heard for line in rule.instead]
    assert len(set(lines)) == len(lines)
    for rule in heard:
        assert 3 <= len(rule.instead) <= 4, rule.id
        assert len(re.findall(r"[.!?](?= |$)", rule.why)) == 1, rule.why
        assert "…" not in rule.instead[0], rule.id
        assert sum("…" in line for line in rule.instead) >= 1, rule.id
        for line in rule.instead:
            assert line.count("…") <= 1, line
            # In a letter no call is known.
            assert not [finding for finding in read(line, book) if finding.move in COSTS], line


@pytest.mark.parametrize("language", BOOKS)
def test_a_shipped_book_passes_the_way_in_of_every_file(language: str) -> None:
    """As an extra of itself it is read with every check; nothing is found, and nothing changes."""
    again = load(language, (SHIPPED / f"{language}.toml",))
    assert again.rules == BOOKS[language].rules


@pytest.mark.parametrize("language", BOOKS)
def test_every_move_that_words_can_make_has_a_rule(language: str) -> None:
    assert {rule.move for rule in BOOKS[language].in_order} == COSTS | HELPS


def test_the_coach_and_the_registry_know_the_same_moves() -> None:
    words = {move.id: move for move in REGISTRY.moves.values() if move.id not in NOT_IN_WORDS}
    assert {name for name, move in words.items() if move.effect is Effect.COSTS} == COSTS
    assert {name for name, move in words.items() if move.effect is not Effect.COSTS} == HELPS
    assert EMPATHY | NEXT_STEPS | TAKING_ON <= HELPS
    assert SPOILERS <= COSTS


@pytest.mark.parametrize("language", BOOKS)
@pytest.mark.parametrize("move", sorted(HELPS))
def test_the_registry_s_example_of_a_helping_move_is_heard(language: str, move: str) -> None:
    example = REGISTRY.moves[move].example
    assert example is not None
    book = BOOKS[language]
    found = {finding.move for finding in read(example[language], book, replace(book.example, hot=False))}
    assert move in found or move in DEBATABLE[language]


DEBATABLE = {
    "en": {"use-name", "win-win", "ask-leave"},
    "fr": {"use-name", "win-win", "reassure", "narrate"},
}
"""Examples that lean on another call's names, or that another move takes."""


@pytest.mark.parametrize("language", BOOKS)
def test_what_the_registry_says_to_say_instead_costs_nothing(language: str) -> None:
    book = BOOKS[language]
    for move in REGISTRY.moves.values():
        # For what is no wording, such as a part left out, it gives advice and no words to say.
        if move.instead is not None and move.id in COSTS:
            found = read(move.instead[language], book, book.example)
            assert not [finding for finding in found if finding.move in COSTS], move.id


@pytest.mark.parametrize("language", BOOKS)
def test_case_accents_and_typography_change_nothing(language: str) -> None:
    """Capitals, curly quotes, no-break spaces, French without accents: the same rules stand there."""
    book = BOOKS[language]
    plain = str.maketrans("éèêëàâîïôûùüçÉÈÀ", "eeeeaaiiouuucEEA")
    for rule in book.in_order:
        for line in rule.hits:
            here = rule.id in standing(line, book)
            for other in (
                line.upper(),
                line.replace("'", "’"),
                line.replace(" ", "\xa0"),
                line.replace(" ", "\r\n", 1),
                line.translate(plain),
            ):
                assert here == (rule.id in standing(other, book)), other
