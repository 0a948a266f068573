"""`callcalm practise` as it is typed: through pipes, with letters that cannot be used, and exported afterwards."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_startup import imported
from tests.practice.test_lettering import LETTER

ANSWERS = "\n0\n3\n0\n0\n0\ny\nWhat happened?\n\n\n\n\n"


def callcalm(folder: Path, *args: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    code = "from callcalm.cli import run; run()"
    return subprocess.run(
        [sys.executable, "-c", f"import sys; sys.argv[1:] = {list(args)!r}; {code}"],
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env={"PATH": "", "CALLCALM_SAVES": str(folder), "HOME": str(folder), "LANG": "C.UTF-8"},
        timeout=60,
        start_new_session=True,
    )


def test_a_letter_practised_through_a_pipe_and_exported(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text(LETTER, encoding="utf-8")
    done = callcalm(tmp_path, "practise", "letter.txt", stdin=ANSWERS)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Line 1 of 3." in done.stdout
    told = callcalm(tmp_path, "export", "last", "--format", "txt", "-o", "-")
    assert told.returncode == 0
    assert "as it was (why-did-you): Why did you wait until now to tell us?" in " ".join(told.stdout.split())
    assert "The letter as it is now" in told.stdout
    assert "Respect" in told.stdout
    deck = callcalm(tmp_path, "deck", "--own")
    assert "What happened?" in deck.stdout


def test_a_letter_on_standard_input_needs_a_terminal_to_answer_on(tmp_path: Path) -> None:
    done = callcalm(tmp_path, "practise", "-", "--plain", stdin=LETTER)
    assert (done.returncode, done.stdout) == (2, "")
    assert "There is no terminal to answer on" in done.stderr


@pytest.mark.parametrize(
    "args",
    [("practise", "letter.txt", "--plain"), ("print", "lost-referral"), ("deck",), ("deck", "--own")],
    ids=" ".join,
)
def test_no_command_here_loads_a_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...]
) -> None:
    (tmp_path / "letter.txt").write_text(LETTER, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    modules = imported(tmp_path, *args)
    assert not {name for name in modules if name.split(".")[0] in {"textual", "rich", "aiohttp"}}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no words"),
        (b"Dear\x00" * 9, "NUL"),
        (b"caf\xe9", "not UTF-8"),
        (b"Oh no. " * 9_000, "more than 50,000"),
    ],
)
def test_what_cannot_be_used_is_told_with_its_place(tmp_path: Path, data: bytes, words: str) -> None:
    (tmp_path / "letter.txt").write_bytes(data)
    done = callcalm(tmp_path, "practise", "letter.txt", "--plain")
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
    assert done.stderr.startswith("letter.txt")
    assert "Traceback" not in done.stderr


def test_names_that_are_none(tmp_path: Path) -> None:
    assert "no such file" in callcalm(tmp_path, "practise", "gone.txt").stderr
    (tmp_path / "letter.txt").write_text(LETTER, encoding="utf-8")
    done = callcalm(tmp_path, "practise", "letter.txt", "--playbook", "zork")
    assert (done.returncode, "there is no playbook “zork”" in done.stderr) == (2, True)
    assert callcalm(tmp_path, "practise").returncode == 2
