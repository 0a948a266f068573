"""What the player is told, and can do, when saving fails or another window has the save."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from callcalm.core.text import Text
from callcalm.practice.leaving import last_word
from callcalm.storage.store import Store
from callcalm.storage.trouble import CannotSave, Reason
from callcalm.tui.app import CallcalmApp
from tests.support import scenario
from tests.tui.harness import NOW, SIZES, make_desk, place, press, running, shown


def blocked(tmp_path: Path) -> Path:
    """A folder where no folder can be made: a file stands in its place."""
    root = tmp_path / "root"
    root.mkdir()
    (root / "saves").write_text("in the way")
    return root


@pytest.mark.parametrize("size", SIZES)
async def test_a_save_that_fails_is_told_at_once_with_what_can_be_done(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with running(make_desk(blocked(tmp_path)), size) as (app, pilot):
        text = " ".join(shown(app).replace("│", " ").split())
        assert "This cannot be saved in" in text
        for choice in ("Keep playing", "Save in another folder", "Try again now", "as text, to copy"):
            assert choice in text
        await press(pilot, "1")
        assert place(app) == "HomeScreen"
        assert "cannot be saved" in shown(app)


async def test_one_plays_on_without_being_asked_again_and_the_words_can_be_copied(tmp_path: Path) -> None:
    async with running(make_desk(blocked(tmp_path))) as (app, pilot):
        await press(pilot, "escape", "enter", "enter", "space")
        assert place(app) == "CallScreen"
        assert "cannot be saved" in shown(app)
        await press(pilot, "y")
        assert place(app) == "CopyReader"
        assert "# A test call" in shown(app)
        assert "# A test call" in app.clipboard
        await press(pilot, "escape", "ctrl+q")
    word = last_word(app.desk, app.last)
    assert word.unsaved
    assert "test-call" in word.text


async def test_another_folder_takes_what_was_not_saved(tmp_path: Path) -> None:
    async with running(make_desk(blocked(tmp_path))) as (app, pilot):
        await press(pilot, "escape", "enter", "enter", "space")
        await press(pilot, "ctrl+s", "2")
        app.screen.query_one("AskField").insert_text_at_cursor(str(tmp_path / "elsewhere"))  # type: ignore[attr-defined]
        await press(pilot, "enter")
        assert place(app) == "CallScreen"
        assert "Saved in" in shown(app)
        await press(pilot, "space")
        assert "cannot be saved" not in shown(app)
    assert Store.open("Sam", tmp_path / "elsewhere", lambda: NOW).load_call() is not None


async def test_a_second_window_is_told_who_was_first_and_may_play_as_somebody_else(tmp_path: Path) -> None:
    first = make_desk(tmp_path)
    with Store.open("Sam", first.folders.saves, lambda: NOW - timedelta(minutes=5)):
        async with running(make_desk(tmp_path)) as (app, pilot):
            text = " ".join(shown(app).split())
            assert "Sam is playing in another window" in text
            assert "process" in text
            await press(pilot, "2")
            await press(pilot, *"Robin", "enter")
            assert place(app) == "HomeScreen"
            assert "Robin" in shown(app).splitlines()[0]
            assert app.desk.store.lock_holder is None
        async with running(make_desk(tmp_path)) as (app, pilot):
            await press(pilot, "1")
            assert place(app) == "HomeScreen"
            await press(pilot, "enter", "enter", "space")
            assert place(app) == "CallScreen"
            assert app.desk.store.trouble is None
        async with running(make_desk(tmp_path)) as (app, pilot):
            await press(pilot, "3")
        assert app.return_code == 0


async def test_damaged_saves_are_named_on_the_first_screen(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    desk.folders.saves.mkdir(parents=True)
    (desk.folders.saves / "sam.toml").write_text('format = 1\n\n[[rounds]]\nid = "x" = \nend = "x"\n')
    async with running(desk) as (app, _pilot):
        assert "Files with problems" in shown(app)
        assert "sam.toml" in "".join(shown(app).split()), "a long path goes over two lines"


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
async def test_the_end_of_a_long_list_is_seen_by_the_arrows_alone(tmp_path: Path, size: tuple[int, int]) -> None:
    many = [replace(scenario(), id=f"call-{n}", title=Text(f"Call {n}")) for n in range(30)]
    desk = make_desk(tmp_path, *many)
    desk.folders.saves.mkdir(parents=True)
    (desk.folders.saves / "sam.toml").write_text('format = 1\n\n[[rounds]]\nid = "x" = \nend = "x"\n')
    async with running(desk, size) as (app, pilot):
        assert "Files with problems" not in shown(app)
        assert "the end of the list says which" in shown(app)
        await press(pilot, "end")
        assert "Files with problems" in shown(app)
        assert "sam.toml" in "".join(shown(app).split())
        await press(pilot, "home")
        assert shown(app).splitlines()[1 if size[0] < 80 else 2].strip().startswith("English")


async def test_a_save_that_fails_on_the_way_to_the_next_step_is_told_there(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    async with running(desk, play="test-call") as (app, pilot):
        await press(pilot, "enter", "x", "1", "1", "2")
        assert app.practice is not None
        fail = CannotSave(desk.store.path, Reason.FULL)

        def full(_record: object) -> None:
            desk.store.trouble = fail
            raise fail

        desk.store.save_call = full  # type: ignore[method-assign,assignment]
        await press(pilot, "enter")
        assert "the disk is full" in " ".join(shown(app).replace("│", " ").split())
        await press(pilot, "1")
        assert place(app) == "RereadScreen"
        assert len(app.screen_stack) == 2
        while place(app) == "RereadScreen":
            await press(pilot, "enter")
        assert place(app) == "PriceScreen"
        assert "the disk is full" in " ".join(shown(app).split())


async def test_a_round_that_cannot_be_added_stays_at_hand_and_is_tried_again(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    async with running(desk, play="test-call") as (app, pilot):
        await press(pilot, "enter", "x", "1", "1", "2", "enter")
        while place(app) == "RereadScreen":
            await press(pilot, "enter")
        await press(pilot, "y", "enter", "enter")
        while place(app) == "RevealScreen":
            await press(pilot, "enter")
        finish, fail = desk.store.finish, CannotSave(desk.store.path, Reason.READ_ONLY)

        def refused(_record: object) -> None:
            desk.store.trouble = fail
            raise fail

        desk.store.finish = refused  # type: ignore[method-assign,assignment]
        await press(pilot, "a", "enter")
        assert "the disk is read-only" in " ".join(shown(app).replace("│", " ").split())
        await press(pilot, "escape")
        assert place(app) == "TransferScreen"
        desk.store.finish = finish  # type: ignore[method-assign]
        await press(pilot, "enter")
        assert place(app) == "HomeScreen"
    assert len(make_desk(tmp_path).store.rounds()) == 1


async def test_a_home_that_nobody_has_is_a_folder_like_any_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with running(make_desk(blocked(tmp_path))) as (app, pilot):
        await press(pilot, "2")
        app.screen.query_one("AskField").insert_text_at_cursor("~nobody-here/x")  # type: ignore[attr-defined]
        await press(pilot, "enter")
        assert "Saved in" in shown(app)
    assert (tmp_path / "~nobody-here" / "x").is_dir()


async def test_an_encounter_asked_for_at_the_start_does_not_replace_the_call_that_waits(tmp_path: Path) -> None:
    two = [scenario(), scenario(id="other", title=Text("Another call"))]
    async with running(make_desk(tmp_path, *two), play="test-call") as (app, pilot):
        await press(pilot, "enter", "space")
    desk = make_desk(tmp_path, *two)
    app = CallcalmApp(desk)
    app.asked = lambda: desk.begin("other")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "A call is waiting" in shown(app)
        assert desk.waiting() is not None
        await press(pilot, "2")
        assert place(app) == "BriefScreen"
        assert "Another call" in shown(app)
        assert "The call is kept in" in shown(app)
        await press(pilot, "escape")
        assert place(app) == "HomeScreen"
    desk.store.close()
