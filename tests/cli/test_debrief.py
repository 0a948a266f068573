"""`callcalm debrief`: a round of the log, solved; and what keeps it from being so."""

from __future__ import annotations

from pathlib import Path

import pytest

from callcalm.cli.main import main
from callcalm.plain.app import run
from tests.plain.test_debrief import LOST, SHEET
from tests.world import Script, desk


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of saves with one round of the test call."""
    at = desk(tmp_path)
    run(at, play="test-call", console=Script(*LOST, *SHEET, "", ""))
    at.store.close()
    return tmp_path


def ask(folder: Path, *words: str) -> int:
    return main(["debrief", *words, "--saves", str(folder)])


def test_the_last_round_is_debriefed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(folder) == 0
    said = capsys.readouterr().out
    assert said.startswith("A test call · ")
    assert "Answer 2: “There is nothing I can do.”" in said
    assert "100 people with some practice" in said
    (record,) = desk(folder).store.rounds()
    for name in ("last", "-1", record.id, record.id[:10]):
        assert ask(folder, name) == 0
        assert capsys.readouterr().out == said


def test_a_round_that_is_not_there(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(folder, "nope") == 2
    assert "There is no round “nope”" in capsys.readouterr().err


def test_an_encounter_that_has_changed_or_gone(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = folder / "scenarios" / "test-call.toml"
    file.write_text(file.read_text("utf-8").replace('goto = "walls"', 'goto = "heard"'), "utf-8")
    assert ask(folder) == 1
    assert "has changed since" in capsys.readouterr().err
    file.unlink()
    assert ask(folder) == 1
    assert "is not here any more" in capsys.readouterr().err
