"""A room hosted line by line: a whole session from a script, help at every prompt, and what is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from callcalm.core.text import Text
from callcalm.plain.host import run
from callcalm.plain.host_notes import run as show
from callcalm.room.ballot import drawn
from callcalm.room.counting import counted, fingers, yes_and_no
from callcalm.room.file import BadSession, read_session
from callcalm.room.hosting import Hosted
from callcalm.room.rehearsing import Crowd
from callcalm.room.session import Phase
from callcalm.room.shelf import folder
from tests.world import Script, desk

OPENING = ["", "", "A1 B3", "", "r", "0 5 0", "", ""]
"""Begin, listen on, vote, reveal, talk, vote again, reveal, play."""
CLOSING = ["", "3 1", "10", "4x3 -2", "", "", "", ""]
"""Score: yes and no, fair, Priority, four rows left out."""


def host(where: Path, *lines: str, keep: bool = False) -> tuple[str, str, Hosted]:
    """Host the test call with these lines: what was said, the last word, and the session."""
    console = Script(*lines)
    hosted = Hosted.begin(desk(where), "test-call", hands=True)
    word = run(console, hosted, keep=keep)
    return console.said, word, hosted


def test_a_whole_session_by_hands(tmp_path: Path) -> None:
    debrief = ["", "n", "", "", "b", "", "", "", ""]
    said, word, hosted = host(tmp_path, *OPENING, "A", *CLOSING, *debrief, "y")
    lines = said.splitlines()
    for line in (
        "A test call, decided by the room, by show of hands.",
        "They have more to say: 1 more part.",
        "B. Two charges for one scan, Ms. Alvarez. I will stay on this until it is settled.",
        "Before the talk:",
        "  B   3 ####################",
        "After the talk:",
        "  B   5 ####################",
        "You: Two charges for one scan, Ms. Alvarez. I will stay on this until it is settled.",
        "The call is over: resolved.",
        "The caller got what they needed: 3 say yes, 1 say no.",
        "Priority: the room +4 (median), reference +5. −2: 1, +4: 3",
        "1 of 5, Reactions: In one word: how was that?",
    ):
        assert line in lines, line
    assert hosted.room.phase is Phase.OVER
    assert f"callcalm session {hosted.path.stem}" in word
    found = read_session(hosted.path)
    assert found.entries == tuple(hosted.room.entries)
    assert [path.name for path in folder(desk(tmp_path)).iterdir()] == [hosted.path.name]


def test_votes_are_not_said_before_the_reveal(tmp_path: Path) -> None:
    said, _word, _hosted = host(tmp_path, *OPENING[:3], "?")
    assert "Counted." in said
    assert "A   1" not in said


def test_help_stands_at_every_prompt(tmp_path: Path) -> None:
    flow = ["", "", "", "A1 B1", "", "A", "t", "one.", "", "1", "x", "A", "A", "", "1 0", *6 * [""]]
    seen = []
    for length in range(len(flow) + 1):
        console = Script(*flow[:length], "?")
        hosted = Hosted.begin(desk(tmp_path), "test-call", hands=True)
        run(console, hosted)
        after = console.said.rpartition("? for help.")[0].rpartition("? for help.")[2]
        seen.append((hosted.room.phase, after.count("\n")))
    assert {phase for phase, _lines in seen} >= {
        Phase.LOBBY,
        Phase.CALL,
        Phase.OPEN,
        Phase.CLOSED,
        Phase.REVEALED,
        Phase.SAYING,
        Phase.SAID,
        Phase.PICKED,
        Phase.PRICE,
        Phase.PRICE_SHOWN,
        Phase.DEBRIEF,
    }
    assert all(lines >= 1 for _phase, lines in seen)


def test_answers_called_out_are_marked_projected_and_played(tmp_path: Path) -> None:
    own = "Ms. Alvarez, I will stay on this until it is settled."
    said, _word, hosted = host(tmp_path, "", "", "t", "Why did you wait?", own, "x" * 501, "", "2", "", keep=True)
    assert "Answer 2 is in." in said
    assert "That is too long; make it shorter." in said
    assert "   costs: “Why did you wait”" in said or "   costs: “Why did you”" in said
    assert f"Projected: {own}" in said
    assert f"You: {own}" in said.splitlines()
    text = hosted.path.read_text("utf-8")
    assert own in text
    assert "Why did you wait?" not in text


def test_a_tie_is_named_and_drawn_from_the_seed(tmp_path: Path) -> None:
    said, _word, hosted = host(tmp_path, "", "", "A2 C2", "", "", "draw")
    assert "The most votes are shared" in said
    assert f"A tie: A, C. Name one, or type draw to draw from the seed {hosted.room.draw}/1/1." in said
    assert hosted.room.history[0].chosen == drawn("AC", f"{hosted.room.draw}/1/1")


def test_a_letter_alone_plays_and_undo_takes_it_back(tmp_path: Path) -> None:
    for letter in ("A", "b", "C"):
        said, _word, hosted = host(tmp_path, "", "", letter, "u")
        answer = hosted.room.history[0]
        assert answer.chosen == letter.upper()
        assert answer.taken_back
        assert f"You: {answer.choices['ABC'.index(letter.upper())].text}" in said.splitlines()
        assert hosted.room.round.undone == 1


def test_breath_schools_and_debrief_have_words_of_their_own(tmp_path: Path) -> None:
    sorry = "On behalf of the clinic, I apologize for our mistake, and I will stay on this until it is settled."
    own = ["t", sorry, "", "1", ""]
    lines = ["", "", "breathe", *own, "w", "", "A1 B2", "", "", "debrief"]
    said, _word, hosted = host(tmp_path, *lines, keep=True)
    assert hosted.room.phase is Phase.DEBRIEF
    assert "Which house rules do we play by from here on?" in said
    assert hosted.room.book.id != "core"
    assert f"From here on: {hosted.room.book.name['en']}." in said


@pytest.mark.parametrize("line", ["E4", "Z", "9 9 9 9 9", "A5 A6", "A12345", "-1", "A5 please", "\x1b[2J"])
def test_what_is_no_count_changes_nothing(tmp_path: Path, line: str) -> None:
    said, _word, hosted = host(tmp_path, "", "", line)
    assert "not understood" in said or "no such letter" in said
    assert "\x1b" not in said
    assert hosted.room.phase is Phase.CALL


def test_the_session_is_deleted_unless_it_is_kept(tmp_path: Path) -> None:
    for lines, kept in ((("",), 0), (("", "q", "n"), 0), (("", "q", "y"), 1)):
        _said, word, hosted = host(tmp_path, *lines)
        assert hosted.path.exists() == bool(kept), word
    assert word.startswith("Kept: ")


def test_a_session_is_gone_on_with(tmp_path: Path) -> None:
    _said, _word, hosted = host(tmp_path, *OPENING[:5], keep=True)
    console = Script("0 2", "", "")
    back = Hosted.resume(desk(tmp_path), "last")
    run(console, back, keep=True)
    assert "  B   2 ####################" in console.said.splitlines()
    assert "Before the talk:" in console.said.splitlines()
    assert len(read_session(hosted.path).entries) == len(back.room.entries)
    run(Script("q"), Hosted.resume(desk(tmp_path), "last"))
    assert hosted.path.exists()
    run(Script("q", "n"), Hosted.resume(desk(tmp_path), "last"))
    assert not hosted.path.exists()


def test_counts_in_words() -> None:
    assert counted("b 3 a:1", 4) == {"B": 3, "A": 1}
    assert fingers("-10x2 5") == {-10: 2, 5: 1}
    assert fingers("x") is None
    assert yes_and_no("4/3") == {1: 4, 0: 3}


def test_a_rehearsal_votes_by_itself_and_keeps_nothing(tmp_path: Path) -> None:
    lines = ["", "", "", "", "", "r", "", "", "A", "t", "", "1", "", "A", "A", "A", "", "", "", "", "", "", "", ""]
    said = []
    for seed in ("x", "x", "y"):
        console = Script(*lines)
        hosted = Hosted.begin(desk(tmp_path), "test-call")
        word = run(console, hosted, crowd=Crowd(12, seed))
        said.append(console.said.replace(hosted.room.draw, ""))
        assert not hosted.path.exists()
        assert "nothing of it is kept" in word
    assert "12 of 12 have voted; Enter closes the vote." in said[0]
    assert "Before the talk:" in said[0]
    assert "12 of 12 have scored the call." in said[0]
    assert said[0] == said[1] != said[2]


def test_the_notes_follow_a_session_from_a_second_terminal(tmp_path: Path) -> None:
    hosted = Hosted.begin(desk(tmp_path), "test-call", hands=True)
    at = desk(tmp_path)

    class Facilitator(Script):
        def ask(self, question: str) -> Text:
            if hosted.room.phase is Phase.LOBBY:
                hosted.room.start()
                hosted.room.listen()
            elif hosted.room.phase is Phase.CALL:
                hosted.room.ask()
                hosted.room.hands({"A": 4})
            hosted.save()
            return super().ask(question)

    console = Facilitator("", "", "")
    show(console, at, "last")
    assert "Model answer." in console.said
    assert "The votes so far: A 4, B 0, C 0." in console.said
    assert "Nothing has happened since." in console.said
    before = hosted.path.read_bytes()
    hosted.end(keep=False)
    assert before
    with pytest.raises(BadSession):
        show(Script(), at, "last")
