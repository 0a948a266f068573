"""Drills on the screen, by keyboard alone: every kind of item, giving up, leaving, trouble; and home."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from callcalm.core.text import unsafe
from callcalm.practice.drilling import Drilling, Shelf
from callcalm.practice.leaving import last_word
from callcalm.tui.app import CallcalmApp
from callcalm.tui.widgets.keybar import fitted, keys_of, shown_on
from tests.support import HOSTILE
from tests.tui.harness import SIZES, make_desk, place, press, running, shown

TOP = """\
format = 1
title = "Small"
language = "en"
about = "A few tasks."
rule = "If x, I do y."
minutes = 3
teaches = ["own-it"]
sources = ["S3-8"]
"""
CHOOSE = """
[[items]]
scene = "He shouts."
given = "Show ID or leave."
why = "First lesson."
options = [{ say = "Leave.", why = "Pushes." }, { say = "I can, if you show ID.", right = true, why = "A way." }]
"""
ORDER = """
[[items]]
why = "Second lesson."
parts = ["I can do it today.", "I need your ID."]
decoys = ["Rules are rules."]
"""
SPOT = """
[[items]]
why = "Third lesson."
text = ["Dear Ms. Roe,", "[[You failed to]] sign.", "Thank you."]
"""
SAY = """
[[items]]
why = "Fourth lesson."
wants = ["own-it"]
takes = ["I can renew it today if you bring the form."]
"""
GOOD = "I will stay on this until it is settled."


@asynccontextmanager
async def drilling(
    folder: Path, *items: str, size: tuple[int, int] = (80, 24), text: str = "", language: str = "en"
) -> AsyncIterator[tuple[CallcalmApp, Pilot[None], Drilling]]:
    """A drill of these items, as written, begun from the command line."""
    desk = make_desk(folder, language=language)
    (folder / "drills").mkdir(parents=True, exist_ok=True)
    (folder / "drills" / "small.toml").write_text(text or TOP + "".join(items), encoding="utf-8")
    begun = Shelf(desk).begin("small", seed=0)
    app = CallcalmApp(desk)
    app.drilling = begun
    try:
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield app, pilot, begun
    finally:
        desk.store.close()


def kept(folder: Path) -> list[tuple[str, str]]:
    """What the log holds: each round's name and ending."""
    with make_desk(folder).store as store:
        return [(one.scenario, one.ending) for one in store.rounds()]


def order(begun: Drilling) -> list[str]:
    """The keys that put the parts in order."""
    return [str(begun.layout.index(part) + 1) for part in range(len(begun.item.parts))]


async def go_on(app: CallcalmApp, pilot: Pilot[None], begun: Drilling) -> None:
    """Read to the end of what became of the answer, and go on to what comes next."""
    number = begun.number
    while begun.number == number:
        await press(pilot, "enter")


@pytest.mark.parametrize("size", SIZES)
async def test_every_kind_of_item_by_keyboard_to_the_save(tmp_path: Path, size: tuple[int, int]) -> None:
    async with drilling(tmp_path, CHOOSE, ORDER, SPOT, SAY, size=size) as (app, pilot, begun):
        assert place(app) == "DrillScreen"
        assert "A few tasks." in shown(app)
        assert "He shouts." in shown(app)
        await press(pilot, "2")
        assert "Yes. A way." in shown(app)
        assert "First lesson." in shown(app)
        await go_on(app, pilot, begun)
        await press(pilot, *order(begun))
        assert "place 2" in shown(app)
        await press(pilot, "enter")
        assert "Second lesson." in shown(app)
        await go_on(app, pilot, begun)
        await press(pilot, "down", "space", "enter")
        assert "^^^^^^^^^^^^^ costs" in shown(app)
        await go_on(app, pilot, begun)
        await press(pilot, *GOOD, "enter")
        assert "~~~" in shown(app)
        assert "One way: “I can renew" in shown(app)
        await go_on(app, pilot, begun)
        text = " ".join(shown(app).split())
        assert "4 of 4 items right the first time. If x, I do y." in text
        assert "Saved in" in text
        await press(pilot, "enter")
        assert place(app) == "HomeScreen"
        assert any("▸ Small" in line and "last 4 of 4 right" in line for line in shown(app).splitlines())
    assert kept(tmp_path) == [("drill/small", "4-of-4")]


