"""`callcalm campaign`: where one stands is computed from the log."""

from __future__ import annotations

from pathlib import Path

import pytest

from callcalm.cli.main import main
from callcalm.practice.drilling import Shelf
from tests.world import desk

MINE = """\
format = 1
title = "Mine"
language = "en"
about = "Two steps."
steps = [{ drill = "ultimatum-to-offer", why = "Warm up." }, { encounter = "test-call" }]
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CALLCALM_SAVES", str(tmp_path))
    (tmp_path / "campaigns").mkdir()
    (tmp_path / "campaigns" / "mine.toml").write_text(MINE, encoding="utf-8")
    return tmp_path


def test_a_step_counts_once_it_has_been_played(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["campaign"]) == 0
    assert "mine: Mine, 0 of 2 done; next: ultimatum-to-offer" in capsys.readouterr().out
    at = desk(folder)
    drilling = Shelf(at).begin("ultimatum-to-offer")
    drilling.give_up()
    drilling.save()
    at.close()
    assert main(["campaign", "mine"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[2:] == [
        "1. [done] callcalm drill ultimatum-to-offer. Warm up.",
        "2. [to do] callcalm play test-call.",
    ]


def test_a_slip_is_guessed_and_a_broken_file_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["campaign", "first-wek"]) == 2
    assert "first-week" in capsys.readouterr().err
    (folder / "campaigns" / "bad.toml").write_text("format = ", encoding="utf-8")
    assert main(["campaign"]) == 1
    assert "bad.toml" in capsys.readouterr().err
