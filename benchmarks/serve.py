"""What `callcalm serve` costs: memory of a session, the time to its first page, and what it computes while idle.

    python benchmarks/serve.py [SESSIONS ...]

1, 4 and 8 learners come in at once over real web sockets on loopback and go to the middle of a call. Memory is PSS
from /proc (pages that processes share are divided among them), so it needs Linux. Textual's smallest app, served
the same way in the same run, is the reference: the ratios to it count.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import aiohttp  # noqa: E402 - the path comes first, so that a checkout needs no install

from callcalm.cli.serve import EACH  # noqa: E402
from callcalm.room import learner_answering  # noqa: E402
from callcalm.room.learner_screen import LearnerScreen  # noqa: E402
from callcalm.room.learner_server import LearnerServer, serving_learners  # noqa: E402

SESSIONS = (1, 4, 8)
IDLE = 10.0
"""Seconds over which idle sessions are looked at."""

HELLO = """
from textual.app import App
from textual.widgets import Label
class Hello(App):
    def compose(self):
        yield Label("Welcome")
Hello().run()
"""
TICKS = os.sysconf("SC_CLK_TCK")


def pss(pid: int) -> float:
    """Megabytes of a process, shared pages divided."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
    return next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")) / 1024


def computed(pid: int) -> float:
    """Seconds that a process has computed."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def children() -> list[int]:
    return [int(pid) for pid in Path(f"/proc/self/task/{os.getpid()}/children").read_text("ascii").split()]


class Learner:
    """A browser without a window, that looks for words in what is drawn."""

    def __init__(self, server: LearnerServer) -> None:
        self._server = server
        self._session = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
        self._seen = b""
        self.first = 0.0

    async def comes(self) -> None:
        """Type the code, open the terminal; `first` is how long the first page took from there."""
        origin = self._server.address.rstrip("/")
        headers = {"Origin": origin}
        async with self._session.post(f"{origin}/", data={"code": self._server.code}, headers=headers) as got:
            assert got.status == 200
        began = time.perf_counter()
        self._socket = await self._session.ws_connect(f"{origin}/screen?width=100&height=50", headers=headers)
        await self.sees(b"Welcome")
        self.first = time.perf_counter() - began

    async def presses(self, key: str, words: bytes, within: float = 30) -> None:
        """Press a key, and wait for what it brings; raises `TimeoutError`."""
        self._seen = b""
        await self._socket.send_str(json.dumps(["stdin", key]))
        await self.sees(words, within)

    async def sees(self, words: bytes, within: float = 30) -> None:
        """Go on once these words are drawn."""
        async with asyncio.timeout(within):
            while words not in self._seen:
                self._seen += (await self._socket.receive()).data

    async def goes(self) -> None:
        """Close the browser."""
        await self._socket.close()
        await self._session.close()


async def into_a_call(learner: Learner) -> None:
    """Past the first pages, to the list, to the first encounter, to the first answer."""
    await learner.presses("\x1b", b"Never heard of you")
    await learner.presses("\r", b"Then pick up")
    while True:  # a key that comes before the end of the page is in sight reads on
        with suppress(TimeoutError):
            await learner.presses("\r", b"Composure", within=2)
            return


async def measured(many: int, *, reference: bool) -> tuple[float, float, float, float]:
    """Seconds to the first page (median, slowest), megabytes a session, share of a core that all take idle."""
    async with serving_learners(port=0, cap=many) as server:
        learners = [Learner(server) for _ in range(many)]
        await asyncio.gather(*(learner.comes() for learner in learners))
        if not reference:
            await asyncio.gather(*map(into_a_call, learners))
        pids = children()
        assert len(pids) == many, pids
        memory = sum(map(pss, pids)) / many
        before = sum(map(computed, pids))
        await asyncio.sleep(IDLE)
        idle = (sum(map(computed, pids)) - before) / IDLE
        await asyncio.gather(*(learner.goes() for learner in learners))
    firsts = [learner.first for learner in learners]
    return median(firsts), max(firsts), memory, idle


async def compared(counts: tuple[int, ...]) -> bool:
    served: Callable[..., LearnerScreen] = LearnerScreen
    met = True
    print("learners   first page, slowest   MB each (PSS)   idle, all together   to Textual's smallest app")
    for many in counts:
        learner_answering.LearnerScreen = partial(LearnerScreen, words=(sys.executable, "-P", "-c", HELLO))  # type: ignore[assignment,misc]
        base = await measured(many, reference=True)
        learner_answering.LearnerScreen = served  # type: ignore[assignment,misc]
        first, slowest, memory, idle = await measured(many, reference=False)
        print(
            f"{many:8}   {first * 1000:5.0f} ms, {slowest * 1000:5.0f} ms   {memory:13.1f}   {idle:14.1%} core"
            f"   first page {first / base[0]:.1f} times, memory {memory / base[2]:.1f} times"
        )
        met = met and memory <= EACH
    print(f"this server: {pss(os.getpid()):.0f} MB (with the learners of this measurement)")
    print(f"bar (at most the {EACH} MB that the help states): {'met' if met else 'NOT MET'}")
    return met


def main() -> int:
    if sys.platform != "linux":
        print("memory is read from /proc, which only Linux has")
        return 0
    counts = tuple(map(int, sys.argv[1:])) or SESSIONS
    return 0 if asyncio.run(compared(counts)) else 1


if __name__ == "__main__":
    sys.exit(main())
