"""ink dialogue: knots, choices, gathers and simple variables come over; the rest is named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callcalm.intake import BadFile, Source
from callcalm.workshop.bringing import bring, story_of
from tests.workshop.written import ending_of, opened, unexplained

STORY = """\
# title: The refund
VAR asked = 0
VAR promised = false
VAR odd = 1.5
INCLUDE other.ink
-> desk

=== desk ===
"I want my money back," says the woman. // a comment
* [Apologise] I am sorry about that.
  ~ promised = true
  She nods.
  -> better
+ {asked < 3} "Why did you wait?" # tag
  ~ asked++
  -> desk
* {promised} {not odd} Policy. -> walls
* Wait[.], please.
- - (still) "Still here?"
  * * Yes. -> walls
  * * (no) No.
- -> walls

= inner
Nobody gets here. -> END

=== walls
"So nobody will help?" {asked > 1: She is tired.|She waits.} {asked} {&a|b}
* I will. -> better
* No.
- The line is dead.
-> END

=== better ===
"And now?"
* By four.
  "Good," she says. -> END
* -> nowhere

=== function f(x)
~ return x
"""


def line_of(words: str) -> int:
    return STORY[: STORY.index(words)].count("\n") + 1


def brought(folder: Path, text: str) -> tuple[str, tuple[str, ...]]:
    path = folder / "story.ink"
    path.write_text(text, encoding="utf-8")
    found = bring(path)
    return found.made.text, found.notes


def test_a_knot_may_be_called_start(tmp_path: Path) -> None:
    text, notes = brought(
        tmp_path, "-> start\n=== start ===\nCold here.\n* [Sorry.] -> end_of\n=== end_of ===\nBye.\n-> END\n"
    )
    scenario = opened(text)
    assert scenario.start == "start"
    assert scenario.beats["start"].caller == ("Cold here.",)
    assert [reply.say for reply in scenario.beats["start"].replies] == ["Sorry."]
    assert notes == ()


def test_a_dialogue_comes_over(tmp_path: Path) -> None:
    text, notes = brought(tmp_path, STORY)
    scenario = opened(text)
    assert unexplained(text) == []
    assert scenario.title == "The refund"
    desk = scenario.beats[scenario.start]
    assert desk.caller == ('"I want my money back," says the woman.',)
    said = [(reply.say, reply.goto) for reply in desk.replies]
    assert said[0] == ("I am sorry about that.", "desk-1")
    assert said[1] == ('"Why did you wait?"', "desk")
    assert said[2] == ("Policy.", "walls")
    assert said[3][0] == "Wait, please."
    assert desk.replies[0].set == {"promised": True}
    assert desk.replies[1].add == {"asked": 1}
    assert [reply.when is not None for reply in desk.replies] == [False, True, True, False]
    assert scenario.vars == {"asked": 0, "promised": False}
    assert scenario.ranges["asked"] == (0, 20)
    assert scenario.beats["desk-1"].caller == ("She nods.",)
    assert [reply.goto for reply in scenario.beats["desk-1"].replies] == ["better"]
    assert scenario.beats["walls"].caller == ('"So nobody will help?"  She is tired. 0 a',)
    assert "The line is dead." in {one.text for one in scenario.endings.values()}
    assert '"Good," she says.' in {one.text for one in scenario.endings.values()}
    told = "\n".join(notes)
    for words in (
        "INCLUDE other.ink: there is no such file (line 5)",
        "whole number",
        "function",
        "the first branch that has words",
        "changes each time",
        f"a link to “nowhere”, which is not there: it ends the call (line {line_of('* -> nowhere')})",
        "range 0 to 20",
        "taken once",
        "a tag (#)",
    ):
        assert words in told, words
    for pick in range(4):
        assert ending_of(scenario, pick)


@pytest.mark.parametrize(
    "text",
    [
        "Only words.\n",
        "Hello.\n* A\n* B\n- -> loop\n== loop\nAgain?\n+ Yes -> loop\n",
        "== a\n-> b\n== b\n-> a\n== c\nText\n* x -> a\n",
        "* * * * deep\n* shallow\n",
        "x\n" + "* a\n- b\n" * 300,
        "x\n" + "".join(f"{'* ' * n}c{n}\n" for n in range(1, 40)),
        "VAR composure = 3\nVAR and = true\nx\n* {composure > 2} a -> END\n* b -> DONE\n",
        "x\n* [unclosed -> END\n* {unclosed a\n* a } b\n",
        "x -> y -> z\n->->\n<- thread\n* a -> b ->\n",
        "== ../../etc/passwd ==\nx\n* y -> ../../etc/passwd\n",
        "== knot\none\n== knot\ntwo\n* x -> knot\n",
        'VAR x = 999\nx\n* a\n~ x += 9999\n-> END\n* b\n~ x = "t"\n-> END\n* c\n~ x--\n-> END\n',
    ],
)
def test_odd_stories_still_play(tmp_path: Path, text: str) -> None:
    scenario = opened(brought(tmp_path, text)[0])
    for pick in range(3):
        assert ending_of(scenario, pick)


@pytest.mark.parametrize(
    "text",
    ["", "// nothing\n", "VAR x = 1\n", "=== function f()\nx\n", "x\n" * 30_000, "x\n" + "* a\nb\n" * 3_000],
)
def test_what_cannot_be_played_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadFile):
        brought(tmp_path, text)


PIECES = st.sampled_from(
    [
        "== a\n",
        "= b\n",
        "* ",
        "+ ",
        "- ",
        "(l) ",
        "[x]",
        "{x}",
        "{x: ",
        "}",
        "|",
        "-> a",
        "-> END",
        "->",
        "~ x = 1",
        "\n",
        "\n",
        "VAR x = 0\n",
        "words ",
        "# t",
        "//",
        "/*",
        "*/",
        "<>",
        "\\",
        '"',
        "-> l",
    ]
)


@settings(max_examples=150)
@given(st.lists(PIECES, max_size=25))
def test_any_ink_plays_or_is_refused(tmp_path_factory: pytest.TempPathFactory, pieces: list[str]) -> None:
    written = "".join(pieces)
    try:
        story_of(Source("x.ink", written), "ink")
    except BadFile:
        # Only what has neither words nor choices is refused; what stands in a comment is none.
        told = re.sub(r"/\*.*?(?:\*/|\Z)", "", written, flags=re.DOTALL)
        assert not re.search(r"^words", told, re.MULTILINE)
        return
    assert ending_of(opened(brought(tmp_path_factory.mktemp("x"), written)[0]), 1)


def test_words_that_stand_only_before_a_way_are_words() -> None:
    story = story_of(Source("x.ink", "VAR met = true\n{met: Hello, you again. -> END}\n"), "ink")
    assert "Hello, you again." in [node.text for node in story.nodes.values()]


@pytest.mark.parametrize("piece", ["{", "{a}", "{a|", "/*", "* ", "->", "[", "(", "* a\n- b\n", "~ x\n"])
def test_long_nonsense_is_read_in_one_pass(piece: str) -> None:
    # No time is asserted: a reading that takes more than linear time runs into the suite's limit.
    text = "start\n" + piece * (100_000 // len(piece))
    if "\n" in piece:
        with pytest.raises(BadFile, match=r"more than|at most"):
            story_of(Source("x.ink", text), "ink")
    else:
        assert story_of(Source("x.ink", text), "ink").nodes


def test_a_label_before_everything_else_is_a_place_to_go_back_to(tmp_path: Path) -> None:
    text, notes = brought(
        tmp_path, "== desk\n- (asking)\n+ [What?] Nothing. -> asking\n+ [Bye.]\n- (done) Bye. -> END\n"
    )
    replies = opened(text).beats["desk"].replies
    assert [reply.goto for reply in replies] == ["desk", "desk-done"]
    assert not any("not there" in note for note in notes)


def test_marks_of_game_engines_are_not_spoken(tmp_path: Path) -> None:
    line = 'Hm. <color=\\#FF0>That</color> is <b>all</b>, {name}. <3 {Show("Ann")}'
    text, notes = brought(tmp_path, f'VAR name = "Ben"\n{line}\n* [Ok.] -> END\n')
    scenario = opened(text)
    assert scenario.beats[scenario.start].caller == ("Hm. That is all, Ben. <3",)
    told = "\n".join(notes)
    for words in ("its text stays (line 2)", "its first value", "a function called in the text"):
        assert words in told, words


def test_a_choice_after_which_the_way_hangs_on_a_condition_leads_either_way(tmp_path: Path) -> None:
    text, _notes = brought(
        tmp_path,
        "VAR angry = true\n-> hello\n=== hello ===\nHi.\n* [Sorry.]\n  {angry: -> bye | -> hello}\n"
        "=== bye ===\nBye.\n-> END\n",
    )
    scenario = opened(text)
    either = scenario.beats[scenario.beats["hello"].replies[0].goto]
    assert [reply.goto for reply in either.replies] == ["bye", "hello"]
    assert all(reply.when is not None for reply in either.replies)


def test_a_moment_is_named_after_its_knot_however_much_stands_before_it(tmp_path: Path) -> None:
    rounds = "* a\n* b\n- More.\n" * 6
    scenario = opened(brought(tmp_path, f"-> desk\n=== desk ===\nHi.\n{rounds}-> END\n")[0])
    assert set(scenario.beats) == {"desk", *(f"desk-then-{line}" for line in range(6, 21, 3))}


def test_of_many_places_without_a_path_only_the_first_are_told(tmp_path: Path) -> None:
    knots = "".join(f"== k{n}\nx\n* y -> END\n" for n in range(9))
    _text, notes = brought(tmp_path, f"Hi.\n* a -> END\n{knots}")
    nowhere = [note for note in notes if "no path leads to" in note]
    assert len(nowhere) == 6
    assert nowhere[-1].endswith("more places that no path leads to")


@pytest.mark.parametrize(
    ("block", "caller"),
    [
        ("{ asked:\n- 0: None.\n- 1: One.\n- else: Many.\n}", "None."),
        ("{shuffle:\n- Left.\n- Right.\n}", "Left."),
        ("{asked > 0:\n  {asked > 1:\n Two.\n }\n- else: None.\n}", "Two."),
        ("{stopping:\n- <i>One.</i>\n- Two.\n}", "One."),
    ],
)
def test_braces_over_several_lines_leave_no_code_in_what_is_said(tmp_path: Path, block: str, caller: str) -> None:
    text, _notes = brought(tmp_path, f"VAR asked = 0\nHello.\n{block}\n* [Yes.] -> END\n")
    said = " ".join(opened(text).beats["start"].caller)
    assert " ".join(said.split()) == f"Hello. {caller}"


def test_ways_on_that_nothing_tells_apart_are_named_or_joined(tmp_path: Path) -> None:
    text = """\
