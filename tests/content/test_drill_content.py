"""What every drill that ships is held to: enough items, fair choices, and words that the coach hears as meant."""

from __future__ import annotations

from collections import Counter

import pytest

from callcalm.coach import Hearing, Phrasebook, load_phrasebook, read
from callcalm.content.drills import SHIPPED, load_drill
from callcalm.core import drill as judge
from callcalm.core.drill import Drill, Item, ItemKind
from tests.content.small import rulebook

LEAST = {"en": 12, "fr": 6}
"""Items that a drill has, by language."""

MOST = 0.45
"""The largest share of items in which the right option may be longest, or stand in one and the same place."""

ENOUGH = 4
"""Below so many items to choose from, a share says nothing."""

MOSTLY = 0.8
"""The share of marked costs that the coach hears, too; the rest cost by what they do and not by their words."""

FILES = sorted(SHIPPED.glob("*/*.toml"))
DRILLS = [load_drill(path, rulebook().registry) for path in FILES]
REGISTRY = rulebook().registry


def _names(language: str) -> dict[str, str]:
    """Moves by their plain names."""
    return {str(move.name[language]): key for key, move in REGISTRY.moves.items()}


def _names_moves(drill: Drill) -> bool:
    """Whether the answers to choose from are names of moves."""
    names = _names(drill.language)
    return any(option.say in names for item in drill.items for option in item.options)


def _each(drills: list[Drill]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("drill", drills, ids=lambda drill: f"{drill.language}-{drill.id}")


every_drill = _each(DRILLS)
with_answers = _each([drill for drill in DRILLS if not _names_moves(drill)])
with_names = _each([drill for drill in DRILLS if _names_moves(drill)])
with_choices = _each([drill for drill in DRILLS if sum(bool(item.options) for item in drill.items) >= ENOUGH])


@pytest.fixture(scope="module")
def books() -> dict[str, Phrasebook]:
    return {language: load_phrasebook(language) for language in LEAST}


def of_kind(drill: Drill, kind: ItemKind) -> list[Item]:
    return [item for item in drill.items if item.kind is kind]


def test_each_id_is_one_drill() -> None:
    twice = [name for name, count in Counter(drill.id for drill in DRILLS).items() if count > 1]
    assert twice == []


@every_drill
def test_a_drill_has_enough_items(drill: Drill) -> None:
    assert len(drill.items) >= LEAST[drill.language]


@every_drill
def test_no_item_comes_twice(drill: Drill) -> None:
    tasks = Counter((item.scene, item.given) for item in drill.items)
    assert [task for task, count in tasks.items() if count > 1] == []


@with_choices
def test_the_right_option_shows_neither_by_length_nor_by_place(drill: Drill) -> None:
    items = of_kind(drill, ItemKind.CHOOSE)
    longest = 0
    for item in items:
        length = max(len(option.say) for option in item.options)
        longest += any(option.right and len(option.say) == length for option in item.options)
    places = Counter(place for item in items for place, option in enumerate(item.options) if option.right)
    assert longest / len(items) < MOST
    assert max(places.values()) / len(items) <= MOST


@every_drill
def test_the_coach_takes_the_model_answers(drill: Drill, books: dict[str, Phrasebook]) -> None:
    refused = []
    for item in of_kind(drill, ItemKind.SAY):
        for take in item.takes:
            verdict = judge.say(item, read(take, books[drill.language], Hearing()), REGISTRY)
            if not verdict.right:
                refused.append((take, item.wants, verdict.helped, verdict.cost))
    assert refused == []


@every_drill
def test_the_words_asked_for_help(drill: Drill) -> None:
    asked = {move for item in drill.items for move in item.wants} | set(drill.teaches)
    assert {move for move in asked if not REGISTRY.helps(move)} == set()


@with_answers
def test_a_right_option_does_not_cost(drill: Drill, books: dict[str, Phrasebook]) -> None:
    costly = [
        (option.say, finding.move)
        for item in of_kind(drill, ItemKind.CHOOSE)
        for option in item.options
        if option.right
        for finding in read(option.say, books[drill.language], Hearing())
        if REGISTRY.costs(finding.move)
    ]
    assert costly == []


@with_names
def test_a_named_move_is_the_one_that_the_line_makes(drill: Drill, books: dict[str, Phrasebook]) -> None:
    names = _names(drill.language)
    for item in of_kind(drill, ItemKind.CHOOSE):
        assert {option.say for option in item.options} <= set(names)
        heard = {finding.move for finding in read(item.given, books[drill.language], Hearing())}
        assert heard & {names[option.say] for option in item.options if option.right}, item.given


@every_drill
def test_the_coach_hears_most_of_what_is_marked(drill: Drill, books: dict[str, Phrasebook]) -> None:
    marked, heard = 0, 0
    for item in of_kind(drill, ItemKind.SPOT):
        starts = [sum(len(line) + 1 for line in item.lines[:number]) for number in range(len(item.lines))]
        costs = [
            finding
            for finding in read("\n".join(item.lines), books[drill.language], Hearing())
            if REGISTRY.costs(finding.move)
        ]
        marked += len(item.costs)
        heard += sum(
            any(cost.start < starts[line] + end and starts[line] + start < cost.end for cost in costs)
            for line, start, end in item.costs
        )
    assert heard >= MOSTLY * marked
