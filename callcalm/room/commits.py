"""Votes on the disk before they are acknowledged: what came in while one commit ran goes into the next.

What must not be here: what a line of the journal says.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Protocol

from callcalm.storage.trouble import CannotSave


class Journal(Protocol):
    """Where lines are kept: `append` is cheap, `commit` puts all of them on the disk and may take its time."""

    def append(self, lines: Iterable[str], /) -> None:
        """Take lines."""

    def commit(self) -> None:
        """Put what was taken on the disk.

        Raises:
            CannotSave: some of it is not.
        """


class Commits:
    """Group commit: any number of votes, one write and one wait for the disk at a time, in a thread.

    `trouble` is why the latest commit failed, None once one has worked.
    """

    def __init__(self, journal: Journal) -> None:
        self.trouble: CannotSave | None = None
        self._journal = journal
        self._next: asyncio.Future[bool] | None = None
        self._current: asyncio.Future[bool] | None = None
        self._worker: asyncio.Task[None] | None = None

    def add(self, line: str) -> None:
        """Take a line; it is written soon."""
        self._journal.append((line,))
        self._start()

    async def kept(self) -> bool:
        """Wait until every line taken so far is on the disk; False if it could not be put there."""
        if self.trouble is not None:
            self._start()  # what failed waits in the journal
        waiting = self._next or self._current
        return True if waiting is None else await asyncio.shield(waiting)

    async def flushed(self) -> None:
        """Wait until nothing is being written any more."""
        while self._worker is not None:
            await asyncio.shield(self._worker)

    def _start(self) -> None:
        if self._next is None:
            self._next = asyncio.get_running_loop().create_future()
        if self._worker is None:
            self._worker = asyncio.create_task(self._work())

    async def _work(self) -> None:
        try:
            while self._next is not None:
                self._current, self._next = self._next, None
                self._current.set_result(await self._written())
        finally:
            for waiting in (self._current, self._next):
                if waiting is not None and not waiting.done():
                    waiting.set_result(False)
            self._current = self._next = self._worker = None

    async def _written(self) -> bool:
        try:
            await asyncio.to_thread(self._journal.commit)
        except CannotSave as error:
            self.trouble = error
            return False
        self.trouble = None
        return True
