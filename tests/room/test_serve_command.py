"""`callcalm serve` itself: what it prints, what it refuses, and that its end is the end of everything."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import aiohttp
import pytest

from callcalm.cli import serve
from callcalm.cli.main import main
from callcalm.room import learner_server
from callcalm.room.network import lan_address
from tests.room.learners import Guest, Terminal, alive


def test_without_the_extra_one_sentence_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "textual_serve", None)
    assert main(["serve"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "“callcalm serve” needs the extra “room”. Install it with: pip install 'callcalm[room]'\n"


def test_a_port_that_is_taken_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        assert main(["serve", "--port", str(port)]) == 2
    assert f"Port {port} is taken" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["--cap", "0"], ["--cap", "41"], ["--cap", "x"], ["--port", "65536"]])
def test_numbers_out_of_range_are_refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["serve", *words])
    assert caught.value.code == 2
    assert "a whole number from" in capsys.readouterr().err


def test_the_command_line_and_the_server_mean_the_same_numbers() -> None:
    assert (serve.CAP, serve.MOST_CAP) == (learner_server.CAP, learner_server.MOST_CAP)


def test_help_states_the_cost(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["serve", "--help"])
    assert f"about {serve.EACH} MB" in " ".join(capsys.readouterr().out.split())


@pytest.fixture
def running(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """The command, on a free port."""
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    words = ["-m", "callcalm", "serve", "--port", str(port), *getattr(request, "param", ())]
    process = subprocess.Popen(
        [sys.executable, "-P", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={"PYTHONPATH": str(Path(__file__).parents[2]), "TMPDIR": str(tmp_path), "LANG": "C.UTF-8"},
    )
    yield process
    process.kill()
    process.communicate()


def printed(process: subprocess.Popen[str]) -> dict[str, str]:
    """Address, code and so on, once all of it is there."""
    assert process.stdout is not None
    lines: dict[str, str] = {}
    for line in process.stdout:
        if line.startswith("At most"):
            return {**lines, "last": line}
        name, _colon, value = line.partition(":")
        lines[name] = value.strip()
    raise AssertionError(process.communicate())


def children(process: subprocess.Popen[str]) -> list[int]:
    """The processes that it has started."""
    return [int(pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]


@pytest.mark.skipif(sys.platform != "linux", reason="children are looked up in /proc")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130), (signal.SIGHUP, 0)])
async def test_a_signal_stops_it_with_its_sessions_and_nothing_listens_afterwards(
    running: subprocess.Popen[str], number: int, code: int, tmp_path: Path
) -> None:
    told = printed(running)
    assert re.fullmatch(r"[2-9C-X]{4}", told["Code"])
    at = learner_server.LearnerServer(told["Address"], "", told["Code"], 0, learner_server.Places(1, tmp_path))
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        guest = Guest(at, session)
        assert (await guest.types(at.code))[0] == 303
        terminal: Terminal = await guest.screen()
        await terminal.shows(b"Welcome")
        pids = children(running)
        assert pids
        running.send_signal(number)
        await terminal.ends()
    _out, err = running.communicate(timeout=30)
    assert running.returncode == code
    assert "Traceback" not in err
    assert not any(map(alive, pids))
    assert not any(os.scandir(tmp_path))
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", int(at.address.rsplit(":", 1)[1].strip("/"))))


@pytest.mark.skipif(lan_address() is None, reason="this machine is in no network")
@pytest.mark.parametrize("running", [["--lan"]], indirect=True)
def test_lan_says_first_what_it_opens(running: subprocess.Popen[str]) -> None:
    told = printed(running)
    assert told["Address"].startswith(f"http://{lan_address()}:")
    assert told["Link"].startswith(f"{told['Address']}s/")
    running.terminate()
    _out, err = running.communicate(timeout=30)
    assert "to everyone on this network" in err
    assert "plain HTTP" in err
