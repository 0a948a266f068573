"""Names before the lines of a story: the caller's becomes the caller's name, and none is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from callcalm.core.model import Scenario
from callcalm.workshop.bringing import bring
from tests.workshop.written import opened


def brought(folder: Path, text: str, name: str = "story.ink") -> tuple[Scenario, str]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    found = bring(path)
    return opened(found.made.text), "\n".join(found.notes)


ONE = """\
Anna: Finally someone.
Anna: I have waited an hour.
* [You: I am sorry.] -> bye
* [You: So what?] -> bye
== bye
Note: she hangs up.
-> END
"""


@pytest.mark.parametrize(
    "text",
    [
        ONE,
        ONE.replace("Anna: I", "I").replace("Anna: F", "#speaker:Anna #portrait:anna\nF").replace("[You: ", "["),
        ONE.replace("Anna: Finally someone.", "Finally someone. # speaker: Anna").replace("You:", "Sam:"),
        ONE.replace("Anna: F", "# speaker: Anna\n# loud\nF")
        .replace("hour.", "hour. #speaker:{who()}")
        .replace("You", "Player"),
        ONE.replace("Anna:", "Anna :")
        .replace("\nAnna : I", "\n{shuffle:\n- Anna : I")
        .replace("hour.", "hour.\n}"),
    ],
)
def test_the_only_one_who_speaks_is_the_caller(tmp_path: Path, text: str) -> None:
    scenario, notes = brought(tmp_path, text)
    assert scenario.caller.name == "Anna"
    assert scenario.caller.address == ("Anna",)
    assert scenario.beats["start"].caller == ("Finally someone.", "I have waited an hour.")
    assert [reply.say for reply in scenario.beats["start"].replies] == ["I am sorry.", "So what?"]
    assert scenario.endings["bye"].text == "Note: she hangs up."
    assert "“Anna” before the lines: that is the caller's name now" in notes


def test_in_a_story_of_twine_as_well(tmp_path: Path) -> None:
    text = ":: Start\nAnna: Finally.\n\n[[Me: Sorry.->Bye]]\n\n:: Bye\nAnna: Bye.\n"
    scenario, notes = brought(tmp_path, text, "story.twee")
    assert (scenario.caller.name, scenario.beats[scenario.start].caller) == ("Anna", ("Finally.",))
    assert [reply.say for reply in scenario.beats[scenario.start].replies] == ["Sorry."]
    assert "the player's name before the answers (Me): it was left out" in notes


def test_of_several_who_speak_all_keep_their_names(tmp_path: Path) -> None:
    text = "Finally. # speaker: Anna\nBen: She is right. # speaker: Ben\n* [Sorry.] -> END\n"
    scenario, notes = brought(tmp_path, text)
    assert scenario.caller.name != "Anna"
    assert scenario.beats["start"].caller == ("Anna: Finally.", "Ben: She is right.")
    assert "several people speak (Anna, Ben)" in notes


def test_a_name_that_a_tag_gives_may_be_written_small(tmp_path: Path) -> None:
    text = """\
Hand it in. # speaker: teacher
It broke. # speaker: student
It did. # speaker: player
* [Sorry.] -> END
"""
    scenario, notes = brought(tmp_path, text)
    assert scenario.beats["start"].caller == ("teacher: Hand it in.", "student: It broke.", "player: It did.")
    assert "several people speak (student, teacher)" in notes
    scenario, _notes = brought(tmp_path, text.replace("student", "teacher").replace("player", "teacher"))
    assert scenario.caller.name == "teacher"


def test_words_of_the_player_among_the_callers_are_told_with_their_place(tmp_path: Path) -> None:
    text = "Anna: Finally.\n* [Sorry]\n  Me: I am sorry.\n  Anna: Hm.\n- Bye. -> END\n"
    scenario, notes = brought(tmp_path, text)
    assert scenario.caller.name == "Anna"
    assert "words of the player among those of the caller: they stay there (line 3)" in notes


@pytest.mark.parametrize(
    "text",
    [
        "Please remember: it is late.\nI said: no.\n* [One thing: wait.] -> END\n",
        "Well.\nNo.\nYes.\nNote: it rings.\nNote: again.\n* [Sorry.] -> END\n",
        "At 10:30 I called.\nhttp is odd.\n* [Sorry.] -> END\n",
    ],
)
def test_a_colon_alone_makes_nobody_speak(tmp_path: Path, text: str) -> None:
    scenario, notes = brought(tmp_path, text)
    said = text.split("*", maxsplit=1)[0].strip().split("\n")
    assert scenario.beats["start"].caller == tuple(said)
    assert "before the" not in notes
