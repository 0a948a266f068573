"""What the tests of the projected room share: a session of the test call on a screen without a terminal."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from textual.pilot import Pilot

from callcalm.language import use
from callcalm.room.hosting import Hosted
from callcalm.room.rehearsing import Crowd
from callcalm.room.session import Phase, Room
from callcalm.tui.hosting import HostApp
from callcalm.tui.screens.host import HostScreen
from callcalm.tui.screens.host_line import HostField
from callcalm.tui.screens.host_steps import Steps
from tests.tui.harness import press, shown
from tests.world import desk


@dataclass
class At:
    """A projected room and the keys of its facilitator."""

    app: HostApp
    pilot: Pilot[None]
    hosted: Hosted

    @property
    def room(self) -> Room:
        return self.hosted.room

    def is_in(self, phase: Phase) -> bool:
        """Whether the room is in this phase."""
        return self.room.phase is phase

    @property
    def text(self) -> str:
        return shown(self.app)

    @property
    def board(self) -> HostScreen:
        screen = self.app.screen_stack[0]
        assert isinstance(screen, HostScreen)
        return screen

    async def press(self, *keys: str) -> str:
        """Press keys; what stands on the screen then."""
        await press(self.pilot, *keys)
        return self.text

    async def type(self, words: str) -> str:
        """Put a line into the field at once, and enter it."""
        field = self.app.focused
        assert isinstance(field, HostField)
        field.replace(words, *sorted(field.selection))
        return await self.press("enter")


@asynccontextmanager
async def projected(
    folder: Path,
    size: tuple[int, int] = (80, 24),
    *,
    hands: bool = True,
    crowd: int = 0,
    keep: bool = False,
    theme: str | None = None,
    language: str = "en",
    hosted: Hosted | None = None,
    notice: str = "",
) -> AsyncIterator[At]:
    """The projected screen of the test call, in the lobby."""
    at = desk(folder)
    use(language)
    session = hosted or Hosted.begin(at, "test-call", hands=hands)
    made_up = Crowd(crowd, "seed") if crowd else None
    steps = Steps(session, hands=hands and not crowd, crowd=made_up)
    app = HostApp(at, steps, theme=theme, keep=keep, notice=notice)
    try:
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield At(app, pilot, session)
    finally:
        at.close()
