"""One learner's screens: the process behind a browser's terminal, its limits and its end.

textual-serve speaks with the process; how it is started, what it is given and how it ends is ours. What must not
be here: the web.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import tempfile
from asyncio.subprocess import Process
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

from callcalm.content.library import ENVIRONMENT
from callcalm.core.text import Text, safe
from callcalm.storage.names import DEFAULT_PLAYER

GRACE = 5.0
"""Seconds that a session has to end by itself once it is asked to."""

PASSED = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "LC_MESSAGES", "TZ", "SYSTEMROOT", ENVIRONMENT)
"""What a session knows of this machine's environment."""

LONGEST_TROUBLE = 200
_LAST_WORDS = 4096
_PACKAGES = Path(__file__).resolve().parent.parent.parent


def environment(given: Mapping[str, str], home: Path, language: str, size: tuple[int, int]) -> dict[str, str]:
    """What a session is started with: a list of its own, never the whole environment of the server."""
    width, height = size
    return {
        **{name: given[name] for name in PASSED if name in given},
        "HOME": str(home),
        "LANGUAGE": language,
        "LOGNAME": DEFAULT_PLAYER,  # else the first page would suggest the name of whoever serves
        "PYTHONPATH": str(_PACKAGES),
        "PYTHONUTF8": "1",
        "TERM": "xterm-256color",
        "TEXTUAL_DRIVER": "callcalm.tui.served_driver:ServedDriver",
        "TEXTUAL_COLOR_SYSTEM": "truecolor",
        "COLUMNS": str(width),
        "ROWS": str(height),
    }


class LearnerScreen(AppService):
    """A session's process. `home` is its folder, `send` takes what is to be drawn.

    `complaint` is why it ended badly, once it has; `words` start another program (tests only).
    """

    def __init__(
        self,
        home: Path,
        language: str,
        send: Callable[[bytes], Awaitable[None]],
        words: tuple[str, ...] = (sys.executable, "-P", "-m", "callcalm.tui.served"),
    ) -> None:
        super().__init__(
            "", write_bytes=send, write_str=_unsent, close=_unclosed, download_manager=DownloadManager()
        )
        self._home = home
        self._language = language
        self._words = words
        self.complaint = Text("")
        self._errors: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `stop`
        _silence()

    @property
    def pid(self) -> int | None:
        """The process, once it is there."""
        return None if self._process is None else self._process.pid

    async def over(self) -> None:
        """Wait until the session ends by itself."""
        if self._task is not None:
            await asyncio.wait({self._task})

    async def stop(self) -> None:
        """End the session: well if it can be, within `GRACE` in any case."""
        process, self._process = self._process, None
        code = 0 if process is None else await self._ended(process)
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})
            self._task = None
        with self._errors:
            self.complaint = self._complaint() or safe(f"exit code {code}") if code else Text("")

    def _complaint(self) -> Text:
        self._errors.seek(0, os.SEEK_END)
        self._errors.seek(max(0, self._errors.tell() - _LAST_WORDS))
        lines = self._errors.read().decode("utf-8", "replace").strip().splitlines()
        return safe(lines[-1][:LONGEST_TROUBLE] if lines else "", multiline=False)

    async def on_data(self, payload: bytes) -> None:
        """Draw; a browser that has gone draws nothing."""
        with suppress(ConnectionError):
            await super().on_data(payload)

    async def on_meta(self, data: bytes) -> None:
        """Nothing: a session opens no addresses and hands out no files, and its end is the end of its process."""

    async def on_packed(self, payload: bytes) -> None:
        """Nothing: no files."""

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        process = await asyncio.create_subprocess_exec(
            *self._words,
            str(self._home),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=self._errors,
            env=environment(os.environ, self._home, self._language, (width, height)),
            cwd=self._home,
            start_new_session=True,  # a Ctrl-C at the server is the server's: it ends its sessions itself
        )
        # textual-serve would write complaints, as they are, to this terminal; they go to a file instead.
        process.stderr = asyncio.StreamReader()
        process.stderr.feed_eof()
        self._process, self._stdin = process, process.stdin
        return process

    async def _ended(self, process: Process) -> int:
        try:
            async with asyncio.timeout(GRACE):
                await self.send_meta({"type": "quit"})
                await process.wait()
        except TimeoutError:
            with suppress(ProcessLookupError):
                process.kill()
        return await process.wait()


async def _unsent(_text: str) -> None:
    """Nothing: a session has nothing to say to the page besides what it draws."""


async def _unclosed() -> None:
    """Nothing: the page is closed by who opened it."""


def _silence() -> None:
    """Let textual-serve's complaints go only where somebody listens, never across the terminal."""
    logger = logging.getLogger("textual-serve")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
        logger.propagate = False
