"""Conditions of ink around ways, choices and texts: nothing is said in braces, and every way is still there."""

from __future__ import annotations

from pathlib import Path

from callcalm.core import condition
from callcalm.core.condition import Value
from callcalm.core.model import Beat, Scenario
from callcalm.workshop.bringing import bring
from tests.workshop.written import ending_of, opened

HEAD = "VAR told = false\nVAR calls = 0\nVAR mood = 0\n"


def brought(folder: Path, text: str) -> tuple[Scenario, str]:
    path = folder / "story.ink"
    path.write_text(HEAD + text, encoding="utf-8")
    found = bring(path)
    scenario = opened(found.made.text)
    heard = [*(part for beat in scenario.beats.values() for part in beat.caller)]
    heard += [reply.say for beat in scenario.beats.values() for reply in beat.replies]
    heard += [ending.text for ending in scenario.endings.values()]
    assert not set("{}") & set("".join(heard))
    assert ending_of(scenario, 0)
    return scenario, "\n".join(found.notes)


def open_to(beat: Beat, **known: Value) -> list[str]:
    """Where one can go from here with these variables."""
    values: dict[str, Value] = {"told": False, "calls": 0, "mood": 0, "composure": 70, **known}
    return [reply.goto for reply in beat.replies if reply.when is None or condition.holds(reply.when, values)]


def test_a_block_leads_one_way_or_the_other(tmp_path: Path) -> None:
    text = """\
Hello.
{ not told:
    -> first
- else: -> again
}
== first
Who is there?
* Me. -> END
== again
You again.
* Me again. -> END
"""
    scenario, notes = brought(tmp_path, text)
    begun = scenario.beats[scenario.start]
    assert begun.caller == ("Hello.",)
    assert (open_to(begun), open_to(begun, told=True)) == (["first"], ["again"])
    assert len(notes.split("\n")) == 1


def test_one_line_does_what_a_block_does(tmp_path: Path) -> None:
    scenario, _notes = brought(tmp_path, "Hello. {told: -> a | -> b}\n== a\nA.\n* x\n== b\nB.\n* y\n")
    begun = scenario.beats[scenario.start]
    assert begun.caller == ("Hello.",)
    assert (open_to(begun, told=True), open_to(begun)) == (["a"], ["b"])


def test_what_follows_a_block_is_for_whom_it_did_not_lead_away(tmp_path: Path) -> None:
    text = """\
Wait.
{ calls > 2: -> angry }
{ told: -> calm }
Still here?
* Yes. -> END
== angry
Enough.
* Sorry. -> END
== calm
Good.
* Thanks. -> END
"""
    scenario, _notes = brought(tmp_path, text)
    begun = scenario.beats[scenario.start]
    assert open_to(begun, calls=3, told=True) == ["angry"]
    assert open_to(begun, told=True) == ["calm"]
    (rest,) = open_to(begun)
    assert scenario.beats[rest].caller == ("Still here?",)


def test_branches_may_be_values_conditions_and_blocks_of_their_own(tmp_path: Path) -> None:
    text = """\
Well.
{ mood:
- 0: -> a
- 1:
    {
    - told: -> b
    - else:
        ~ told = true
        ~ calls++
        -> c
    }
- else: -> d
}
== a
A.
* 1
== b
B.
* 2
== c
C.
* 3
== d
D.
* 4
"""
    scenario, notes = brought(tmp_path, text)
    begun = scenario.beats[scenario.start]
    ways = [open_to(begun, mood=mood, told=told) for mood in (0, 1, 2) for told in (False, True)]
    assert ways == [["a"], ["a"], ["c"], ["b"], ["d"], ["d"]]
    (changing,) = [reply for reply in begun.replies if reply.goto == "c"]
    assert (changing.set, changing.add) == ({"told": True}, {"calls": 1})
    assert "only sometimes" not in notes


def test_choices_in_a_block_keep_its_condition(tmp_path: Path) -> None:
    text = """\
What now?
{ told:
    * [I told you.]
      So you did. -> END
- else:
    * {calls < 2} [Let me tell you.] -> END
}
* [Nothing.] -> END
"""
    scenario, _notes = brought(tmp_path, text)
    begun = scenario.beats[scenario.start]
    said = [reply.say for reply in begun.replies]
    assert said == ["I told you.", "Let me tell you.", "Nothing."]
    assert len(open_to(begun)) == len(open_to(begun, told=True)) == 2
    assert len(open_to(begun, calls=3)) == 1


