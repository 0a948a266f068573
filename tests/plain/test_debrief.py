"""The debrief line by line, and an answer given another way."""

from __future__ import annotations

from pathlib import Path

from callcalm.plain.app import run
from tests.world import Script, desk

LOST = ["", "", "1", "2"]
SHEET = ["n", "12", "3", "-2", "0", "+4", "5", "y"]


def play(folder: Path, *lines: str) -> list[str]:
    console = Script(*LOST, *SHEET, *lines)
    at = desk(folder)
    run(at, play="test-call", console=console)
    at.store.close()
    return console.said.splitlines()


def test_the_reveal_says_where_the_call_was_decided(tmp_path: Path) -> None:
    said = play(tmp_path, "", "listen")
    where = said.index("Where the call was decided:")
    (total,) = (number for number, line in enumerate(said) if line.startswith("Total: you"))
    assert total < where < said.index("Words that cost:")
    assert len(desk(tmp_path).store.rounds()) == 1


def test_the_whole_debrief_goes_turn_by_turn(tmp_path: Path) -> None:
    said = play(tmp_path, "d", "", "")
    told = said[said.index("The debrief, turn by turn.") :]
    heads = [line for line in told if line.startswith("Answer ")]
    assert heads == [
        "Answer 1: “Why did you wait until now to tell us?”",
        "Answer 2: “There is nothing I can do.”",
    ]
    assert any("100 people with some practice" in line for line in told)
    assert any("by these house rules" in line for line in told)


def test_an_answer_can_be_given_another_way_and_is_not_saved(tmp_path: Path) -> None:
    said = play(tmp_path, "w 1", "2", "1", "w 2", "1", "q", "", "say by when")
    assert "Answer 1 again, another way. This is not saved: your round stays as it was. q comes back." in said
    assert "  - start: as lived 70, the other way 70" in said
    assert any(line.startswith("  - As you lived it: a fair no") for line in said)
    assert any(line.startswith("  - The other way: resolved") for line in said)
    assert "Back to your round." in said
    (record,) = desk(tmp_path).store.rounds()
    assert (record.ending, record.transfer) == ("refused", "say by when")
    assert record.undone == 0


def test_what_is_not_understood_at_the_reveal_is_said(tmp_path: Path) -> None:
    said = play(tmp_path, "w", "w 9", "w x", "hm", "", "")
    assert said.count("Type w and the number of an answer, from 1 to 2.") == 3
    assert "“hm” is not understood here." in said
    assert len(desk(tmp_path).store.rounds()) == 1
