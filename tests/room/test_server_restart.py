"""A host killed in the middle of a storm of votes: none that was acknowledged is lost, none counts twice."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

import aiohttp
import pytest

ROOT = Path(__file__).parent.parent.parent
MANY = 60
KILLED_AFTER = 25


class Host:
    """A host's process."""

    def __init__(self, process: asyncio.subprocess.Process, port: int, link: str, ballot: int) -> None:
        self.process = process
        self.port = port
        self.link = link
        self.ballot = ballot

    @classmethod
    async def starts(cls, folder: Path, port: int = 0) -> Host:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.room.hosting_process", str(folder), str(port)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            cwd=ROOT,
        )
        assert process.stdout is not None
        words = (await process.stdout.readline()).decode().split()
        assert len(words) == 3, "it did not start"
        return cls(process, int(words[0]), words[1], int(words[2]))

    async def counts(self) -> list[int]:
        """How many joined, and the votes by letter."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(b"\n")
        return [int(word) for word in (await self.process.stdout.readline()).split()]

    async def ends(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        assert await self.process.wait() == 0


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")
async def test_killed_in_a_storm_of_votes(tmp_path: Path) -> None:
    host = await Host.starts(tmp_path)
    headers = {"Origin": host.link.partition("/r/")[0], "Accept": "text/x-room"}
    phones = [
        aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True), headers=headers) for _ in range(MANY)
    ]
    acknowledged: dict[int, str] = {}
    killed = asyncio.Event()

    async def send(number: int, place: str, fields: dict[str, str]) -> int:
        async with phones[number].post(host.link + place, data=fields) as got:
            await got.read()
            return got.status

    async def votes(number: int) -> None:
        letter = "AB"[number % 2]
        try:
            status = await send(number, "vote", {"letter": letter, "ballot": str(host.ballot)})
        except (aiohttp.ClientError, ConnectionError):
            return
        assert status == 200
        acknowledged[number] = letter
        if len(acknowledged) == KILLED_AFTER:
            os.kill(host.process.pid, signal.SIGKILL)
            killed.set()

    for number in range(MANY):
        assert await send(number, "join", {"x": "1"}) == 200
    await asyncio.gather(*map(votes, range(MANY)))
    assert killed.is_set()
    await host.process.wait()

    again = await Host.starts(tmp_path, host.port)
    assert (again.link, again.ballot) == (host.link, host.ballot), "phones find it where it was"
    joined, *tally = await again.counts()
    assert joined == MANY
    assert len(acknowledged) >= KILLED_AFTER
    for letter, votes_now in zip("AB", tally, strict=False):
        assert votes_now >= sum(one == letter for one in acknowledged.values()), "an acknowledged vote is lost"
    for number in range(MANY):
        fields = {"letter": "AB"[number % 2], "ballot": str(again.ballot)}
        assert await send(number, "vote", fields) == 200
    assert await again.counts() == [MANY, MANY // 2, MANY // 2, *[0] * (len(tally) - 2)]
    for phone in phones:
        await phone.close()
    await again.ends()
