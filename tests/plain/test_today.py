"""Today, line by line: at home for a person, by the words `today` and `goal`, and as a command."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from callcalm.cli.main import main
from callcalm.plain.app import run
from callcalm.practice.today import look
from tests.plain.test_drill import DRILL
from tests.practice.test_today import at_desk, practised
from tests.world import Script, desk


@pytest.fixture(autouse=True)
def few(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the encounters of the test."""
    monkeypatch.setattr("callcalm.content.library.shipped_folder", lambda: tmp_path / "nothing")
    monkeypatch.setattr("callcalm.content.drill_heads.SHIPPED", tmp_path / "nothing")


def at_home(folder: Path, *lines: str, days: int = 0, person: bool = False) -> str:
    """What is said when these lines are typed at home, so many days later."""
    console = Script(*lines)
    console.interactive = person
    at = at_desk(folder, days)
    run(at, console=console)
    at.close()
    return console.said


def test_a_script_is_told_and_asked_nothing_that_it_does_not_ask_for(tmp_path: Path) -> None:
    practised(tmp_path, transfer="I will name it first.")
    said = at_home(tmp_path)
    assert "Today" not in said
    assert "Did a call come?" not in said
    assert "today for what is due" in said


def test_a_person_is_told_what_is_due_and_asked_about_the_last_line_once_a_day(tmp_path: Path) -> None:
    practised(tmp_path, transfer="I will name it first.")
    said = at_home(tmp_path, "1", person=True)
    assert "Today: 1 technique, 2 minutes. “A test call”: " in said
    assert "Did a call come? Last time you wrote: “I will name it first.”" in said
    assert "1 It came, and I did it. 2 Partly. 3 Not yet. 4 Drop it. Enter passes it by." in said
    assert "Did a call come?" not in at_home(tmp_path, person=True)
    assert look(desk(tmp_path)).journal.intents[0].answer == "yes"


def test_enter_passes_by_and_another_day_asks_again(tmp_path: Path) -> None:
    practised(tmp_path, transfer="I will name it first.")
    assert "Did a call come?" in at_home(tmp_path, "", person=True)
    assert "Did a call come?" not in at_home(tmp_path, person=True)
    assert "Did a call come?" in at_home(tmp_path, "", days=1, person=True)
    assert "Did a call come?" not in at_home(tmp_path, days=2, person=True)


def test_a_new_player_is_told_nothing_of_it(tmp_path: Path) -> None:
    assert "due." not in at_home(tmp_path)
    assert "Nothing is due. Techniques you practise come back" in at_home(tmp_path, "today")


def test_today_offers_a_goal_and_begins_what_is_proposed(tmp_path: Path) -> None:
    practised(tmp_path)
    said = at_home(tmp_path, "today", "1", "y")
    assert ": due today, last practised 9 days ago; next: say it yourself" in said
    assert "One goal for this session:" in said
    assert "Begin “A test call” now? y or n" in said
    assert "Two charges for one scan." in said, "the brief"
    assert "Begin" not in at_home(tmp_path, "n", "goal", ""), "an empty line leaves it"
    assert "One goal" not in at_home(tmp_path, "n", "today", "n"), "one goal a day is offered"


def test_a_goal_in_own_words_and_a_number_that_is_none(tmp_path: Path) -> None:
    practised(tmp_path)
    assert "There is no goal “9”." in at_home(tmp_path, "goal", "9")
    assert "Your goal: “Breathe before I answer”" in at_home(tmp_path, "goal", "Breathe before I answer")
    (goal,) = look(desk(tmp_path)).journal.goals
    assert (goal.text, goal.move) == ("Breathe before I answer", "")


def test_a_goal_is_asked_about_after_the_next_round(tmp_path: Path) -> None:
    practised(tmp_path)
    at_home(tmp_path, "goal", "1")
    assert "Your goal: did you?" not in at_home(tmp_path, person=True)
    practised(tmp_path, 0)
    said = at_home(tmp_path, "2", person=True)
    assert "Your goal: did you? “taking it on yourself” Heard in 1 of 1 round since." in said
    assert look(desk(tmp_path)).journal.goals[0].answer == "partly"


def test_a_drill_that_is_proposed_is_played_from_there(tmp_path: Path) -> None:
    practised(tmp_path)
    practised(tmp_path, 0)
    (tmp_path / "drills").mkdir()
    (tmp_path / "drills" / "small.toml").write_text(DRILL.replace('["offer"]', '["own-it"]'), encoding="utf-8")
    said = at_home(tmp_path, "today", "", "y", "q", "q", days=30)
    assert "Begin “Small” now? y or n" in said
    assert "Item 1 of 4." in said


def test_the_command_prints_it_and_keeps_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    practised(tmp_path, transfer="I will name it first.")
    before = sorted(path.name for path in tmp_path.iterdir())
    for options in ([], ["--plain"]):
        assert main(["today", "--saves", str(tmp_path), *options]) == 0
    out = capsys.readouterr().out
    assert "taking it on yourself: due today" in out
    assert "“I will name it first.” still open" in out
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_the_command_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["today", "--json", "--saves", str(tmp_path)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["format"], found["proposal"], found["techniques"]) == (1, None, [])
    practised(tmp_path, transfer="I will name it first.")
    assert main(["today", "--json", "--saves", str(tmp_path)]) == 0
    found = json.loads(capsys.readouterr().out)
    (technique,) = found["techniques"]
    assert (technique["move"], technique["reached"], technique["reviews"]) == ("own-it", "choose", 1)
    assert found["proposal"]["techniques"] == ["own-it"]
    assert found["next_real_call"][0]["text"] == "I will name it first."


def test_a_clock_that_is_behind_the_log_does_no_harm(tmp_path: Path) -> None:
    practised(tmp_path, -400)
    assert "Nothing is due. Next:" in at_home(tmp_path, "today", "")
    assert timedelta(0) < look(desk(tmp_path)).schedule.standings[0].due - look(desk(tmp_path)).schedule.today
