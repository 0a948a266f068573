"""Finding a finished round, whatever its player calls it, and playing it again."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from callcalm.core.price import PriceSheet
from callcalm.core.text import Text
from callcalm.practice.desk import Desk
from callcalm.practice.finding_rounds import UnknownRound, find_round, goal_before, names_round, newest, relive
from callcalm.storage.records import RoundRecord
from tests.practice.test_practice import played
from tests.world import NOON, desk


def kept(at: Desk, ident: str, scenario: str = "test-call", minutes: int = 0) -> RoundRecord:
    record = RoundRecord(
        id=ident, scenario=scenario, finished=NOON + timedelta(minutes=minutes), title=Text(ident)
    )
    at.store.finish(record, of_call=False)
    return record


def finished(at: Desk) -> RoundRecord:
    practice = played(at)
    practice.sketch(PriceSheet().answered(True))
    practice.confirm()
    practice.finish("say when")
    (record,) = at.store.rounds()
    return record


def test_by_last_by_number_by_id_and_by_its_beginning(tmp_path: Path) -> None:
    at = desk(tmp_path)
    for number, scenario in enumerate(["test-call", "drill/d", "test-call", "letter/reply", "goal/g"], 1):
        kept(at, f"2026112{number}T0900-{number}", scenario, number)
    assert find_round(at, "last").id == "20261123T0900-3"
    assert find_round(at, "-1").id == "20261123T0900-3"
    assert find_round(at, "-2").id == "20261121T0900-1"
    assert find_round(at, "last", letters=True).id == "20261124T0900-4"
    assert find_round(at, "20261122").scenario == "drill/d"
    assert find_round(at, "20261125T0900-5").scenario == "goal/g"


@pytest.mark.parametrize("name", ["-0", "-4", "-99999999", "20261129", "", "2", "x\x1b[2J", "last "])
def test_what_there_is_not_is_told_with_the_newest(tmp_path: Path, name: str) -> None:
    at = desk(tmp_path)
    for number in range(1, 4):
        kept(at, f"2026112{number}T0900-{number}", minutes=number)
    with pytest.raises(UnknownRound, match="There is no round") as told:
        find_round(at, name)
    assert re.findall(r"2026112\dT0900-\d", str(told.value)) == [f"2026112{n}T0900-{n}" for n in (3, 2, 1)]
    assert "\x1b" not in str(told.value)


def test_a_beginning_of_several_names_them(tmp_path: Path) -> None:
    at = desk(tmp_path)
    kept(at, "20261121T0900-1")
    kept(at, "20261121T0900-12")
    with pytest.raises(UnknownRound, match="More than one round"):
        find_round(at, "20261121")
    assert find_round(at, "20261121T0900-1").id == "20261121T0900-1"


def test_nothing_played_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(UnknownRound, match="nothing has been played yet"):
        find_round(desk(tmp_path), "last")


def test_a_damaged_neighbour_does_no_harm_and_a_damaged_round_is_told(tmp_path: Path) -> None:
    at = desk(tmp_path)
    kept(at, "20261121T0900-1")
    kept(at, "20261122T0900-2", minutes=1)
    path = at.store.path
    at.close()
    path.write_text(path.read_text("utf-8").replace("seed = 0", "seed = ", 1), encoding="utf-8")
    again = desk(tmp_path)
    assert find_round(again, "last").id == "20261122T0900-2"
    with pytest.raises(UnknownRound, match="damaged"):
        find_round(again, "20261121T0900-1")


def test_the_newest_rounds_and_letters_without_the_damaged_ones(tmp_path: Path) -> None:
    at = desk(tmp_path)
    for number, scenario in enumerate(["test-call", "test-call", "drill/d", "letter/a"], 1):
        kept(at, f"2026112{number}T0900-{number}", scenario, number)
    assert [one.id for one in newest(at, 2)] == ["20261122T0900-2", "20261124T0900-4"]
    assert len(newest(at, 99)) == 3
    path = at.store.path
    at.close()
    path.write_text(path.read_text("utf-8").replace("seed = 0", "seed = ", 1), encoding="utf-8")
    assert len(newest(desk(tmp_path), 99)) == 2


def test_the_goal_before_a_round_until_it_is_asked_about(tmp_path: Path) -> None:
    at = desk(tmp_path)
    goal = RoundRecord(id="g1", scenario="goal/ask", kind="goal", finished=NOON, transfer=Text("ask first"))
    at.store.finish(goal, of_call=False)
    first, asked, later = kept(at, "r1"), kept(at, "a1", "asked/g1"), kept(at, "r2")
    assert goal_before(at, goal) == ""
    assert goal_before(at, first) == "ask first"
    assert goal_before(at, later) == ""
    assert asked.scenario == "asked/g1"


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("last", True),
        ("-3", True),
        ("20261121T09", True),
        ("lost-referral", False),
        ("-x", False),
        ("2026", False),
    ],
)
def test_what_can_only_be_a_round(name: str, meant: bool) -> None:
    assert names_round(name) is meant


def test_a_round_is_lived_again_as_it_was(tmp_path: Path) -> None:
    at = desk(tmp_path)
    record = finished(at)
    again = relive(at, record)
    assert again.round is not None
    assert again.round.state.ending == "settled"
    assert again.round.state.curve == record.composure


def test_what_plays_otherwise_now_is_not_taken_for_the_round(tmp_path: Path) -> None:
    at = desk(tmp_path)
    record = finished(at)
    for other in (
        replace(record, composure=(1, *record.composure[1:])),
        replace(record, ending="refused"),
        replace(record, actions=record.actions[:-1]),
        replace(record, playbook="gone"),
    ):
        assert (relive(at, other).round, relive(at, other).changed) == (None, True)
    assert relive(at, replace(record, scenario="gone")).gone
    assert relive(at, replace(record, scenario="letter/x")).gone
    (tmp_path / "scenarios" / "test-call.toml").write_text("format = ", encoding="utf-8")
    assert relive(desk(tmp_path), record).changed
