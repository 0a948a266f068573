"""A call that a promise brings back begins elsewhere, and replays so; the proof knows every way in."""

from __future__ import annotations

import pytest

from callcalm.core.actions import Choose, Listen
from callcalm.core.call import caller_now, start
from callcalm.core.explore import Player, prove, solve
from callcalm.core.model import Kept, Opening, Scenario
from callcalm.core.replaycode import code_of, decode, encode
from callcalm.core.round import begin, replay
from tests.support import playbook, scenario

BROKEN = {"broken": Opening("walls", {"promised": True})}


def story(**changes: object) -> Scenario:
    return scenario(openings=BROKEN, **changes)


def test_a_call_begins_by_its_opening_with_the_variables_of_it() -> None:
    state = start(story(), playbook(), opening="broken")
    assert (state.beat, state.vars["promised"]) == ("walls", True)
    assert caller_now(state).text == "Excuse me?"
    plain = start(story(), playbook())
    assert (plain.beat, plain.vars["promised"]) == ("opening", False)


def test_an_opening_that_is_gone_is_the_plain_start() -> None:
    assert start(scenario(), playbook(), opening="broken") == start(scenario(), playbook())


def test_late_and_broken_stand_in_for_one_another() -> None:
    assert story().opening_for(Kept.LATE) == story().opening_for(Kept.BROKEN) == "broken"
    assert story().opening_for(Kept.KEPT) == ""
    late = scenario(openings={"late": Opening("walls"), "kept": Opening("opening")})
    assert [late.opening_for(kept) for kept in Kept] == ["kept", "late", "late"]


def test_a_round_keeps_its_way_in_through_undo_replay_and_code() -> None:
    rules = playbook()
    round_ = begin(story(), rules, opening="broken").take(Choose("walls/1"))
    assert round_.undo().state.beat == "walls"
    assert round_.undo().way_in == "broken"
    again = replay(begin(story(), rules, opening="broken"), round_.actions)
    assert again.round == round_
    code = code_of(round_)
    line = encode(code)
    assert code.opening == "broken"
    assert ":test-call/broken:" in f":{line}" or "/broken:" in line
    assert decode(line) == code
    assert "/" not in encode(code_of(begin(story(), rules).take(Listen())))


def test_the_proof_knows_every_way_in() -> None:
    rules = playbook()
    lonely = {**story().beats}
    lonely["aside"] = lonely["walls"].__class__("aside", "wary", lonely["walls"].caller, lonely["walls"].replies)
    told = prove(story(beats=lonely), rules)
    assert not told.beats["aside"]
    openings = {"kept": Opening("aside")}
    proof = prove(scenario(beats=lonely, openings=openings), rules)
    assert proof.beats["aside"] == 1 << 70
    way = proof.witness("aside")
    assert way == ()
    assert way.opening == "kept"
    plain = proof.witness("opening")
    assert plain is not None
    assert plain.opening == ""


def test_the_chances_are_those_of_the_opening() -> None:
    rules = playbook()
    odds = solve(story(), rules, Player.RANDOM, opening="broken")
    assert odds.visits["walls"] == 1
    assert odds.visits["opening"] < 1
    assert solve(story(), rules, Player.RANDOM).visits["opening"] == 1
    with pytest.raises(KeyError):
        solve(story(), rules, Player.RANDOM, opening="late")
