"""Home, line by line: drills and campaigns from there, and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from callcalm.plain.app import run
from callcalm.practice.drilling import Shelf
from tests.plain.test_drill import DRILL
from tests.world import Script, desk

MINE = """\
format = 1
title = "Mine"
language = "en"
about = "Two steps."
steps = [{ drill = "small", why = "Warm up." }, { encounter = "test-call" }]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("drills/small.toml", DRILL), ("campaigns/mine.toml", MINE)):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def at_home(folder: Path, *lines: str) -> str:
    """What is said when these lines are typed at home."""
    console = Script(*lines)
    at = desk(folder)
    run(at, console=console)
    at.close()
    return console.said


def test_home_says_that_there_are_drills_and_campaigns_and_lists_them(folder: Path) -> None:
    said = at_home(folder, "drill", "campaign").splitlines()
    assert any("drill for short rounds of one skill, campaign for an order" in line for line in said)
    assert "small (en, 4 items, about 3 minutes): Small" in said
    assert "mine: Mine, 0 of 2 done; next: small" in said


def test_a_drill_is_played_from_home_and_leaving_it_comes_back(folder: Path) -> None:
    said = at_home(folder, "drill small", "2", "q", "campaign", "drill smal")
    assert "1 of 1 item right the first time." in said
    assert "mine: Mine, 1 of 2 done; next: test-call" in said.splitlines()
    assert "There is no drill “smal”. Did you mean “small”?" in said


def test_a_campaign_begins_its_next_step(folder: Path) -> None:
    said = at_home(folder, "campaign mine", "n", "campaign mine", "y", "2", "q", "campaign mine", "y")
    assert said.splitlines().count("1. [to do] callcalm drill small. Warm up.") == 2
    assert "First lesson." in said
    assert "1. [done] callcalm drill small. Warm up." in said
    assert "A test call. Phone, billing. Level 1, about 2 minutes." in said
    assert "There is no campaign “x”." in at_home(folder, "n", "campaign x")


def test_a_drill_that_cannot_be_read_is_told_and_home_stays(folder: Path) -> None:
    (folder / "drills" / "bad.toml").write_text("format = ", encoding="utf-8")
    said = at_home(folder, "drill", "drill bad", "drill small", "q")
    assert said.count("bad.toml") == 2
    assert "Item 1 of 4." in said


def test_drills_are_not_among_the_encounters_played(folder: Path) -> None:
    at = desk(folder)
    drilling = Shelf(at).begin("small")
    drilling.give_up()
    drilling.save()
    at.close()
    rows = [line for line in at_home(folder).splitlines() if line[:1].isdecimal()]
    assert rows
    assert not [line for line in rows if "played" in line or "small" in line]


@pytest.mark.parametrize("line", ["", "?", "help"])
def test_who_asks_for_help_or_nothing_is_told_again_what_there_is(folder: Path, line: str) -> None:
    said = at_home(folder, "guide", line)
    assert said.count("A number to play; drill for") == 2
    assert said.count("A number to play; ? for what else there is") == 1, (
        "what there is, is not told at every turn"
    )
    assert "There is no encounter" not in said
