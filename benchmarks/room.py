"""A full room: phones that all have the page open and vote within ten seconds, on loopback, on this machine.

    python benchmarks/room.py [PHONES]

Every phone is a connection for what comes down and one for what is sent, driven from a process of its own; the
server runs with a real session in a temporary folder, every vote on the disk before it is acknowledged. Meanwhile
the facilitator's commands run in the server's own loop. A bare aiohttp echo takes the same votes in the same run:
the ratio to it counts, and the bars: 250 ms for 99 of 100 votes, 50 ms for the facilitator, no vote lost.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from aiohttp import web  # noqa: E402 - the path comes first, so that a checkout needs no install

from callcalm.practice.desk import Desk  # noqa: E402
from callcalm.room.hosting import Hosted  # noqa: E402
from callcalm.room.network import room_for_files  # noqa: E402
from callcalm.room.server import serving  # noqa: E402

PHONES = 1_000
WITHIN = 10.0
"""Seconds in which all of them vote."""

VOTE_BAR, KEY_BAR = 0.250, 0.050
FORM = "Content-Type: application/x-www-form-urlencoded"


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


# The phones, in a process of their own


class Line:
    """One kept connection that speaks just enough HTTP."""

    def __init__(self, host: str, port: int) -> None:
        self._at = (host, port)
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None
        self.cookie = ""

    async def ask(self, method: str, path: str, body: str = "", *, stream: bool = False) -> tuple[int, bytes]:
        """Send a request; status and body, or the status alone where a stream begins."""
        if self._writer is None:
            self._reader, self._writer = await asyncio.open_connection(*self._at)
        assert self._reader is not None
        host = f"{self._at[0]}:{self._at[1]}"
        lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", f"Origin: http://{host}", "Accept: text/x-room"]
        if self.cookie:
            lines.append(f"Cookie: {self.cookie}")
        if method == "POST":
            lines += [FORM, f"Content-Length: {len(body)}"]
        self._writer.write(("\r\n".join(lines) + "\r\n\r\n" + body).encode())
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        status = int(head.split(" ", 2)[1])
        fields = [line.partition(": ") for line in head.split("\r\n")[1:]]
        for name, _colon, value in fields:
            if name.lower() == "set-cookie":
                self.cookie = value.partition(";")[0]
        if stream:
            return status, b""
        length = next(int(value) for name, _colon, value in fields if name.lower() == "content-length")
        return status, await self._reader.readexactly(length)

    async def next_page(self) -> bytes:
        """The next page of a stream."""
        assert self._reader is not None
        while True:
            block = await self._reader.readuntil(b"event: page\n")
            if block:
                # Chunked: only that the page came, and what it is about, is looked at.
                return await self._reader.readuntil(b"</div>")

    def close(self) -> None:
        """Hang up."""
        if self._writer is not None:
            self._writer.close()


async def phones(host: str, port: int, base: str, many: int) -> None:
    """Join, listen, vote when told to; talks with the server's process in lines of JSON."""
    tell = print
    sends = [Line(host, port) for _ in range(many)]
    downs = [Line(host, port) for _ in range(many)]

    async def comes_in(number: int, send: Line, down: Line) -> None:
        await asyncio.sleep(WITHIN * number / many)
        await send.ask("POST", f"{base}join", "x=1")
        down.cookie = send.cookie
        await down.ask("GET", f"{base}events", stream=True)
        await down.next_page()

    began = time.perf_counter()
    await asyncio.gather(*map(comes_in, range(many), sends, downs))
    tell(json.dumps({"joined": time.perf_counter() - began}), flush=True)

    loop = asyncio.get_running_loop()
    while True:
        order = json.loads(await loop.run_in_executor(None, sys.stdin.readline) or "{}")
        if order.get("do") == "watch":
            pages = await asyncio.gather(*(down.next_page() for down in downs))
            tell(json.dumps({"seen": len(pages)}), flush=True)
        elif order.get("do") == "vote":
            tell(json.dumps(await storm(sends, order["path"], order["ballot"], order["within"])), flush=True)
        else:
            break
    for line in (*sends, *downs):
        line.close()


async def storm(sends: list[Line], path: str, ballot: int, within: float) -> dict[str, Any]:
    """Everybody votes, evenly within so many seconds; how long each waited for the answer."""
    took: list[float] = []
    refused = 0

    async def vote(number: int, line: Line) -> None:
        nonlocal refused
        await asyncio.sleep(within * number / len(sends))
        began = time.perf_counter()
        status, _body = await line.ask("POST", path, f"letter={'AB'[number % 2]}&ballot={ballot}")
        took.append(time.perf_counter() - began)
        refused += status != 200

    await asyncio.gather(*(vote(number, line) for number, line in enumerate(sends)))
    return {"took": took, "refused": refused}


# The server's process


class Crowd:
    """The other process, spoken to in lines."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process

    @classmethod
    async def gathers(cls, host: str, port: int, base: str, many: int) -> Crowd:
        """So many phones, on their way to this room."""
        return cls(
            await asyncio.create_subprocess_exec(
                sys.executable, __file__, "--phones", host, str(port), base, str(many),
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, limit=2**24,
            )
        )  # fmt: skip

    async def hears(self) -> dict[str, Any]:
        """What they report next."""
        assert self.process.stdout is not None
        return dict(json.loads(await self.process.stdout.readline()))

    def does(self, **order: object) -> None:
        """Tell them what to do."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(order).encode() + b"\n")

    async def goes(self) -> None:
        """Send them home."""
        self.does(do="go")
        await self.process.wait()


