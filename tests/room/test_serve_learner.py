"""The screens as a served learner has them: no path can be typed, no limit is missing, the end saves."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from callcalm.core.text import Text
from callcalm.insight import first_words
from callcalm.practice.desk import Desk
from callcalm.room.learner_screen import LearnerScreen, environment
from callcalm.storage.trouble import CannotSave, Reason
from callcalm.tui.app import CallcalmApp
from callcalm.tui.screens.dialogues import save_trouble
from callcalm.tui.screens.settings import SettingsScreen
from tests.room.learners import alive

LIMITS = """
import json, resource
from callcalm.tui.served import limit
limit()
names = ("DATA", "FSIZE", "NOFILE", "CPU", "CORE")
print(json.dumps({name: resource.getrlimit(getattr(resource, "RLIMIT_" + name)) for name in names}))
"""


@pytest.mark.parametrize("served", [True, False])
async def test_the_settings_ask_a_served_learner_for_no_folder(tmp_path: Path, *, served: bool) -> None:
    desk = Desk.open(saves=tmp_path, player="lea", served=served)
    app = CallcalmApp(desk)
    async with app.run_test(size=(80, 40)) as pilot:
        screen = SettingsScreen(desk)
        await app.push_screen(screen)
        await pilot.pause()
        keys = {row.key for row in screen._rows()}
        assert "player" in keys
        assert ("saves" in keys) is not served
    desk.close()


def test_a_save_that_fails_offers_a_served_learner_no_other_folder() -> None:
    trouble = CannotSave(Path("x"), Reason.NO_FOLDER)
    for served in (True, False):
        keys = {choice.key for choice in save_trouble(trouble, served=served)._choices}
        assert keys == {"keep", "again", "text"} | (set() if served else {"folder"})


def test_another_player_of_a_served_desk_is_served_too(tmp_path: Path) -> None:
    assert Desk.open(saves=tmp_path, served=True).as_player("max").served


def test_a_served_learner_is_not_told_that_nothing_leaves_this_machine(tmp_path: Path) -> None:
    own, served = (" ".join(first_words.safety(tmp_path, served=one).lines) for one in (False, True))
    assert "Nothing leaves this machine" in own
    assert "Nothing leaves" not in served
    assert str(tmp_path) not in served


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
async def test_a_session_is_bounded() -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", LIMITS), stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    out, err = await process.communicate()
    assert err == b""
    limits = json.loads(out)
    assert limits["CORE"] == [0, 0]
    for name, most in {"DATA": 2**29, "FSIZE": 2**24, "NOFILE": 64, "CPU": 1800}.items():
        soft, hard = limits[name]
        assert soft == hard
        assert 0 < soft <= most


class Drawn:
    """What a session draws, as it comes."""

    def __init__(self) -> None:
        self.data = b""
        self.more = asyncio.Event()

    async def take(self, data: bytes) -> None:
        self.data += data
        self.more.set()

    async def has(self, words: bytes) -> None:
        async with asyncio.timeout(30):
            while words not in self.data:
                self.more.clear()
                await self.more.wait()


@asynccontextmanager
async def session(home: Path) -> AsyncIterator[tuple[LearnerScreen, Drawn]]:
    """The real screens."""
    drawn = Drawn()
    screen = LearnerScreen(home, "en", drawn.take)
    await screen.start(80, 24)
    try:
        await drawn.has(b"Welcome")
        yield screen, drawn
    finally:
        await screen.stop()
        assert screen.complaint == ""


async def test_a_session_that_is_stopped_ends_well(tmp_path: Path) -> None:
    async with session(tmp_path) as (screen, _drawn):
        pid = screen.pid
        assert pid is not None
    assert not alive(pid)


async def test_a_session_whose_server_is_gone_ends_by_itself(tmp_path: Path) -> None:
    async with session(tmp_path) as (screen, _drawn):
        screen.stdin.close()
        async with asyncio.timeout(20):
            await screen.over()


async def test_to_quit_ends_the_session_and_the_folder_has_the_settings(tmp_path: Path) -> None:
    async with session(tmp_path) as (screen, drawn):
        await screen.send_bytes(b"\x1b")
        await drawn.has(b"Never heard of you")
        await screen.send_bytes(b"q")
        async with asyncio.timeout(20):
            await screen.over()
    assert (tmp_path / "settings.toml").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="no signals there")
async def test_a_signal_ends_the_session_too(tmp_path: Path) -> None:
    async with session(tmp_path) as (screen, _drawn):
        os.kill(screen.pid or 0, signal.SIGTERM)
        async with asyncio.timeout(20):
            await screen.over()


def test_the_environment_is_a_list_of_its_own(tmp_path: Path) -> None:
    given = {"PATH": "/bin", "HOME": "/root", "TEXTUAL_LOG": "x", "PYTHONSTARTUP": "x", "LD_PRELOAD": "x"}
    made = environment(given, tmp_path, "fr", (80, 24))
    assert made["PATH"] == "/bin"
    assert made["HOME"] == str(tmp_path)
    assert not {"TEXTUAL_LOG", "PYTHONSTARTUP", "LD_PRELOAD"} & set(made)
    assert Text(made["LANGUAGE"]) == "fr"
