"""Phones in a room that is hosted line by line: the server's life, how to join, and who is there.

aiohttp is loaded only where a door is opened. What must not be here: what the room decides, and its steps.
"""

from __future__ import annotations

from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

from callcalm.language import _, ngettext
from callcalm.plain.console import Console
from callcalm.plain.host_lines import Lines
from callcalm.room.session import Phase, Room

if TYPE_CHECKING:
    from callcalm.room.hosting import Hosted
    from callcalm.room.server import RoomServer
    from callcalm.storage.trouble import CannotSave


class Door:
    """How phones come in: the room's server, which goes on while `lines` waits for one to be typed."""

    def __init__(self, lines: Lines, room: Room, server: RoomServer, stack: AsyncExitStack) -> None:
        self._lines = lines
        self._room = room
        self._server = server
        self._stack = stack
        self._offered = False

    @classmethod
    def open(cls, lines: Lines, hosted: Hosted, *, lan: bool, port: int | None) -> Door:
        """Serve the room, until `close`.

        Raises:
            CannotListen: no network, or no free port.
        """
        from callcalm.room.server import serving  # noqa: PLC0415  (belongs to phones alone)

        stack = AsyncExitStack()
        coming = serving(hosted.room, hosted.journal, lan=lan, port=port)
        return cls(lines, hosted.room, lines.run(stack.enter_async_context(coming)), stack)

    def close(self) -> None:
        """Nothing listens afterwards, and every vote is written."""
        self._lines.run(self._stack.aclose())

    @property
    def trouble(self) -> CannotSave | None:
        """Why votes cannot be written down at present; None if they can."""
        return self._server.trouble

    def announce(self) -> None:
        """Show phones what the facilitator has just done."""
        self._server.announce()

    def show(self, console: Console) -> None:
        """How to join: the address and the code to type, for eyes and for a screen reader."""
        from callcalm.room.network import LOOPBACK  # noqa: PLC0415  (belongs to phones alone)

        console.say(_("Address: {address}").format(address=self._server.address))
        console.say(_("Code:    {code}").format(code=" ".join(self._server.code)))
        if self._server.host == LOOPBACK:
            console.say(_("Only this machine reaches it. For phones, start with --lan."))

    def draw(self, console: Console) -> bool:
        """The code to scan; False where it cannot be drawn."""
        from callcalm.room.qr import framed, qr_rows  # noqa: PLC0415  (belongs to phones alone)

        rows = qr_rows(self._server.link)
        return console.draw(rows, framed(rows))

    def count(self, console: Console) -> None:
        """How many are here, and how many of them have answered what is open."""
        joined = self._room.joined
        if self._room.phase in {Phase.LOBBY, Phase.CALL, Phase.DEBRIEF, Phase.SCHOOLS}:
            console.say(ngettext("{n} has joined.", "{n} have joined.", joined).format(n=joined))
        elif self._room.phase in {Phase.SAYING, Phase.SAID}:
            console.say(_("Answers in: {n}. Joined: {all}.").format(n=self._room.voted, all=joined))
        elif self._room.phase in {Phase.PRICE, Phase.PRICE_SHOWN}:
            console.say(_("{n} of {all} have scored the call.").format(n=self._room.voted, all=joined))
        else:
            console.say(_("{n} of {all} have voted.").format(n=self._room.voted, all=joined))

    def offer_hands(self, console: Console) -> None:
        """Say once that nobody has joined for a minute, and what can be done."""
        if not self._offered and self._server.nobody_came():
            self._offered = True
            console.say(
                _(
                    "Nobody has joined in a minute. Venue Wi-Fi often keeps phones apart. "
                    "Type hands to go on with raised hands."
                )
            )