def test_what_cannot_be_asked_leaves_every_way_open(tmp_path: Path) -> None:
    text = "Hm. { seen_it: -> a | -> b }\n== a\nA.\n* x\n== b\nB.\n{ -> a | -> c }\n== c\nC.\n* z\n"
    scenario, notes = brought(tmp_path, text)
    assert open_to(scenario.beats[scenario.start]) == ["a", "b"]
    assert {"a", "c"} <= set(open_to(scenario.beats["b"]))
    assert "cannot ask: the answer is always there (lines 4, 10)" in notes


def test_of_texts_under_conditions_the_first_stays_and_is_told(tmp_path: Path) -> None:
    text = """\
Well, { calls > 0:
you called.
~ told = true
- else:
who are you?
}
{ stopping:
- Once.
- Twice.
}
* [Bye.] -> END
"""
    scenario, notes = brought(tmp_path, text)
    assert scenario.beats[scenario.start].caller == ("Well,", "you called.", "Once.")
    assert "2 × a text with a condition: the first branch that has words stays (lines 5, 8)" in notes
    assert "2 × a text that changes each time: its first form stays (lines 11, 12)" in notes
    assert "an assignment that is made only sometimes (line 6)" in notes


def test_a_block_that_is_not_closed_ends_with_its_knot(tmp_path: Path) -> None:
    scenario, notes = brought(tmp_path, "Hi.\n* Go. -> k\n{ told:\nYes.\n== k\nThere.\n* x -> END\n")
    assert scenario.beats["k"].caller == ("There.",)
    assert "braces that are not closed" in notes


def test_a_line_of_hundreds_of_ways_is_read(tmp_path: Path) -> None:
    scenario, _notes = brought(tmp_path, "Hi. " + "{-> k}" * 800 + "\n== k\nThere.\n* x -> END\n")
    assert "k" in scenario.beats


def test_words_that_only_an_else_has_are_not_lost(tmp_path: Path) -> None:
    text = """\
Well,
{ told:
~ calls = 1
- else:
who are you?
}
{told: |It is late.}
* [Bye.] -> END
"""
    scenario, notes = brought(tmp_path, text)
    assert scenario.beats[scenario.start].caller == ("Well,", "who are you?", "It is late.")
    assert "2 × a text with a condition: the first branch that has words stays (lines 8, 10)" in notes


def test_words_of_an_else_when_all_others_lead_away_are_for_whoever_is_still_there(tmp_path: Path) -> None:
    text = """\
Well.
{ told:
-> bye
- else:
Come in.
}
* [Thanks.] -> bye
== bye
Bye.
-> END
"""
    scenario, notes = brought(tmp_path, text)
    begun = scenario.beats[scenario.start]
    assert open_to(begun, told=True) == ["bye"]
    (inside,) = open_to(begun)
    assert scenario.beats[inside].caller == ("Come in.",)
    assert "a text with a condition" not in notes


def test_what_is_said_on_a_way_out_is_said_only_there(tmp_path: Path) -> None:
    text = """\
Well.
{ told:
You again.
Go away. -> bye
- else:
Come in.
-> inside
}
== inside
Sit down.
* [Thanks.] -> bye
== bye
Bye.
-> END
"""
    scenario, notes = brought(tmp_path, text)
    begun = scenario.beats[scenario.start]
    assert begun.caller == ("Well.",)
    (away,), (inside,) = open_to(begun, told=True), open_to(begun)
    assert scenario.beats[away].caller == ("You again.", "Go away.")
    assert [reply.goto for reply in scenario.beats[away].replies] == ["bye"]
    assert scenario.beats[inside].caller == ("Come in.",)
    assert [reply.goto for reply in scenario.beats[inside].replies] == ["inside"]
    assert "a text with a condition" not in notes


def test_on_one_line_too_and_a_block_that_is_not_closed_keeps_its_words(tmp_path: Path) -> None:
    text = "Well.\n{told: Go. -> bye | Stay. -> bye}\n== bye\nBye.\n{told:\nSee you.\n"
    scenario, notes = brought(tmp_path, text)
    begun = scenario.beats[scenario.start]
    said = [scenario.beats[reply.goto].caller for reply in begun.replies]
    assert said == [("Go.",), ("Stay.",)]
    assert scenario.endings["bye"].text == "Bye.\n\nSee you."
    assert "braces that are not closed" in notes


def test_a_line_of_hundreds_of_dashes_is_read(tmp_path: Path) -> None:
    scenario, _notes = brought(tmp_path, "Hi.\n{\n" + "- " * 900 + "-> k\n}\n== k\nThere.\n* x -> END\n")
    assert "k" in scenario.beats
