"""Variables with a range, what adds to them, cutting in where it is right, and contested turns."""

from __future__ import annotations

import pytest

from callcalm.core.actions import CutIn
from callcalm.core.call import act, start
from callcalm.core.model import Step
from callcalm.intake import Code, Severity
from tests.content.small import changed, opened, playbooks, problems

RANGED = ("tries = 1", "tries = { start = 1, least = 0, most = 5 }")


def test_a_variable_with_a_range_keeps_its_start_among_the_others() -> None:
    scenario = opened(changed(RANGED)).scenario
    assert scenario.vars == {"callback": False, "tries": 1, "mood_word": "cross"}
    assert scenario.ranges == {"tries": (0, 5)}
    assert opened().scenario.ranges == {}


def test_replies_and_steps_add_to_it() -> None:
    text = changed(
        RANGED,
        ("composure = -4", "composure = -4\nadd = { tries = 2 }"),
        ("set = { tries = 2 }", "add = { tries = -1 }"),
        ('set = { mood_word = "calm" }', 'set = { mood_word = "calm" }\nadd = { tries = 1 }'),
    )
    opening = opened(text).scenario.beats["opening"]
    assert [reply.add for reply in opening.replies] == [{"tries": 2}, {}]
    assert opening.cut_in == Step(None, add={"tries": -1})
    assert opening.otherwise == Step("heard", {"mood_word": "calm"}, add={"tries": 1})


def test_a_range_is_a_number_to_conditions() -> None:
    assert problems(changed(RANGED, ("and not callback", "and tries < 3"))) == ()
    (problem,) = problems(changed(RANGED, ("and not callback", 'and tries == \\"two\\"')))
    assert problem.code is Code.CONDITION_SENSE


def test_cutting_in_can_be_right_and_a_turn_contested() -> None:
    text = changed(
        ("set = { tries = 2 }", 'set = { tries = 2 }\nright = true\ngoto = "heard"'),
        ('mood = "wary"', 'mood = "wary"\ncontested = true'),
    )
    scenario = opened(text).scenario
    opening, heard = scenario.beats["opening"], scenario.beats["heard"]
    assert (opening.cut_in_right, opening.contested) == (True, False)
    assert (heard.cut_in_right, heard.contested) == (False, True)
    after = act(start(scenario, playbooks()["core"]), CutIn()).state
    assert (after.beat, after.composure, after.seen) == ("heard", 60, ())
    assert opened().scenario.beats["opening"].cut_in_right is False


FAULTS: list[tuple[str, tuple[tuple[str, str], ...], Code, str, str]] = [
    (
        "a start below",
        (("tries = 1", "tries = { start = -1, least = 0, most = 5 }"),),
        Code.RANGE,
        "`tries` goes from 0 to 5, and this is -1",
        "-1",
    ),
    (
        "a start above",
        (("tries = 1", "tries = { start = 6, least = 0, most = 5 }"),),
        Code.RANGE,
        "from 0 to 5",
        "6,",
    ),
    (
        "an empty range",
        (("tries = 1", "tries = { start = 3, least = 4, most = 2 }"),),
        Code.RANGE,
        "4 is more than 2",
        "4, most",
    ),
    (
        "set out of the range",
        (RANGED, ("set = { tries = 2 }", "set = { tries = 6 }")),
        Code.RANGE,
        "this is 6",
        "6 }\n\n[[",
    ),
    (
        "set to another kind",
        (RANGED, ("set = { tries = 2 }", "set = { tries = true }")),
        Code.VARIABLE_TYPE,
        "a whole number",
        "true }\n\n[[",
    ),
    (
        "adding without a range",
        (("set = { tries = 2 }", "add = { tries = 2 }"),),
        Code.RANGE,
        "no range",
        "2 }\n\n[[",
    ),
    (
        "adding to a truth",
        (("set = { tries = 2 }", "add = { callback = 2 }"),),
        Code.VARIABLE_TYPE,
        "true or false",
        "2 }\n\n[[",
    ),
    (
        "adding to nothing known",
        (RANGED, ("set = { tries = 2 }", "add = { trys = 2 }")),
        Code.UNKNOWN_VARIABLE,
        "`trys`",
        "trys",
    ),
    (
        "setting and adding",
        (RANGED, ("set = { tries = 2 }", "set = { tries = 2 }\nadd = { tries = 1 }")),
        Code.RANGE,
        "added to as well",
        "1 }\n\n[[",
    ),
    (
        "adding a half",
        (RANGED, ("set = { tries = 2 }", "add = { tries = 0.5 }")),
        Code.WRONG_TYPE,
        "not whole",
        "0.5",
    ),
    (
        "a range without an end",
        (("tries = 1", "tries = { start = 1, least = 0 }"),),
        Code.MISSING_KEY,
        "`most`",
        "{ start",
    ),
    (
        "a range with a slip",
        (("tries = 1", "tries = { start = 1, leest = 0, most = 2 }"),),
        Code.UNKNOWN_KEY,
        "`leest`",
        "leest",
    ),
    (
        "a range of truths",
        (("tries = 1", "tries = { start = true, least = 0, most = 2 }"),),
        Code.WRONG_TYPE,
        "true",
        "true, least",
    ),
    (
        "a range that is set",
        (("set = { tries = 2 }", "set = { tries = { start = 1, least = 0, most = 2 } }"),),
        Code.WRONG_TYPE,
        "a table",
        "{ start = 1",
    ),
    (
        "right that is a word",
        (("set = { tries = 2 }", 'right = "yes"'),),
        Code.WRONG_TYPE,
        "`right`",
        '"yes"',
    ),
    (
        "contested that is a word",
        (('mood = "wary"', 'mood = "wary"\ncontested = "yes"'),),
        Code.WRONG_TYPE,
        "`contested`",
        '"yes"',
    ),
    ("right on a reply", (("composure = -4", "right = true"),), Code.UNKNOWN_KEY, "`right`", "right = true"),
]


@pytest.mark.parametrize(
    ("changes", "code", "words", "mark"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS]
)
def test_faults_are_told_in_their_place(
    changes: tuple[tuple[str, str], ...], code: Code, words: str, mark: str
) -> None:
    text = changed(*changes)
    found = [problem for problem in problems(text) if problem.code is code]
    assert [words in problem.message for problem in found] == [True]
    place = found[0].place
    assert place is not None
    before = text[: text.index(mark)]
    assert (place.line, place.column) == (before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1)
    assert found[0].severity is Severity.ERROR


def test_a_plain_number_says_how_a_range_is_declared() -> None:
    (problem,) = problems(changed(("set = { tries = 2 }", "add = { tries = 2 }")))
    assert problem.hint == "Declare it under [vars] as tries = { start = 1, least = …, most = … }."
