"""`callcalm export` of rounds: every form, every way to name one, and names that are both or neither."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from callcalm.core.text import Text
from callcalm.storage.records import RoundRecord
from tests.cli.test_new import callcalm
from tests.practice.test_finding_rounds import finished
from tests.world import DATA, NOON, desk


@pytest.fixture
def saves(tmp_path: Path) -> Path:
    at = desk(tmp_path)
    finished(at)
    at.close()
    return tmp_path


def ident(saves: Path) -> str:
    at = desk(saves)
    (record,) = at.store.rounds()
    at.close()
    return record.id


@pytest.mark.parametrize("form", ["md", "html", "txt", "json"])
def test_the_last_round_in_every_form(saves: Path, form: str) -> None:
    done = callcalm(saves, "export", "last", "--format", form, "-o", "-", "--saves", str(saves))
    assert (done.returncode, done.stderr) == (0, "")
    assert "Next real call I will: say when" in done.stdout or '"transfer": "say when"' in done.stdout
    assert "I was charged twice" in done.stdout, "the encounter is there: the caller is heard too"
    assert "not there any more" not in done.stdout


def test_a_file_named_after_the_round_and_its_form_by_the_ending(saves: Path) -> None:
    done = callcalm(saves, "export", ident(saves)[:12], "--saves", str(saves))
    assert done.returncode == 0
    assert done.stdout.startswith("Written: test-call-2026")
    assert len(list(saves.glob("test-call-*.md"))) == 1
    again = callcalm(saves, "export", "-1", "--saves", str(saves), "-o", "round.json")
    assert again.returncode == 0
    assert json.loads((saves / "round.json").read_text("utf-8"))["callcalm"]["kind"] == "round"
    assert callcalm(saves, "export", "last", "--saves", str(saves), "-o", "round.json").returncode == 2
    assert callcalm(saves, "export", "last", "--saves", str(saves), "-o", "round.json", "--force").returncode == 0


def test_a_round_whose_encounter_is_gone_or_changed_is_told_from_the_save(saves: Path) -> None:
    path = saves / "scenarios" / "test-call.toml"
    path.write_text(path.read_text("utf-8").replace("composure = 70", "composure = 50"), encoding="utf-8")
    changed = callcalm(saves, "export", "last", "--format", "txt", "-o", "-", "--saves", str(saves))
    assert "The encounter has changed since" in changed.stdout
    path.unlink()
    gone = callcalm(saves, "export", "last", "--format", "txt", "-o", "-", "--saves", str(saves))
    assert (gone.returncode, "The encounter is not there any more" in gone.stdout) == (0, True)
    assert "I will stay on" in gone.stdout


def test_a_name_that_is_neither_or_of_the_other_kind_is_told_so(saves: Path) -> None:
    neither = callcalm(saves, "export", "nothing-like-it", "--saves", str(saves))
    assert neither.returncode == 2
    assert "Nor is it a round" in neither.stderr
    other = callcalm(saves, "export", "test-call", "--format", "html", "--saves", str(saves))
    assert other.returncode == 2
    assert "“test-call” is an encounter" in other.stderr
    story = callcalm(saves, "export", "last", "--format", "twee", "--saves", str(saves))
    assert story.returncode == 2
    assert "“last” is a round" in story.stderr
    assert callcalm(saves, "export", "-9", "--saves", str(saves)).returncode == 2
    assert not list(saves.glob("*.twee"))


def test_a_name_that_is_both_is_asked_about(saves: Path) -> None:
    at = desk(saves)
    when = NOON + timedelta(days=1)
    at.store.finish(RoundRecord(id="both", scenario="test-call", finished=when, title=Text("x")), of_call=False)
    at.close()
    shutil.copy(DATA / "test-call.toml", saves / "scenarios" / "both.toml")
    asked = callcalm(saves, "export", "both", "--saves", str(saves))
    assert (asked.returncode, "an encounter and a round too" in asked.stderr) == (2, True)
    assert callcalm(saves, "export", "both", "--format", "twee", "--saves", str(saves)).returncode == 0
    assert callcalm(saves, "export", "both", "--format", "md", "--saves", str(saves)).returncode == 0


def test_the_goal_before_the_round_is_told(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.store.finish(
        RoundRecord(id="g1", scenario="goal/ask-first", kind="goal", finished=NOON, transfer=Text("ask first")),
        of_call=False,
    )
    at.close()
    again = desk(tmp_path)
    practice_record = RoundRecord(id="r1", scenario="test-call", finished=NOON, title=Text("x"))
    again.store.finish(practice_record, of_call=False)
    again.close()
    told = callcalm(tmp_path, "export", "last", "--format", "txt", "-o", "-", "--saves", str(tmp_path))
    assert "The goal: ask first" in told.stdout
