"""`callcalm drill` in a real terminal: the screen, to the save and home; lines where lines are asked for."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.e2e.terminal import Terminal
from tests.plain.test_drill import DRILL
from tests.world import desk

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pty")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    desk(tmp_path)
    (tmp_path / "drills").mkdir()
    (tmp_path / "drills" / "small.toml").write_text(DRILL, encoding="utf-8")
    return tmp_path


def test_a_drill_opens_the_screen_and_quitting_keeps_what_was_done(folder: Path) -> None:
    with Terminal(folder, "drill", "small", "--seed", "0", columns=60, rows=20) as terminal:
        terminal.until("Which one fits best?")
        terminal.press("2")
        terminal.until("First lesson.")
        terminal.press("\r")
        terminal.until("in the order to say")
        terminal.press("\x11")
        assert terminal.ended() == 0
    at = desk(folder)
    assert [one.ending for one in at.store.rounds()] == ["1-of-1"]
    at.close()


def test_a_drill_runs_line_by_line_where_that_is_asked_for(folder: Path) -> None:
    with Terminal(folder, "drill", "small", "--plain", "--seed", "0") as terminal:
        terminal.until("A number; ? for help.")
        terminal.press("q\r")
        assert terminal.ended() == 0
