"""When a technique is due: what a round says of it, the days of rounds, and dates out of the log alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcalm.insight.due import LONGEST, schedule
from callcalm.insight.due_days import going_forward
from callcalm.insight.due_evidence import Grade, Rung, Teaching, grades, used_in
from callcalm.storage.history import Played
from tests.insight.rounds import NOON, call, drill, entry

TEACHING = Teaching(
    helping=frozenset({"own-it", "by-when", "listen", "offer"}),
    costing=frozenset({"dismiss.deflect", "ultimatum", "rule-wall"}),
    teaches={"shop": ("own-it", "by-when"), "drill/offers": ("offer", "own-it")},
    items={"drill/offers": 3},
    counterparts={"own-it": "dismiss.deflect", "offer": "ultimatum"},
)
AGAIN, HARD, GOOD, EASY = Grade


def said(played: Played) -> dict[str, Grade]:
    """What a round says of each technique."""
    return grades(played, TEACHING, used_in(played, TEACHING))


def reached(*rounds: Played) -> dict[str, Rung | None]:
    """The rungs reached in these rounds."""
    return {one.move: one.rung for one in schedule(rounds, TEACHING, NOON).standings}


@pytest.mark.parametrize(
    ("played", "found"),
    [
        (call("shop", "own-it", "by-when"), {"own-it": GOOD, "by-when": GOOD}),
        (call("shop", "own-it", "by-when", way="say"), {"own-it": EASY, "by-when": EASY}),
        (call("shop", "own-it", "rule-wall", way="say"), {"own-it": GOOD}),
        (call("shop", "own-it", "dismiss.deflect", way="say"), {"own-it": HARD}),
        (call("shop", "own-it", way="say", coached=True), {"own-it": HARD}),
        (call("shop", "own-it", way="say", undone=1), {"own-it": HARD}),
        (call("shop", "by-when", kind="lost"), {"own-it": AGAIN, "by-when": GOOD}),
        (call("shop", "by-when", kind="unresolved", coached=True), {"own-it": AGAIN, "by-when": HARD}),
        (call("shop", "by-when", "dismiss.deflect"), {"own-it": AGAIN, "by-when": GOOD}),
        (call("shop", "by-when", "ultimatum"), {"by-when": GOOD}),
        (call("shop"), {}),
        (call("a-scenario-that-is-gone", "offer", kind="lost"), {"offer": GOOD}),
        (call("shop", "a-move-that-is-gone", "own-it"), {"own-it": GOOD}),
        (call("letter/mine", "own-it", way=""), {"own-it": EASY}),
        (drill("offers", "choose:offer,own-it", "choose:offer,own-it", right=2), {"offer": GOOD, "own-it": GOOD}),
        (drill("offers", "say:offer", "choose:", "choose:", right=1), {"offer": HARD, "own-it": AGAIN}),
        (drill("offers", "say:offer", "say:own-it", "say:offer", right=3), {"offer": EASY, "own-it": EASY}),
        (drill("offers", "say:offer", right=1), {"offer": EASY}),
        (drill("offers", "choose:", right=0), {}),
        (drill("a-drill-that-is-gone", "choose:offer", "choose:", right=1), {"offer": GOOD}),
        (entry("goal/own-it", transfer="own it"), {}),
        (entry("asked/x", ending="yes"), {}),
    ],
)
def test_what_a_round_says(played: Played, found: dict[str, Grade]) -> None:
    assert said(played) == found


def test_a_result_that_is_written_strangely_counts_as_none_right() -> None:
    played = drill("offers", "choose:offer", right=1)
    for ending in ("", "1", "x-of-y", "1-of-", "99999-of-99999", "²-of-²"):
        assert said(entry(played.scenario, ending=ending, moves=played.moves)) == {"offer": GOOD}


def test_the_ladder_is_climbed_without_help_only() -> None:
    assert reached(call("shop", "own-it")) == {"own-it": Rung.CHOOSE}
    assert reached(call("shop", "own-it", way="compose")) == {"own-it": Rung.COMPLETE}
    assert reached(call("shop", "own-it", way="say"), call("shop", "own-it")) == {"own-it": Rung.SAY}
    assert reached(call("shop", "own-it", way="say", coached=True)) == {"own-it": None}
    assert reached(call("shop", "own-it", way="say", undone=2)) == {"own-it": None}
    assert reached(drill("offers", "order:offer", "spot:own-it", right=2)) == {
        "offer": Rung.COMPLETE,
        "own-it": Rung.CHOOSE,
    }


def test_the_next_rung_is_one_up_and_the_highest_stays() -> None:
    rounds = [call("shop", "own-it", "listen"), call("shop", "by-when", way="say", day=1)]
    by_move = {one.move: one for one in schedule(rounds, TEACHING, NOON + timedelta(days=1)).standings}
    assert by_move["own-it"].next_rung is Rung.COMPLETE
    assert by_move["by-when"].next_rung is Rung.SAY
    assert by_move["listen"].next_rung is None, "a key of its own has no ladder"


def test_nothing_is_due_in_an_empty_log() -> None:
    found = schedule([], TEACHING, NOON)
    assert (found.standings, found.due, found.days) == ((), (), ())
    assert found.today == NOON.date()


def test_dates_are_those_of_fsrs_without_fuzz() -> None:
    rounds = [call("shop", "own-it"), call("shop", "own-it", day=2)]
    (one,) = schedule(rounds, TEACHING, NOON + timedelta(days=20)).standings
    assert (one.last, one.due) == (date(2026, 11, 23), date(2026, 12, 4))
    assert one.reviews == 2


def test_the_first_round_of_a_day_is_the_review_of_that_day() -> None:
    first = [call("shop", "own-it"), call("shop", kind="lost"), call("shop", "own-it", way="say")]
    (own, _by_when) = sorted(schedule(first, TEACHING, NOON).standings, key=lambda one: one.move != "own-it")
    assert (own.grade, own.reviews) == (GOOD, 1)
    again = schedule(first[1:], TEACHING, NOON).standings
    assert {one.move: one.grade for one in again} == {"own-it": AGAIN, "by-when": AGAIN}


def test_what_was_due_before_is_due_today_and_what_comes_later_is_not() -> None:
    rounds = [call("shop", "own-it", "by-when", way="say"), call("shop", "own-it", kind="lost", day=3)]
    found = schedule(rounds, TEACHING, NOON + timedelta(days=4))
    assert [one.move for one in found.due] == ["by-when"]
    assert [one.move for one in found.standings] == ["by-when", "own-it"]


DAYS = st.lists(st.dates(date(2020, 1, 1), date(2020, 3, 1)), max_size=30)


@given(DAYS)
def test_days_go_forward_and_are_believed_where_they_fit(said: list[date]) -> None:
    today = date(2020, 2, 15)
    made = going_forward(said, today)
    assert len(made) == len(said)
    assert list(made) == sorted(made)
    assert all(day <= today for day in made)
    if said == sorted(said) and all(day <= today for day in said):
        assert list(made) == said
    assert going_forward(made, today) == made
    assert set(made) <= {*said, today}


def test_one_wrong_clock_moves_no_other_round() -> None:
    days = [date(2026, 1, day) for day in (1, 2, 3, 4)]
    for wrong in (date(1999, 1, 1), date(2040, 1, 1)):
        made = going_forward([*days[:2], wrong, *days[2:]], date(2026, 2, 1))
        assert made == (days[0], days[1], days[1], days[2], days[3])
    assert going_forward([date(2040, 1, 1), days[0]], days[3]) == (days[0], days[0])
    assert going_forward([date(2040, 1, 1)], days[3]) == (days[3],)


ROUNDS = st.lists(
    st.builds(
        call,
        st.sampled_from(["shop", "gone"]),
        st.sampled_from(["own-it", "by-when", "offer", "ultimatum", "dismiss.deflect"]),
        day=st.integers(-40, 40),
        way=st.sampled_from(["choose", "compose", "say", "of-a-newer-callcalm"]),
        kind=st.sampled_from(["resolved", "lost", "unknown"]),
        coached=st.booleans(),
    ),
    max_size=25,
)


@given(ROUNDS, st.integers(0, 60))
def test_due_comes_after_the_last_review_and_a_replay_gives_the_same(rounds: list[Played], later: int) -> None:
    now = NOON + timedelta(days=later)
    found = schedule(rounds, TEACHING, now)
    assert found == schedule(list(rounds), TEACHING, now)
    for one in found.standings:
        assert one.last < one.due <= one.last + timedelta(days=LONGEST)
        assert one.last <= found.today
        assert one.reviews >= 1
    assert [one.due for one in found.standings] == sorted(one.due for one in found.standings)


@given(ROUNDS)
def test_equal_times_keep_the_order_of_the_log_and_the_hour_does_not_matter(rounds: list[Played]) -> None:
    same = [replace(one, finished=datetime(2026, 11, 21, tzinfo=UTC)) for one in rounds]
    spread = [replace(one, finished=one.finished + timedelta(seconds=n)) for n, one in enumerate(same)]
    assert schedule(same, TEACHING, NOON) == schedule(spread, TEACHING, NOON)
    assert all(one.reviews == 1 for one in schedule(same, TEACHING, NOON).standings)
