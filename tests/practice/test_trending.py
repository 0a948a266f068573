"""Trends of a player's log, with what the library says today."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from callcalm.content.library import UnknownScenario
from callcalm.insight.trends_model import State
from callcalm.practice.trending import chosen, library_of, trending
from tests.insight.rounds import NOON, call, drill
from tests.world import desk


def test_the_library_tells_of_what_was_played_and_is_still_there(tmp_path: Path) -> None:
    at = desk(tmp_path)
    known = library_of(at, [call("test-call"), call("lost-referral"), call("gone"), drill("thank", right=1)])
    assert known.keys() == {"test-call", "lost-referral"}
    referral = known["lost-referral"]
    assert (referral.title, referral.channel, referral.level, referral.mood) == (
        "Never heard of you",
        "phone",
        1,
        "angry",
    )
    assert referral.digest == at.scenario("lost-referral").digest
    at.close()


def test_a_broken_file_is_in_the_library_all_the_same(tmp_path: Path) -> None:
    at = desk(tmp_path)
    (tmp_path / "scenarios" / "mine.toml").write_text(
        'format = 1\n\n[beats.x]\nmood = "{odd}"\n', encoding="utf-8"
    )
    found = trending(at, [call("mine")])
    assert [(one.title, one.state) for one in found.encounters] == [("Mine", State.HERE)]
    at.close()


def test_some_rounds_can_be_chosen_and_what_never_was_is_unknown(tmp_path: Path) -> None:
    at = desk(tmp_path)
    old, new, gone = call("test-call", day=-3), call("test-call"), call("gone", day=-1)
    log = [old, gone, new]
    assert chosen(at, log) == (old, gone, new)
    assert chosen(at, log, encounter="gone") == (gone,)
    assert chosen(at, log, encounter="lost-referral") == ()
    assert chosen(at, log, since=(NOON - timedelta(days=2)).date()) == (gone, new)
    assert chosen(at, log, since=date.min) == (old, gone, new)
    with pytest.raises(UnknownScenario, match="Did you mean “lost-referral”"):
        chosen(at, log, encounter="lost-referal")
    at.close()
