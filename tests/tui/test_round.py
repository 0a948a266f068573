"""The whole round, by keyboard alone, at the three sizes; and everything the call screen can do."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.events import Key

from callcalm.core.model import Beat
from callcalm.core.price import PriceSheet
from callcalm.core.text import Text
from callcalm.practice.leaving import last_word
from callcalm.practice.round import Stage
from tests.support import reply, scenario
from tests.tui.harness import SIZES, looked, make_desk, place, press, running, shown


@pytest.mark.parametrize("size", SIZES)
async def test_a_whole_round_by_keyboard_alone(tmp_path: Path, size: tuple[int, int]) -> None:
    desk = make_desk(tmp_path)
    async with running(desk, size) as (app, pilot):
        assert place(app) == "HomeScreen"
        await press(pilot, "enter")
        assert place(app) == "BriefScreen"
        while place(app) == "BriefScreen":
            await press(pilot, "enter")
        assert "has 2 more things to say" in shown(app)
        await press(pilot, "space", "space", "2")
        assert "answer 2" in shown(app)
        await press(pilot, "n", *"Maria", "enter", "enter", "1")
        assert app.practice is not None
        assert app.practice.round.state.ending == "settled"
        await press(pilot, "enter")
        assert place(app) == "RereadScreen"
        while place(app) == "RereadScreen":
            await press(pilot, "enter")
        assert place(app) == "PriceScreen"
        await press(pilot, "y", "down", "4", "down", "minus", "1", "0", "enter")
        assert place(app) == "Question"
        assert "Your total is +19" in " ".join(shown(app).split())
        await press(pilot, "enter")
        assert place(app) == "RevealScreen"
        assert app.practice.own == PriceSheet(got=True, priority=4, respect=-10)
        while place(app) == "RevealScreen":
            await press(pilot, "enter")
        await press(pilot, *"listen first", "enter")
        assert place(app) == "HomeScreen"
        assert "1 round, last resolved" in shown(app)
        assert "Saved in" in shown(app)
    done = make_desk(tmp_path).store.rounds()
    assert [(one.scenario, one.transfer, one.own) for one in done] == [
        ("test-call", "listen first", PriceSheet(got=True, priority=4, respect=-10))
    ]
    assert done[0].facts == ("Maria Alvarez",)


async def test_quitting_loses_nothing_and_the_call_comes_first_next_time(tmp_path: Path) -> None:
    async with running(make_desk(tmp_path), play="test-call") as (app, pilot):
        await press(pilot, "enter", "space", "space", "1", "ctrl+q")
    assert "test-call" in last_word(app.desk, app.last).text
    async with running(make_desk(tmp_path)) as (app, pilot):
        lines = shown(app).splitlines()
        assert any("Waiting for you" in line for line in lines)
        assert any(line.startswith(" ▸ Go on: A test call") and "1 answer so far" in line for line in lines)
        await press(pilot, "enter")
        assert place(app) == "CallScreen"
        assert "Why did you wait?" in shown(app)


async def test_another_encounter_asks_what_becomes_of_the_call_that_waits(tmp_path: Path) -> None:
    two = [scenario(), scenario(id="other", title=Text("Another call"))]
    async with running(make_desk(tmp_path, *two), play="test-call") as (app, pilot):
        await press(pilot, "enter", "space", "escape")
        assert place(app) == "HomeScreen"
        await press(pilot, "end", "enter")
        assert "A call is waiting" in shown(app)
        await press(pilot, "escape")
        assert place(app) == "HomeScreen"
        await press(pilot, "enter", "1")
        assert place(app) == "CallScreen"
        await press(pilot, "escape", "end", "enter", "2")
        assert place(app) == "BriefScreen"
        assert app.desk.waiting() is None


async def test_cutting_in_and_hearing_out_are_told_and_move_the_meter(tmp_path: Path) -> None:
    async with running(make_desk(tmp_path), play="test-call") as (app, pilot):
        await press(pilot, "enter", "x")
        assert "You cut Maria off; 2 things went unheard." in shown(app)
        assert "64 tense   ▼ down 6" in shown(app)
        await press(pilot, "u")
        assert "70 steady" in shown(app)
        assert "The fourteenth" not in shown(app)
        await press(pilot, "space", "space")
        assert "72 steady   ▲ up 2" in shown(app)


async def test_reasons_are_named_and_marks_wait_for_the_coach(tmp_path: Path) -> None:
    async with running(make_desk(tmp_path), play="test-call") as (app, pilot):
        await press(pilot, "enter", "space", "space", "1")
        assert "64 tense   ▼ down 8" in shown(app)
        assert "“Why did you”: blame why-you (−8)." in shown(app)
        assert "^^^" not in shown(app)
    async with running(make_desk(tmp_path / "coached"), play="test-call") as (app, pilot):
        await press(pilot, "c")
        assert "Coach: on" in shown(app)
        await press(pilot, "enter", "space", "space", "1")
        assert "^^^^^^^^^^^ − blame why-you" in shown(app)
        assert app.practice is not None
        assert app.practice.round.coached


async def test_own_words_have_a_box_where_digits_are_digits(tmp_path: Path) -> None:
    async with running(make_desk(tmp_path), play="test-call") as (app, pilot):
        await press(pilot, "enter", "space", "space", "t", *"1 of 2", "escape")
        assert app.practice is not None
        assert app.practice.round.state.answers == 0
        await press(pilot, "t")
        assert "1 of 2" in shown(app)
        await press(pilot, "enter")
        assert app.practice.round.state.answers == 1
        assert "You    1 of 2" in shown(app)
        await press(pilot, "t", "enter")
        assert "There is nothing written yet." in shown(app)


async def test_notes_are_kept_and_say_nothing_to_the_caller(tmp_path: Path) -> None:
    async with running(make_desk(tmp_path), (140, 40), play="test-call") as (app, pilot):
        await press(pilot, "enter", "n", *"charged twice", "enter", *"scan 1", "enter", "escape")
        assert "• charged twice" in shown(app)
        assert "• scan 1" in shown(app)
        assert app.practice is not None
        assert app.practice.round.state.answers == 0
        await press(pilot, "space")
        assert app.practice.round.state.heard == 2


async def test_a_brittle_temper_locks_the_kind_answers_in_words_until_a_breath(tmp_path: Path) -> None:
    async with running(make_desk(tmp_path, scenario(composure=24)), play="test-call") as (app, pilot):
        await press(pilot, "enter", "space")
        assert app.practice is not None
        await press(pilot, "space")
        assert "needs a breath (b): Two charges" not in shown(app)
    low = scenario(composure=20)
    async with running(make_desk(tmp_path / "low", low), play="test-call") as (app, pilot):
        await press(pilot, "enter", "space", "space")
        assert "22 brittle" in shown(app)
        text = shown(app)
        assert text.index("Why did you wait?") < text.index("needs a breath (b): Two charges")
        number = next(line for line in text.splitlines() if "needs a breath (b): Two charges" in line).split()[0]
        await press(pilot, number)
        assert "That answer needs a breath first." in shown(app)
        await press(pilot, "b")
        assert "needs a breath" not in shown(app).split("Your answer")[1]


async def test_a_composed_answer_is_picked_and_ordered(tmp_path: Path) -> None:
    async with running(make_desk(tmp_path), play="test-call") as (app, pilot):
        await press(pilot, "enter", "space", "space", "2", "2")
        assert "Pick 2 more" in shown(app)
        await press(pilot, "1")
        assert "place 1: It is no." in shown(app)
        await press(pilot, "backspace", "2", "1")
        assert "place 2: It is no." in shown(app)
        assert "enter say it" in shown(app)
        await press(pilot, "3")
        assert "place 3" not in shown(app)
        await press(pilot, "enter")
        assert app.practice is not None
        assert app.practice.round.state.ending == "settled"


async def test_a_note_in_between_keeps_what_was_picked(tmp_path: Path) -> None:
    async with running(make_desk(tmp_path), play="test-call") as (app, pilot):
        await press(pilot, "enter", "space", "space", "2", "2", "2", "n", "x", "enter", "escape", "b")
        assert "place 1: I wish" in shown(app)


async def test_more_than_nine_answers_are_reached_with_the_arrows(tmp_path: Path) -> None:
    base = scenario()
    many = tuple(reply(f"opening/{n}", f"Answer number {n}.", "heard") for n in range(1, 12))
    beats = {**base.beats, "opening": Beat("opening", "wary", base.beats["opening"].caller[:1], many)}
    async with running(make_desk(tmp_path, scenario(beats=beats)), play="test-call") as (app, pilot):
        await press(pilot, "enter", "end", "enter")
        assert "You    Answer number 11." in shown(app)


async def test_house_rules_can_be_changed_before_the_call(tmp_path: Path) -> None:
    async with running(make_desk(tmp_path), (80, 40), play="test-call") as (app, pilot):
        assert "House rules: core" in shown(app)
        await press(pilot, "p", "2")
        assert "House rules: strict" in shown(app)
        assert app.practice is not None
        assert app.practice.round.opening.playbook.id == "strict"


async def test_the_sheet_needs_a_result_and_asks_once(tmp_path: Path) -> None:
    async with running(make_desk(tmp_path), play="test-call") as (app, pilot):
        await press(pilot, "enter", "x", "1", "1", "2")
        assert app.practice is not None
        app.practice.go(Stage.PRICE)
        app.show(app.practice)
        await pilot.pause()
        await press(pilot, "enter")
        assert "First the result" in shown(app)
        assert "“I did not get it" not in shown(app)
        await press(pilot, "n")
        assert "the outcome was fair" in shown(app)
        await press(pilot, "down", "1", "8", "down", "left", "left", "down", "7", "down", "minus", "9", "9")
        assert app.practice.draft == PriceSheet(got=False, fair=18, priority=-2, respect=5, involvement=-9)
        assert "Total  +12" in shown(app)
        await press(pilot, "y")
        assert app.practice.draft.fair == 0
        await press(pilot, "enter", "escape")
        assert place(app) == "PriceScreen"
        assert app.practice.own is None
        await press(pilot, "enter", "enter")
        assert place(app) == "RevealScreen"


async def test_the_reveal_comes_back_and_cannot_be_passed_by(tmp_path: Path) -> None:
    async with running(make_desk(tmp_path), play="test-call") as (app, pilot):
        await press(pilot, "enter", "x", "1", "1", "2", "enter")
        while place(app) == "RereadScreen":
            await press(pilot, "enter")
        await press(pilot, "y", "enter", "enter", "escape")
        assert place(app) == "HomeScreen"
        await press(pilot, "enter")
        assert place(app) == "RevealScreen"
        while place(app) == "RevealScreen":
            await press(pilot, "enter")
        await press(pilot, "escape")
        assert place(app) == "RevealScreen"


async def test_going_home_keeps_the_call_and_the_last_word_tells_of_it(tmp_path: Path) -> None:
    async with running(make_desk(tmp_path), play="test-call") as (app, pilot):
        await press(pilot, "enter", "space", "escape")
        assert place(app) == "HomeScreen"
        await press(pilot, "q")
    assert "test-call" in last_word(app.desk, app.last).text


async def test_how_a_call_came_back_is_said(tmp_path: Path) -> None:
    async with running(make_desk(tmp_path), play="test-call") as (app, pilot):
        await press(pilot, "enter", "space", "space", "1")
    changed = scenario(digest="d2")
    async with running(make_desk(tmp_path, changed)) as (app, pilot):
        await press(pilot, "enter")
        assert place(app) == "CallScreen"
        assert "The scenario has changed since" in shown(app)


async def test_an_encounter_that_cannot_be_played_says_why(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    async with running(desk) as (app, pilot):
        desk.library.scenarios.clear()  # type: ignore[attr-defined]
        await press(pilot, "enter")
        assert "This cannot be played" in shown(app)
        await press(pilot, "escape")
        assert place(app) == "HomeScreen"


async def test_the_mouse_may_be_used_but_never_must(tmp_path: Path) -> None:
    async with running(make_desk(tmp_path)) as (app, pilot):
        await pilot.click("#encounters", offset=(8, 2))
        await pilot.pause()
        assert place(app) == "BriefScreen"
        await press(pilot, "enter")
        await pilot.click("#answers", offset=(8, 0))
        await pilot.pause()
        assert app.practice is not None
        assert app.practice.round.state.heard == 2


async def test_a_line_half_written_is_there_the_next_time(tmp_path: Path) -> None:
    async with running(make_desk(tmp_path), play="test-call") as (app, pilot):
        await press(pilot, "enter", "x", "1", "1", "2", "enter")
        while place(app) == "RereadScreen":
            await press(pilot, "enter")
        await press(pilot, "y", "enter", "enter")
        while place(app) == "RevealScreen":
            await press(pilot, "enter")
        await press(pilot, *"say her name", "ctrl+q")
    async with running(make_desk(tmp_path)) as (app, pilot):
        await press(pilot, "enter")
        assert place(app) == "TransferScreen"
        assert "say her name" in shown(app)


async def test_keys_struck_in_one_breath_all_reach_the_sheet(tmp_path: Path) -> None:
    """A focus that is asked for must stand before the next key is read, or the row it was meant for loses it."""
    async with running(make_desk(tmp_path), play="test-call", stage=Stage.CALL) as (app, pilot):
        await press(pilot, "space", "space", "2", "1")
        while place(app) != "PriceScreen":
            await press(pilot, "enter")
        app.post_message(Key("y", "y"))
        app.post_message(Key("down", None))
        await looked(pilot)
        await press(pilot, "4")
        assert "yes: +25" in shown(app)
        assert "+29" in shown(app)
