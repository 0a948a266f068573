"""Places for learners: how many may play at once, and the folder that each keeps as long as the server runs.

What must not be here: processes and the web.
"""

from __future__ import annotations

import asyncio
import shutil
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

REMEMBERED = 64
"""Learners whose folders are kept though they are not there now; beyond, the one longest gone is forgotten."""


class Full(Exception):
    """Every place is taken."""


@dataclass(frozen=True, slots=True)
class Place:
    """A learner's place: the folder, and a sign that it is wanted back."""

    home: Path
    leave: asyncio.Event = field(default_factory=asyncio.Event)
    gone: asyncio.Event = field(default_factory=asyncio.Event)


class Places:
    """At most `cap` learners at once, each in one browser window, with folders below `folder`."""

    def __init__(self, cap: int, folder: Path) -> None:
        self.cap = cap
        self._folder = folder
        self._here: dict[str, Place] = {}
        self._known: OrderedDict[str, None] = OrderedDict()
        self._closed = False

    def __len__(self) -> int:
        return len(self._here)

    def room_for(self, learner: str) -> bool:
        """Whether this learner could sit down; one who sits already may change the window."""
        return not self._closed and (learner in self._here or len(self._here) < self.cap)

    @asynccontextmanager
    async def taken(self, learner: str) -> AsyncIterator[Place]:
        """Sit down. A window that the same learner has open elsewhere is left first.

        Raises:
            Full: if every place is taken.
        """
        while learner in self._here:
            other = self._here[learner]
            other.leave.set()
            await other.gone.wait()
        if not self.room_for(learner):
            raise Full
        place = self._here[learner] = Place(self._home(learner))
        try:
            yield place
        finally:
            del self._here[learner]
            place.gone.set()

    async def close(self) -> None:
        """Ask everybody to leave, and wait until they have; nobody sits down afterwards."""
        self._closed = True
        here = list(self._here.values())
        for place in here:
            place.leave.set()
        for place in here:
            await place.gone.wait()

    def _home(self, learner: str) -> Path:
        self._known[learner] = None
        self._known.move_to_end(learner)
        away = [one for one in self._known if one not in self._here and one != learner]
        for one in away[: max(0, len(away) - REMEMBERED)]:
            del self._known[one]
            shutil.rmtree(self._folder / one, ignore_errors=True)
        home = self._folder / learner
        home.mkdir(mode=0o700, exist_ok=True)
        return home
