"""Home's rows for today: what is proposed, what is asked, the goal; read beside the screen, the marker unmoved."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest

from callcalm.core.text import Text, unsafe
from callcalm.practice import today as today_module
from callcalm.practice.desk import Desk
from callcalm.practice.today import Today, look
from callcalm.storage.records import ActionRecord, MoveRecord, PromiseRecord, RoundRecord
from callcalm.tui.screens.home import HomeScreen
from tests.support import HOSTILE, scenario
from tests.tui.harness import NOW, SIZES, looked, make_desk, place, press, running, shown
from tests.tui.test_drill import CHOOSE, TOP


def practised(folder: Path, days_ago: int = 9, transfer: str = "", promise: str = "") -> None:
    """A round of the test call, some days ago, in which the matter was taken on."""
    with make_desk(folder).store as store:
        store.finish(
            RoundRecord(
                id=f"20261101T0000{days_ago:02}Z-0000000{days_ago % 10}",
                scenario="test-call",
                finished=NOW - timedelta(days=days_ago),
                kind="resolved",
                ending="settled",
                language="en",
                moves=(MoveRecord(1, "own-it"),),
                actions=(ActionRecord("choose", "opening/own"),),
                promises=(PromiseRecord(Text(promise), follow_up="second"),) if promise else (),
                transfer=Text(transfer),
            )
        )


def home(folder: Path) -> Desk:
    """A desk with the test call and another that teaches nothing that is due."""
    return make_desk(folder, scenario(), scenario(id="second", title=Text("Another call"), teaches=("thank",)))


def lines(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("size", SIZES)
async def test_what_is_due_stands_above_the_list_and_the_marker_stays(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    practised(tmp_path)
    async with running(home(tmp_path), size) as (app, pilot):
        text = shown(app)
        assert "1 technique, 3 minutes" in text
        assert "“A test call”: own-it (9 days ago; now say it yourself)" in lines(text)
        assert "▸ A test call" in text
        await press(pilot, "home")
        assert "▸ 1 technique" in shown(app)
        await press(pilot, "enter")
        assert place(app) == "BriefScreen"


async def test_a_key_plays_what_is_proposed_and_does_nothing_where_nothing_is(tmp_path: Path) -> None:
    async with running(home(tmp_path)) as (app, pilot):
        assert "Today" not in shown(app)
        await press(pilot, "t")
        assert place(app) == "HomeScreen"
    practised(tmp_path)
    async with running(home(tmp_path)) as (app, pilot):
        await press(pilot, "end", "t")
        assert place(app) == "BriefScreen"


async def test_nothing_due_has_its_own_sentence(tmp_path: Path) -> None:
    practised(tmp_path, 0)
    async with running(home(tmp_path), (60, 20)) as (app, _pilot):
        assert "Nothing is due. Next: own-it, in 2 days." in shown(app)


async def test_home_can_be_used_before_the_log_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    practised(tmp_path)
    read, take = Event(), today_module.Look.take

    def slow(self: today_module.Look) -> Today:
        read.wait(20)
        return take(self)

    monkeypatch.setattr(today_module.Look, "take", slow)
    app_desk = home(tmp_path)
    try:
        from callcalm.tui.app import CallcalmApp  # noqa: PLC0415 - after the patch

        app = CallcalmApp(app_desk)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            assert "▸ A test call" in shown(app)
            assert "Today" not in shown(app)
            await pilot.press("down")
            await pilot.pause()
            assert "▸ Another call" in shown(app)
            read.set()
            await looked(pilot)
            assert "1 technique" in shown(app)
            assert "▸ Another call" in shown(app), "the marker stands where it stood"
    finally:
        read.set()
        app_desk.close()


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
async def test_a_goal_from_what_is_due_and_what_became_of_it(tmp_path: Path, size: tuple[int, int]) -> None:
    practised(tmp_path)
    async with running(home(tmp_path), size) as (app, pilot):
        assert "Choose a goal for this session" in shown(app)
        await press(pilot, "o")
        assert "1  own-it" in shown(app)
        await press(pilot, "1")
        assert "Your goal: “own-it”" in lines(shown(app))
        assert "Choose a goal" not in shown(app)
    practised(tmp_path, 0)
    async with running(home(tmp_path), size) as (app, pilot):
        assert "Your goal: did you?" in shown(app)
        assert "“own-it” Heard in 1 of 1 round since." in lines(shown(app))
        await press(pilot, "home", "enter", "2")
        assert "Your goal" not in shown(app)
    with make_desk(tmp_path).store as store:
        assert [(one.kind, one.ending) for one in store.rounds() if one.kind != "resolved"] == [
            ("goal", ""),
            ("asked", "partly"),
        ]


async def test_after_a_round_the_goal_is_asked_about_where_it_is_seen_and_once(tmp_path: Path) -> None:
    (tmp_path / "drills").mkdir()
    (tmp_path / "drills" / "small.toml").write_text(TOP + CHOOSE, encoding="utf-8")
    practised(tmp_path)
    async with running(home(tmp_path)) as (app, pilot):
        await press(pilot, "o", "1", "end", "enter")
        assert place(app) == "DrillScreen"
        await press(pilot, "2", "escape")
        assert "Your goal was “own-it”. Did you? o to say. Saved in" in lines(shown(app))
        await press(pilot, "o")
        assert "Heard in 1 of 1 round since." in lines(shown(app))
        await press(pilot, "escape", "s", "escape")
        assert "Did you?" not in lines(shown(app))


async def test_the_question_about_the_goal_goes_once_it_is_answered(tmp_path: Path) -> None:
    (tmp_path / "drills").mkdir()
    (tmp_path / "drills" / "small.toml").write_text(TOP + CHOOSE, encoding="utf-8")
    practised(tmp_path)
    async with running(home(tmp_path)) as (app, pilot):
        await press(pilot, "o", "1", "end", "enter", "2", "escape")
        assert "Did you? o to say." in lines(shown(app))
        await press(pilot, "o", "1")
        assert place(app) == "HomeScreen"
        assert "Did you?" not in lines(shown(app))


async def test_a_goal_in_own_words_or_none(tmp_path: Path) -> None:
    practised(tmp_path)
    async with running(home(tmp_path)) as (app, pilot):
        await press(pilot, "o", "escape")
        assert "Choose a goal for this session" in shown(app)
        await press(pilot, "o", "2", "escape")
        assert "Choose a goal for this session" in shown(app)
        await press(pilot, "o", "2", *"Slow down", "enter")
        assert "Your goal: “Slow down”" in shown(app)
        assert place(app) == "HomeScreen"


async def test_the_line_for_the_next_call_is_asked_back_and_escape_passes_it_by_for_the_day(
    tmp_path: Path,
) -> None:
    practised(tmp_path, transfer="I will name it first.")
    async with running(home(tmp_path)) as (app, pilot):
        assert "Did a call come?" in shown(app)
        assert "Last time you wrote: “I will name it first.”" in shown(app)
        await press(pilot, "home", "down", "enter")
        assert "It came, and I did it." in shown(app)
        await press(pilot, "escape")
        assert "Did a call come?" not in shown(app)
    async with running(home(tmp_path)) as (app, _pilot):
        assert "Did a call come?" not in shown(app)
    later = home(tmp_path)
    later.now = lambda: NOW + timedelta(days=1)
    async with running(later) as (app, pilot):
        assert "Did a call come?" in shown(app)
        await press(pilot, "home", "down", "enter", "1")
    assert look(later).journal.intents[0].answer == "yes"


async def test_promises_that_are_due_are_gone_back_to(tmp_path: Path) -> None:
    practised(tmp_path, promise="Settle the double charge")
    async with running(home(tmp_path)) as (app, pilot):
        assert "Settle the double charge" in shown(app)
        assert "due since" in lines(shown(app)) or "late by now" in lines(shown(app))
        await press(pilot, "home", "down", "enter")
        assert place(app) == "BriefScreen"
        assert "Another call" in shown(app)


async def test_an_entry_that_cannot_be_saved_is_told_and_kept_in_memory(tmp_path: Path) -> None:
    tmp_path.joinpath("saves").write_text("in the way")
    async with running(home(tmp_path)) as (app, pilot):
        await press(pilot, "escape", "o", "1", *"Slow down", "enter")
        assert "cannot be saved" in lines(shown(app)) or place(app) == "Question"
    assert [goal.text for goal in look(app.desk).journal.goals] == ["Slow down"]


@pytest.mark.parametrize("size", SIZES)
async def test_no_text_of_a_player_breaks_it(tmp_path: Path, size: tuple[int, int]) -> None:
    practised(tmp_path, transfer=HOSTILE)
    async with running(home(tmp_path), size) as (app, pilot):
        await press(pilot, "o", "2")
        await press(pilot, *"[/] [b", "enter")
        assert "[/] [b" in shown(app)
        for keys in (["home", "down", "enter"], ["escape"]):
            await press(pilot, *keys)
            assert unsafe().search(shown(app).replace("\n", "")) is None
        assert isinstance(app.screen, HomeScreen)