async def test_a_wrong_choice_says_why_and_may_be_made_again_but_counts(tmp_path: Path) -> None:
    async with drilling(tmp_path, CHOOSE) as (app, pilot, begun):
        await press(pilot, "enter")
        assert "Not that one. Pushes." in shown(app)
        assert "not this one: Leave." in shown(app)
        assert "First lesson." not in shown(app)
        await press(pilot, "down", "enter")
        assert "First lesson." in shown(app)
        await go_on(app, pilot, begun)
        assert "0 of 1 item right" in shown(app)


async def test_parts_are_picked_and_put_back(tmp_path: Path) -> None:
    async with drilling(tmp_path, ORDER) as (app, pilot, begun):
        first, second = order(begun)
        await press(pilot, second, "backspace", second, second)
        assert "place" not in shown(app)
        await press(pilot, second, first)
        assert "enter judge" in shown(app)
        await press(pilot, "enter")
        assert "Not yet; out of place: 1, 2." in shown(app)
        assert begun.results == {0: False}


async def test_enter_alone_judges_no_lines(tmp_path: Path) -> None:
    async with drilling(tmp_path, SPOT) as (app, pilot, begun):
        await press(pilot, "enter", "enter")
        assert begun.results == {}
        await press(pilot, "1", "enter")
        assert "Missed: 2. Innocent: 1." in shown(app)
        assert "^^^" not in shown(app)


async def test_words_that_cost_carry_the_coachs_marks_and_stay_to_be_made_better(tmp_path: Path) -> None:
    async with drilling(tmp_path, SAY) as (app, pilot, _begun):
        await press(pilot, "enter")
        assert "Write what you would say" in shown(app)
        await press(pilot, *"Why did you wait?", "enter")
        assert "You: Why did you wait?\n      ^^^^^^^^^^^ − blame why-you" in shown(app)
        assert "This costs: blame why-you. Not heard yet: own-it." in " ".join(shown(app).split())
        assert "Why did you wait?" in app.screen.query_one("AnswerBox").text  # type: ignore[attr-defined]
        await press(pilot, "escape", "a")
        assert "One way: “I can renew" in shown(app)


@pytest.mark.parametrize("items", [CHOOSE, ORDER, SPOT])
async def test_giving_up_shows_the_answer_and_counts_as_not_right(tmp_path: Path, items: str) -> None:
    async with drilling(tmp_path, items, size=(60, 20)) as (app, pilot, begun):
        await press(pilot, "a")
        assert "lesson." in shown(app)
        assert ("One way: “" in shown(app)) or ("^^^" in shown(app))
        await go_on(app, pilot, begun)
        assert begun.over
    assert kept(tmp_path) == [("drill/small", "0-of-1")]


@pytest.mark.parametrize("key", ["escape", "ctrl+q"])
async def test_leaving_keeps_what_was_done_and_the_call_that_waits(tmp_path: Path, key: str) -> None:
    async with running(make_desk(tmp_path), play="test-call") as (_app, pilot):
        await press(pilot, "enter", "space", "ctrl+q")
    async with drilling(tmp_path, CHOOSE, ORDER) as (_app, pilot, _begun):
        await press(pilot, "2", "enter", key)
    assert kept(tmp_path) == [("drill/small", "1-of-1")]
    assert make_desk(tmp_path).waiting() is not None


async def test_leaving_at_once_keeps_nothing(tmp_path: Path) -> None:
    async with drilling(tmp_path, CHOOSE) as (app, pilot, _begun):
        await press(pilot, "escape")
        assert place(app) == "HomeScreen"
        assert shown(app).count("Saved in") == 1, "only where saves are"
    assert kept(tmp_path) == []


async def test_a_save_that_fails_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    tmp_path.joinpath("saves").write_text("in the way")
    async with drilling(tmp_path, CHOOSE) as (app, pilot, begun):
        await press(pilot, "2")
        await go_on(app, pilot, begun)
        assert place(app) == "Question"
        await press(pilot, "1")
        assert "cannot be saved" in shown(app)
        await press(pilot, "ctrl+q")
    assert "drill/small" in last_word(app.desk, app.last).text
    assert last_word(app.desk, app.last).unsaved


@pytest.mark.parametrize("size", SIZES)
async def test_no_text_of_a_file_or_a_player_breaks_it(tmp_path: Path, size: tuple[int, int]) -> None:
    words = HOSTILE.encode("unicode_escape").decode().replace("\\x1b", "\\u001b").replace("\\x9b", "\\u009b")
    text = f"{TOP}{CHOOSE}{ORDER}{SPOT}{SAY}"
    for plain in ("Small", "A few tasks.", "He shouts.", "Leave.", "Rules are rules.", "Dear Ms. Roe,", "Pushes."):
        text = text.replace(f'"{plain}"', f'"{words}"')
    async with drilling(tmp_path, text=text, size=size) as (app, pilot, begun):
        for keys in (["a"], ["a"], ["a"], [*"[/] x", "enter", "escape", "a"]):
            for key in keys:
                await press(pilot, key)
                assert unsafe().search(shown(app).replace("\n", "")) is None
            await go_on(app, pilot, begun)
        await press(pilot, "enter")
        assert place(app) == "HomeScreen"
        assert unsafe().search(shown(app).replace("\n", "")) is None


