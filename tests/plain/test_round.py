"""A whole round, line by line: scripted, interrupted, gone on with, and mistyped."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path

import pytest

from callcalm.language import use
from callcalm.plain.app import run
from callcalm.plain.console import LONGEST_LINE, Console, InputEnded
from callcalm.practice.leaving import LastWord
from callcalm.storage import durable
from callcalm.storage.trouble import CannotSave, Reason
from tests.support import HOSTILE
from tests.world import Script, desk

SHEET = ["n", "12", "3", "-2", "0", "+4", "5"]
SETTLED = ["", "", "2", "1"]


def play(folder: Path, *lines: str, **options: object) -> tuple[str, LastWord]:
    """Play the test call with these lines; what was said, and the last word."""
    console = Script(*lines)
    at = desk(folder)
    word = run(at, play="test-call", console=console, **options)  # type: ignore[arg-type]  # run's own options
    at.store.close()
    return console.said, word


def test_a_whole_round_from_a_script(tmp_path: Path) -> None:
    said, word = play(tmp_path, *SETTLED, *SHEET, "y", "", "say by when")
    assert word == LastWord()
    for line in (
        "A test call. Phone, billing. Level 1, about 2 minutes.",
        "Maria Alvarez (furious): Finally. A human.",
        "They have more to say: 1 more part.",
        "You: Two charges for one scan, Ms. Alvarez. I will stay on this until it is settled.",
        "You have promised: settle the double charge (16:00)",
        "The call is over: resolved.",
        "The call again, from the other end of the line.",
        "Your total: +22, on a scale from −50 to +50.",
        "Result: you +12, reference +25; 13 points lower than the evidence.",
        "To take along: If you own it, then say by when.",
    ):
        assert line in said.splitlines(), line
    assert f"Saved in {tmp_path / 'me.toml'}." in said
    assert "Composure 72 of 100, up 2: hearing them out (+2)." in said.splitlines()
    (record,) = desk(tmp_path).store.rounds()
    assert record.transfer == "say by when"


@pytest.mark.parametrize("channel", ["letter", "in-person"])
def test_what_was_no_call_has_no_other_end_of_the_line(tmp_path: Path, channel: str) -> None:
    at = desk(tmp_path)
    file = tmp_path / "scenarios" / "test-call.toml"
    file.write_text(file.read_text("utf-8").replace('channel = "phone"', f'channel = "{channel}"'), "utf-8")
    console = Script(*SETTLED)
    run(at, play="test-call", console=console)
    at.store.close()
    assert "The same again, seen from the other side." in console.said.splitlines()
    assert "the line" not in console.said


def test_cutting_in_where_danger_calls_for_it_is_told_as_right(tmp_path: Path) -> None:
    at = desk(tmp_path)
    file = tmp_path / "scenarios" / "test-call.toml"
    file.write_text(file.read_text("utf-8").replace("set = { missed = true }", "right = true"), "utf-8")
    console = Script("", "x", "2", "1")
    run(at, play="test-call", console=console)
    at.store.close()
    assert "You cut in, and rightly: this could not wait." in console.said.splitlines()
    assert "unheard" not in console.said


def test_one_event_is_one_line(tmp_path: Path) -> None:
    said, _word = play(tmp_path, *SETTLED)
    assert max(said.splitlines(), key=len).startswith(("House rules", "You:"))
    assert "%" not in said


def test_the_end_of_input_saves_and_says_how_to_go_on(tmp_path: Path) -> None:
    for cut in range(1, len(SETTLED) + len(SHEET) + 1):
        folder = tmp_path / str(cut)
        _said, word = play(folder, *[*SETTLED, *SHEET][:cut])
        assert "callcalm play test-call" in word.text
        assert not word.unsaved
        console = Script("y")
        at = desk(folder)
        run(at, play="test-call", console=console)
        assert "A call is waiting: A test call, left on 2026-11-21" in console.said


def test_a_waiting_call_goes_on_where_it_was(tmp_path: Path) -> None:
    play(tmp_path, *SETTLED[:3])
    said, _word = play(tmp_path, "y", "1", *SHEET, "y", "", "")
    assert "All right. So what happens now?" in said
    assert "Finally. A human." not in said.split("The call again")[0]
    assert "Saved in" in said


def test_a_waiting_call_is_put_aside_for_one_that_was_asked_for(tmp_path: Path) -> None:
    play(tmp_path, *SETTLED[:3])
    said, _word = play(tmp_path, "maybe", "n", "")
    assert "n to put it aside and begin what you asked for" in said
    assert "Please answer y for yes or n for no." in said
    assert "Finally. A human." in said
    (kept,) = tmp_path.glob("**/*.kept-*")
    assert kept.name in said


def test_house_rules_of_the_settings_that_are_not_there_are_told(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('format = 1\nplaybook = "nowhere"\n', encoding="utf-8")
    said, _word = play(tmp_path, "")
    assert "settings.toml:2: there is no playbook “nowhere”; the encounter's own house rules count." in said


def test_a_waiting_call_can_be_let_go(tmp_path: Path) -> None:
    play(tmp_path, *SETTLED[:3])
    console = Script("n", "q")
    at = desk(tmp_path)
    run(at, console=console)
    assert "Go on with it? y, or n to let it go." in console.said
    assert at.waiting() is None
    at.store.close()
    assert not list(tmp_path.glob("**/*.kept-*"))


def test_everything_a_call_allows_can_be_done(tmp_path: Path) -> None:
    said, _word = play(
        tmp_path,
        "", "?", "s", "n scan 14 oct", "n", "b", "u", "b", "x", "coach on",
        "t Why did you wait?", "9", "nonsense", "", "t", "1", "coach off", "2", "ba", "zz", "a", "ab", "u", "q",
    )  # fmt: skip
    for line in (
        "A number gives that answer; t and your words gives your own answer.",
        "Noted: scan 14 oct",
        "- scan 14 oct",
        "You take a breath.",
        "Taken back; the round is marked so.",
        "You cut in; 1 part went unheard.",
        "You: Why did you wait?",
        "The coach marks your words as you go; this run counts as coached.",
        "“nonsense” is not understood here; type ? for what can be done.",
        "An empty line does nothing here; type ? for what can be done.",
        "The coach is silent until the call is over.",
    ):
        assert line in said.splitlines(), line
    assert re.search(r"^  costs: “Why did you", said, re.MULTILINE)
    assert "answers go from 1 to" in said


def test_the_parts_of_a_composed_answer_are_lettered(tmp_path: Path) -> None:
    said, _word = play(tmp_path, "", "", "2", "2", "a b c", "ab", *SHEET, "y", "", "")
    assert "a. The charge stays until Friday." in said
    assert "Pick the number of parts asked for, each once." in said
    assert "The right parts, in another order than would land best." in said
    assert "The call is over: a fair no." in said


def test_scores_out_of_range_are_asked_again(tmp_path: Path) -> None:
    said, _word = play(
        tmp_path, *SETTLED, "perhaps", "n", "26", "-1", "x", "99999999", "12", "6", "-11", "5", "5", "5", "5", "5",
        "n", "y", "1", "1", "1", "1", "1", "y", "", "",
    )  # fmt: skip
    assert said.count("Please type a whole number from 0 to 25.") == 4
    assert said.count("Please type a whole number from -10 to 5.") == 2
    assert "Your total: +37" in said
    assert "Your total: +30" in said


def test_home_lists_plays_sets_and_leaves(tmp_path: Path) -> None:
    console = Script(
        "set", "set coach live", "set coach never", "set colour red", "99", "no-such", "test-call",
        *SETTLED, *SHEET, "y", "", "", "set language fr", "q",
    )  # fmt: skip
    at = desk(tmp_path)
    run(at, console=console)
    assert "A test call (billing), en, level 1, about 2 minutes" in console.said
    assert "coach = after   (after, live)" in console.said
    assert "coach can be: after, live." in console.said
    assert "There is no setting “colour” here." in console.said
    assert "There is no encounter “99”." in console.said
    assert "played 1 time, last: resolved" in console.said
    assert desk(tmp_path).settings.language == "fr"
    use("en")


def test_home_has_the_field_guide(tmp_path: Path) -> None:
    def asked(*lines: str) -> list[str]:
        console = Script(*lines, "q")
        at = desk(tmp_path)
        run(at, console=console)
        at.store.close()
        return console.said.splitlines()

    every = asked("guide")
    assert "guide to look moves up" in "".join(every)
    assert every.index("What costs:") < every.index("What helps:")
    (row,) = [line for line in every if "(rule-wall)" in line]
    number = row.partition(".")[0]
    page = asked("guide rule-wall")
    assert any(line.startswith("move rule-wall: a wall of rules (costs;") for line in page)
    for title in ("Say rather not:", "Say:", "To take along:", "How the schools take it:", "Rules that find it:"):
        assert title in page
    assert asked(f"guide {number}") == page
    assert asked("guide A Wall of RULES") == page, "one move is found, so its page is shown"
    several = asked("guide sorry")
    assert row not in several
    assert "guide and a number or an id shows the page." in several
    assert any("“" in line for line in several[several.index("Found in what people say:") :])
    assert any("Did you mean “rule-wall”?" in line for line in asked("guide rule-wlal"))
    assert "What it listens for:" in asked("guide why-did-you")
    hostile = "\n".join(asked(f"guide {HOSTILE}", f"guide {'x' * 7_000}", "guide 999999"))
    assert "\x1b" not in hostile
    assert hostile.count("There is no move or rule") == 3


def test_a_full_disk_is_said_at_once_and_another_folder_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = durable.replace_file

    def full(path: Path, data: bytes) -> bool:
        if path.is_relative_to(tmp_path / "full"):
            raise CannotSave(path, Reason.FULL)
        return kept(path, data)

    monkeypatch.setattr(durable, "replace_file", full)
    said, word = play(tmp_path / "full", "", "", "n a note", "b", "copy", f"folder {tmp_path / 'other'}", "2", "q")
    assert said.count("the disk is full") == 1
    assert "You can keep playing." in said
    assert "# A test call" in said
    assert f"Now saving in {tmp_path / 'other'}." in said
    assert not word.unsaved
    assert list((tmp_path / "other").glob("*.call.toml"))


def test_a_setting_that_makes_no_sense_is_named(tmp_path: Path) -> None:
    tmp_path.joinpath("settings.toml").write_text('language = "klingon"\n', encoding="utf-8")
    said, _word = play(tmp_path, "q")
    assert "settings.toml:1: some values are not of the right kind" in said
    assert "language" in said.splitlines()[0]


def test_hostile_input_never_reaches_the_terminal_raw(tmp_path: Path) -> None:
    said, _word = play(tmp_path, HOSTILE, f"n {HOSTILE}", "n", "", f"t {HOSTILE}", "x" * 9_000, "q")
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert "[link=file:///etc/passwd]" in said
    assert "That line was too long" in said


def test_a_console_cuts_a_long_line_once_and_goes_on() -> None:
    out = StringIO()
    console = Console(StringIO("x" * (3 * LONGEST_LINE) + "\nnext\n"), out)
    assert len(console.ask("?")) == LONGEST_LINE
    assert console.ask("?") == "next"
    with pytest.raises(InputEnded):
        console.ask("?")


def test_on_a_terminal_no_line_begins_with_a_french_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    said = "Vous voulez que j’attende encore ? Non ! Et la lettre « en cours » : je la garde ; voilà."
    for width in range(22, 60):
        monkeypatch.setenv("COLUMNS", str(width))
        out = StringIO()
        monkeypatch.setattr(out, "isatty", lambda: True)
        Console(StringIO(), out).say(said)
        lines = out.getvalue().splitlines()
        assert " ".join(lines) == said
        assert not any(line.startswith(("?", "!", ";", ":", "»")) or line.endswith("«") for line in lines)


def test_on_a_terminal_a_word_with_a_hyphen_stays_in_one_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "24")
    out = StringIO()
    monkeypatch.setattr(out, "isatty", lambda: True)
    Console(StringIO(), out).say("Je m’en occupe moi-même.")
    assert out.getvalue().splitlines() == ["Je m’en occupe", "moi-même."]


def test_a_second_window_is_told_who_is_there(tmp_path: Path) -> None:
    first = desk(tmp_path)
    assert first.store.lock_holder is None
    said, _word = play(tmp_path, "q")
    assert "is playing in another window too (process" in said
    first.store.close()


def test_french_is_spoken_when_the_settings_say_so(tmp_path: Path) -> None:
    desk(tmp_path).change_settings(language="fr")
    said, word = play(tmp_path, *SETTLED, *SHEET, "o", "", "")
    use("en")
    assert "Your answer" not in said
    assert "The call" not in said
    assert word == LastWord()
