"""A room in a real terminal: phones over a real socket, requests to end, two windows, and what is left behind."""

from __future__ import annotations

import os
import re
import select
import shutil
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from callcalm.room.network import lan_address
from tests.e2e.terminal import PATIENCE, Terminal
from tests.world import DATA


@pytest.fixture
def saves(tmp_path: Path) -> Path:
    (tmp_path / "scenarios").mkdir()
    shutil.copy(DATA / "test-call.toml", tmp_path / "scenarios")
    return tmp_path


Opener = Callable[..., Terminal]


@pytest.fixture
def opened(saves: Path) -> Iterator[Opener]:
    """Opens terminals; whatever a test leaves running is ended."""
    with ExitStack() as stack:
        yield lambda *args, **env: stack.enter_context(Terminal(saves, *args, **env))


def port_of(screen: str) -> int:
    found = re.search(r"127\.0\.0\.1:(\d+)", screen)
    assert found is not None
    return int(found[1])


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def left(saves: Path) -> list[str]:
    return sorted(path.suffix for path in (saves / "sessions").iterdir())


def close_window(screen: Terminal) -> None:
    """Take the terminal away, and wait for the end of the program in it."""
    process = os.pidfd_open(screen.pid)
    os.close(screen._fd)
    ended, _, _ = select.select([process], [], [], PATIENCE)
    os.close(process)
    if not ended:
        os.kill(screen.pid, signal.SIGKILL)
    screen.code = os.waitstatus_to_exitcode(os.waitpid(screen.pid, 0)[1])
    assert ended, "it went on without a terminal"


def delete(screen: Terminal, number: str = "1") -> None:
    """End the session, and keep nothing; the last word stands on the shell's own screen."""
    screen.press_until("q", "what becomes of the session")
    screen.press_until(number, "The session is deleted.")
    assert screen.ended() == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_request_to_end_leaves_nothing_listening_and_the_session_waiting(
    saves: Path, opened: Opener, number: int
) -> None:
    screen = opened("host", "test-call")
    port = port_of(screen.until("have joined"))
    assert listens(port)
    screen.press_until("\r", "Composure 70")
    screen.kill(number)
    assert screen.ended() == 0
    assert not listens(port)
    assert b"The session waits: callcalm host --resume" in screen.raw
    assert ".toml" in left(saves)
    screen = opened("host", "--resume", "last")
    port = port_of(screen.until("Composure 7"))
    delete(screen, "2")
    assert not listens(port)
    assert left(saves) == []


def test_a_window_that_is_closed_leaves_the_session_waiting(saves: Path, opened: Opener) -> None:
    screen = opened("host", "test-call")
    port = port_of(screen.until("have joined"))
    screen.press_until("\r", "Composure 70")
    close_window(screen)
    assert not listens(port)
    assert ".toml" in left(saves)
    screen = opened("host", "--resume", "last")
    screen.until("Composure 7")
    delete(screen, "2")


def test_a_second_host_has_a_session_and_a_port_of_its_own(saves: Path, opened: Opener) -> None:
    first = opened("host", "test-call")
    port = port_of(first.until("have joined"))
    second = opened("host", "test-call")
    assert port_of(second.until("have joined")) != port
    third = opened("host", "--resume", "last")
    assert third.ended() == 1
    assert b"This session is hosted in another window" in third.raw
    fourth = opened("host", "test-call", "--port", str(port))
    assert f"Port {port} is taken" in " ".join(fourth.until("enter begin").split())
    for one in (first, second, fourth):
        delete(one)


@pytest.mark.skipif(lan_address() is None, reason="this machine is in no network")
def test_the_network_is_opened_only_after_a_yes(saves: Path, opened: Opener) -> None:
    screen = opened("host", "test-call", "--lan")
    assert "to everyone on this network" in " ".join(screen.until("Open it? y or n").split())
    screen.press("n\r")
    assert "Nothing is opened." in " ".join(screen.until("enter begin").split())
    delete(screen)


def test_notes_follow_on_a_second_terminal(saves: Path, opened: Opener) -> None:
    wall = opened("host", "test-call", "--hands")
    wall.until("enter begin")
    notes = opened("host", "--notes")
    notes.until("the lobby")
    wall.press_until("\r", "more to say")
    wall.press_until("\r", "charged twice")
    notes.until("the call · 72 steady")
    wall.press_until("\r", "hands: A5 B2")
    wall.press("A1 B3\r")
    wall.until("4 of 4 have voted.")
    notes.until("The votes so far: A 1, B 3")
    assert "so far" not in wall.text()
    delete(wall)
    notes.until("The session is over.")
    notes.press("q")
    assert notes.ended() == 0


def test_without_the_extra_it_says_so_and_counts_hands(saves: Path, opened: Opener) -> None:
    blocked = saves / "blocked"
    blocked.mkdir()
    (blocked / "aiohttp.py").write_text("raise ImportError('not installed')\n")
    screen = opened("host", "test-call", PYTHONPATH=str(blocked))
    text = " ".join(screen.until("enter begin").split())
    assert "pip install 'callcalm[room]'" in text
    assert "enter begin" in text
    delete(screen)
