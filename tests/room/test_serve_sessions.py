"""Sessions of the learners' server: what each is given, how many there are, what ends them, what is left."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import aiohttp
import pytest

from callcalm.room import learner_answering, learner_places, learner_screen
from callcalm.room.gate import Allowance
from callcalm.room.learner_frames import MOST_FRAME
from tests.room.learners import BROKEN, DEAF, ECHO, alive, folders_of, hall, play


@pytest.fixture(autouse=True)
def _echo(monkeypatch: pytest.MonkeyPatch) -> None:
    play(ECHO, monkeypatch)


async def test_a_session_knows_nothing_of_the_servers_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "hush")
    monkeypatch.setenv("CALLCALM_SAVES", "/home/somebody")
    monkeypatch.setenv("EDITOR", "vi")
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    async with hall() as at:
        told = await (await (await at.learner()).screen("width=90&height=30")).started()
        env = told["env"]
        own = {
            *("HOME", "LANGUAGE", "LOGNAME", "PYTHONPATH", "PYTHONUTF8", "TERM", "COLUMNS", "ROWS"),
            *("TEXTUAL_DRIVER", "TEXTUAL_COLOR_SYSTEM"),
        }
        assert set(env) <= {*own, *learner_screen.PASSED}
        assert env["LANG"] == "fr_FR.UTF-8"
        assert (env["COLUMNS"], env["ROWS"]) == ("90", "30")
        assert env["LOGNAME"] != os.environ.get("LOGNAME", "root")
        [folder] = told["argv"]
        assert env["HOME"] == folder == told["cwd"]
        assert Path(folder).parent == folders_of(at)
        assert os.stat(folder).st_mode & 0o777 == 0o700  # noqa: PTH116 - one look, in a test


async def test_a_session_speaks_the_language_of_its_page() -> None:
    async with hall() as at:
        learner = await at.learner()
        await learner.get("/?lang=fr")
        assert (await (await learner.screen()).started())["env"]["LANGUAGE"] == "fr"


async def test_keys_sizes_and_signs_of_life_reach_the_session() -> None:
    async with hall() as at:
        terminal = await (await at.learner()).screen()
        await terminal.started()
        await terminal.sends("stdin", "é\ud800")
        assert await terminal.drawn() == b"D" + (3).to_bytes(4, "big") + "é?".encode()
        await terminal.sends("resize", {"width": 9_000, "height": 40})
        assert b'"width": 500, "height": 40' in await terminal.drawn()
        await terminal.sends("blur")
        assert b'"blur"' in await terminal.drawn()
        await terminal.sends("ping", "17")
        assert (await terminal.socket.receive_json()) == ["pong", "17"]


@pytest.mark.parametrize(
    "query",
    ["", "width=80", "width=0&height=24", "width=-1&height=24", "width=80&height=x", "width=99999&height=2"],
)
async def test_a_size_that_is_none_is_refused(query: str) -> None:
    async with hall() as at:
        assert await (await at.learner()).refused(query) == 400
        assert len(at.server.places) == 0


async def test_a_huge_size_is_drawn_as_large_as_is_sensible() -> None:
    async with hall() as at:
        told = await (await (await at.learner()).screen("width=3000&height=3000")).started()
        assert (told["env"]["COLUMNS"], told["env"]["ROWS"]) == ("500", "200")


@pytest.mark.parametrize(
    "frame",
    [
        "",
        "{",
        "[" * 20_000,
        "[]",
        "{}",
        '["stdin"]',
        '["stdin", 1]',
        '["stdin", "a", "b"]',
        '["resize", {"width": 80}]',
        '["resize", {"width": 0, "height": 4}]',
        '["exec", "sh"]',
        '["ping", 5]',
        '["stdin", "' + "a" * MOST_FRAME + '"]',
        b"\x00\x01",
    ],
)
async def test_a_bad_frame_ends_the_session_and_nothing_is_said_of_it(
    frame: str | bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    async with hall() as at:
        terminal = await (await at.learner()).screen()
        pid = (await terminal.started())["pid"]
        await (terminal.socket.send_str(frame) if isinstance(frame, str) else terminal.socket.send_bytes(frame))
        await terminal.ends()
        await at.close()
        assert not alive(pid)
        assert at.told == []
    assert capfd.readouterr() == ("", "")


async def test_a_flood_of_frames_ends_the_session(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learner_answering, "FRAMES", Allowance(3, 0))
    async with hall() as at:
        terminal = await (await at.learner()).screen()
        await terminal.started()
        for _time in range(4):
            await terminal.sends("stdin", "a")
        await terminal.ends()


async def test_when_all_places_are_taken_the_next_is_told_so_and_sits_down_once_one_is_free() -> None:
    async with hall(cap=1) as at:
        first, second = await at.learner(), await at.learner()
        terminal = await first.screen()
        await terminal.started()
        status, page, _headers = await second.get()
        assert status == 503
        assert "All places are taken" in page
        assert await second.refused() == 503
        await terminal.sends("stdin", '"quit"')
        await terminal.ends()
        await _empty(at.server.places)
        assert (await second.get())[0] == 200
        await (await second.screen()).started()


async def test_a_second_window_takes_over_from_the_first_in_the_same_folder() -> None:
    async with hall(cap=1) as at:
        learner = await at.learner()
        first = await learner.screen()
        told = await first.started()
        # The first window answers the server's goodbye while the second waits for its place.
        ended, second = await asyncio.gather(first.ends(), learner.screen())
        assert ended == 1000
        again = await second.started()
        assert again["argv"] == told["argv"]
        assert again["pid"] != told["pid"]
        assert not alive(told["pid"])
        assert len(at.server.places) == 1


async def test_a_browser_that_is_silent_for_too_long_gives_its_place_free() -> None:
    async with hall(idle=0.05) as at:
        terminal = await (await at.learner()).screen()
        pid = (await terminal.started())["pid"]
        await terminal.ends()
        await _empty(at.server.places)
        assert not alive(pid)


async def test_a_browser_that_goes_takes_its_session_with_it() -> None:
    async with hall() as at:
        learner = await at.learner()
        terminal = await learner.screen()
        pid = (await terminal.started())["pid"]
        await learner.session.close()
        await _empty(at.server.places)
        assert not alive(pid)


async def test_a_deaf_session_is_killed_when_the_server_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    play(DEAF, monkeypatch)
    monkeypatch.setattr(learner_screen, "GRACE", 0.05)
    async with hall() as at:
        terminal = await (await at.learner()).screen()
        pid = int(await terminal.drawn())
        assert alive(pid)
        await asyncio.gather(at.close(), terminal.ends())
        assert not alive(pid)


async def test_a_session_that_breaks_down_is_told_in_one_harmless_line_and_not_to_the_browser(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    play(BROKEN, monkeypatch)
    async with hall() as at:
        terminal = await (await at.learner()).screen()
        assert await terminal.ends() == 1000
        await _empty(at.server.places)
        assert at.told == ["secret \ufffd[2J was here"]
    assert capfd.readouterr() == ("", "")


async def test_when_the_server_stops_nothing_listens_no_session_runs_and_no_folder_is_left() -> None:
    async with hall() as at:
        pids, terminals = [], []
        for _learner in range(3):
            terminal = await (await at.learner()).screen()
            pids.append((await terminal.started())["pid"])
            terminals.append(terminal)
        folder = folders_of(at)
        await asyncio.gather(at.close(), *(terminal.ends() for terminal in terminals))
        assert not any(map(alive, pids))
        assert not folder.exists()
        with pytest.raises(aiohttp.ClientConnectorError):
            await at.guest().get()


async def test_only_so_many_learners_who_have_gone_are_remembered(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(learner_places, "REMEMBERED", 2)
    places = learner_places.Places(8, tmp_path)
    async with places.taken("here"):
        for name in ("a", "b", "c", "d"):
            async with places.taken(name):
                pass
        assert set(os.listdir(tmp_path)) == {"here", "b", "c", "d"}  # noqa: PTH208 - one look, in a test


async def _empty(places: learner_places.Places) -> None:
    """Let everything else go on until nobody is there."""
    async with asyncio.timeout(10):
        while len(places):  # noqa: ASYNC110 - what is waited for sets no event
            await asyncio.sleep(0)
