"""What a phrasebook of one's own may not be: told by every command that reads it, and none waits for it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.test_check import callcalm

COMMANDS = (
    ("check", "letter.txt"),
    ("explain", "command"),
    ("play", "--plain", "refill-blame"),
    ("write", "--plain", "new.toml"),
)
NAMES = [command[0] for command in COMMANDS]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "letter.txt").write_text("Thank you for telling me about this.\n", encoding="utf-8")
    return tmp_path


def make(kind: str, path: Path) -> str:
    """Put such a thing there, and give what is to be said of it."""
    if kind == "folder":
        path.mkdir()
        return "this is a folder, not a file"
    if kind == "pipe":
        os.mkfifo(path)
        return "this is a pipe, not a file"
    if kind == "device":
        path.symlink_to(os.devnull)
        return "this is a device, not a file"
    path.symlink_to("nowhere.toml")
    return "there is no such file"


@pytest.mark.skipif(os.name == "nt", reason="Windows has neither pipes nor devices among its files")
@pytest.mark.parametrize("kind", ["folder", "pipe", "device", "link to nowhere"])
@pytest.mark.parametrize("command", COMMANDS, ids=NAMES)
def test_what_is_no_file_beside_the_settings_is_told(folder: Path, command: tuple[str, ...], kind: str) -> None:
    message = make(kind, folder / "phrasebook.toml")
    done = callcalm(folder, *command)
    assert done.returncode == 2
    assert "phrasebook.toml: error CC00" in done.stderr
    assert message in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing is forbidden to whoever runs this")
@pytest.mark.parametrize("whole", [False, True], ids=["file", "folder"])
@pytest.mark.parametrize("command", COMMANDS, ids=NAMES)
def test_what_may_not_be_read_is_told(folder: Path, command: tuple[str, ...], whole: bool) -> None:
    saves = folder / "saves"
    saves.mkdir()
    (saves / "phrasebook.toml").write_text("format = 1\n", encoding="utf-8")
    locked = saves if whole else saves / "phrasebook.toml"
    locked.chmod(0)
    try:
        done = callcalm(folder, *command, CALLCALM_SAVES=str(saves))
    finally:
        locked.chmod(0o700)
    assert done.returncode == 2
    assert "you are not allowed to read it" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="as above")
@pytest.mark.parametrize("command", COMMANDS[:3], ids=NAMES[:3])
def test_a_pipe_that_was_asked_for_is_told_too(folder: Path, command: tuple[str, ...]) -> None:
    message = make("pipe", folder / "own.toml")
    done = callcalm(folder, *command, "--phrases", "own.toml")
    assert done.returncode == 2
    assert message in done.stderr


def test_nothing_there_is_no_trouble(folder: Path) -> None:
    assert callcalm(folder, "check", "letter.txt").returncode == 0


@pytest.mark.parametrize(
    "command",
    [
        ("check", "letter.txt"),
        ("check", "--jsonl", "lines.jsonl"),
        ("explain", "command"),
        ("play", "--plain", "refill-blame"),
        ("host", "--hands", "refill-blame"),
        ("practise", "--plain", "letter.txt"),
        ("deck",),
    ],
    ids=lambda command: "-".join(command[:2]),
)
def test_one_that_is_broken_is_2_everywhere(folder: Path, command: tuple[str, ...]) -> None:
    """It is never what a command is about: nothing was found, and nothing could be done."""
    (folder / "own.toml").write_text('format = 1\nlanguage = "en"\nrules = 3\n', encoding="utf-8")
    (folder / "lines.jsonl").write_text('{"id": 1, "text": "Why did you call?"}\n', encoding="utf-8")
    done = callcalm(folder, *command, "--phrases", "own.toml")
    assert done.returncode == 2
    assert "own.toml:3:9: error CC020" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", [("print", "refill-blame"), ("replay", "cc1:refill-blame::core:0:L")])
def test_one_beside_the_settings_that_is_broken_is_2_too(folder: Path, command: tuple[str, ...]) -> None:
    (folder / "phrasebook.toml").write_text('format = 1\nlanguage = "en"\nrules = 3\n', encoding="utf-8")
    done = callcalm(folder, *command)
    assert (done.returncode, "phrasebook.toml:3:9: error CC020" in done.stderr) == (2, True)