async def keys_meanwhile(work: Awaitable[object], press: Callable[[], object]) -> tuple[object, list[float]]:
    """Press a key twenty times a second while the work goes on; how late each press was done."""
    task = asyncio.ensure_future(work)
    loop = asyncio.get_running_loop()
    late: list[float] = []
    while not task.done():
        due = loop.time() + 0.05
        await asyncio.sleep(0.05)
        press()
        late.append(loop.time() - due)
    return await task, late


async def echo(many: int) -> dict[str, Any]:
    """The same votes to a server that does nothing but read a form and answer."""

    async def answers(request: web.BaseRequest) -> web.StreamResponse:
        if request.path.endswith("events"):
            response = web.StreamResponse()
            await response.prepare(request)
            await response.write(b"event: page\ndata: <div></div>\n\n")
            await asyncio.sleep(3600)
        await request.read()
        return web.Response(text="ok")

    server = web.Server(answers, access_log=None, handler_cancellation=True)
    listening = await asyncio.get_running_loop().create_server(server, "127.0.0.1", 0, backlog=1024)
    port = listening.sockets[0].getsockname()[1]
    crowd = await Crowd.gathers("127.0.0.1", port, "/", many)
    await crowd.hears()
    crowd.does(do="vote", path="/vote", ballot=1, within=WITHIN)
    found = await crowd.hears()
    await crowd.goes()
    listening.close()
    server.pre_shutdown()
    await server.shutdown(1)
    return found


async def room(folder: Path, many: int) -> bool:
    desk = Desk.open(player=None, saves=folder, now=lambda: datetime.now(UTC))
    hosted = Hosted.begin(desk, "waiting-room", cap=many)
    played = hosted.room
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    async with serving(played, hosted.journal, port=0) as server:
        base = server.link.split(str(server.port), 1)[1]
        crowd = await Crowd.gathers(server.host, server.port, base, many)
        joined, late = await keys_meanwhile(crowd.hears(), lambda: None)
        print(f"{played.joined} phones joined in {joined['joined']:.1f} s, {server.watching} of them listen")
        print(f"  a key meanwhile: median {ms(median(late))}, slowest {ms(max(late))}")
        slowest = max(late)

        played.start()
        while played.round.state.unheard:
            played.listen()
        played.ask()
        hosted.save()
        crowd.does(do="watch")
        began = time.perf_counter()
        server.announce()
        seen, late = await keys_meanwhile(crowd.hears(), lambda: None)
        print(f"the question is on {seen['seen']} phones after {ms(time.perf_counter() - began)}")
        print(f"  a key meanwhile: slowest {ms(max(late, default=0))}")
        slowest = max(slowest, *late, 0.0)

        results = []
        for within, words in ((WITHIN, f"within {WITHIN:.0f} s"), (0.0, "all at once")):
            crowd.does(do="vote", path=f"{base}vote", ballot=played.revision, within=within)
            found, late = await keys_meanwhile(crowd.hears(), hosted.save)
            took = found["took"]
            results.append(percentile(took, 0.99))
            tally = played.question.ballot.tally
            lost = many - sum(tally.values())
            print(
                f"{len(took)} votes {words}: median {ms(median(took))}, 99 of 100 within {ms(results[-1])}, "
                f"slowest {ms(max(took))}; refused {found['refused']}, lost or doubled {abs(lost)}"
            )
            print(f"  a key meanwhile: median {ms(median(late))}, slowest {ms(max(late))}")
            if within:
                slowest = max(slowest, *late)
                sound = lost == 0 and found["refused"] == 0 and tally["A"] == tally["B"] == many // 2
        crowd.does(do="watch")
        began = time.perf_counter()
        played.reveal()
        hosted.save()
        server.announce()
        seen, late = await keys_meanwhile(crowd.hears(), lambda: None)
        print(f"the result is on {seen['seen']} phones after {ms(time.perf_counter() - began)}")
        slowest = max(slowest, *late, 0.0)
        await crowd.goes()
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"memory: {used / 1024:.0f} MB at most, {before / 1024:.0f} MB of it before anybody came")
    hosted.end(keep=False)

    reference = (await echo(many))["took"]
    ratio = results[0] / percentile(reference, 0.99)
    print(f"a bare echo: median {ms(median(reference))}, 99 of 100 within {ms(percentile(reference, 0.99))}")
    print(f"ratio of the room to the echo, 99 of 100: {ratio:.1f}")
    met = sound and results[0] <= VOTE_BAR and slowest <= KEY_BAR
    print(f"bars ({ms(VOTE_BAR)} a vote, {ms(KEY_BAR)} a key, none lost): {'met' if met else 'NOT MET'}")
    return met


def ms(seconds: float) -> str:
    return f"{1000 * seconds:.1f} ms"


def main() -> int:
    if "--phones" in sys.argv:
        host, port, base, many = sys.argv[2:6]
        raise_limit(int(many))
        asyncio.run(phones(host, int(port), base, int(many)))
        return 0
    many = int(sys.argv[1]) if len(sys.argv) > 1 else PHONES
    raise_limit(many)
    with tempfile.TemporaryDirectory() as folder:
        return 0 if asyncio.run(room(Path(folder), many)) else 1


def raise_limit(many: int) -> None:
    needed = 3 * many + 200
    if room_for_files(needed) < needed:
        print(f"this system lets a process hold too few connections for {many} phones", file=sys.stderr)
        raise SystemExit(2)


if __name__ == "__main__":
    raise SystemExit(main())
