"""Worked calls are offered before the first two runs of a technique, and not after."""

from __future__ import annotations

from pathlib import Path

import pytest

from callcalm.content import worked_calls
from callcalm.insight.guide_words import sections
from callcalm.plain.app import run
from callcalm.practice.fieldguide import field_guide
from callcalm.practice.learning import worked_before
from tests.world import Script, desk

WORKED = """\
format = 1
language = "en"

[[calls]]
move = "own-it"
scene = "A clinic. A scan was billed twice."
caller = "So who is going to fix it?"
bad = "You'll have to call billing."
bad_move = "dismiss.deflect"
then_bad = "They sent me to you."
good = "I will. I'll stay on it until it is settled."
then_good = "All right. Thank you."
rule = "If nobody has the matter, then I say: I do."
"""
LINES = ["", "2", "1", "n", "12", "3", "-2", "0", "+4", "5", "y", "", "by when"]


@pytest.fixture(autouse=True)
def worked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "worked").mkdir()
    (tmp_path / "worked" / "en.toml").write_text(WORKED, encoding="utf-8")
    monkeypatch.setattr(worked_calls, "FOLDER", tmp_path / "worked")


def offered(folder: Path) -> list[str]:
    at = desk(folder)
    found = [call.move for call in worked_before(at, at.scenario("test-call"))]
    at.close()
    return found


def played(folder: Path, *first: str) -> str:
    at = desk(folder)
    console = Script(*first, "", *LINES)
    console.interactive = True
    run(at, play="test-call", console=console, seed=0)
    at.store.close()
    return console.said


def test_it_is_offered_twice(tmp_path: Path) -> None:
    assert offered(tmp_path) == ["own-it"]
    said = played(tmp_path, "y")
    assert "Badly: “You'll have to call billing.”" in said
    assert "If nobody has the matter, then I say: I do." in said
    assert offered(tmp_path) == ["own-it"]
    assert "Badly:" not in played(tmp_path, "n")
    assert offered(tmp_path) == []
    assert "New here" not in played(tmp_path)


def test_the_field_guide_shows_it(tmp_path: Path) -> None:
    at = desk(tmp_path)
    book, _left_out = field_guide(at)
    page = book.pages("own-it")[0]
    titles = [section.title for section in sections(page)]
    assert "Worked call:" in titles
    assert page.if_then == "If nobody has the matter, then I say: I do."
    at.close()
