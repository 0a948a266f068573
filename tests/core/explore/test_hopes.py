"""What is left to hope for agrees with the best player, with a slow count by the engine, and with itself."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from callcalm.core.actions import Breathe, Choose, Compose
from callcalm.core.call import act, start
from callcalm.core.explore import Player, prove, solve
from callcalm.core.explore.hopes import SAME, SURE, hopes
from callcalm.core.model import Beat, EndingKind
from callcalm.core.state import CallState
from callcalm.core.text import Text
from tests.core.explore.stories import doable, played, random_story, rules
from tests.support import playbook, reply, scenario

SEEDS = st.integers(0, 100_000)
GOOD = (EndingKind.RESOLVED, EndingKind.FAIR)
STEPS = 400
"""States that the slow count looks at, at the most."""


@settings(max_examples=60)
@given(SEEDS, st.integers(0, 5))
def test_a_good_ending_can_be_reached_where_the_best_player_reaches_one(seed: int, walk: int) -> None:
    story, book = random_story(seed), rules(seed)
    proof = prove(story, book)
    assume(proof.complete and proof.graph.short)
    best, known = solve(story, book, Player.BEST, proof=proof), hopes(story, book)
    for state in played(story, book, Random(walk)):
        hope = known.of(state)
        assert hope.can is (best.chance(state) == 1.0), (state.beat, state.composure, state.vars)
        assert known.can(state) is hope.can
        assert 0 <= hope.likely <= 1
        assert hope.can or not hope.likely
        assert hope.can or not hope.settles


@settings(max_examples=60)
@given(SEEDS, st.integers(0, 5))
@example(269, 1)  # a breath would take composure below what the good answer costs
def test_nothing_on_offer_leaves_more_than_the_best_answer(seed: int, walk: int) -> None:
    story, book = random_story(seed), rules(seed)
    known = hopes(story, book)
    assume(not known.unproved)
    for state in played(story, book, Random(walk)):
        best = known.best(state)
        if best is None:
            continue
        before, after = known.of(state), state
        for action in best.actions:
            after = act(after, action).state
        assert known.of(after) == best.hope
        for action in doable(state, typed=False):
            if isinstance(action, Breathe):
                continue
            other = known.of(act(state, action).state)
            assert (best.hope.can, best.hope.settles) >= (other.can, other.settles)
            if (other.can, other.settles) == (before.can, before.settles):
                assert best.hope.likely >= other.likely - SAME


class Round(Exception):
    """The story goes round, or is too long to count by hand."""


def counted(state: CallState, left: list[int]) -> tuple[int, float]:
    """How well a call can end (2 resolved, 1 fair, 0 otherwise) and how likely well, by playing everything."""
    left[0] -= 1
    if left[0] < 0:
        raise Round
    if state.over is not None:
        rank = {EndingKind.RESOLVED: 2, EndingKind.FAIR: 1}.get(state.over.kind, 0)
        return rank, float(rank > 0)
    actions = doable(state, typed=False)
    if not actions:
        return 0, 0.0
    each = [counted(act(state, action).state, left) for action in actions]
    rank = max(rank for rank, _ in each)
    keeping = [chance for its, chance in each if its == rank and rank]
    mean = sum(chance for _, chance in each) / len(each)
    return rank, SURE * max(keeping, default=0.0) + (1 - SURE) * mean


def test_how_likely_it_is_agrees_with_playing_everything() -> None:
    book, agreed = playbook(temptation=False), 0
    for seed in range(400):
        story = random_story(seed, beats=3)
        heard = {name: replace(beat, caller=beat.caller[:1], cut_in=None) for name, beat in story.beats.items()}
        story = replace(story, beats=heard)
        known = hopes(story, book)
        try:
            _, likely = counted(start(story, book), [STEPS])
        except Round:
            continue
        if not known.unproved:
            assert known.of(start(story, book)).likely == pytest.approx(likely, abs=1e-6), seed
            agreed += 0 < likely < 1
    assert agreed >= 30


def test_by_hand() -> None:
    first = Beat(
        "first",
        "wary",
        (Text("So?"),),
        (
            reply("first/1", "Nothing.", "second"),
            reply("first/2", "It is policy.", "hung-up", ("It is policy", "rule-wall")),
        ),
    )
    second = Beat(
        "second",
        "wary",
        (Text("And?"),),
        (reply("second/1", "So.", "settled"), reply("second/2", "Or.", "hung-up")),
    )
    story = scenario(beats={"first": first, "second": second}, start="first", vars={})
    known = hopes(story, playbook())
    state = start(story, playbook())
    there = 0.75 + 0.25 / 2
    assert known.of(state).likely == pytest.approx((0.75 + 0.25 / 2) * there, abs=1e-6)
    best = known.best(state)
    assert best is not None
    assert best.actions == (Choose("first/1"),)
    assert best.hope.likely == pytest.approx(there, abs=1e-6)
    over = act(state, Choose("first/2")).state
    assert (known.of(over).can, known.best(over)) == (False, None)


def test_a_brittle_player_is_told_to_breathe_first() -> None:
    only = Beat(
        "only",
        "wary",
        (Text("So?"),),
        (
            reply("only/1", "Thank you.", "settled", ("Thank you", "thank")),
            reply("only/2", "It is policy.", "hung-up", ("It is policy", "rule-wall")),
        ),
    )
    story = scenario(beats={"only": only}, start="only", composure=20, vars={})
    known = hopes(story, playbook())
    best = known.best(start(story, playbook()))
    assert best is not None
    assert best.actions == (Breathe(), Choose("only/1"))


def test_of_composed_answers_the_best_is_found_too() -> None:
    for seed in range(40):
        story, book = random_story(seed), playbook(temptation=False)
        known = hopes(story, book)
        for state in played(story, book, Random(seed)):
            best = known.best(state)
            if state.here.compose is not None and best is not None:
                assert isinstance(best.actions[-1], Compose)
                return
    pytest.fail("no story with a composed answer was played")
