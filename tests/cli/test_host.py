"""`callcalm host`: what it is given, and what is left when it is gone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from callcalm.cli.main import main
from callcalm.room.hosting import Hosted
from callcalm.room.shelf import folder
from tests.world import desk


def test_it_needs_a_scenario_or_a_session(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["host", "--saves", str(tmp_path)]) == 2
    assert main(["host", "x", "--resume", "last", "--saves", str(tmp_path)]) == 2
    assert main(["host", "no-such-call", "--hands", "--plain", "--saves", str(tmp_path)]) == 2
    assert "no-such-call" in capsys.readouterr().err
    assert main(["host", "--resume", "last", "--hands", "--plain", "--saves", str(tmp_path)]) == 2


def test_a_session_that_is_not_there_is_2_and_those_that_are_there_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = Hosted.begin(desk(tmp_path), "test-call", hands=True)
    kept.end(keep=True)
    assert main(["session", "gone", "--saves", str(tmp_path)]) == 2
    told = capsys.readouterr().err
    assert "“gone”" in told
    assert kept.path.stem in told


def test_a_session_that_another_window_hosts_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = Hosted.begin(desk(tmp_path), "test-call", hands=True)
    assert main(["host", "--resume", "last", "--hands", "--plain", "--saves", str(tmp_path)]) == 1
    assert f"process {os.getpid()}" in capsys.readouterr().err
    other.end(keep=False)


def test_a_pipe_hosts_a_session_that_a_kill_does_not_lose(tmp_path: Path) -> None:
    desk(tmp_path)
    command = [sys.executable, "-m", "callcalm", "host", "--hands", "--plain", "--saves", str(tmp_path)]
    begun = subprocess.Popen([*command, "test-call"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert begun.stdin is not None
    assert begun.stdout is not None
    begun.stdin.write("\n\nA1 B3\n\n")
    begun.stdin.flush()
    for line in begun.stdout:
        if line.startswith("  B   3"):
            break
    for line in begun.stdout:
        if line.startswith("Enter to play"):
            break
    begun.send_signal(signal.SIGKILL)
    begun.communicate()
    done = subprocess.run(
        [*command, "--resume", "last", "--keep"], input="\nA\n", capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert "You: Two charges for one scan" in done.stdout
    assert "The call is over: resolved." in done.stdout
    assert "Kept: " in done.stderr
    assert len(list(folder(desk(tmp_path)).iterdir())) == 1
