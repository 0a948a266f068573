"""A drill, line by line: answered, mistyped, given up, left, and kept in the log."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from callcalm.plain.console import InputEnded, Leave
from callcalm.plain.drill import play_drill
from callcalm.practice.drilling import Shelf
from tests.world import Script, desk

DRILL = """\
format = 1
title = "Small"
language = "en"
about = "A few tasks."
rule = "If x, I do y."
minutes = 3
teaches = ["offer"]
sources = ["S3-8"]

[[items]]
scene = "He shouts."
given = "Show ID or leave."
why = "First lesson."
options = [{ say = "Leave.", why = "Pushes." }, { say = "I can, if you show ID.", right = true, why = "A way." }]

[[items]]
why = "Second lesson."
parts = ["I can do it today.", "I need your ID."]
decoys = ["Rules are rules."]

[[items]]
why = "Third lesson."
text = ["Dear Ms. Roe,", "[[You failed to]] sign.", "Thank you."]

[[items]]
why = "Fourth lesson."
wants = ["offer"]
takes = ["I can renew it today if you bring the form."]
"""


def play(folder: Path, *lines: str) -> tuple[str, object]:
    (folder / "drills").mkdir(parents=True, exist_ok=True)
    (folder / "drills" / "small.toml").write_text(DRILL, encoding="utf-8")
    at = desk(folder)
    drilling = Shelf(at).begin("small", seed=0)
    console = Script(*lines)
    with suppress(Leave, InputEnded):
        play_drill(console, drilling, at.registry)
    rounds = at.store.rounds()
    at.close()
    return console.said, rounds


def order(folder: Path) -> str:
    """The letters that answer the second item as it is laid out."""
    (folder / "drills").mkdir(parents=True, exist_ok=True)
    (folder / "drills" / "small.toml").write_text(DRILL, encoding="utf-8")
    drilling = Shelf(desk(folder)).begin("small", seed=0)
    drilling.choose(1)
    drilling.next()
    return "".join("abc"[drilling.layout.index(part)] for part in (0, 1))


def test_a_whole_drill_is_judged_and_kept(tmp_path: Path) -> None:
    said, rounds = play(
        tmp_path, "1", "2", order(tmp_path / "other"), "2", "I can renew it today if you bring me the form."
    )
    for line in ("Not that one.", "Pushes.", "First lesson.", "Line 2: “You failed to”", "Fourth lesson."):
        assert line in said.splitlines()
    assert "3 of 4 items right the first time. If x, I do y." in said
    (kept,) = rounds  # type: ignore[misc]
    assert (kept.scenario, kept.kind, kept.ending) == ("drill/small", "drill", "3-of-4")
    assert [action.do for action in kept.actions] == ["wrong", "right", "right", "right"]


def test_enter_shows_the_answer_and_counts_as_not_right(tmp_path: Path) -> None:
    said, rounds = play(tmp_path, "", "", "", "")
    assert "One way: “I can, if you show ID.”" in said
    assert "One way: “I can do it today. I need your ID.”" in said
    assert "One way: “I can renew it today if you bring the form.”" in said
    assert rounds[0].ending == "0-of-4"  # type: ignore[index]


@pytest.mark.parametrize("nonsense", ["9", "-1", "x", "1 2", "٣", "0"])
def test_what_is_no_answer_is_asked_again(tmp_path: Path, nonsense: str) -> None:
    said, _rounds = play(tmp_path, nonsense, "2", "q")
    assert f"“{nonsense}” is not understood here" in said
    assert "First lesson." in said


def test_leaving_keeps_what_was_done_and_nothing_where_nothing_was(tmp_path: Path) -> None:
    assert play(tmp_path / "a", "2", "q")[1][0].ending == "1-of-1"  # type: ignore[index]
    assert play(tmp_path / "b", "q")[1] == ()


def test_a_saying_that_costs_is_told_why(tmp_path: Path) -> None:
    said, _rounds = play(tmp_path, "", "", "", "Why did you not bring the form?", "q")
    assert "This costs:" in said
    assert "Not heard yet:" in said
