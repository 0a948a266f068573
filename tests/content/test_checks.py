"""A writer's own checks: played through the engine, with what happened instead."""

from __future__ import annotations

import pytest

from callcalm.content.checks import Failure, run_checks
from callcalm.core.moves import Finding
from callcalm.core.state import CallState, Offer
from callcalm.core.text import Text
from tests.content.small import SMALL, changed, opened, playbooks

DO = 'do = ["stay", { compose = [2, 1] }]'


def hear(words: Text, state: CallState, now: Offer) -> tuple[tuple[Finding, ...], str | None]:
    """Takes every typed answer that holds the word stay for the reply of that name."""
    return (), "opening/stay" if "stay" in words else None


def failures(text: str) -> tuple[Failure, ...]:
    return run_checks(opened(text).scenario, playbooks()["core"], hear)


def test_a_check_that_holds() -> None:
    assert failures(SMALL) == ()


@pytest.mark.parametrize(
    "do",
    [
        "do = [2, { compose = [2, 1] }]",
        'do = ["listen", "stay", { compose = [2, 1] }]',
        'do = ["breathe", "stay", { compose = [2, 1] }]',
        'do = [{ say = "I will stay." }, { compose = [2, 1] }]',
    ],
)
def test_steps_in_every_form(do: str) -> None:
    assert failures(changed((DO, do))) == ()


def test_what_is_unheard_is_heard_first_but_not_before_cutting_in() -> None:
    (failure,) = failures(changed((DO, 'do = ["cut-in", "stay", { compose = [2, 1] }]'), ('">= 50"', '">= 99"')))
    (heard,) = failures(changed(('">= 50"', '">= 99"')))
    assert failure.step is None
    assert failure.way[:2] != heard.way[:2]
    (late,) = failures(changed((DO, 'do = ["listen", "cut-in"]')))
    assert late.step == 1
    assert late.message == "step 2, cut-in, cannot be done: the caller has said it all"


@pytest.mark.parametrize(
    ("changes", "step", "message"),
    [
        (
            [(DO, 'do = ["sty"]')],
            0,
            "step 1, “sty”, cannot be done: the beat “opening” has no such reply; it has 1, stay",
        ),
        (
            [(DO, "do = [3]")],
            0,
            "step 1, reply 3, cannot be done: the beat “opening” has no such reply; it has 1, stay",
        ),
        (
            [("callback = false", "callback = true")],
            0,
            "step 1, “stay”, cannot be done: its condition does not hold at the beat “opening”, composure",
        ),
        ([(DO, 'do = ["stay"]')], None, "it should end in “settled”, but stands at the beat “heard”"),
        ([("[2, 1]", "[1, 3]")], None, "it should end in “settled”, but ends in “gone”"),
        (
            [("[2, 1]", "[1]")],
            1,
            "asks for 2 of its parts, each once, by numbers from 1 to 3",
        ),
        ([("[2, 1]", "[2, 9]")], 1, "step 2, compose [2, 9], cannot be done: the beat asks for 2 of its parts"),
        (
            [("[2, 1] }]", '[2, 1] }, "breathe"]')],
            2,
            "step 3, breathe, cannot be done: the call is over (settled)",
        ),
        ([("[2, 1] }]", '[2, 1] }, "stay"]')], 2, "step 3, “stay”, cannot be done: the call is over (settled)"),
        ([("[2, 1] }]", '[2, 1] }, "listen"]')], 2, "step 3, listen, cannot be done: the call is over"),
        (
            [("{ compose = [2, 1] }", '{ say = "well" }')],
            1,
            "step 2, say “well”, cannot be done: nothing can be typed here",
        ),
        ([("{ compose = [2, 1] }", '"x"')], 1, "step 2, “x”, cannot be done: the beat “heard” has no such reply"),
        ([('">= 50"', '"< 50"')], None, "in the end, which is not as the check wants it"),
    ],
)
def test_failures_say_what_happened_instead(
    changes: list[tuple[str, str]], step: int | None, message: str
) -> None:
    (failure,) = failures(changed(*changes))
    assert (failure.number, failure.name, failure.step) == (0, "staying settles it", step)
    assert message in failure.message


def test_the_way_of_the_call_is_told() -> None:
    (failure,) = failures(changed(("[2, 1]", "[1, 3]")))
    assert [stand.split()[0] for stand in failure.way] == ["opening", "heard", "gone"]
    assert all(stand.split()[1].isdecimal() for stand in failure.way)


def test_a_call_lost_by_an_answer_is_over() -> None:
    (failure,) = failures(
        changed((DO, 'do = [1, "breathe"]'), ("composure = -4", "composure = -50"), ("= 60", "= 40"))
    )
    assert failure.message == "step 2, breathe, cannot be done: the call is over (gone)"


def test_a_locked_reply_needs_a_breath() -> None:
    low = [
        ("composure = 60", "composure = 15"),
        ("composure >= 20 and ", ""),
        ('["hold.checked"]', '["own-it"]'),
        ('composure = ">= 50"\n', ""),
    ]
    (failure,) = failures(changed(*low))
    assert failure.message == "step 1, “stay”, cannot be done: it needs a breath first"
    assert failures(changed(*low, (DO, 'do = ["listen", "breathe", "stay", { compose = [2, 1] }]'))) == ()


def test_a_check_may_ask_for_nothing_but_composure() -> None:
    assert failures(changed(('ends = "settled"\n', ""), (DO, 'do = ["stay"]'))) == ()
