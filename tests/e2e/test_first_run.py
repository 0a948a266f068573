"""The first run in a real terminal: once, skipped with one key, and never before a call that was asked for."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.e2e.terminal import Terminal
from tests.world import desk

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pty")

QUIT, ESCAPE = "\x11", "\x1b"


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (60, 20)])
def test_a_newcomer_is_welcomed_once(tmp_path: Path, columns: int, rows: int) -> None:
    desk(tmp_path)
    with Terminal(tmp_path, columns=columns, rows=rows, LOGNAME="robin") as terminal:
        terminal.until("Welcome to callcalm")
        terminal.press("\r")
        terminal.until("robin")
        terminal.press("\r")
        terminal.until("Nothing leaves this machine")
        terminal.press("\r")
        terminal.until("Stopping and coming back")
        terminal.press("\r")
        terminal.until("First see one turn")
        terminal.press(ESCAPE)
        terminal.until("English, level 1")
        terminal.press(QUIT)
        assert terminal.ended() == 0
    with Terminal(tmp_path, columns=columns, rows=rows) as terminal:
        assert "Welcome" not in terminal.until("English, level 1")
        terminal.press(QUIT)
        assert terminal.ended() == 0


def test_one_key_skips_it_and_it_stays_skipped(tmp_path: Path) -> None:
    desk(tmp_path)
    with Terminal(tmp_path) as terminal:
        terminal.until("Welcome to callcalm")
        terminal.press(ESCAPE)
        terminal.until("English, level 1")
        terminal.press(QUIT)
        assert terminal.ended() == 0
    with Terminal(tmp_path, "--plain") as terminal:
        assert "Welcome" not in terminal.until("A number to play")
        terminal.press("q\n")
        assert terminal.ended() == 0


def test_line_by_line_a_newcomer_is_welcomed_too(tmp_path: Path) -> None:
    desk(tmp_path)
    with Terminal(tmp_path, "--plain") as terminal:
        terminal.until("One of auto, en, fr")
        terminal.press("s\n")
        terminal.until("A number to play")
        terminal.press("q\n")
        assert terminal.ended() == 0


def test_who_asks_for_a_call_gets_the_call(tmp_path: Path) -> None:
    desk(tmp_path)
    with Terminal(tmp_path, "play", "test-call") as terminal:
        assert "Welcome" not in terminal.until("What you know")
        terminal.press(QUIT)
        assert terminal.ended() == 0