@pytest.mark.parametrize("size", [(60, 20), (20, 5), (200, 60)])
async def test_long_texts_leave_the_keys_in_sight(tmp_path: Path, size: tuple[int, int]) -> None:
    long = "This sentence goes on and on. " * 9
    text = TOP + CHOOSE.replace("He shouts.", long).replace('"Leave."', f'"{long}"').replace("Pushes.", long)
    async with drilling(tmp_path, text=text, size=(60, 20)) as (app, pilot, _begun):
        await press(pilot, "1")
        assert "Not that one." in shown(app)
        assert "? help" in shown(app)
        await pilot.resize_terminal(*size)
        await pilot.pause()
        await pilot.resize_terminal(60, 20)
        await press(pilot, "a")
        assert "enter" in shown(app).splitlines()[-1]


async def test_a_drill_is_begun_from_home_and_comes_back_to_its_row(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    (tmp_path / "drills").mkdir()
    (tmp_path / "drills" / "small.toml").write_text(TOP + CHOOSE, encoding="utf-8")
    (tmp_path / "drills" / "bad.toml").write_text(TOP + CHOOSE.replace("right = true, ", ""), encoding="utf-8")
    (tmp_path / "drills" / "worse.toml").write_text("format = 1\ntitle = 3\n", encoding="utf-8")
    async with running(desk, (140, 40)) as (app, pilot):
        assert "English, 1 item, about 3 minutes" in shown(app)
        assert "! worse: " in shown(app)
        await press(pilot, "end", "enter")
        assert place(app) == "DrillScreen"
        await press(pilot, "a", "escape")
        assert any(line.startswith(" ▸ Small") and "last 0 of 1" in line for line in shown(app).splitlines())
        assert "Saved in" in shown(app).splitlines()[-2]
        await press(pilot, "up", "enter")
        assert "This cannot be played" in shown(app)


async def test_a_campaign_goes_on_with_its_next_step(tmp_path: Path) -> None:
    (tmp_path / "campaigns").mkdir()
    (tmp_path / "drills").mkdir()
    (tmp_path / "drills" / "small.toml").write_text(TOP + CHOOSE, encoding="utf-8")
    steps = '[{ drill = "small", why = "Warm up." }, { encounter = "test-call" }]'
    mine = f'format = 1\ntitle = "Mine"\nlanguage = "en"\nabout = "Two."\nsteps = {steps}\n'
    (tmp_path / "campaigns" / "mine.toml").write_text(mine, encoding="utf-8")
    async with running(make_desk(tmp_path)) as (app, pilot):
        assert any("Mine" in line and "0 of 2 done" in line for line in shown(app).splitlines())
        assert "next: Small" in shown(app)
        await press(pilot, "end", "enter")
        assert place(app) == "DrillScreen"
        await press(pilot, "2", "enter", "enter")
        assert "1 of 2 done" in shown(app)
        assert "next: A test call" in shown(app)
        await press(pilot, "end", "enter")
        assert place(app) == "BriefScreen"
        done = steps.replace(', { encounter = "test-call" }', "")
        (tmp_path / "campaigns" / "mine.toml").write_text(mine.replace(steps, done), encoding="utf-8")
    async with running(make_desk(tmp_path)) as (app, pilot):
        await press(pilot, "end", "enter")
        assert "1. [done] callcalm drill small. Warm up." in shown(app)


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_the_key_bar_fits_at_sixty_cells(tmp_path: Path, language: str) -> None:
    seen = set()
    async with drilling(tmp_path, CHOOSE, ORDER, SPOT, SAY, size=(60, 20), language=language) as (
        app,
        pilot,
        _begun,
    ):
        for keys in ([], ["a", "enter", "3", "1"], ["enter", "enter", "1"], ["a", "enter", "escape"]):
            await press(pilot, *keys)
            pairs = shown_on(keys_of(app.screen))
            seen.add(fitted(pairs, 58).plain)
            assert fitted(pairs, 58).plain == fitted(pairs, 1_000).plain
    assert len(seen) == 4
