"""The shipped rulebook as data: the registry of moves and the five playbooks, read without our loader."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import tomli

CONTENT = Path(__file__).parents[2] / "callcalm" / "content"
BOOKS = ("core", "rescue", "champs", "callmed-fr", "cms-price")
SCHOOLS = {"rescue": "S0", "champs": "S1", "callmed-fr": "S2", "cms-price": "S3"}
FACTORS = {"priority", "respect", "involvement", "communication", "effort"}
STANCES = {"endorse", "allow", "neutral", "caution", "forbid"}
SOURCES = {
    *(f"S0-{step}" for step in (1, 2, 3, 4, 5, 6, "q")),
    *(f"S1-{answer}" for answer in (1, 2, 3, 4, 5, "h")),
    *(f"S2-{tip}" for tip in range(1, 13)),
    *(f"S3-{slide}" for slide in ("p", 4, 5, 6, 7, 8, 9, 10, 11, 12, 14)),
}
LOOSE_FRENCH = re.compile(r" [?!;:»]|« |[^\s\N{NO-BREAK SPACE}][?!;»]")
"""French punctuation that a line end could tear off, or that has no space at all."""


def read(path: str) -> dict[str, Any]:
    with (CONTENT / path).open("rb") as file:
        return tomli.load(file)


REGISTRY = read("data/moves.toml")
MOVES = {move["id"]: move for move in REGISTRY["moves"]}
PLAYBOOKS = {book: read(f"playbooks/{book}.toml") for book in BOOKS}


def stances(book: str) -> dict[str, str]:
    """What a school says to every move, its parents' stances and the defaults included."""
    table = PLAYBOOKS[book]
    if "extends" in table:
        known = stances(table["extends"])
    else:
        known = {name: "forbid" if move["effect"] == "costs" else "endorse" for name, move in MOVES.items()}
    return known | {stance["move"]: stance["stance"] for stance in table["stances"]}


def texts() -> Iterator[tuple[str, dict[str, str]]]:
    """Every bilingual text of the rulebook, with where it stands."""
    for kind in ("moves", "moods"):
        for entry in REGISTRY[kind]:
            for key, value in entry.items():
                if key in {"name", "why", "instead", "example"}:
                    yield f"{kind}/{entry['id']}/{key}", value
    for key in ("text", "lesson"):
        yield f"lost/{key}", {language: ending[key] for language, ending in REGISTRY["lost"].items()}
    for book, table in PLAYBOOKS.items():
        for key in ("name", "about"):
            yield f"{book}/{key}", table[key]
        for stance in table["stances"]:
            yield f"{book}/{stance['move']}", stance["why"]


def test_ids_are_unique() -> None:
    ids = [entry["id"] for kind in ("moves", "moods") for entry in REGISTRY[kind]]
    assert not [name for name, count in Counter(ids).items() if count > 1]


@pytest.mark.parametrize(("place", "words"), [pytest.param(*text, id=text[0]) for text in texts()])
def test_every_text_is_in_both_languages(place: str, words: dict[str, str]) -> None:
    assert set(words) == {"en", "fr"}, place
    assert all(text and text == text.strip() for text in words.values()), place
    assert words["en"] != words["fr"] or place == "moods/calm/name", place
    assert not LOOSE_FRENCH.search(words["fr"]), place


@pytest.mark.parametrize("move", MOVES.values(), ids=MOVES.keys())
def test_a_move_weighs_what_its_effect_says(move: dict[str, Any]) -> None:
    sign = {"helps": 1, "neutral": 0, "costs": -1}[move["effect"]]
    assert (move["weight"] > 0) - (move["weight"] < 0) == sign
    assert set(move["price"]) <= FACTORS
    assert all(points * sign > 0 for points in move["price"].values())
    assert move["phase"] in {"heart", "head", "either"}


@pytest.mark.parametrize("move", MOVES.values(), ids=MOVES.keys())
def test_a_costing_move_says_what_to_say_instead_and_a_helping_one_shows_how(move: dict[str, Any]) -> None:
    assert ("instead" in move) == (move["effect"] == "costs")
    assert ("example" in move) == (move["effect"] == "helps")


@pytest.mark.parametrize("move", MOVES.values(), ids=MOVES.keys())
def test_a_name_fits_a_list_line(move: dict[str, Any]) -> None:
    for name in move["name"].values():
        assert len(name) <= 40
        assert name[0] == name[0].lower()
        assert name[-1] != "."


def test_every_source_id_is_known() -> None:
    cited = {source for move in MOVES.values() for source in move["sources"]}
    cited |= {stance["source"] for table in PLAYBOOKS.values() for stance in table["stances"]}
    assert cited <= SOURCES
    assert all(move["sources"] for move in MOVES.values())


def test_a_hot_mood_is_marked_on_every_mood() -> None:
    hot = {mood["id"] for mood in REGISTRY["moods"] if mood["hot"]}
    assert hot == {"hurt", "tearful", "impatient", "frustrated", "angry", "furious"}


def test_the_general_ending_scores_the_same_in_both_languages() -> None:
    english, french = REGISTRY["lost"]["en"]["price"], REGISTRY["lost"]["fr"]["price"]
    assert english == french
    assert set(english) == FACTORS | {"got"}
    assert english["got"] is False
    assert all(-10 <= english[factor] <= 0 for factor in FACTORS)


@pytest.mark.parametrize("book", BOOKS)
def test_a_playbook_speaks_of_known_moves_once_each(book: str) -> None:
    table = PLAYBOOKS[book]
    named = [stance["move"] for stance in table["stances"]]
    assert table["id"] == book
    assert set(named) <= set(MOVES)
    assert len(named) == len(set(named))
    assert {stance["stance"] for stance in table["stances"]} <= STANCES


@pytest.mark.parametrize(("book", "source"), SCHOOLS.items())
def test_a_school_speaks_from_its_own_source(book: str, source: str) -> None:
    table = PLAYBOOKS[book]
    assert table["extends"] == "core"
    assert table["source"] == source
    assert {stance["source"].partition("-")[0] for stance in table["stances"]} == {source}


@pytest.mark.parametrize("book", SCHOOLS)
def test_no_school_praises_a_costing_move(book: str) -> None:
    praised = {name for name, stance in stances(book).items() if stance == "endorse"}
    assert not praised & {name for name, move in MOVES.items() if move["effect"] == "costs"}


@pytest.mark.parametrize("book", SCHOOLS)
def test_a_school_differs_from_another_on_two_moves_at_least(book: str) -> None:
    ours = stances(book)
    most = max(sum(ours[move] != theirs[move] for move in MOVES) for theirs in map(stances, set(SCHOOLS) - {book}))
    assert most >= 2


def test_where_the_schools_truly_disagree() -> None:
    by_school = [stances(book) for book in SCHOOLS]
    contested = {
        move
        for move in MOVES
        if {"endorse", "allow"} & {school[move] for school in by_school}
        and {"caution", "forbid"} & {school[move] for school in by_school}
    }
    assert contested == {"apology.institution", "hold.checked", "small-talk", "breathe.again"}


def test_core_takes_no_side_in_what_the_schools_contest() -> None:
    core = stances("core")
    assert {core[move] for move in ("apology.institution", "hold.checked", "small-talk")} == {"neutral"}
    # A second silence costs contact whoever you ask; the schools differ only on whether to take it.
    assert core["breathe.again"] == "caution"
