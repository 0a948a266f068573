"""Lines that are typed, read so that a server goes on meanwhile: a loop that runs only while one is waited for.

Everything stays in one thread, so nothing changes between two prompts. What must not be here: the server, and what
a line means.
"""

from __future__ import annotations

import asyncio
import codecs
import os
import signal
import sys
from collections.abc import Coroutine
from types import TracebackType
from typing import Any, Final, Self, TextIO, TypeVar

from callcalm.plain.console import Ended

T = TypeVar("T")

CHUNK: Final = 8_192
"""Bytes read at once."""

SIGNALS: Final = ("SIGTERM", "SIGHUP")
"""A request to end, and a window that was closed; Windows knows no SIGHUP."""


class Lines:
    """Where a `Console` gets its lines; open as a context. Ctrl-C comes out as `KeyboardInterrupt`."""

    def __init__(self, source: TextIO | None = None) -> None:
        self._source = source or sys.stdin
        self._decoder = codecs.getincrementaldecoder(self._source.encoding or "utf-8")("replace")
        self._terminal = self._source.isatty()
        self._text = ""
        self._ended = asyncio.Event()
        self._runner = asyncio.Runner()
        self._woken = asyncio.Event()

    def __enter__(self) -> Self:
        loop = self._runner.get_loop()
        for name in SIGNALS:
            number = getattr(signal, name, None)
            if number is None:
                continue
            try:
                loop.add_signal_handler(number, self._end)
            except (NotImplementedError, RuntimeError, ValueError):
                break  # Windows, or not the main thread: the process ends as any other does
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._runner.close()

    def run(self, step: Coroutine[Any, Any, T]) -> T:
        """Run this in the loop, until it is done."""
        return self._runner.run(step)

    def isatty(self) -> bool:
        """Whether a person is typing."""
        return self._terminal

    def readline(self, limit: int) -> str:
        """The next line with its end, or `limit` characters of it; empty when there is no more.

        Raises:
            Ended: the system asks this process to end.
        """
        return self._runner.run(self._line(limit))

    async def _line(self, limit: int) -> str:
        await asyncio.sleep(0)  # what was announced goes out, however fast the lines come
        while "\n" not in self._text and len(self._text) < limit:
            data = await self._data()
            self._text += self._decoder.decode(data, final=not data)
            if not data:
                break
        if self._ended.is_set():
            raise Ended
        end = min(limit, (self._text.find("\n") + 1) or limit)
        line, self._text = self._text[:end], self._text[end:]
        return line

    async def _data(self) -> bytes:
        """What comes next; empty at the end."""
        loop = asyncio.get_running_loop()
        number = self._source.fileno()
        self._woken.clear()
        if self._ended.is_set():
            return b""
        try:
            loop.add_reader(number, self._woken.set)
        except PermissionError:
            return os.read(number, CHUNK)  # a file: it never keeps anybody waiting
        except NotImplementedError:
            return await loop.run_in_executor(None, os.read, number, CHUNK)  # Windows
        try:
            await self._woken.wait()
        finally:
            loop.remove_reader(number)
        await asyncio.sleep(0)  # a window that is closed sends its signal and ends its input: the signal counts
        if self._ended.is_set():
            return b""
        try:
            data = os.read(number, CHUNK)
        except OSError:
            data = b""
        if not data and self._terminal and not os.isatty(number):  # the window is gone: that is no Ctrl-D
            self._ended.set()
        return data

    def _end(self) -> None:
        self._ended.set()
        self._woken.set()