Hello.
{mood_of(x) > 3: -> left | -> right}
== left
Left.
{whatever(): -> bye}
-> bye
== right
Right.
* [Ok.] -> bye
== bye
Bye.
-> END
"""
    made, notes = brought(tmp_path, text)
    scenario = opened(made)
    replies = scenario.beats["start"].replies
    assert [(reply.say, reply.goto) for reply in replies] == [
        ("Go on to “left”.", "left"),
        ("Go on to “right”.", "right"),
    ]
    assert [(reply.say, reply.goto) for reply in scenario.beats["left"].replies] == [("Go on.", "bye")]
    assert "several ways on without words: each was named after where it leads (line 1)" in notes


def test_ways_of_which_only_one_is_ever_there_need_no_names(tmp_path: Path) -> None:
    text = "VAR met = false\nHello.\n{met: -> a | -> b}\n== a\nA.\n* x\n== b\nB.\n* y\n"
    assert [reply.say for reply in opened(brought(tmp_path, text)[0]).beats["start"].replies] == ["Go on."] * 2


def test_a_tag_ends_where_a_way_or_a_choice_s_words_go_on(tmp_path: Path) -> None:
    text, notes = brought(
        tmp_path, "Hi. # low -> desk\n== desk\nYes? \\#4\n* [Ok. # soft] -> END\n* No. -> END # x\n"
    )
    scenario = opened(text)
    assert scenario.beats["desk"].caller == ("Yes? #4",)
    assert [reply.say for reply in scenario.beats["desk"].replies] == ["Ok.", "No."]
    assert "3 × a tag (#): callcalm has no place for it (lines 1, 4, 5)" in notes
