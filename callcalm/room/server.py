"""The room's web server: sockets, its life from beginning to end, and what every answer carries.

It runs in the loop of whoever calls, listens on this machine alone unless it is told otherwise, and nothing
listens once it is left. Only `callcalm host` loads it. What must not be here: what is answered (`answering`).
"""

from __future__ import annotations

import asyncio
import gc
import logging
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import Protocol

from aiohttp import web

from callcalm.language import _
from callcalm.room.answering import Answering
from callcalm.room.commits import Commits, Journal
from callcalm.room.gate import Keys, served
from callcalm.room.network import LOOPBACK, CannotListen, lan_address, listen, room_for_files
from callcalm.room.pages import assets
from callcalm.room.session import Room
from callcalm.room.streams import Streams
from callcalm.storage.trouble import CannotSave

ALONE_AFTER = 60.0
"""Seconds without anybody joining after which the network itself is to blame: many keep phones apart."""

CONNECTIONS_EACH = 3
"""Connections of one phone: its stream, what it sends, and one that is on its way out."""

SPARE_CONNECTIONS = 100
AT_ONCE = 16
"""Answers worked out before everything else has its turn."""

IDLE = 30.0
"""Seconds that a connection may stay open with nothing going on."""

LEAVING = 2.0
"""Seconds that phones have to take the last page."""

COALESCED = 0.1
"""Seconds between two calls of `changed`: a screen need not show every vote by itself."""


HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    # Not no-referrer: browsers then send "Origin: null" with forms, and forms are told by their origin.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""What every answer carries, besides the policy of the page."""


class SecretJournal(Journal, Protocol):
    """A journal that also keeps the room's secret, so that phones stay where they are over a restart."""

    @property
    def secret(self) -> bytes:
        """32 random bytes."""


class RoomServer:
    """A room that phones can reach.

    `address` is short and asks for `code`; `link` leads straight in, and is what the code to scan holds.
    """

    def __init__(
        self,
        room: Room,
        at: tuple[str, int],
        keys: Keys,
        commits: Commits,
        streams: Streams,
        clock: Callable[[], float],
    ) -> None:
        host, port = at
        plain = f"http://{host}" if port == 80 else f"http://{host}:{port}"  # noqa: PLR2004
        self.host = host
        self.port = port
        self.address = f"{plain}/"
        self.link = f"{plain}/r/{keys.path}/"
        self.code = keys.code
        self._room = room
        self._commits = commits
        self._streams = streams
        self._clock = clock
        self._started = clock()

    @property
    def watching(self) -> int:
        """How many phones have the page open now and hear of changes by themselves."""
        return len(self._streams)

    @property
    def trouble(self) -> CannotSave | None:
        """Why votes cannot be written down at present; None if they can."""
        return self._commits.trouble

    def announce(self) -> None:
        """Show phones what the facilitator has just done. To be called after every command."""
        self._streams.announce()

    def nobody_came(self) -> bool:
        """Whether a minute has passed and nobody has joined: time to offer hands."""
        return not self._room.ids and self._clock() - self._started >= ALONE_AFTER


@asynccontextmanager
async def serving(
    room: Room,
    journal: SecretJournal,
    *,
    lan: bool = False,
    address: str | None = None,
    port: int | None = None,
    clock: Callable[[], float] = time.monotonic,
    changed: Callable[[], None] = lambda: None,
) -> AsyncIterator[RoomServer]:
    """Serve the room to phones for as long as this is open; afterwards nothing listens and every vote is written.

    `lan` opens it to the local network (`network.lan_warning` says what that means), at `address` if this machine
    is in several; else only this machine reaches it. `changed` is called, at most ten times a second, when
    participants joined, voted or wrote.

    Raises:
        CannotListen: no network, or no free port.
    """
    host = (address or lan_address()) if lan else LOOPBACK
    if host is None:
        raise CannotListen(_("This machine is in no network. Join one, or let hands be counted."))
    with listen(host, port) as listener:
        at = host, int(listener.getsockname()[1])
        keys = Keys.of(journal.secret)
        commits, streams = Commits(journal), Streams()
        names = frozenset({host}) if lan else frozenset({host, "localhost"})
        hearing = _Coalesced(changed)
        answering = Answering(room, keys, served(names, at[1]), commits, streams, clock, hearing.note)
        house = _House(answering, room.cap)
        listening = await asyncio.get_running_loop().create_server(house.enter, sock=listener)
        waking = asyncio.create_task(streams.run(house.sweep))
        # What is loaded by now stays: to look through it again and again would hold up a key for 150 ms.
        gc.collect()
        gc.freeze()
        try:
            yield RoomServer(room, at, keys, commits, streams, clock)
        finally:
            listening.close()
            streams.end()
            await asyncio.sleep(0)
            await house.empty()
            hearing.stop()
            waking.cancel()
            with suppress(asyncio.CancelledError):
                await waking
            await commits.flushed()
            gc.unfreeze()


