"""A dozen screens as text, looked at by a person when they change.

`CALLCALM_SNAPSHOTS=update pytest tests/tui/test_snapshots.py` writes them anew; read the difference before it
is kept.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from callcalm.content.headers import Header
from callcalm.core.text import Text
from callcalm.practice.round import Stage
from tests.tui.harness import make_desk, place, press, running, shown, solved
from tests.tui.test_drill import CHOOSE, ORDER, SAY, SPOT, drilling

HERE = Path("sam")
FOLDER = Path(__file__).parent / "snapshots"
UPDATE = os.environ.get("CALLCALM_SNAPSHOTS") == "update"

BROKEN = [
    Header(Text("broken"), Path("x"), problem="line 12, column 3: unknown key “calller”, did you mean “caller”?")
]
HEARD = ("space", "space")
TO_END = ("x", "1", "1", "2")

PICTURES = {
    "home-60": ((60, 20), None, ()),
    "home-140": ((140, 40), None, ()),
    "guide-60": ((60, 20), None, ("g", *"why-did")),
    "guide-80": ((80, 24), None, ("g", "down")),
    "guide-heard-60": ((60, 20), None, ("g", *"desolee")),
    "move-60": ((60, 20), None, ("g", *"rule-w", "enter")),
    "move-80": ((80, 24), None, ("g", "down", "enter")),
    "move-rules-60": ((60, 20), None, ("g", *"rule-w", "enter", "enter", "enter")),
    "settings-80": ((80, 24), None, ("s", "down")),
    "brief-80": ((80, 24), None, ("enter",)),
    "listening-60": ((60, 20), "test-call", ()),
    "coached-80": ((80, 24), "test-call", (*HEARD, "1")),
    "notes-140": ((140, 40), "test-call", (*HEARD, "n", *"charged twice", "enter")),
    "typing-60": ((60, 20), "test-call", (*HEARD, "t", *"I hear you.")),
    "composing-60": ((60, 20), "test-call", (*HEARD, "2", "2", "2")),
    "over-80": ((80, 24), "test-call", TO_END),
    "help-80": ((80, 24), "test-call", (*HEARD, "question_mark")),
    "palette-60": ((60, 20), "test-call", (*HEARD, "ctrl+p")),
    "reread-60": ((60, 20), "test-call", (*TO_END, "enter")),
}


@pytest.fixture(autouse=True)
def short_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small_books: None) -> None:
    """Saves are shown where they are, and that must be the same every time."""
    monkeypatch.chdir(tmp_path)


def keep(name: str, text: str) -> None:
    """Compare with the picture that is kept, or keep this one."""
    text += "\n"
    path = FOLDER / f"{name}.txt"
    if UPDATE:
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PICTURES)
async def test_the_screen_looks_as_it_was_seen(name: str) -> None:
    size, play, keys = PICTURES[name]
    desk = make_desk(HERE, broken=BROKEN, coach="live" if name.startswith("coached") else "after")
    async with running(desk, size, play=play, stage=Stage.CALL) as (app, pilot):
        await press(pilot, *keys)
        keep(name, shown(app))


DRILLS = {
    "drill-choose-60": ((60, 20), CHOOSE, ("1",)),
    "drill-order-60": ((60, 20), ORDER, ("3", "down", "space")),
    "drill-spot-80": ((80, 24), SPOT, ("1", "2", "enter")),
    "drill-spotted-60": ((60, 20), SPOT, ("2", "enter")),
    "drill-said-80": ((80, 24), SAY, (*"Why did you wait?", "enter")),
    "drill-home-80": ((80, 24), CHOOSE, ("a", "escape")),
}


@pytest.mark.parametrize("name", DRILLS)
async def test_a_drill_looks_as_it_was_seen(name: str) -> None:
    size, item, keys = DRILLS[name]
    async with drilling(HERE, item, size=size) as (app, pilot, _begun):
        await press(pilot, *keys)
        keep(name, shown(app))


async def test_the_sheet_and_the_reveal_look_as_they_were_seen() -> None:
    async with running(make_desk(HERE), (60, 20), play="test-call", stage=Stage.CALL) as (app, pilot):
        await press(pilot, *TO_END, "enter")
        while place(app) == "RereadScreen":
            await press(pilot, "enter")
        await press(pilot, "n", "down", "9", "down", "minus", "4")
        keep("price-60", shown(app))
        await pilot.resize_terminal(80, 24)
        await press(pilot, "enter", "enter")
        await solved(pilot)
        keep("reveal-80", shown(app))
