"""A promise comes back in its encounter, by the opening that fits; quitting and resuming change nothing of it."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from callcalm.core.actions import Choose
from callcalm.core.model import Kept
from callcalm.insight.promises import Standing
from callcalm.practice.promises import come_back, due, ledger
from callcalm.practice.round import Stage
from tests.promised import FRIDAY, SATURDAY, WEDNESDAY, at, finished, made


@pytest.fixture(autouse=True)
def in_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    """The days of the clock on the wall are those of UTC."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()


@pytest.mark.parametrize(
    ("reply", "now", "beat", "kept"),
    [
        ("call", SATURDAY, "glad", Kept.KEPT),
        ("call", WEDNESDAY, "cold", Kept.LATE),
        ("money", SATURDAY, "cold", Kept.BROKEN),
    ],
)
def test_it_begins_as_the_promise_has_come_to_stand(
    tmp_path: Path, reply: str, now: datetime, beat: str, kept: Kept
) -> None:
    made(tmp_path, reply)
    desk = at(tmp_path, now)
    (entry,) = due(desk)
    practice = come_back(desk, entry)
    assert practice.round.state.beat == beat
    assert practice.round.state.vars["kept"] is (beat == "glad")
    assert practice.returning is not None
    assert (practice.returning.kept, practice.returning.follows) == (kept, entry.follows)
    assert "Maria Alvarez" in practice.returning.reminder
    practice.go(Stage.CALL)
    practice.take(Choose(f"{beat}/hello"))
    finished(practice)
    (back,) = [one for one in ledger(desk) if one.follows == entry.follows]
    assert (back.standing, back.kept) == (Standing.CAME_BACK, kept)
    assert due(desk) == ()
    (record,) = [one for one in desk.store.rounds() if one.scenario == "later"]
    assert (record.follows, record.opening) == (entry.follows, "kept" if beat == "glad" else "broken")
    desk.close()


def test_nothing_is_due_on_the_day_itself_or_before_it_is_finished(tmp_path: Path) -> None:
    made(tmp_path)
    desk = at(tmp_path, FRIDAY)
    assert due(desk) == ()
    assert [entry.standing for entry in ledger(desk)] == [Standing.OPEN]
    practice = desk.begin("first")
    practice.go(Stage.CALL)
    practice.take(Choose("opening/money"))
    practice.undo()
    practice.take(Choose("opening/lost"))
    finished(practice)
    assert [entry.what for entry in ledger(desk)] == ["call Maria", "hear from us", "a letter"]
    desk.close()


def test_quitting_and_resuming_keep_the_opening_and_the_promise(tmp_path: Path) -> None:
    made(tmp_path)
    desk = at(tmp_path, WEDNESDAY)
    practice = come_back(desk, due(desk)[0])
    reminder = practice.returning
    practice.go(Stage.CALL)
    practice.take(Choose("cold/again"))
    desk.close()
    later = at(tmp_path, WEDNESDAY)
    record = later.waiting()
    assert record is not None
    again = later.resume(record)
    assert (again.notice, again.round.state.beat, again.round.way_in) == ("", "cold", "broken")
    assert again.returning == reminder
    assert again.undo()
    assert again.round.state.beat == "cold"
    again.go(Stage.CALL)
    again.take(Choose("cold/hello"))
    finished(again)
    assert [one.standing for one in ledger(later)] == [Standing.CAME_BACK]
    later.close()


def test_a_follow_up_whose_promise_is_gone_from_the_log_still_resumes(tmp_path: Path) -> None:
    made(tmp_path)
    desk = at(tmp_path, SATURDAY)
    come_back(desk, due(desk)[0]).go(Stage.CALL)
    log = desk.store.path
    desk.close()
    log.unlink()
    later = at(tmp_path, SATURDAY)
    record = later.waiting()
    assert record is not None
    again = later.resume(record)
    assert again.returning is not None
    assert (again.returning.reminder, again.round.state.beat) == ("", "glad")
    later.close()


def test_an_encounter_begun_plainly_begins_at_its_start(tmp_path: Path) -> None:
    desk = at(tmp_path)
    practice = desk.begin("later")
    assert (practice.round.state.beat, practice.returning) == ("opening", None)
    desk.close()


def test_a_follow_up_that_is_gone_is_listed_and_not_due(tmp_path: Path) -> None:
    made(tmp_path)
    (tmp_path / "scenarios" / "later.toml").unlink()
    desk = at(tmp_path, SATURDAY)
    assert due(desk) == ()
    (entry,) = ledger(desk)
    assert entry.standing is Standing.NO_FOLLOW_UP
    with pytest.raises(ValueError, match="nothing comes back"):
        come_back(desk, replace(entry, follow_up=None))
    desk.close()
