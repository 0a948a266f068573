"""The ledger line by line: listed at home, gone back to by number, and the brief that says what was promised."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from callcalm.plain.app import run
from callcalm.practice.promises import come_back, due
from tests.promised import SATURDAY, WEDNESDAY, at, made
from tests.world import Script


def at_home(folder: Path, now: datetime, *lines: str) -> str:
    console = Script(*lines)
    desk = at(folder, now)
    run(desk, console=console)
    desk.close()
    return console.said


def test_promises_are_listed_and_the_due_one_is_gone_back_to(tmp_path: Path) -> None:
    assert "You have promised nothing yet" in at_home(tmp_path, SATURDAY, "promises")
    made(tmp_path)
    said = at_home(tmp_path, SATURDAY, "promises", "promises 2", "promises 1", "", "1")
    assert "1. To Maria Alvarez: call Maria, by 16:00 (The first call)." in said
    assert "To go back to one: promises and its number." in said
    assert "No promise with the number 2 is due." in said
    assert "You promised Maria Alvarez something on 2026-11-20" in said
    assert "You called." in said
    assert "The call after (a desk)" not in said, "it is no encounter of the list"


def test_one_round_that_goes_back_ends_without_home(tmp_path: Path) -> None:
    made(tmp_path, "money")
    console = Script()
    desk = at(tmp_path, WEDNESDAY)
    word = run(desk, console=console, begin=lambda: come_back(desk, due(desk)[0]))
    desk.close()
    assert "never yours to promise" in console.said
    assert "callcalm play later" in word.text
    assert "Encounters:" not in console.said
