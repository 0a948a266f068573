"""A ghost plays on from a turn of a finished round, and leaves the round and the saves as they were."""

from __future__ import annotations

from pathlib import Path

import pytest

from callcalm.core.actions import Choose, Listen
from callcalm.practice.ghost import Ghost
from callcalm.practice.round import Practice, Stage
from tests.world import desk


def lived(folder: Path) -> Practice:
    """A round whose call is over: why did you wait, then nothing to be done."""
    practice = desk(folder).begin("test-call")
    practice.go(Stage.CALL)
    for action in (Listen(), Choose("opening/why"), Choose("walls/done")):
        practice.take(action)
    return practice


def test_another_way_leaves_the_round_and_the_saves_as_they_were(tmp_path: Path) -> None:
    practice = lived(tmp_path)
    before, files = practice.round, {path: path.read_bytes() for path in tmp_path.glob("*.toml")}
    ghost = Ghost(practice.round, 1, practice.ears)
    assert ghost.answer == 1
    ghost.take(Choose("opening/own"))
    ghost.take(Choose("heard/by-four"))
    assert ghost.round.state.ending == "settled"
    assert practice.round is before
    assert practice.round.state.ending == "refused"
    assert {path: path.read_bytes() for path in tmp_path.glob("*.toml")} == files


def test_own_words_are_heard_in_it_as_in_any_call(tmp_path: Path) -> None:
    practice = lived(tmp_path)
    ghost = Ghost(practice.round, 1, practice.ears)
    turn, match = ghost.say("Two charges for one scan, Ms. Alvarez. I will stay on this until it is settled.")
    assert match.reply == "opening/own"
    assert turn.state.beat == "heard"
    assert ghost.trouble is None


def test_undoing_stops_at_the_turn_where_it_began(tmp_path: Path) -> None:
    practice = lived(tmp_path)
    ghost = Ghost(practice.round, 2, practice.ears)
    assert ghost.answer == 2
    assert not ghost.undo()
    ghost.take(Choose("walls/thanks"))
    assert ghost.undo()
    assert not ghost.undo()
    assert ghost.round.turns == practice.round.turns[:2]


@pytest.mark.parametrize("index", [-1, 3])
def test_there_is_no_way_from_a_turn_that_was_not(tmp_path: Path, index: int) -> None:
    practice = lived(tmp_path)
    with pytest.raises(IndexError):
        Ghost(practice.round, index, practice.ears)
