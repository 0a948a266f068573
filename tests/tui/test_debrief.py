"""The debrief on the reveal and turn by turn, and a turn tried another way, by keyboard alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from callcalm.practice.round import Stage
from callcalm.tui.app import CallcalmApp
from callcalm.tui.widgets.keybar import fitted, keys_of, shown_on
from tests.support import HOSTILE, reply, scenario
from tests.tui.harness import SIZES, make_desk, place, press, running, shown, solved

TO_END = ("space", "space", "1", "2", "3")
"""Why did you wait; it is policy; we are done here: refused."""


async def to_reveal(pilot: Pilot[None], app: CallcalmApp) -> None:
    """From the call to the reveal, with its debrief worked out."""
    await press(pilot, *TO_END, "enter")
    while place(app) == "RereadScreen":
        await press(pilot, "enter")
    await press(pilot, "y", "enter", "enter")
    assert place(app) == "RevealScreen"
    await solved(pilot)


def text(app: CallcalmApp) -> str:
    """All words on the screen as one line."""
    return " ".join(shown(app).replace("▂", " ").split())


def fits(app: CallcalmApp) -> bool:
    pairs = shown_on(keys_of(app.screen))
    return fitted(pairs, 58).plain == fitted(pairs, 1_000).plain


@pytest.mark.parametrize("size", SIZES)
async def test_the_debrief_opens_from_the_reveal_and_leads_back(tmp_path: Path, size: tuple[int, int]) -> None:
    async with running(make_desk(tmp_path), size, "test-call", stage=Stage.CALL) as (app, pilot):
        await to_reveal(pilot, app)
        await press(pilot, "d")
        assert place(app) == "DebriefScreen"
        assert "Where the call was decided" in shown(app)
        seen = ""
        while place(app) == "DebriefScreen":
            seen += text(app)
            assert fits(app)
            await press(pilot, "enter")
        for words in ("Answer 1: “Why did you wait?”", "Answer 3: “We are done here.”", "100 people"):
            assert words in seen
        assert place(app) == "RevealScreen"
        await press(pilot, "d", "escape")
        assert place(app) == "RevealScreen"
        assert app.practice is not None
        assert app.practice.stage is Stage.REVEAL


async def test_the_reveal_shows_where_it_was_decided_without_being_asked(tmp_path: Path) -> None:
    async with running(make_desk(tmp_path), (140, 40), "test-call", stage=Stage.CALL) as (app, pilot):
        await to_reveal(pilot, app)
        assert "Where the call was decided" in shown(app)
        assert "Working out" not in shown(app)


@pytest.mark.parametrize("size", SIZES)
async def test_a_turn_is_tried_another_way_and_both_stand_side_by_side(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with running(make_desk(tmp_path), size, "test-call", stage=Stage.CALL) as (app, pilot):
        await to_reveal(pilot, app)
        practice = app.practice
        assert practice is not None
        lived = practice.round
        await press(pilot, "w")
        assert "it is only tried out" in text(app).casefold()
        await press(pilot, "1")
        assert place(app) == "GhostScreen"
        assert "Another way" in shown(app)
        assert "not saved" in text(app)
        assert fits(app)
        await press(pilot, "2", "1")
        assert "The other way is over" in text(app)
        await press(pilot, "enter")
        assert place(app) == "BesideScreen"
        said = text(app)
        assert "The other way: resolved" in said
        assert fits(app)
        seen = ""
        while place(app) == "BesideScreen":
            seen += text(app)
            await press(pilot, "enter")
        assert "o as lived" in seen
        assert "x the other way" in seen
        assert "70 64 57 53" in seen
        assert place(app) == "RevealScreen"
        assert practice.round is lived
        await press(pilot, "w", "2", "escape")
        assert place(app) == "RevealScreen"
        while place(app) == "RevealScreen":
            await press(pilot, "enter")
        await press(pilot, "enter")
    (record,) = make_desk(tmp_path).store.rounds()
    assert (record.ending, record.undone) == ("refused", 0)


async def test_a_ghost_is_undone_only_as_far_as_it_began(tmp_path: Path) -> None:
    async with running(make_desk(tmp_path), play="test-call", stage=Stage.CALL) as (app, pilot):
        await to_reveal(pilot, app)
        await press(pilot, "d", "w", "2")
        assert place(app) == "GhostScreen"
        assert "call.undo" not in keys_of(app.screen).now
        await press(pilot, "1")
        assert "call.undo" in keys_of(app.screen).now
        await press(pilot, "u")
        assert "Excuse me?" in shown(app)
        assert "call.undo" not in keys_of(app.screen).now
        assert "call.leave" not in keys_of(app.screen).now
        await press(pilot, "question_mark")
        assert "the other way is not kept" in text(app)
        await press(pilot, "escape", "escape")
        assert place(app) == "DebriefScreen"


async def test_words_of_a_file_stay_words_in_the_debrief(tmp_path: Path) -> None:
    story = scenario()
    opening = story.beats["opening"]
    rude = reply("opening/1", HOSTILE, "refused")
    bad = scenario(beats={**story.beats, "opening": type(opening)(**{**fields(opening), "replies": (rude,)})})
    async with running(make_desk(tmp_path, bad), play="test-call", stage=Stage.CALL) as (app, pilot):
        await press(pilot, "space", "space", "1", "enter")
        while place(app) == "RereadScreen":
            await press(pilot, "enter")
        await press(pilot, "y", "enter", "enter")
        await solved(pilot)
        await press(pilot, "d")
        assert "[sighs] [/] [b" in text(app)
        await press(pilot, "w", "1")
        assert place(app) == "GhostScreen"


def fields(beat: object) -> dict[str, object]:
    return {name: getattr(beat, name) for name in type(beat).__slots__}  # type: ignore[attr-defined]  # a dataclass
