from __future__ import annotations

from typing import get_args

import pytest

from callcalm.core.actions import Action, Breathe, Choose, Compose, CutIn, Listen, Note, Say
from callcalm.core.composure import Seen
from callcalm.core.moves import Finding
from callcalm.core.text import Text
from callcalm.storage import convert
from callcalm.storage.records import ActionRecord, FindingRecord, MoveRecord

WORDS = Text("Why did you wait?")
ACTIONS: list[Action] = [
    Choose("opening/2", "Thank you."),
    Say(WORDS, (Finding("en.why", "blame.why-you", 0, 11, "Why did you"),), "opening/1"),
    Say(WORDS),
    Listen(),
    CutIn(),
    Breathe(),
    Compose((2, 0, 1)),
    Note(Text("third call")),
]


@pytest.mark.parametrize("action", ACTIONS)
def test_an_action_comes_back_as_it_was(action: Action) -> None:
    assert convert.action(convert.action_record(action)) == action


def test_every_action_there_is_is_tried() -> None:
    assert {type(action) for action in ACTIONS} == set(get_args(Action))


def test_a_replay_ends_before_an_action_of_a_later_callcalm() -> None:
    records = (ActionRecord("listen"), ActionRecord("hum"), ActionRecord("breathe"))
    assert convert.actions(records) == (Listen(),)


@pytest.mark.parametrize(("start", "end"), [(-5, 3), (3, 1), (0, 999), (999, -1), (2**62, 2**62)])
def test_a_span_that_was_edited_stays_within_the_text(start: int, end: int) -> None:
    action = convert.action(ActionRecord("say", text=WORDS, findings=(FindingRecord("r", "m", start, end),)))
    assert isinstance(action, Say)
    finding = action.findings[0]
    assert 0 <= finding.start <= finding.end <= len(WORDS)
    assert finding.matched == WORDS[finding.start : finding.end]


def test_a_move_keeps_its_answer_and_its_words() -> None:
    assert convert.move_record(Seen("blame", -8, 2, "Why did you", 3)) == MoveRecord(
        3, "blame", Text("Why did you")
    )
