"""Where a written file must not go: over what is no file, over what it was made from, under no name of a file."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from callcalm.cli.putting import command_path
from tests.cli.test_new import callcalm
from tests.workshop.test_twee import TWINE

TALK = "Caller: Twice!\nMe: Twice?\nCaller: Yes.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "late.twee").write_text(TWINE, encoding="utf-8")
    (tmp_path / "talk.txt").write_text(TALK, encoding="utf-8")
    return tmp_path


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_or_a_folder_is_not_replaced_even_by_force(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    (folder / "inside").mkdir()
    for args in (("import", "late.twee", "-o", "pipe"), ("export", "tears", "--format", "twee", "-o", "inside")):
        done = callcalm(folder, *args, "--force")
        assert done.returncode == 2
        assert "is a folder, a pipe or a device: nothing was written" in done.stderr
    assert stat.S_ISFIFO((folder / "pipe").stat().st_mode)
    assert not list((folder / "inside").iterdir())


def test_what_it_is_made_from_is_not_replaced_even_by_force(folder: Path) -> None:
    (folder / "link.twee").symlink_to("late.twee")
    for args in (
        ("import", "late.twee", "-o", "late.twee"),
        ("import", "late.twee", "-o", "link.twee"),
        ("new", "--from-transcript", "talk.txt", "-o", "talk.txt"),
    ):
        done = callcalm(folder, *args, "--force")
        assert done.returncode == 2
        assert "is the file that this was made from: nothing was written" in done.stderr
    assert (folder / "late.twee").read_text("utf-8") == TWINE
    assert (folder / "talk.txt").read_text("utf-8") == TALK


def test_a_name_too_long_for_any_file_is_told(folder: Path) -> None:
    for args in (("import", "late.twee"), ("export", "tears", "--format", "twee"), ("new", "--template", "phone")):
        done = callcalm(folder, *args, "-o", f"{'x' * 300}.toml")
        assert done.returncode == 3
        assert "cannot be written: " in done.stderr
        assert "Traceback" not in done.stderr


def test_a_command_to_type_holds_no_control_characters() -> None:
    assert command_path(Path("a\x1b[2J.toml")) == "'./a\ufffd[2J.toml'"
    assert command_path(Path("here/a\udcff.toml")) == "'here/a\ufffd.toml'"
