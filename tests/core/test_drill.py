"""Drills judge at once, and the order of items and parts is fixed by the seed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from callcalm.core.drill import Drill, Item, ItemKind, Option, arrange, choose, laid_out, order_of, say, spot
from callcalm.core.moves import Finding
from callcalm.core.text import Text
from tests.content.small import rulebook

NO = Text("")
ORDER = Item(ItemKind.ORDER, NO, NO, Text("w"), parts=(Text("a"), Text("b"), Text("c")), decoys=(Text("d"),))
SPOT = Item(ItemKind.SPOT, NO, NO, Text("w"), lines=(Text("x"), Text("y"), Text("z")), costs=((1, 0, 1),))
SAY = Item(ItemKind.SAY, NO, NO, Text("w"), wants=("offer",), takes=(Text("t"),))
CHOOSE = Item(
    ItemKind.CHOOSE,
    NO,
    NO,
    Text("w"),
    options=(Option(Text("a"), False, Text("no")), Option(Text("b"), True, Text("yes"))),
)
DRILL = Drill("d", Text("D"), "en", NO, NO, 3, ("offer",), ("S3-8",), (ORDER, SPOT, SAY, CHOOSE))


def found(*moves: str) -> list[Finding]:
    return [Finding("r", move, 0, 1, Text("x")) for move in moves]


def test_a_choice_is_right_or_says_what_it_does_instead() -> None:
    assert (choose(CHOOSE, 1).right, choose(CHOOSE, 0).right, choose(CHOOSE, 0).why) == (True, False, "no")
    with pytest.raises(IndexError):
        choose(CHOOSE, 2)


def test_an_order_names_the_places_that_are_wrong() -> None:
    assert arrange(ORDER, (0, 1, 2)).right
    assert arrange(ORDER, (1, 0, 2)).out_of_place == (0, 1)
    assert arrange(ORDER, (0, 1, 3)).out_of_place == (2,)
    for bad in ((0, 1), (0, 0, 1), (0, 1, 4)):
        with pytest.raises(ValueError, match="3 different"):
            arrange(ORDER, bad)


def test_spotting_tells_what_was_missed_and_what_was_innocent() -> None:
    assert spot(SPOT, {1}).right
    assert (spot(SPOT, {0}).missed, spot(SPOT, {0}).false) == ((1,), (0,))
    with pytest.raises(ValueError, match="3 lines"):
        spot(SPOT, {3})


def test_own_words_need_the_move_and_no_cost() -> None:
    registry = rulebook().registry
    assert say(SAY, found("offer"), registry).right
    assert not say(SAY, found("offer", "ultimatum"), registry).right
    assert say(SAY, found("offer", "ultimatum"), registry).cost == ("ultimatum",)
    assert not say(SAY, found("thank"), registry).wanted
    assert not say(SAY, [], registry).right


def test_the_seed_fixes_the_order_and_parts_never_stand_solved() -> None:
    assert order_of(DRILL, 0) == (0, 1, 2, 3)
    assert sorted(order_of(DRILL, 5)) == [0, 1, 2, 3]
    assert order_of(DRILL, 5) == order_of(replace(DRILL), 5)
    assert laid_out(DRILL, 3, 0) == (0, 1)
    for seed in range(60):
        assert laid_out(DRILL, 0, seed)[:3] != (0, 1, 2)
        assert sorted(laid_out(DRILL, 0, seed)) == [0, 1, 2, 3]
