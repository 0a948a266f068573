"""The projected room with phones: the door, votes as they come, and nothing that listens afterwards."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest

from callcalm.language import use
from callcalm.room import server as room_server
from callcalm.room.hosting import Hosted
from callcalm.room.session import Phase
from callcalm.storage.trouble import CannotSave, Reason
from callcalm.tui.hosting import HostApp, Phones, open_door
from callcalm.tui.screens.host_steps import Steps
from tests.room.phones import Phone, Served, until
from tests.tui.hosts import At
from tests.tui.test_looks import cells
from tests.world import desk


@asynccontextmanager
async def phones(
    folder: Path, size: tuple[int, int] = (80, 24), theme: str | None = None
) -> AsyncIterator[tuple[At, Served]]:
    """The projected test call, served on a port of its own, as `callcalm host` does it."""
    at = desk(folder)
    use("en")
    session = Hosted.begin(at, "test-call")
    app = HostApp(at, Steps(session, hands=False), theme=theme)
    async with AsyncExitStack() as stack:
        await open_door(app, stack, Phones(port=0))
        server = app.steps.server
        assert server is not None
        served = Served(session.room, session.journal, server, stack)  # type: ignore[arg-type]  # never asked here
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            try:
                yield At(app, pilot, session), served
            finally:
                for phone in served.phones:
                    await phone.session.close()
    assert not reachable(server.port), "nothing listens any more"
    at.close()


def reachable(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


async def joined(at: At, served: Served, count: int) -> list[Phone]:
    """So many phones in the room, and the screen knows."""
    made = [served.phone() for _ in range(count)]
    for phone in made:
        await phone.join()
    await shows(at, f"{count} have joined" if at.room.phase is Phase.LOBBY else f"{count} here")
    return made


def has_corner(at: At, corner: str) -> bool:
    """Whether a line of the code begins so; within a line, the same may stand by chance."""
    return any(line.strip().startswith(corner) for line in at.text.splitlines())


async def shows(at: At, words: str) -> None:
    """Wait until the screen has these words by itself."""
    async with asyncio.timeout(10):
        while words not in at.text:
            await at.pilot.pause()


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (120, 40)])
async def test_the_lobby_has_the_code_to_scan_and_the_one_to_type(tmp_path: Path, size: tuple[int, int]) -> None:
    async with phones(tmp_path, size) as (at, served):
        assert "▄▄▄▄▄" in at.text
        assert f"127.0.0.1:{served.server.port}" in at.text
        assert "  ".join(served.server.code) in at.text
        assert "0 have joined" in at.text
        assert "start with --lan." in " ".join(" ".join(line[38:].split()) for line in at.text.splitlines())
        await joined(at, served, 2)


async def test_a_low_window_has_the_address_alone(tmp_path: Path) -> None:
    async with phones(tmp_path, (60, 16)) as (at, served):
        assert "▄▄▄▄▄" not in at.text
        assert served.server.address in at.text
        assert "  ".join(served.server.code) in at.text


@pytest.mark.parametrize(
    ("theme", "colours"),
    [("projector", ("#ffffff", "#000000")), ("calm", ("#ffffff", "#000000")), ("ansi-light", (15, 0))],
)
async def test_the_code_is_light_on_dark_whatever_the_theme(
    tmp_path: Path, theme: str, colours: tuple[object, object]
) -> None:
    async with phones(tmp_path, theme=theme) as (at, _served):
        found = set()
        for text, style in cells(at.app):
            if "▄▄▄▄▄" in text and style.color is not None and style.bgcolor is not None:
                found.add(tuple(one.name if one.triplet else one.number for one in (style.color, style.bgcolor)))
        assert found == {colours}


@pytest.mark.parametrize(("theme", "corner"), [("projector", "██ ▄▄▄▄▄ █"), ("ansi-light", "█▀▀▀▀▀█")])
async def test_without_colours_the_code_has_the_terminals_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, theme: str, corner: str
) -> None:
    """A terminal is taken to write light on dark; whoever names ansi-light says that it does not."""
    monkeypatch.setenv("NO_COLOR", "1")
    async with phones(tmp_path, theme=theme) as (at, _served):
        assert has_corner(at, corner)
        assert all(style.color is None or style.color.is_default for _text, style in cells(at.app))
        assert "k turns black and white round" in at.text
        await at.press("k")
        assert not has_corner(at, corner)
        await at.press("k")
        assert has_corner(at, corner)


async def test_votes_come_in_as_a_count_and_decide(tmp_path: Path) -> None:
    async with phones(tmp_path) as (at, served):
        made = await joined(at, served, 3)
        await at.press("enter", "enter", "enter")
        assert at.is_in(Phase.OPEN)
        assert f"127.0.0.1:{served.server.port} code {served.server.code}" in at.text
        assert "Nobody has voted yet. h counts hands." in await at.press("enter")
        for phone, letter in zip(made, "ABB", strict=True):
            await phone.vote(letter, at.room.revision)
        await shows(at, "3 of 3 have voted. The vote is open.")
        assert "Nobody has voted yet" not in at.text
        await made[0].vote("B", at.room.revision)
        assert "█" not in at.text.split("What do you say?")[1]
        await at.press("enter", "enter")
        assert "█ 3 ◀" in at.text
        await at.press("r")
        assert at.is_in(Phase.OPEN)
        await made[0].vote("A", at.room.revision)
        await at.press("h", *"A4 B1", "enter")
        assert dict(at.room.question.ballot.tally) == {"A": 4, "B": 1, "C": 0}  # type: ignore[union-attr]  # it is asked


async def test_a_price_that_nobody_scored_is_asked_about_first(tmp_path: Path) -> None:
    async with phones(tmp_path) as (at, _served):
        await at.press("enter", "enter", "enter", "B", "enter", "enter", "A", "enter", "enter")
        assert at.is_in(Phase.PRICE)
        assert "Nobody has scored yet." in await at.press("enter")
        assert at.is_in(Phase.PRICE)
        await at.press("enter")
        assert at.is_in(Phase.PRICE_SHOWN)


async def test_what_phones_wrote_is_on_the_wall_only_when_it_is_picked(tmp_path: Path) -> None:
    async with phones(tmp_path) as (at, served):
        made = await joined(at, served, 2)
        await at.press("enter", "enter", "t")
        assert at.is_in(Phase.SAYING)
        for n, phone in enumerate(made):
            await phone.send("say", {"text": f"Own words {n}.", "ballot": str(at.room.revision)})
        await until(lambda: at.room.voted == 2)
        await shows(at, "2 answers are in.")
        assert "Own words" not in at.text
        await at.press("enter", "enter", "2", "enter")
        assert "Own words 1." in at.text
        assert "Own words 0." not in at.text
        assert at.is_in(Phase.PICKED)


async def test_how_to_join_can_be_shown_to_those_who_come_late(tmp_path: Path) -> None:
    async with phones(tmp_path) as (at, _served):
        await at.press("enter", "j")
        assert "Scan, or type into a browser:" in at.text
        await at.press("j")
        assert "Composure 70" in at.text
        await at.press("j", "enter")
        assert "I was charged twice" in at.text


async def test_nobody_for_a_minute_offers_hands_and_then_nothing_listens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room_server, "ALONE_AFTER", 0.0)
    monkeypatch.setattr(room_server, "LOOPBACK", "127.0.0.1")
    async with phones(tmp_path) as (at, served):
        monkeypatch.setattr("callcalm.room.network.LOOPBACK", "elsewhere")
        at.app.phones_changed()
        await shows(at, "Nobody yet? Venue Wi-Fi")
        assert "Press h for hands." in " ".join(" ".join(line[38:].split()) for line in at.text.splitlines())
        port = served.server.port
        await at.press("h")
        await shows(at, "Nothing listens any more. Count hands from here on.")
        async with asyncio.timeout(10):
            while reachable(port):
                await at.pilot.pause()
        assert at.app.door() is None
        await at.press("enter", "enter", "enter")
        await at.type("2 1")
        assert at.is_in(Phase.CLOSED)


async def test_a_taken_port_is_told_and_hands_are_counted(tmp_path: Path) -> None:
    at = desk(tmp_path)
    session = Hosted.begin(at, "test-call")
    app = HostApp(at, Steps(session, hands=False))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        async with AsyncExitStack() as stack:
            await open_door(app, stack, Phones(port=port))
            async with app.run_test(size=(80, 24)) as pilot:
                await pilot.pause()
                text = " ".join(At(app, pilot, session).text.split())
                assert f"Port {port} is taken" in text
                assert "It goes on with hands." in text
                assert app.steps.hands
    session.end(keep=False)
    at.close()


async def test_trouble_with_the_journal_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trouble = CannotSave(tmp_path / "x.live", Reason.FULL, 28)
    async with phones(tmp_path) as (at, _served):
        monkeypatch.setattr(type(at.app.steps.server), "trouble", property(lambda _self: trouble))
        assert "the disk is full" in " ".join((await at.press("enter")).split())


@pytest.mark.parametrize(
    ("module", "heavy"),
    [
        ("callcalm.tui.app", ("callcalm.room", "aiohttp", "segno")),
        ("callcalm.tui.hosting", ("aiohttp", "segno", "callcalm.room.server")),
    ],
)
def test_what_phones_need_is_loaded_with_them(module: str, heavy: tuple[str, ...]) -> None:
    code = f"import sys, {module}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not [name for name in done.stdout.split() if name.startswith(heavy)]
