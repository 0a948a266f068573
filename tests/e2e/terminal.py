"""A real terminal for tests: a program on a pty, its screen read by pyte, waited for by what it shows."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from pathlib import Path
from typing import Self

import pyte

PATIENCE = 20.0
"""Seconds until something that never shows is a failure."""


class Terminal:
    """`python -m callcalm ARGS` on a terminal of its own; everything it wrote is in `raw`."""

    def __init__(self, folder: Path, *args: str, columns: int = 80, rows: int = 24, **env: str) -> None:
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = b""
        self.code: int | None = None
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            # A readline that pytest loads puts LINES and COLUMNS behind os.environ's back.
            clean = {
                "PATH": os.defpath,
                "HOME": str(folder),
                "LANG": "C.UTF-8",
                "TERM": "xterm-256color",
                "CALLCALM_SAVES": str(folder),
                **env,
            }
            os.execve(sys.executable, [sys.executable, "-m", "callcalm", *args], clean)
        self.resize(columns, rows)

    def resize(self, columns: int, rows: int) -> None:
        """Change the terminal's size, and tell the program."""
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.screen.resize(rows, columns)

    def text(self) -> str:
        """The screen now."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def until(self, words: str) -> str:
        """Read until the screen shows the words; the screen."""
        deadline = time.monotonic() + PATIENCE
        while words not in self.text():
            if not self._read(deadline):
                raise AssertionError(f"{words!r} never came; the screen:\n{self.text()}")
        return self.text()

    def press(self, keys: str) -> None:
        """Type."""
        os.write(self._fd, keys.encode())

    def press_until(self, keys: str, words: str) -> None:
        """Type, again and again a second apart, until the screen shows the words."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            self.press(keys)
            soon = time.monotonic() + 1
            while self._read(soon):
                if words in self.text():
                    return
            if time.monotonic() < soon:
                break  # the program has ended
        raise AssertionError(f"{words!r} never came; the screen:\n{self.text()}")

    def kill(self, number: int) -> None:
        """Send a signal."""
        os.kill(self.pid, number)

    def ended(self) -> int:
        """Read to the end of the program; its exit code, or minus the signal that ended it."""
        deadline = time.monotonic() + PATIENCE
        while self._read(deadline):
            pass
        if time.monotonic() >= deadline:
            raise AssertionError(f"it never ended; the screen:\n{self.text()}")
        if self.code is None:
            self.code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
            os.close(self._fd)
        return self.code

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        if self.code is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
            os.close(self._fd)

    def _read(self, deadline: float) -> bool:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([self._fd], [], [], left)[0]:
            return False
        try:
            data = os.read(self._fd, 65_536)
        except OSError:
            return False
        self.raw += data
        self._stream.feed(data)
        return bool(data)
