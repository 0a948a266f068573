"""PRICE: ranges, totals, fairness only after a no, and the reference sheet with its evidence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcalm.core.actions import Choose, Listen, Say
from callcalm.core.moves import Factor
from callcalm.core.playbook import Stance
from callcalm.core.price import MOST_FROM_HELP, Evidence, PriceSheet, gap, reference
from callcalm.core.round import begin, reference_sheet
from callcalm.core.text import Text
from tests.support import found, playbook, scenario

WORST = dict.fromkeys(Factor, -10)
BEST = dict.fromkeys(Factor, 5)


def sheet(got: bool | None, fair: int, factors: dict[Factor, int]) -> PriceSheet:
    return PriceSheet(got, fair, *(factors[f] for f in Factor))


@pytest.mark.parametrize(
    ("got", "fair", "factors", "result", "total"),
    [
        (True, 0, BEST, 25, 50),
        (True, 0, WORST, 25, -25),
        (True, 0, dict.fromkeys(Factor, 0), 25, 25),
        (False, 0, WORST, 0, -50),
        (False, 0, BEST, 0, 25),
        (False, 25, BEST, 25, 50),
        (False, 25, WORST, 25, -25),
        (False, 12, dict.fromkeys(Factor, 0), 12, 12),
        (None, 0, dict.fromkeys(Factor, 0), 0, 0),
        (False, 10, {**BEST, Factor.RESPECT: -10}, 10, 20),
    ],
)
def test_the_case_table(got: bool | None, fair: int, factors: dict[Factor, int], result: int, total: int) -> None:
    made = sheet(got, fair, factors)
    assert (made.result, made.total) == (result, total)


@given(
    st.sampled_from([True, False, None]), st.integers(0, 25), st.lists(st.integers(-10, 5), min_size=5, max_size=5)
)
def test_every_total_is_between_minus_fifty_and_fifty(got: bool | None, fair: int, points: list[int]) -> None:
    made = PriceSheet(got, 0 if got else fair, *points)
    assert -50 <= made.total <= 50


@pytest.mark.parametrize(
    "fields",
    [{"priority": 6}, {"effort": -11}, {"fair": 26, "got": False}, {"fair": -1}, {"got": True, "fair": 5}],
)
def test_a_sheet_out_of_range_is_refused(fields: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"outside|only after a no"):
        PriceSheet(**fields)  # type: ignore[arg-type]  # wrong on purpose


def test_all_faults_are_named_together() -> None:
    with pytest.raises(ValueError, match=r"priority is 9.*effort is -20"):
        PriceSheet(priority=9, effort=-20)


def test_yes_clears_the_fair_score_and_fairness_is_heard_only_after_no() -> None:
    no = PriceSheet().answered(False).judged_fair(14)
    assert (no.fair, no.result) == (14, 14)
    yes = no.answered(True)
    assert (yes.fair, yes.result) == (0, 25)
    assert yes.judged_fair(9) == yes
    assert PriceSheet().judged_fair(9).fair == 0
    assert no.judged_fair(99).fair == 25


def test_scores_are_held_in_range() -> None:
    assert PriceSheet().scored(Factor.EFFORT, 9).effort == 5
    assert PriceSheet().scored(Factor.EFFORT, -99).effort == -10


def test_help_adds_at_most_three_and_costs_count_in_full() -> None:
    help_ = [Evidence(Factor.RESPECT, 1, "thank", n, "") for n in range(6)]
    cost = [Evidence(Factor.RESPECT, -3, "blame.why-you", n, "") for n in range(2)]
    ref = reference(PriceSheet(got=True, respect=1), (*help_, *cost))
    assert ref.sheet.respect == 1 + MOST_FROM_HELP - 6
    assert ref.base.respect == 1


def test_the_gap_is_own_minus_reference() -> None:
    own = PriceSheet(got=True, respect=5)
    ref = PriceSheet(got=False, fair=10, respect=2, effort=1)
    assert gap(own, ref) == {
        "result": 15, "priority": 0, "respect": 3, "involvement": 0, "communication": 0, "effort": -1,
    }  # fmt: skip


def test_the_reference_sheet_needs_an_ending_and_carries_evidence() -> None:
    round_ = begin(scenario(), playbook()).take(Listen()).take(Listen())
    with pytest.raises(ValueError, match="over"):
        reference_sheet(round_.state)
    done = round_.take(Choose("opening/1")).take(Choose("walls/1")).take(Choose("heard/3"))
    ref = reference_sheet(done.state)
    by_move = {(item.move, item.factor): (item.points, item.answer) for item in ref.evidence}
    assert by_move["blame.why-you", Factor.RESPECT] == (-3, 1)
    assert by_move["thank", Factor.RESPECT] == (1, 2)
    assert by_move["rule-wall", Factor.EFFORT] == (-3, 3)
    assert (ref.sheet.fair, ref.sheet.respect, ref.sheet.effort, ref.sheet.priority) == (12, -1, -3, 1)


def test_a_school_that_forbids_a_move_turns_its_evidence() -> None:
    text = "We made a mistake."
    say = Say(Text(text), found(text, (text, "apology.institution")))
    rules = playbook(apology_institution=Stance.FORBID)
    done = begin(scenario(), rules).take(Listen()).take(Listen()).take(say).take(Choose("heard/3"))
    assert [e.points for e in reference_sheet(done.state).evidence if e.move == "apology.institution"] == [-1]
