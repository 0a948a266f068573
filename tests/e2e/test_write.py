"""The workshop in a real terminal: a save by rename is on the screen, the editor gets the terminal, q leaves."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.content.small import SMALL, changed
from tests.e2e.terminal import Terminal
from tests.world import desk

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pty")


def by_rename(path: Path, text: str) -> None:
    beside = path.with_suffix(".tmp")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (60, 20)])
def test_saves_come_to_the_screen(tmp_path: Path, columns: int, rows: int) -> None:
    desk(tmp_path)
    path = tmp_path / "call.toml"
    path.write_text(SMALL, encoding="utf-8")
    with Terminal(tmp_path, "write", str(path), columns=columns, rows=rows) as terminal:
        terminal.until("Preview opening")
        by_rename(path, changed(('goto = "heard"', 'goto = "herd"')))
        terminal.until("no beat or ending `herd`")
        terminal.until("This is the last version")
        path.write_text(SMALL, encoding="utf-8")
        terminal.until("2 warnings")
        path.unlink()
        terminal.until("there is no such file")
        terminal.press("q")
        assert terminal.ended() == 0


def test_the_editor_has_the_terminal_while_it_is_open(tmp_path: Path) -> None:
    desk(tmp_path)
    path = tmp_path / "call.toml"
    path.write_text(SMALL, encoding="utf-8")
    editor = tmp_path / "vi"
    editor.write_text(
        '#!/bin/sh\necho "editing $1"\nread _line\nsed -i.old s/beats.heard/beats.herd/ "$2"\n',
        encoding="utf-8",
    )
    editor.chmod(0o700)
    with Terminal(tmp_path, "write", str(path), EDITOR=str(editor)) as terminal:
        terminal.until("Preview opening")
        terminal.press("e")
        terminal.until("editing +")
        terminal.press("\r")
        terminal.until("there is no beat or ending")
        terminal.press("q")
        assert terminal.ended() == 0


def test_a_key_that_stops_the_editor_does_not_stop_the_workshop(tmp_path: Path) -> None:
    desk(tmp_path)
    path = tmp_path / "call.toml"
    path.write_text(SMALL, encoding="utf-8")
    editor = tmp_path / "window"
    editor.write_text('#!/bin/sh\necho "in a window"\nread _line\n', encoding="utf-8")
    editor.chmod(0o700)
    with Terminal(tmp_path, "write", str(path), EDITOR=str(editor)) as terminal:
        terminal.until("Preview opening")
        terminal.press("e")
        terminal.until("The workshop waits until")
        terminal.until("in a window")
        terminal.press("\x03")
        terminal.until("(-2). If it did not")
        path.write_text(changed(('goto = "heard"', 'goto = "herd"')), encoding="utf-8")
        terminal.until("no beat or ending `herd`")
        terminal.press("q")
        assert terminal.ended() == 0


def test_without_a_folder_for_the_file_it_says_so(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "callcalm", "write", str(tmp_path / "none" / "call.toml")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "There is no folder" in done.stderr
