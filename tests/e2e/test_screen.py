"""The screen in a real terminal: a whole round by keys, quitting, coming back, signals, hostile text."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

from tests.e2e.terminal import Terminal
from tests.support import HOSTILE
from tests.world import desk

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pty")

LEAVES_SCREEN = b"\x1b[?1049l"
SHOWS_CURSOR = b"\x1b[?25h"


def kept(folder: Path) -> list[str]:
    """What the call in progress holds: each action, in a word."""
    at = desk(folder)
    record = at.waiting()
    at.store.close()
    assert record is not None
    return [action.do for action in record.actions]


def to_the_call(terminal: Terminal) -> None:
    """Through the brief, a screenful at a time, to the caller's first words."""
    terminal.press_until("\r", "Finally. A human.")


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (60, 20)])
def test_a_whole_round_by_keyboard(tmp_path: Path, columns: int, rows: int) -> None:
    desk(tmp_path)
    with Terminal(tmp_path, "play", "test-call", columns=columns, rows=rows) as terminal:
        to_the_call(terminal)
        terminal.press(" ")
        terminal.until("charged twice for one scan.")
        terminal.press("2")
        terminal.until("So what happens now?")
        terminal.press("1")
        terminal.until("The call is over")
        terminal.press_until("\r", "PRICE")
        terminal.press("y")
        terminal.press("\x1b[B4")
        terminal.until("+29")
        terminal.press("\r")
        terminal.press_until("\r", "Next real call I will")
        terminal.press("say by when")
        terminal.until("say by when")
        terminal.press("\r")
        terminal.until("resolved")
        terminal.press("\x11")
        assert terminal.ended() == 0
    assert LEAVES_SCREEN in terminal.raw
    at = desk(tmp_path)
    (record,) = at.store.rounds()
    at.store.close()
    assert (record.ending, record.transfer) == ("settled", "say by when")


def test_an_answer_typed_in_one_go_arrives_whole(tmp_path: Path) -> None:
    desk(tmp_path)
    with Terminal(tmp_path, "play", "test-call") as terminal:
        to_the_call(terminal)
        terminal.press(" ")
        terminal.until("charged twice for one scan.")
        for number in ("one", "two"):
            terminal.press("t")
            terminal.until("In your own words")
            terminal.press(f"Hold on, number {number} is coming.\r")
            terminal.until(f"number {number} is coming.")
            terminal.until("Your answer")
        terminal.press("\x11")
        assert terminal.ended() == 0
    at = desk(tmp_path)
    record = at.waiting()
    at.store.close()
    assert record is not None
    assert [a.text for a in record.actions if a.do == "say"] == [
        "Hold on, number one is coming.",
        "Hold on, number two is coming.",
    ]


def test_quitting_in_the_middle_comes_back_to_the_same_place(tmp_path: Path) -> None:
    desk(tmp_path)
    with Terminal(tmp_path, "play", "test-call") as terminal:
        to_the_call(terminal)
        terminal.press(" ")
        terminal.until("charged twice for one scan.")
        terminal.press("\x11")
        assert terminal.ended() == 0
    assert kept(tmp_path) == ["listen"]
    with Terminal(tmp_path) as terminal:
        terminal.until("A test call")
        terminal.press("\r")
        terminal.until("charged twice for one scan.")
        terminal.press("\x11")
        assert terminal.ended() == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_saves_and_gives_the_terminal_back(tmp_path: Path, number: int) -> None:
    desk(tmp_path)
    with Terminal(tmp_path, "play", "test-call") as terminal:
        to_the_call(terminal)
        terminal.press(" ")
        terminal.until("charged twice for one scan.")
        terminal.kill(number)
        assert terminal.ended() in {0, 128 + number}
    assert LEAVES_SCREEN in terminal.raw
    assert SHOWS_CURSOR in terminal.raw
    assert b"Traceback" not in terminal.raw
    assert kept(tmp_path) == ["listen"]


def test_killed_at_any_step_the_call_is_there_up_to_the_last_word_shown(tmp_path: Path) -> None:
    desk(tmp_path)
    with Terminal(tmp_path, "play", "test-call") as terminal:
        to_the_call(terminal)
        terminal.press(" ")
        terminal.until("charged twice for one scan.")
        terminal.press("2")
        terminal.until("So what happens now?")
        terminal.kill(signal.SIGKILL)
        assert terminal.ended() == -signal.SIGKILL
    assert kept(tmp_path) == ["listen", "choose"]


def test_nothing_hostile_reaches_the_terminal(tmp_path: Path) -> None:
    at = desk(tmp_path)
    file = at.folders.scenarios / "test-call.toml"
    escaped = HOSTILE.replace("\\", "\\\\").encode("unicode_escape").decode().replace("\\x", "\\u00")
    text = file.read_text(encoding="utf-8")
    for words in ("A test call", "Finally. A human.", "Two charges for one scan.", "Maria Alvarez"):
        longest = 40 if words == "A test call" else None
        text = text.replace(f'"{words}"', f'"{escaped[:longest]} {words}"')
    file.write_text(text, encoding="utf-8")
    with Terminal(tmp_path, "play", "test-call", "--player", "[/] [b") as terminal:
        to_the_call(terminal)
        assert "[sighs] [/] [b" in terminal.text()
        terminal.press("\x11")
        assert terminal.ended() == 0
    assert b"\x1b[2J \xe2" not in terminal.raw
    assert "\u202eabc".encode() not in terminal.raw
    assert b"\xc2\x9b" not in terminal.raw


def test_resizing_in_the_middle_does_no_harm(tmp_path: Path) -> None:
    desk(tmp_path)
    with Terminal(tmp_path, "play", "test-call") as terminal:
        to_the_call(terminal)
        for columns, rows in ((20, 5), (1, 1), (300, 2), (140, 40), (60, 20)):
            terminal.resize(columns, rows)
            terminal.kill(signal.SIGWINCH)
        terminal.resize(80, 24)
        terminal.kill(signal.SIGWINCH)
        terminal.until("Finally. A human.")
        terminal.press("\x11")
        assert terminal.ended() == 0


def test_without_colour_everything_is_still_said(tmp_path: Path) -> None:
    desk(tmp_path)
    with Terminal(tmp_path, "play", "test-call", NO_COLOR="1") as terminal:
        to_the_call(terminal)
        shown = terminal.text()
        assert "furious" in shown
        assert "70" in shown
        assert "steady" in shown
        terminal.press("\x11")
        assert terminal.ended() == 0
    assert b"\x1b[38;2;" not in terminal.raw.replace(b"\x1b[38;2;0;0;0", b"") or b"[3" in terminal.raw


def test_a_plain_round_in_a_terminal_wraps_and_asks(tmp_path: Path) -> None:
    desk(tmp_path)
    with Terminal(tmp_path, "play", "test-call", "--plain", columns=60, rows=40) as terminal:
        terminal.until("New here: taking it on yourself")
        terminal.press("\n")
        terminal.until("Enter to pick up, or q to leave.")
        terminal.press("\n")
        terminal.until("Finally. A human.")
        os.kill(terminal.pid, signal.SIGINT)
        assert terminal.ended() == 130
    assert b"Traceback" not in terminal.raw
