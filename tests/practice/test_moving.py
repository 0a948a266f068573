"""Saves that move, for good or until one quits, and a desk for somebody else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from callcalm.insight.saving import problem_line
from callcalm.practice.desk import Desk
from callcalm.practice.drilling import Shelf
from callcalm.practice.moving import become, move_saves
from callcalm.storage import folders
from callcalm.storage.folders import Folders, Origin
from callcalm.storage.settings import load_settings
from callcalm.storage.trouble import CannotSave, Trouble
from tests.plain.test_drill import DRILL
from tests.world import NOON
from tests.world import desk as desk_in


@pytest.fixture
def platform(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folders:
    """The platform's folders, all of them in the test's own."""
    usual = Folders(
        tmp_path / "data" / "saves",
        tmp_path / "config" / "settings.toml",
        tmp_path / "data" / "scenarios",
        Origin.PLATFORM,
    )
    monkeypatch.setattr(folders, "find", lambda *_: usual)
    (tmp_path / "data" / "drills").mkdir(parents=True)
    (tmp_path / "data" / "drills" / "small.toml").write_text(DRILL, encoding="utf-8")
    return usual


def open_desk() -> Desk:
    return Desk.open(now=lambda: NOON)


def play(at: Desk) -> None:
    """Add one round to the log."""
    drilling = Shelf(at).begin("small")
    drilling.give_up()
    drilling.save()


def count(at: Desk) -> int:
    return len(at.store.rounds())


def test_a_move_lasts_and_brings_the_rounds_along(tmp_path: Path, platform: Folders) -> None:
    at = open_desk()
    play(at)
    assert move_saves(at, tmp_path / "mine", bring=True) is None
    assert (at.store.folder, count(at)) == (tmp_path / "mine", 1)
    at.close()
    assert load_settings(platform.settings).saves == str(tmp_path / "mine")
    again = open_desk()
    assert (again.folders.saves, again.folders.origin, count(again)) == (tmp_path / "mine", Origin.SETTING, 1)
    assert again.problems == ()
    again.close()
    assert (platform.saves / "me.toml").is_file(), "what was there stays"


def test_without_bringing_the_rounds_stay_and_those_there_count(tmp_path: Path, platform: Folders) -> None:
    at = open_desk()
    play(at)
    move_saves(at, tmp_path / "mine", bring=False)
    assert count(at) == 0
    play(at)
    play(at)
    move_saves(at, platform.saves, bring=False)
    assert count(at) == 1
    at.close()


def test_what_is_not_saved_yet_comes_along_all_the_same(tmp_path: Path, platform: Folders) -> None:
    platform.saves.parent.mkdir(exist_ok=True)
    platform.saves.write_text("in the way")
    at = open_desk()
    play(at)
    assert at.store.unsaved
    move_saves(at, tmp_path / "mine", bring=False)
    assert (count(at), at.store.unsaved) == (1, ())
    at.close()


def test_a_folder_that_is_away_is_told_and_nothing_is_lost(tmp_path: Path, platform: Folders) -> None:
    at = open_desk()
    stick = tmp_path / "stick"
    move_saves(at, stick, bring=True)
    play(at)
    at.close()
    stick.rename(tmp_path / "unplugged")
    away = open_desk()
    assert [problem.kind for problem in away.setting_problems] == [Trouble.AWAY]
    said = problem_line(away.setting_problems[0])
    assert str(stick) in said
    assert str(platform.saves) in said
    assert (away.folders.saves, count(away)) == (platform.saves, 0)
    away.change_settings(theme="contrast")
    away.close()
    assert not stick.exists()
    assert load_settings(platform.settings).saves == str(stick), "the wish stays"
    (tmp_path / "unplugged").rename(stick)
    back = open_desk()
    assert (back.folders.saves, count(back)) == (stick, 1)
    back.close()


def test_a_folder_that_does_not_work_changes_nothing(tmp_path: Path, platform: Folders) -> None:
    (tmp_path / "file").write_text("")
    at = open_desk()
    for bring in (True, False):
        with pytest.raises(CannotSave):
            move_saves(at, tmp_path / "file" / "below", bring=bring)
    assert (at.folders, at.store.folder, at.settings.saves) == (platform, platform.saves, "")
    play(at)
    at.close()


def test_where_the_command_line_says_where_a_move_is_for_now_only(tmp_path: Path) -> None:
    at = desk_in(tmp_path / "asked")
    move_saves(at, tmp_path / "mine", bring=True)
    assert (at.folders.origin, at.store.folder) == (Origin.ARGUMENT, tmp_path / "mine")
    assert at.settings.saves == ""
    at.close()
    other = at.as_player("Zoe")
    assert other.store.folder == tmp_path / "mine", "somebody else saves there too"
    other.close()


def test_becoming_somebody_else_opens_their_save_and_is_kept(tmp_path: Path) -> None:
    at = desk_in(tmp_path)
    assert at.store.player == "me"
    assert become(at, "Zoe") is None
    assert (at.player, at.store.player, at.store.path.name) == ("Zoe", "Zoe", "zoe.toml")
    at.close()
    assert load_settings(tmp_path / "settings.toml").player == "Zoe"


def test_house_rules_that_do_not_exist_are_told_with_their_line_and_the_call_begins(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('mouse = true\nplaybook = "their-own"\n')
    at = desk_in(tmp_path)
    practice = at.begin("test-call")
    assert practice.round.opening.playbook.id == at.scenario("test-call").playbook
    assert f"{tmp_path / 'settings.toml'}:2: there is no playbook “their-own”" in practice.notice
    assert at.settings == replace(at.settings, playbook="their-own")
    at.close()


def test_settings_that_cannot_be_read_are_told_and_where_they_went(platform: Folders) -> None:
    platform.settings.parent.mkdir(parents=True)
    platform.settings.write_text('theme = "contrast"\nmouse = [\n', encoding="utf-8")
    at = open_desk()
    (met,) = at.setting_problems
    assert met.kind is Trouble.SETTINGS
    assert ":3: the settings cannot be read, so the usual ones count." in problem_line(met)
    assert at.change_settings(theme="projector") is None
    (moved,) = at.setting_problems
    assert moved.moved_to is not None
    assert f"that file is now {moved.moved_to}" in problem_line(moved)
    at.close()
