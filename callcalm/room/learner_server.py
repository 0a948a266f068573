"""The learners' server: the screens themselves in browsers, for machines without a terminal.

It listens on this machine alone unless it is told otherwise. Once it is left nothing listens, no session's process
runs, and the folders of the learners are gone. What must not be here: what is answered (`learner_answering`).
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from aiohttp import web

from callcalm.core.text import Text, safe
from callcalm.language import _
from callcalm.room import learner_pages
from callcalm.room.gate import Keys, served
from callcalm.room.learner_answering import Answering
from callcalm.room.learner_places import Places
from callcalm.room.network import LOOPBACK, CannotListen, lan_address, listen
from callcalm.room.server import HEADERS

IDLE = 30 * 60.0
"""Seconds without a key after which a session ends: its place is for somebody who plays."""

CAP = 8
"""Learners at once, unless another number is asked for."""

MOST_CAP = 40
"""The largest such number: each is a process of its own."""

SILENT = 15.0
"""Seconds that a connection may stay open with nothing asked or going on."""

LEAVING = 2.0
"""Seconds that answers have to get away at the end."""

_CONNECTIONS_EACH = 8
_SPARE = 64


@dataclass(frozen=True, slots=True)
class LearnerServer:
    """Where learners come in: `address` asks for `code`, `link` needs only a press on a button."""

    address: str
    link: str
    code: str
    port: int
    places: Places


@asynccontextmanager
async def serving_learners(
    *,
    lan: bool = False,
    port: int | None = None,
    cap: int = CAP,
    idle: float = IDLE,
    clock: Callable[[], float] = time.monotonic,
    told: Callable[[Text], None] = lambda _line: None,
    opens: Callable[[str, int], None] = lambda _address, _port: None,
) -> AsyncIterator[LearnerServer]:
    """Serve the screens for as long as this is open.

    `lan` opens it to the local network (`lan_words` says what that means), else only this machine reaches it.
    `told` gets a line when a session ended badly; `opens` gets address and port before `lan` lets anybody in.

    Raises:
        CannotListen: no network, or no free port.
    """
    host = lan_address() if lan else LOOPBACK
    if host is None:
        raise CannotListen(_("This machine is in no network. Join one, or leave --lan out."))
    with (
        listen(host, port) as listener,
        tempfile.TemporaryDirectory(prefix="callcalm-serve-", ignore_cleanup_errors=True) as folder,
    ):
        port = int(listener.getsockname()[1])
        if lan:
            opens(host, port)
        keys = Keys.of(secrets.token_bytes(32))
        places = Places(cap, Path(folder))
        names = frozenset({host}) if lan else frozenset({host, "localhost"})
        answering = Answering(keys, served(names, port), places, idle, clock, told)
        door = _Door(answering, cap)
        listening = await asyncio.get_running_loop().create_server(door.enter, sock=listener)
        address = f"http://{host}/" if port == 80 else f"http://{host}:{port}/"  # noqa: PLR2004
        try:
            yield LearnerServer(address, f"{address}s/{keys.path}", keys.code, port, places)
        finally:
            listening.close()
            await places.close()
            await door.close()


def lan_words(address: str, port: int) -> tuple[Text, ...]:
    """What --lan opens, one sentence a line: to be shown before anything listens."""
    return tuple(
        safe(sentence)
        for sentence in (
            _("--lan opens {address}, port {port}, to everyone on this network, until callcalm ends.").format(
                address=address, port=port
            ),
            _("Whoever has the code or the link can practise here: each is a process on this machine."),
            _("It is plain HTTP: who runs or listens on this network can read what is played and typed."),
            _("Learners see no file of this machine, and nothing of your own saves."),
            _("Use it on a network you trust, and never on an address that the internet reaches."),
        )
    )


class _Door:
    """Every open connection; one that asks nothing is closed."""

    def __init__(self, answering: Answering, cap: int) -> None:
        self._answering = answering
        self._most = cap * _CONNECTIONS_EACH + _SPARE
        self._asked: set[object] = set()
        self._server = web.Server(
            self._answer,
            request_factory=partial(_Request, loop=asyncio.get_running_loop()),
            access_log=None,
            logger=_unheard(),
            keepalive_timeout=SILENT,
            lingering_time=LEAVING,
        )

    def enter(self) -> asyncio.BaseProtocol:
        """Take a connection, or turn it away."""
        if len(self._server.connections) >= self._most:
            return _TurnedAway()
        made = self._server()
        asyncio.get_running_loop().call_later(SILENT, self._look_at, made)
        return made

    async def close(self) -> None:
        """Close everything, once what is being answered is answered, or after a moment."""
        self._server.pre_shutdown()
        await self._server.shutdown(LEAVING)

    def _look_at(self, connection: web.RequestHandler) -> None:
        if connection not in self._asked:
            connection.force_close()
        self._asked.intersection_update(self._server.connections)

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        self._asked.add(request.protocol)
        return await self._answering.answer(request)


class _Request(web.BaseRequest):
    """A request whose answer, whatever it is, carries the same headers and names no software."""

    async def _prepare_hook(self, response: web.StreamResponse) -> None:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Content-Security-Policy", learner_pages.page_policy())
        response.headers.popall("Server", None)


class _TurnedAway(asyncio.Protocol):
    """Who comes once there are too many connections."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.WriteTransport):
            transport.abort()


def _unheard() -> logging.Logger:
    """Where the server's complaints go: only where somebody listens."""
    logger = logging.getLogger("callcalm.room.learners")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
        logger.propagate = False
    return logger
