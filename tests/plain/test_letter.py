"""A letter, line by line: what is heard makes sense by itself, and leaving keeps what was done."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from callcalm.core.text import unsafe
from callcalm.plain.console import InputEnded, Leave
from callcalm.plain.letter import practise
from callcalm.practice.lettering import Lettering, bring
from callcalm.storage.records import RoundRecord
from tests.practice.test_lettering import LETTER
from tests.support import HOSTILE
from tests.world import Script, desk

SHEET = ("", "0", "3", "0", "0", "0", "y")


def play(folder: Path, *lines: str, text: str = LETTER) -> tuple[str, tuple[RoundRecord, ...], Lettering]:
    (folder / "letter.txt").write_text(text, encoding="utf-8")
    at = desk(folder)
    lettering = bring(at, str(folder / "letter.txt"))
    console = Script(*lines)
    with suppress(Leave, InputEnded):
        practise(console, lettering, at.registry)
    rounds = at.store.rounds()
    at.close()
    return console.said, rounds, lettering


def test_from_the_first_reading_to_a_new_file(tmp_path: Path) -> None:
    said, rounds, _lettering = play(
        tmp_path, *SHEET, "Why did you not call?", "What happened on your side?", "", "", "", "y"
    )
    for line in (
        "Read it once as the person who opens it:",
        "Your total: +3, on a scale from −50 to +25.",
        "The coach finds 3 places in it that cost.",
        "Line 1 of 3.",
        "“Why did you wait until now to tell us?”",
        "1 place in it still costs.",
        "Nothing in it costs now.",
        "Places that cost: 3 as it came, 2 now.",
        "Line 3 of 3.",
        "Your letter as it is now:",
    ):
        assert line in said.splitlines(), line
    assert any(line.startswith("  - “Why did you”: blame (costs).") for line in said.splitlines())
    assert "    say instead: " in said
    assert "Respect: you +3, the words" in said
    assert "points higher than the words" in said
    assert "on your side? Thank you" in (tmp_path / "letter-improved.txt").read_text("utf-8")
    assert (tmp_path / "letter.txt").read_text("utf-8") == LETTER
    assert f"callcalm export {rounds[0].id}" in said


def test_the_original_is_replaced_only_after_a_yes_of_its_own(tmp_path: Path) -> None:
    name = str(tmp_path / "letter.txt")
    changes = ("What happened?", "", "", "")
    said, _rounds, _lettering = play(tmp_path, *SHEET, *changes, name, "n", "")
    assert "is the letter you brought. Replace it" in said
    assert (tmp_path / "letter.txt").read_text("utf-8") == LETTER
    play(tmp_path, *SHEET, *changes, name, "y")
    assert "What happened?" in (tmp_path / "letter.txt").read_text("utf-8")


def test_a_place_that_cannot_be_written_is_told_and_asked_again(tmp_path: Path) -> None:
    nowhere = str(tmp_path / "no" / "such" / "folder.txt")
    said, _rounds, _lettering = play(tmp_path, *SHEET, "What happened?", "", "", "", nowhere, "y")
    assert "cannot be saved" in said
    assert (tmp_path / "letter-improved.txt").exists()


@pytest.mark.parametrize("name", ["x" * 300, "/dev/null/x", "a\x1b[2Jb/x"])
def test_a_name_that_no_file_can_have_is_told(tmp_path: Path, name: str) -> None:
    said, _rounds, _lettering = play(tmp_path, *SHEET, "What happened?", "", "", "", name, "")
    assert "cannot be saved" in said
    assert not unsafe().search(said)


def test_a_letter_that_is_gone_meanwhile_can_still_be_written(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text(LETTER, encoding="utf-8")
    at = desk(tmp_path)
    lettering = bring(at, str(tmp_path / "letter.txt"))
    (tmp_path / "letter.txt").unlink()
    console = Script(*SHEET, "What happened?", "", "", "", "y")
    practise(console, lettering, at.registry)
    assert (tmp_path / "letter-improved.txt").exists()
    at.close()


def test_a_score_that_is_none_is_asked_again_and_the_sheet_may_be_done_over(tmp_path: Path) -> None:
    said, rounds, _lettering = play(tmp_path, "", "9", "0", "0", "0", "0", "0", "n", *SHEET[1:], "q")
    assert "Please type a whole number from -10 to 5." in said
    assert rounds[0].own is not None
    assert rounds[0].own.respect == 3


@pytest.mark.parametrize("lines", [(), ("q",), ("", "3", "q")])
def test_nothing_is_kept_before_the_sheet_is_locked(tmp_path: Path, lines: tuple[str, ...]) -> None:
    said, rounds, _lettering = play(tmp_path, *lines)
    assert rounds == ()
    assert "Saved in" not in said


@pytest.mark.parametrize("end", [("q",), ()])
def test_leaving_in_the_middle_keeps_it_and_says_how_to_see_it(tmp_path: Path, end: tuple[str, ...]) -> None:
    said, rounds, _lettering = play(tmp_path, *SHEET, "What happened?", *end)
    assert [action.do for action in rounds[0].actions] == ["line", "rewrote", "letter"]
    assert f"What you did is kept. To see it, with the letter as it is now: callcalm export {rounds[0].id}" in said


def test_a_letter_kept_as_it_is_needs_no_file(tmp_path: Path) -> None:
    said, rounds, _lettering = play(tmp_path, *SHEET, "", "", "")
    assert "The letter stays as it is." in said
    assert "Write it to a file?" not in said
    assert [action.do for action in rounds[0].actions] == ["line", "line", "line"]


def test_help_and_a_line_that_is_too_long(tmp_path: Path) -> None:
    said, _rounds, _lettering = play(tmp_path, *SHEET, "?", "x" * 2_000, "q")
    assert "Type the whole line anew" in said
    assert "That is too long; make it shorter." in said


def test_hostile_words_are_heard_as_words(tmp_path: Path) -> None:
    said, _rounds, _lettering = play(tmp_path, *SHEET, "", text=f"Why did you wait {HOSTILE}?")
    assert not unsafe().search(said)
    assert "[sighs] [/]" in said