class _House:
    """Every open connection: how many there may be, and which of them say nothing for too long."""

    def __init__(self, answering: Answering, cap: int) -> None:
        wanted = cap * CONNECTIONS_EACH + SPARE_CONNECTIONS
        self._most = max(SPARE_CONNECTIONS, room_for_files(wanted + SPARE_CONNECTIONS) - SPARE_CONNECTIONS)
        self._answering = answering
        self._turns = _Turns()
        self._asked: set[object] = set()
        self._silent: set[object] = set()
        self._server = web.Server(
            self._answer,
            request_factory=partial(_Request, loop=asyncio.get_running_loop()),
            handler_cancellation=True,
            access_log=None,
            logger=_unheard(),
            keepalive_timeout=IDLE,
            lingering_time=LEAVING,
        )

    def enter(self) -> asyncio.BaseProtocol:
        """Take a connection, or turn it away."""
        return self._server() if len(self._server.connections) < self._most else _Silent()

    def sweep(self) -> None:
        """Close what has not sent a single request since the sweep before."""
        here = self._server.connections
        self._asked.intersection_update(here)
        for connection in here:
            if connection in self._silent and connection not in self._asked:
                connection.force_close()
        self._silent = {connection for connection in here if connection not in self._asked}

    async def empty(self) -> None:
        """Close everything, once what is being answered is answered, or after a moment."""
        self._server.pre_shutdown()
        await self._server.shutdown(LEAVING)

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        self._asked.add(request.protocol)
        await self._turns.mine()
        return await self._answering.answer(request)


class _Turns:
    """A few answers are worked out, then everything else has its turn, the facilitator's keys too."""

    def __init__(self) -> None:
        self._taken = 0
        self._waiting: deque[asyncio.Future[None]] = deque()

    async def mine(self) -> None:
        """Wait for a turn; in the order of asking."""
        if self._taken >= AT_ONCE:
            turn = asyncio.get_running_loop().create_future()
            self._waiting.append(turn)
            await turn
            return
        if not self._taken:
            asyncio.get_running_loop().call_soon(self._next)
        self._taken += 1

    def _next(self) -> None:
        self._taken = 0
        while self._waiting and self._taken < AT_ONCE:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                self._taken += 1
        if self._taken:
            asyncio.get_running_loop().call_soon(self._next)


class _Request(web.BaseRequest):
    """A request whose answer, whatever it is, carries the same headers and names no software."""

    async def _prepare_hook(self, response: web.StreamResponse) -> None:
        response.headers.update(HEADERS)
        response.headers["Content-Security-Policy"] = assets().policy
        response.headers.popall("Server", None)


class _Silent(asyncio.Protocol):
    """Who comes once the house is full: the connection is closed."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.WriteTransport):
            transport.abort()


class _Coalesced:
    """One call for all that happens within a tenth of a second; none once it is stopped."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self._due: asyncio.TimerHandle | None = None

    def note(self) -> None:
        """Something happened."""
        if self._due is None:
            self._due = asyncio.get_running_loop().call_later(COALESCED, self._call)

    def stop(self) -> None:
        """Let what is due go."""
        if self._due is not None:
            self._due.cancel()

    def _call(self) -> None:
        self._due = None
        self._changed()


def _unheard() -> logging.Logger:
    """Where the server's complaints go: only where somebody listens, never across the projected screen."""
    logger = logging.getLogger("callcalm.room.server")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
    return logger
