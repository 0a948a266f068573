"""Phones in a room that is hosted line by line: a host in a process of its own, real votes, and how it ends."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import aiohttp
import pytest

from callcalm.plain.host_phones import Door
from callcalm.room.file import read_session
from callcalm.room.hosting import Hosted
from callcalm.room.journal import remembered
from callcalm.room.shelf import folder, live_path
from tests.room.phones import Phone
from tests.world import Script, desk

PATIENCE = 30
"""Seconds for a host on a busy machine to say what is waited for."""


@dataclass
class Host:
    """A host that is typed to, and its phones; `said` is everything that it has said."""

    process: asyncio.subprocess.Process
    port: int
    where: Path
    stack: AsyncExitStack
    said: str = ""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    async def hears(self, words: str) -> str:
        """Wait for a line with these words; that line."""
        assert self.process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            while True:
                line = (await self.process.stdout.readline()).decode()
                self.said += line
                if words in line:
                    return line
                assert line, f"it ended before it said “{words}”: {self.said}"

    async def types(self, *lines: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write("".join(f"{line}\n" for line in lines).encode())
        await self.process.stdin.drain()

    async def phone(self, code: str) -> Phone:
        """Somebody who types the code."""
        session = await self.stack.enter_async_context(
            aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
        )
        origin = {"Origin": self.address.rstrip("/")}
        async with session.post(self.address, data={"code": code}, headers=origin) as got:
            assert "You are in." in await got.text()
            room = SimpleNamespace(address=self.address, link=str(got.url.with_query(None)))
            return Phone(room, session)  # type: ignore[arg-type]  # all it needs

    async def ends(self) -> tuple[int, str]:
        """Wait for the end: the code, and the last words."""
        async with asyncio.timeout(PATIENCE):
            out, err = await self.process.communicate()
        self.said += out.decode()
        return self.process.returncode or 0, err.decode()


@asynccontextmanager
async def hosting(where: Path, *options: str, port: int | None = None) -> AsyncIterator[Host]:
    """The test call, hosted through a pipe; whatever happens, nothing of it runs on."""
    desk(where).close()
    port = port or free()
    command = ["-m", "callcalm", "host", "test-call", "--plain", "--saves", str(where), "--port", str(port)]
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        sys.executable, *command, *options, stdin=pipe, stdout=pipe, stderr=pipe
    )
    async with AsyncExitStack() as stack:
        try:
            yield Host(process, port, where, stack)
        finally:
            if process.returncode is None:
                process.kill()
                await process.communicate()


def free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def reachable(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


async def code_of(host: Host) -> str:
    return (await host.hears("Code: ")).split(":")[1].replace(" ", "").strip()


async def ballot(phone: Phone) -> int:
    """The number of what is open on the page of this phone."""
    found = re.search(r'name="ballot" value="(\d+)"', (await phone.get()).text)
    assert found
    return int(found[1])


async def test_a_whole_session_with_phones(tmp_path: Path) -> None:
    async with hosting(tmp_path, "--keep") as host:
        code = await code_of(host)
        await host.hears("start with --lan")
        made = [await host.phone(code) for _ in range(3)]
        await host.types("count", "", "", "")
        await host.hears("3 have joined.")
        await host.hears("The vote is open. count for how many")
        await host.types("")
        await host.hears("Nobody has voted yet.")
        asked = await ballot(made[0])
        for phone, letter in zip(made, "ABB", strict=True):
            assert (await phone.vote(letter, asked)).status == 200
        await host.types("B", "count", "")
        await host.hears("People are voting.")
        await host.hears("3 of 3 have voted.")
        await host.hears("The vote is closed.")
        assert "####" not in host.said
        await host.types("", "")
        await host.hears("  B   2 ####")
        await host.hears("You: Two charges")
        await host.types("t")
        await host.hears("Type an answer that is called out")
        said = await made[1].send("say", {"text": "I will stay on this.", "ballot": str(await ballot(made[1]))})
        assert said.status == 200
        await host.types("count", "", "1", "")
        await host.hears("Answers in: 1. Joined: 3.")
        await host.hears("You: I will stay on this.")
        await host.types("debrief", "end")
        code_back, last = await host.ends()
        assert code_back == 0
        assert "Kept: " in last
        assert not reachable(host.port)
    (kept,) = folder(desk(tmp_path)).glob("*.toml")
    assert read_session(kept).entries[-1].joined == 3
    assert not live_path(kept).exists()


async def test_phones_hear_of_every_step_by_themselves(tmp_path: Path) -> None:
    async with hosting(tmp_path) as host:
        phone = await host.phone(await code_of(host))
        async with phone.stream() as stream:
            assert 'name="ballot"' not in await stream.page()
            await host.types("", "", "")
            async with asyncio.timeout(PATIENCE):
                while "Two charges for one scan" not in await stream.page():
                    pass
            await host.types("x", "q", "n")
            assert (await host.ends())[0] == 0


async def test_price_is_scored_on_phones_and_an_empty_page_is_asked_about(tmp_path: Path) -> None:
    async with hosting(tmp_path) as host:
        await code_of(host)
        await host.types("", "", "A", "A", "A", "", "nonsense", "", "n", "", "y")
        await host.hears("0 of 0 have scored the call.")
        await host.hears("“nonsense” is not understood here")
        await host.hears("Nobody has scored the call yet.")
        await host.hears("0 of 0 have scored the call.")
        await host.hears("Nobody has scored the call yet.")
        assert (await host.hears("Nobody has scored")) == "Nobody has scored the call.\n"


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGHUP, 0), (signal.SIGINT, 130)])
async def test_a_signal_leaves_the_session_with_its_votes(tmp_path: Path, number: int, code: int) -> None:
    async with hosting(tmp_path) as host:
        phone = await host.phone(await code_of(host))
        await host.types("", "", "")
        await host.hears("The vote is open.")
        await phone.vote("C", await ballot(phone))
        host.process.send_signal(number)
        done, last = await host.ends()
        assert done == code
        assert "The session waits: callcalm host --resume" in last
        assert "Traceback" not in last
        assert not reachable(host.port)
    (kept,) = folder(desk(tmp_path)).glob("*.toml")
    assert [one.letter for one in remembered(live_path(kept)) if one.letter] == ["C"]


async def test_hands_at_any_time_close_the_door(tmp_path: Path) -> None:
    async with hosting(tmp_path) as host:
        await code_of(host)
        await host.types("", "", "", "hands")
        await host.hears("Nothing listens any more.")
        await host.hears("The vote is open. Count hands")
        assert not reachable(host.port)
        await host.types("A5 B2", "", "q", "n")
        await host.hears("  A   5 ####")
        assert await host.ends() == (0, "The session is deleted.\n")


async def test_the_end_of_input_ends_all(tmp_path: Path) -> None:
    async with hosting(tmp_path) as host:
        await host.phone(await code_of(host))
        assert host.process.stdin is not None
        host.process.stdin.close()
        assert await host.ends() == (0, "The session is deleted.\n")
        assert not reachable(host.port)


async def test_a_taken_port_is_told_and_hands_are_counted(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        async with hosting(tmp_path, port=port) as host:
            line = await host.hears(f"Port {port} is taken")
            assert line.endswith("It goes on with hands.\n")
            await host.hears("by show of hands")


async def test_lan_says_what_it_opens_and_asks_first(tmp_path: Path) -> None:
    async with hosting(tmp_path, "--lan") as host:
        try:
            await host.hears("Open it? y or n")
        except AssertionError:
            assert "This machine is in no network." in host.said
            pytest.skip("this machine is in no network")
        assert "to everyone on this network" in host.said
        assert not reachable(host.port)
        await host.types("n")
        await host.hears("Nothing is opened. It goes on with hands.")
        await host.hears("by show of hands")


@pytest.mark.parametrize("seen", [b"Address: ", b"Code: ", b"Enter to begin"])
async def test_a_window_that_is_closed_at_any_moment_loses_nothing(tmp_path: Path, seen: bytes) -> None:
    desk(tmp_path).close()
    screen, terminal = os.openpty()
    command = ["-m", "callcalm", "host", "test-call", "--plain", "--saves", str(tmp_path), "--port", str(free())]
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *command,
        stdin=terminal,
        stdout=terminal,
        stderr=pipe,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": "80"},
    )
    os.close(terminal)
    shown = b""
    try:
        async with asyncio.timeout(PATIENCE):
            while seen not in shown:
                shown += await asyncio.to_thread(os.read, screen, 16)
        os.close(screen)
        async with asyncio.timeout(PATIENCE):
            _out, last = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()
    if b"Enter to begin" in shown:  # a terminal has the code to scan, below the words
        assert 0 < shown.index(b"Code: ") < shown.index("▄▄▄▄▄".encode())
    assert (process.returncode, last.decode()[:19]) == (0, "The session waits: ")
    assert len(list(folder(desk(tmp_path)).glob("*.toml"))) == 1


def test_that_nobody_came_is_said_once(tmp_path: Path) -> None:
    hosted = Hosted.begin(desk(tmp_path), "test-call")
    alone = [False, True, True]
    server = SimpleNamespace(nobody_came=lambda: alone.pop(0))
    door = Door(None, hosted.room, server, AsyncExitStack())  # type: ignore[arg-type]  # no loop is needed for this
    console = Script()
    said = []
    for _prompt in range(3):
        door.offer_hands(console)
        said.append(console.said.count("Type hands to go on with raised hands."))
    assert said == [0, 1, 1]
    hosted.end(keep=False)


async def test_a_script_hosts_by_hands_unless_it_names_a_port(tmp_path: Path) -> None:
    desk(tmp_path).close()
    pipe = asyncio.subprocess.PIPE
    command = ["-m", "callcalm", "host", "test-call", "--plain", "--saves", str(tmp_path)]
    process = await asyncio.create_subprocess_exec(sys.executable, *command, stdin=pipe, stdout=pipe, stderr=pipe)
    out, _err = await process.communicate(b"q\nn\n")
    assert b"by show of hands" in out
    assert b"Address" not in out


def test_lines_of_a_file_are_taken_too(tmp_path: Path) -> None:
    desk(tmp_path).close()
    script = tmp_path / "lines.txt"
    script.write_text("\n\ncount\nq\nn\n", "utf-8")
    command = ["-m", "callcalm", "host", "test-call", "--plain", "--saves", str(tmp_path), "--port", str(free())]
    with script.open(encoding="utf-8") as source:
        done = subprocess.run([sys.executable, *command], stdin=source, capture_output=True, text=True, check=True)
    assert "0 have joined." in done.stdout
    assert done.stderr == "The session is deleted.\n"


def test_what_phones_need_is_loaded_with_them() -> None:
    modules = "callcalm.cli.host, callcalm.plain.host, callcalm.plain.host_phones"
    code = f"import sys, {modules}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = ("aiohttp", "segno", "callcalm.room.server", "textual")
    assert not [name for name in done.stdout.split() if name.startswith(heavy)]
