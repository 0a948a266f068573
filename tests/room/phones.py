"""Phones for tests: a served room, and participants who talk to it over a real socket."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from html import unescape

import aiohttp

from callcalm.room.server import RoomServer, serving
from callcalm.room.session import Room
from tests.room.rooms import small

SECRET = b"r" * 32


@dataclass
class Memory:
    """A journal in memory, as sure as a disk; `waits` holds commits back."""

    secret: bytes = SECRET
    taken: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    def append(self, lines: Iterable[str]) -> None:
        self.taken.extend(lines)

    def commit(self) -> None:
        self.kept.extend(self.taken)
        self.taken.clear()


@dataclass
class Answer:
    """What came back."""

    status: int
    text: str
    headers: aiohttp.typedefs.CIMultiDictProxy[str]

    @property
    def words(self) -> str:
        """What a reader sees of `main`."""
        main = re.sub(r"(?s).*<main>|</main>.*", "", self.text)
        assert "&lt;p" not in main, "markup that is shown"
        return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", main)))


async def until(true: Callable[[], object]) -> None:
    """Let everything else go on until this is true."""
    async with asyncio.timeout(10):
        while not true():  # noqa: ASYNC110 - what is waited for sets no event
            await asyncio.sleep(0)


class Phone:
    """One participant's browser without a script: cookies, forms, redirects."""

    def __init__(self, server: RoomServer, session: aiohttp.ClientSession) -> None:
        self.server = server
        self.session = session
        self.origin = server.address.rstrip("/")

    async def get(self, url: str = "", **headers: str) -> Answer:
        """A page; the room's own without a name."""
        async with self.session.get(self._url(url), headers=headers) as got:
            return Answer(got.status, await got.text(), got.headers)

    async def post(self, url: str, fields: dict[str, str] | None = None, **headers: str) -> Answer:
        """Send a form."""
        headers = {"Origin": self.origin, **headers}
        async with self.session.post(self._url(url), data=fields or {"": ""}, headers=headers) as got:
            return Answer(got.status, await got.text(), got.headers)

    async def send(self, url: str, fields: dict[str, str]) -> Answer:
        """Send a form as the page's script does."""
        return await self.post(url, fields, Accept="text/x-room")

    async def join(self) -> Answer:
        """Come in by the link."""
        return await self.post("join")

    async def vote(self, letter: str, ballot: int) -> Answer:
        return await self.send("vote", {"letter": letter, "ballot": str(ballot)})

    @asynccontextmanager
    async def stream(self) -> AsyncIterator[Stream]:
        """Listen to what comes down."""
        async with self.session.get(self._url("events")) as got:
            yield Stream(got)

    def _url(self, url: str) -> str:
        return self.origin + url if url.startswith("/") else self.server.link + url


class Stream:
    """Server-sent events as they come."""

    def __init__(self, got: aiohttp.ClientResponse) -> None:
        self.got = got

    async def page(self) -> str:
        """The next page that comes."""
        while True:
            block = await self.block()
            if block.startswith("event: page"):
                return "\n".join(line.removeprefix("data: ") for line in block.split("\n")[1:])

    async def block(self) -> str:
        """The next block, without its empty line; raises `EOFError` at the end."""
        async with asyncio.timeout(10):
            raw = await self.got.content.readuntil(b"\n\n")
        if not raw:
            raise EOFError
        return raw.decode().removesuffix("\n\n")


@asynccontextmanager
async def served(
    room: Room | None = None, journal: Memory | None = None, **options: object
) -> AsyncIterator[Served]:
    """A room that is served on a port of its own."""
    room = room or small()
    journal = journal or Memory()
    async with AsyncExitStack() as stack:
        options = {"port": 0, **options}
        server = await stack.enter_async_context(serving(room, journal, **options))  # type: ignore[arg-type]  # its own
        made = Served(room, journal, server, stack)
        try:
            yield made
        finally:
            for phone in made.phones:
                await phone.session.close()


@dataclass
class Served:
    """A served room and who is there."""

    room: Room
    journal: Memory
    server: RoomServer
    stack: AsyncExitStack
    phones: list[Phone] = field(default_factory=list)

    async def close(self) -> None:
        """End the server; the phones stay."""
        await self.stack.aclose()

    def phone(self) -> Phone:
        """Somebody who has not joined."""
        made = Phone(self.server, aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)))
        self.phones.append(made)
        return made

    async def seated(self) -> Phone:
        """Somebody who has."""
        phone = self.phone()
        await phone.join()
        return phone

    def asks(self) -> int:
        """The facilitator asks the first question; its ballot."""
        if self.room.phase == "lobby":
            self.room.start()
        while self.room.round.state.unheard:
            self.room.listen()
        self.room.ask()
        self.server.announce()
        return self.room.revision
