"""`callcalm promises`: lists, tells machines, and goes back to one."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest

from callcalm.cli.main import main
from tests.promised import at, made


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Saves in which a promise was made two days ago, by the clock of the computer."""
    monkeypatch.setenv("CALLCALM_SAVES", str(tmp_path))
    at(tmp_path).close()
    return tmp_path


def test_the_ledger_as_lines_and_as_data(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["promises"]) == 0
    assert "promised nothing yet" in capsys.readouterr().out
    made(folder, now=datetime.now(UTC) - timedelta(days=2))
    assert main(["promises"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Due now:\n1. To Maria Alvarez: call Maria, by 16:00 (The first call).")
    assert main(["promises", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["format"] == 1
    (row,) = told["promises"]
    assert (row["to"], row["standing"], row["kept"], row["follow_up"]) == ("Maria Alvarez", "due", "kept", "later")


def test_going_back_to_one(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["promises", "--play", "1"]) == 2
    assert "No promise with the number 1 is due" in capsys.readouterr().err
    made(folder, "money", datetime.now(UTC) - timedelta(days=2))
    monkeypatch.setattr("sys.stdin", StringIO("\n"))
    assert main(["promises", "--play", "1", "--plain"]) == 0
    said = capsys.readouterr().out
    assert "never yours to promise" in said
    assert "I waited." in said


def test_a_writer_hears_an_opening(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", StringIO("\n"))
    assert main(["play", "later", "--opening", "late", "--plain"]) == 0
    assert "I waited." in capsys.readouterr().out
    assert folder.exists()


def test_the_list_says_what_only_comes_back(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list"]) == 0
    first, later = capsys.readouterr().out.split("They come back by a promise made elsewhere (callcalm promises):")
    assert "The first call" in first
    assert "The call after" in later
    assert main(["list", "--json"]) == 0
    rows = {row["id"]: row["after"] for row in json.loads(capsys.readouterr().out)["scenarios"]}
    assert (rows["later"], rows["first"]) == ("first", None)
    assert folder.exists()
