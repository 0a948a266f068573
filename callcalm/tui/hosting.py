"""The app of `callcalm host`: the projected room with its server for phones. The notes are in `hosting_notes`.

aiohttp is loaded only where phones are served. What must not be here: what the room decides, and the screens.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual.events import Mount
from textual.screen import Screen

from callcalm.language import _
from callcalm.room import ending
from callcalm.room.session import Phase
from callcalm.tui.app import CallcalmApp
from callcalm.tui.messages import Notice
from callcalm.tui.screens.host import HostScreen
from callcalm.tui.screens.host_lobby import Door
from callcalm.tui.screens.host_steps import Steps
from callcalm.tui.signals import on_end
from callcalm.tui.themes import ANSI, NAMES
from callcalm.tui.widgets.keybar import keys_of

if TYPE_CHECKING:
    from callcalm.practice.desk import Desk
    from callcalm.room.hosting import Hosted
    from callcalm.room.rehearsing import Crowd
    from callcalm.room.server import RoomServer

PROJECTED: Final = "projector"
"""The theme of the projected room, unless another is asked for."""

COLOURS: Final = (PROJECTED, *(name for name in NAMES if name != PROJECTED))


@dataclass(frozen=True, slots=True)
class Phones:
    """How phones are to reach the room: over the local network or not, and at which port."""

    lan: bool = False
    port: int | None = None


def run(
    desk: Desk,
    hosted: Hosted,
    *,
    phones: Phones | None = None,
    crowd: Crowd | None = None,
    keep: bool = False,
    theme: str | None = None,
    notice: str = "",
) -> str:
    """Host on the screen until the facilitator leaves; what is left to say is the result.

    Without `phones`, or where they cannot be served, hands are counted. With a `crowd` it is a rehearsal.

    Raises:
        SystemExit: if the screens broke down; Textual has said how, and the session waits.
    """
    steps = Steps(hosted, hands=phones is None and crowd is None, crowd=crowd)
    app = HostApp(desk, steps, theme=theme, keep=keep, notice=notice)
    asyncio.run(_hosting(app, phones))
    if app.return_code:
        hosted.leave()
        raise SystemExit(app.return_code)
    return app.last_words()


async def _hosting(app: HostApp, phones: Phones | None) -> None:
    """The app, and around it the server: once this is left, nothing listens."""
    async with AsyncExitStack() as stack:
        if phones is not None:
            await open_door(app, stack, phones)
        await app.run_async(mouse=app.desk.settings.mouse)


async def open_door(app: HostApp, stack: AsyncExitStack, phones: Phones) -> None:
    """Serve the room to phones for as long as the stack is open, or until the app goes on with hands."""
    from callcalm.room.network import CannotListen
    from callcalm.room.server import ALONE_AFTER, serving

    hosted = app.steps.hosted
    coming = serving(hosted.room, hosted.journal, lan=phones.lan, port=phones.port, changed=app.phones_changed)
    try:
        server = await stack.enter_async_context(coming)
    except CannotListen as no:
        app.no_phones(_("{reason} It goes on with hands.").format(reason=no))
    else:
        app.phones_at(server, stack.aclose)
        loop = asyncio.get_running_loop()
        stack.callback(loop.call_later(ALONE_AFTER, app.phones_changed).cancel)


class HostApp(CallcalmApp):
    """callcalm as a room's projected screen.

    `kept` is whether the session's file is kept, None while nobody has said; it waits then.
    """

    CSS_PATH = [*CallcalmApp.CSS_PATH, "styles/host.tcss"]

    def __init__(
        self, desk: Desk, steps: Steps, *, theme: str | None = None, keep: bool = False, notice: str = ""
    ) -> None:
        self.steps = steps
        self.kept: bool | None = None
        self._keeping = keep
        self._told_first = " ".join(words for words in (notice, steps.hosted.notice) if words)
        self._shut: Callable[[], Awaitable[None]] | None = None
        self._rows: dict[tuple[str, bool], tuple[str, ...]] = {}
        super().__init__(desk, theme=theme or PROJECTED)

    def get_default_screen(self) -> Screen[None]:
        """The board lies below everything."""
        return HostScreen(self.steps, self.door, self._told_first)

    def on_mount(self, event: Mount | None = None) -> None:
        """End well when the system asks to: nothing is asked, the session waits, with its votes."""
        if event is not None:
            event.prevent_default()  # else leaving would ask
        on_end(self.exit)

    # Phones.

    def phones_at(self, server: RoomServer, close: Callable[[], Awaitable[None]]) -> None:
        """Phones can come in; `close` ends that."""
        self.steps.server, self.steps.hands, self._shut = server, False, close
        if self.no_color:  # whether the terminal writes light on dark cannot be known
            self._told_first = " ".join(
                words
                for words in (self._told_first, _("Does the code not scan? k turns black and white round."))
                if words
            )

    def no_phones(self, why: str) -> None:
        """Phones cannot come in: hands are counted."""
        self.steps.server, self.steps.hands = None, True
        self._told_first = " ".join(words for words in (why, self._told_first) if words)

    def phones_changed(self) -> None:
        """Somebody joined, voted or wrote."""
        board = self._board()
        if board is not None:
            board.mind_phones()

    def door(self) -> Door | None:
        """How to join now; None where hands are counted."""
        server = self.steps.server
        if server is None:
            return None
        from callcalm.room.network import LOOPBACK
        from callcalm.room.qr import DARK, LIGHT, qr_rows

        # Without colours the terminal's own must do: it writes light on dark, unless its theme says otherwise.
        dark_ink = self.no_color and self.theme == "ansi-light"
        style = (
            ""
            if self.no_color
            else "ansi_bright_white on ansi_black"
            if self.theme in ANSI
            else f"{LIGHT} on {DARK}"
        )
        key = (server.link, dark_ink)
        if key not in self._rows:
            self._rows[key] = qr_rows(server.link, dark_ink=dark_ink)
        board = self._board()
        hands = keys_of(board).name("host.hands") if board is not None and board.is_mounted else "h"
        return Door(
            address=server.address,
            code=server.code,
            rows=self._rows[key],
            style="" if self.no_color else style,
            here=server.host == LOOPBACK,
            alone=server.nobody_came(),
            key=hands,
        )

    async def on_to_hands(self) -> None:
        """Nothing listens any more; hands are counted from here on."""
        close, self._shut = self._shut, None
        self.steps.server, self.steps.hands = None, True
        board = self._board()
        if board is not None:
            board.tell(_("Nothing listens any more. Count hands from here on."))
        if close is not None:
            await close()

    # Colours, saving, the end.

    def on_next_colours(self) -> None:
        """The next theme, for this time."""
        ways = (PROJECTED, "ansi-light") if self.no_color else COLOURS
        at = ways.index(self.theme) if self.theme in ways else 0
        self.theme = ways[(at + 1) % len(ways)]
        board = self._board()
        if board is not None:
            board.tell(_("Colours: {name}").format(name=self.theme))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Saving is spoken of only while it fails."""
        if action == "saving":
            return self.steps.hosted.trouble is not None
        return super().check_action(action, parameters)

    def action_saving(self) -> None:
        """Try once more to save."""
        self.steps.hosted.save()
        board = self._board()
        if board is not None:
            board.tell()

    def action_how_to_quit(self) -> None:
        """Ctrl-C is a habit; say what to press instead."""
        key = keys_of(self.screen).name("quit")
        self.screen.post_message(Notice(_("Press {key} to end the session.").format(key=key)))

    def action_leave(self) -> None:
        """End the session: what becomes of its file is asked, unless that is settled."""
        if self.steps.crowd is not None:
            self._end(keep=False)
        elif self._keeping:
            self._end(keep=True)
        else:
            self._ask()

    def on_finished(self) -> None:
        """The last page is turned."""
        self.action_leave()

    def last_words(self) -> str:
        """Keep the file, delete it, or let the session wait; one sentence says which."""
        hosted = self.steps.hosted
        if self.steps.crowd is not None:
            return ending.end_rehearsal(hosted)
        if self.kept is None and self.steps.room.phase is Phase.OVER:
            self.kept = self._keeping or hosted.resumed
        return ending.leave(hosted) if self.kept is None else ending.end(hosted, keep=self.kept)

    def _ask(self) -> None:
        from callcalm.tui.screens.question import Choice, Question

        if isinstance(self.screen, Question):
            return  # a question is answered first
        choices = [
            Choice("delete", _("Delete it: nothing is left of this session.")),
            Choice("keep", _("Keep it for a handout. It holds tallies, and answers that were projected.")),
            Choice("", _("Go on with the session.")),
        ]
        # At the end enter has been pressed all along: once more must not be what throws an hour's session away.
        if self.steps.hosted.resumed or self.steps.room.phase is Phase.OVER:
            choices[:2] = choices[1::-1]
        if self.steps.room.phase is Phase.OVER:
            del choices[2]
        title = self.steps.room.round.state.scenario.title
        question = Question(_("End: what becomes of the session’s file?"), title, choices)

        def answered(answer: str | None) -> None:
            if answer:
                self._end(keep=answer == "keep")

        self.push_screen(question, answered)

    def _end(self, *, keep: bool) -> None:
        self.kept = keep
        self.exit()

    def _board(self) -> HostScreen | None:
        screen = self.screen_stack[0] if self.is_running and self.screen_stack else None
        return screen if isinstance(screen, HostScreen) else None
