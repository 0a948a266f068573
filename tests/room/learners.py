"""Learners for tests: a server of screens, and guests who come to it over a real socket."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from callcalm.room import learner_answering
from callcalm.room.learner_screen import LearnerScreen
from callcalm.room.learner_server import LearnerServer, serving_learners

ECHO = """
import json, os, sys
def draw(data):
    os.write(1, b"D" + len(data).to_bytes(4, "big") + data)
os.write(1, b"__GANGLION__" + bytes([10]))
draw(json.dumps({"env": dict(os.environ), "pid": os.getpid(), "argv": sys.argv[1:], "cwd": os.getcwd()}).encode())
while data := os.read(0, 100_000):
    if b'"quit"' in data:
        break
    draw(data)
"""
"""A session that says what it was started with, then sends back what it is sent."""

DEAF = """
import os, signal
signal.signal(signal.SIGTERM, signal.SIG_IGN)
me = str(os.getpid()).encode()
os.write(1, b"__GANGLION__" + bytes([10]) + b"D" + len(me).to_bytes(4, "big") + me)
while True:
    signal.pause()
"""
"""A session that hears nothing."""

BROKEN = """
import sys
sys.exit("one\\nsecret \\x1b[2J was here")
"""


def play(script: str, patch: pytest.MonkeyPatch) -> None:
    """Let sessions be this script instead of the screens."""
    made = partial(LearnerScreen, words=(sys.executable, "-S", "-c", script))
    patch.setattr(learner_answering, "LearnerScreen", made)


def alive(pid: int) -> bool:
    """Whether there is such a process."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@dataclass
class Guest:
    """A browser without a window."""

    server: LearnerServer
    session: aiohttp.ClientSession
    origin: str = field(init=False)

    def __post_init__(self) -> None:
        self.origin = self.server.address.rstrip("/")

    async def get(self, path: str = "/", **headers: str) -> tuple[int, str, Any]:
        return await self._ask("GET", path, None, headers)

    async def post(self, path: str, fields: dict[str, str], **headers: str) -> tuple[int, str, Any]:
        return await self._ask("POST", path, fields, {"Origin": self.origin, **headers})

    async def types(self, code: str) -> tuple[int, str, Any]:
        return await self.post("/", {"code": code})

    async def _ask(
        self, method: str, path: str, fields: dict[str, str] | None, headers: dict[str, str]
    ) -> tuple[int, str, Any]:
        asked = self.session.request(
            method, self.origin + path, data=fields, headers=headers, allow_redirects=False
        )
        async with asked as got:
            return got.status, await got.text(), got.headers

    async def screen(self, query: str = "width=80&height=24", **headers: str) -> Terminal:
        """Open a terminal; raises `aiohttp.WSServerHandshakeError` if it is refused."""
        headers = {"Origin": self.origin, **headers}
        url = f"{self.origin}/screen?{query}"
        return Terminal(await self.session.ws_connect(url, headers=headers, max_msg_size=2**24))

    async def refused(self, query: str = "width=80&height=24", **headers: str) -> int:
        """The status with which a terminal is refused."""
        with pytest.raises(aiohttp.WSServerHandshakeError) as caught:
            await self.screen(query, **headers)
        return caught.value.status


@dataclass
class Terminal:
    """An open terminal."""

    socket: aiohttp.ClientWebSocketResponse

    async def drawn(self) -> bytes:
        """The next that is drawn."""
        async with asyncio.timeout(20):  # of its own: the socket's begins anew with each sign of life
            got = await self.socket.receive()
        assert got.type is aiohttp.WSMsgType.BINARY, got
        return bytes(got.data)

    async def started(self) -> dict[str, Any]:
        """What the echo says of itself."""
        return json.loads(await self.drawn())  # type: ignore[no-any-return]  # the script's own words

    async def shows(self, words: bytes) -> None:
        """Go on once these words are drawn."""
        seen = b""
        while words not in seen:
            seen += await self.drawn()

    async def sends(self, *frame: object) -> None:
        await self.socket.send_str(json.dumps(frame))

    async def ends(self) -> int | None:
        """Take what comes until the session is over; the code it was closed with."""
        async with asyncio.timeout(20):
            while True:
                got = await self.socket.receive()
                if got.type is not aiohttp.WSMsgType.BINARY:
                    assert got.type in {aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED}, got
                    return self.socket.close_code


@dataclass
class Hall:
    """A server and its guests."""

    server: LearnerServer
    told: list[str]
    stack: AsyncExitStack
    guests: list[Guest] = field(default_factory=list)

    def guest(self) -> Guest:
        """Somebody who has not typed the code."""
        made = Guest(self.server, aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)))
        self.guests.append(made)
        return made

    async def learner(self) -> Guest:
        """Somebody who has."""
        made = self.guest()
        assert (await made.types(self.server.code))[0] == 303
        return made

    async def close(self) -> None:
        """End the server; the guests stay."""
        await self.stack.aclose()


@asynccontextmanager
async def hall(**options: Any) -> AsyncIterator[Hall]:
    """A server on a port of its own."""
    told: list[str] = []
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(serving_learners(port=0, told=told.append, **options))
        made = Hall(server, told, stack)
        try:
            yield made
        finally:
            for guest in made.guests:
                await guest.session.close()


def folders_of(hall: Hall) -> Path:
    """Where the learners' folders are."""
    return hall.server.places._folder
