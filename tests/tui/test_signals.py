"""A real terminal, a real process: what a request to end and a closed window leave behind."""

from __future__ import annotations

import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import ioctl
from pathlib import Path

import pytest

PATIENCE = 30
"""Seconds after which a test gives up waiting."""

PROGRAM = """
import sys
from pathlib import Path
sys.path.insert(0, {root!r})
from callcalm.content import worked_calls
worked_calls.FOLDER = Path({folder!r})  # the harness knows few moves
from tests.tui.harness import make_desk
from callcalm.tui.app import run
word = run(make_desk(Path({folder!r})), play="test-call")
sys.stderr.write("WORD " + word.text)
"""


class Terminal:
    """A process in a pseudo-terminal of 80 by 24."""

    def __init__(self, folder: Path) -> None:
        self.master, slave = pty.openpty()
        ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.before = termios.tcgetattr(slave)
        self.slave = slave
        code = PROGRAM.format(root=str(Path(__file__).parents[2]), folder=str(folder))
        self.process = subprocess.Popen(
            [sys.executable, "-c", code],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"},
        )
        self.seen = b""

    def until(self, words: bytes) -> None:
        """Read until the terminal has shown these bytes."""
        while words not in self.seen:
            ready, _, _ = select.select([self.master], [], [], PATIENCE)
            assert ready, f"{words!r} never came; the end was {self.seen[-400:]!r}"
            self.seen += os.read(self.master, 65_536)

    def type(self, keys: bytes, until: bytes) -> None:
        """Press keys, and wait for what they bring."""
        self.seen = b""
        os.write(self.master, keys)
        self.until(until)


@contextmanager
def terminal(folder: Path) -> Iterator[Terminal]:
    made = Terminal(folder)
    try:
        yield made
    finally:
        if made.process.poll() is None:
            made.process.kill()
        made.process.wait(PATIENCE)
        os.close(made.slave)


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_asked_to_end_it_saves_and_gives_the_terminal_back(tmp_path: Path, name: str) -> None:
    with terminal(tmp_path) as one:
        one.until(b"What you know")
        one.type(b"\r", until=b"Finally. A human.")
        one.type(b" ", until=b"charged twice")
        one.process.send_signal(getattr(signal, name))
        one.until(b"WORD ")
        one.until(b"test-call")
        one.process.wait(PATIENCE)
        assert one.process.returncode == 0
        assert b"\x1b[?1049l" in one.seen
        assert b"Traceback" not in one.seen
        assert termios.tcgetattr(one.slave)[3] == one.before[3], "echo and line editing are back"
        os.close(one.master)
    assert (tmp_path / "saves" / "sam.call.toml").exists()


def test_a_closed_window_ends_it_and_keeps_the_call(tmp_path: Path) -> None:
    with terminal(tmp_path) as one:
        one.until(b"What you know")
        one.type(b"\r", until=b"Finally. A human.")
        one.type(b" ", until=b"charged twice")
        os.close(one.master)
        os.killpg(one.process.pid, signal.SIGHUP)
        one.process.wait(PATIENCE)
    assert (tmp_path / "saves" / "sam.call.toml").exists()


def test_a_terminal_that_goes_without_a_signal_ends_it_too(tmp_path: Path) -> None:
    with terminal(tmp_path) as one:
        one.until(b"What you know")
        one.type(b"\r", until=b"Finally. A human.")
        one.type(b" ", until=b"charged twice")
        os.close(one.master)
        one.process.wait(PATIENCE)
    assert (tmp_path / "saves" / "sam.call.toml").exists()
