"""What rounds tell over time: numbers, from a log of any kind."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcalm.core.price import PriceSheet
from callcalm.core.text import Text
from callcalm.insight.trends import LAST_CURVES, TYPICAL_OF, only, trends
from callcalm.insight.trends_gaps import NEEDED, RECENT
from callcalm.insight.trends_json import as_values
from callcalm.insight.trends_model import Curves, GapFinding, Heat, Known, Rhythm, State, Trends
from callcalm.insight.trends_text import sections
from callcalm.insight.trends_weeks import HEAT_WEEKS, local
from callcalm.storage.history import Played
from tests.support import REGISTRY

SATURDAY = datetime(2026, 11, 21, 12, tzinfo=UTC)
MONDAY = date(2026, 11, 16)
LIBRARY = {
    "bill": Known(Text("The bill"), "phone", 2, "furious", "d1"),
    "note": Known(Text("The note"), "letter", 1, "wary", "d2"),
}
_NUMBERS = count(1)


def played(scenario: str = "bill", *, days: float = 0, **changes: object) -> Played:
    """A round that ended so many days before Saturday noon."""
    values: dict[str, object] = {
        "id": f"r{next(_NUMBERS)}",
        "finished": SATURDAY - timedelta(days=days),
        "scenario": scenario,
        "kind": "resolved",
        "ending": "settled",
        "started": None,
        "title": Text("As it was called then"),
        "digest": "d1" if scenario == "bill" else "d2",
        "language": "en",
        "playbook": "core",
        "coached": False,
        "undone": 0,
        "composure": (70, 62, 71),
        "own": PriceSheet(True, respect=4),
        "reference": PriceSheet(True, respect=1),
        "moves": ((1, "thank"), (2, "blame.why-you"), (2, "own-it")),
        "promises": (),
        "transfer": Text(""),
        "follows": "",
        "newer": False,
        "complete": True,
    }
    return Played(**(values | changes))  # type: ignore[arg-type]


def told(*rounds: Played, now: datetime = SATURDAY) -> Trends:
    return trends(rounds, now, REGISTRY, LIBRARY)


def test_without_rounds_there_is_nothing() -> None:
    found = told()
    assert (found.price, found.weeks, found.encounters) == ((), (), ())
    assert (found.curves, found.heat, found.rhythm) == (Curves(), Heat(), Rhythm())
    assert found.counts.practice == 0
    assert found.calibration.parts == found.calibration.findings == ()


def test_of_one_round_each_number_is_its_own() -> None:
    one = played()
    found = told(one)
    (point,) = found.price
    assert (point.round, point.own, point.reference, point.title) == (one.id, 29, 26, "The bill")
    (week,) = found.weeks
    assert (week.monday, week.calls, week.own, week.reference) == (MONDAY, 1, 29, 26)
    assert (week.answers, week.helping, week.costing) == (2, 2, 1)
    assert (week.helping_per_ten, week.costing_per_ten) == (10, 5)
    assert [curve.composure for curve in found.curves.last] == [(70, 62, 71)]
    assert found.curves.typical == ()
    assert found.rhythm == Rhythm(1, 1, 1, 0)


def test_what_is_no_call_counts_for_the_rhythm_at_most() -> None:
    drill = played("drill/thank", kind="drill", days=7)
    letter = played("letter/mine", kind="letter", days=14)
    goal = played("goal/breathe", kind="goal", days=21)
    asked = played("asked/r1", kind="asked", days=28)
    found = told(asked, goal, letter, drill)
    assert (found.counts.calls, found.counts.drills, found.counts.other) == (0, 1, 3)
    assert (found.price, found.encounters, found.heat.rows, found.curves.last) == ((), (), (), ())
    assert [(week.calls, week.drills, week.answers, week.helping) for week in found.weeks] == [(0, 1, 0, 0)]
    assert found.rhythm == Rhythm(2, 2, 2, 7)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ((0, 1, 2), Rhythm(1, 1, 1, 0)),
        ((0, 7, 14), Rhythm(3, 3, 3, 0)),
        ((6,), Rhythm(1, 1, 1, 6)),  # Sunday of last week: not over yet
        ((13,), Rhythm(1, 0, 1, 13)),
        ((100, 107, 300), Rhythm(3, 0, 2, 100)),
    ],
)
def test_a_rhythm_is_weeks_in_a_row_up_to_this_one_or_the_last(days: tuple[int, ...], expected: Rhythm) -> None:
    assert told(*(played(days=back) for back in reversed(days))).rhythm == expected


def test_days_and_weeks_are_those_of_where_one_is() -> None:
    late = played(finished=datetime(2026, 11, 15, 23, 30, tzinfo=UTC))
    east = SATURDAY.astimezone(timezone(timedelta(hours=9)))
    assert told(late).weeks[0].monday == date(2026, 11, 9)
    assert told(late, now=east).weeks[0].monday == MONDAY
    assert told(late, now=east).price[0].when.hour == 8


def test_a_round_dated_after_now_counts_but_is_in_no_week() -> None:
    ahead = played(days=-400)
    found = told(ahead, played())
    assert (found.counts.calls, found.counts.ahead) == (2, 1)
    assert len(found.price) == 2
    assert sum(week.calls for week in found.weeks) == 1
    assert found.rhythm == Rhythm(1, 1, 1, 0)
    assert told(ahead).rhythm == Rhythm()


def test_the_order_of_the_log_says_which_round_is_the_last_also_when_the_clock_jumped_back() -> None:
    first, second = played(days=1), played(days=30, kind="lost", reference=PriceSheet(False, respect=-5))
    found = told(first, second)
    (encounter,) = found.encounters
    assert (encounter.last_kind, encounter.last_total) == ("lost", -5)
    assert (encounter.best_kind, encounter.best_when) == ("resolved", first.finished)
    assert [point.round for point in found.price] == [first.id, second.id]
    assert [week.monday for week in found.weeks] == sorted(week.monday for week in found.weeks)


def test_the_best_is_the_best_kind_of_ending_then_the_highest_total_then_the_first() -> None:
    lost = played(kind="lost", reference=PriceSheet(True, respect=5))
    low = played(kind="fair", reference=PriceSheet(False, fair=1))
    high, again = (played(kind="fair", reference=PriceSheet(False, fair=20), days=back) for back in (5, 4))
    bare = played(kind="fair", reference=None, own=None)
    unknown = played(kind="transcended", reference=PriceSheet(True))
    (encounter,) = told(lost, bare, low, high, again, unknown).encounters
    assert (encounter.count, encounter.best_kind, encounter.best_total) == (6, "fair", 20)
    assert encounter.best_when == high.finished
    assert encounter.last_kind == "transcended"


def test_encounters_come_with_the_last_played_first_and_say_what_became_of_them() -> None:
    rounds = [played("note"), played("gone"), played("bill", digest="older"), played("note", newer=True)]
    found = told(*rounds)
    assert [(one.scenario, one.count, one.state) for one in found.encounters] == [
        ("note", 2, State.HERE),
        ("bill", 1, State.CHANGED),
        ("gone", 1, State.GONE),
    ]
    assert [one.title for one in found.encounters] == ["The note", "The bill", "As it was called then"]
    assert (found.counts.newer, found.counts.gone, found.counts.changed) == (1, 1, 1)
    assert found.encounters[0].newer == 1
    assert told(played("gone", title=Text(""))).encounters[0].title == "gone"
    assert told(played("bill", digest="")).encounters[0].state is State.HERE


def test_a_round_that_lost_its_end_is_counted_as_such() -> None:
    assert told(played(complete=False), played("drill/x", complete=False)).counts.incomplete == 2


def test_the_typical_composure_is_the_median_as_far_as_half_of_the_calls_went() -> None:
    meters = [(70, 60, 50), (70, 80), (70, 64, 20, 10), (71, 90)]
    found = told(*(played(composure=meter) for meter in meters))
    assert found.curves.typical == (70, 72, 35)
    assert found.curves.rounds == 4
    assert told(*(played(composure=meter) for meter in meters[:2])).curves.typical == ()


def test_only_the_last_calls_are_drawn() -> None:
    old = [played(composure=(0, 0)) for _ in range(TYPICAL_OF)]
    new = [played(composure=(90, 80)) for _ in range(TYPICAL_OF)]
    found = told(*old, *new, played(composure=(50,)))  # the last has no answer
    assert found.curves.typical == (90, 80)
    assert len(found.curves.last) == LAST_CURVES


def test_techniques_are_counted_by_week_helping_ones_first() -> None:
    found = told(
        played(days=14, moves=((1, "thank"), (1, "thank"), (2, "cut-in"))),
        played(days=0, moves=((1, "own-it"), (2, "from-a-later-callcalm"), (3, "thank"))),
    ).heat
    assert found.weeks == (MONDAY - timedelta(days=14), MONDAY)
    assert [(row.move, row.effect, row.counts, row.total) for row in found.rows] == [
        ("thank", "helps", (2, 1), 3),
        ("own-it", "helps", (0, 1), 1),
        ("cut-in", "costs", (1, 0), 1),
        ("from-a-later-callcalm", "unknown", (0, 1), 1),
    ]
    many = told(*(played(days=7 * back) for back in range(40, -1, -1))).heat
    assert len(many.weeks) == HEAT_WEEKS
    assert many.weeks[-1] == MONDAY


def gaps(number: int, points: int, scenario: str = "bill", kind: str = "resolved") -> list[Played]:
    """Calls whose Respect is scored so many points above the evidence."""
    own = PriceSheet(True, respect=points)
    return [played(scenario, own=own, reference=PriceSheet(True), kind=kind) for _ in range(number)]


def findings(*rounds: Played) -> tuple[GapFinding, ...]:
    return told(*rounds).calibration.findings


def test_a_habit_is_told_where_it_is_strongest_with_the_calls_it_rests_on() -> None:
    assert findings(*gaps(6, 4), *gaps(6, 0, "note")) == (GapFinding("respect", 4, "mood", "furious", 6),)
    assert findings(*gaps(6, 3), *gaps(6, 3, "note")) == (GapFinding("respect", 3, "", "", 12),)
    assert findings(*gaps(5, 0, "gone"), *gaps(5, -6, "gone", "lost")) == (
        GapFinding("respect", -6, "kind", "lost", 5),
    )
    by_level = {name: known._replace(mood="", channel="") for name, known in LIBRARY.items()}
    rounds = [*gaps(6, 0), *gaps(6, 4, "note")]
    assert trends(rounds, SATURDAY, REGISTRY, by_level).calibration.findings == (
        GapFinding("respect", 4, "level", "1", 6),
    )


def test_no_habit_is_told_from_few_calls_from_small_gaps_or_from_chance() -> None:
    assert findings(*gaps(NEEDED - 1, 5)) == ()
    assert findings(*gaps(20, 1)) == ()
    wild = [-10, 5, 5, -10, 5, 5, 5, 5, 5, -10, 5, 5]
    assert findings(*(one for points in wild for one in gaps(1, points))) == ()
    few = [5, 5, 5, -3, 5]  # of all calls this would be a habit: 3.4 points, twice its standard error
    assert findings(*(one for points in few for one in gaps(1, points)))[0].by == ""
    some = [one for points in few for one in gaps(1, points)]
    assert findings(*some, *gaps(20, 0, "note", "fair")) == ()
    assert findings(*gaps(NEEDED, 5)) != ()


def test_habits_change_so_only_the_last_calls_count_and_those_with_both_sheets() -> None:
    found = told(*gaps(RECENT, 5), *gaps(RECENT, 0), played(own=None)).calibration
    assert (found.rounds, found.findings) == (RECENT, ())
    assert [part.part for part in found.parts] == [
        "result",
        "priority",
        "respect",
        "involvement",
        "communication",
        "effort",
    ]
    assert {part.mean for part in found.parts} == {0}


def test_only_some_rounds_can_be_asked_for() -> None:
    rounds = [played("bill", days=9), played("note", days=5), played("bill", days=1)]
    assert only(rounds, encounter="bill") == (rounds[0], rounds[2])
    assert only(rounds, since=rounds[1].finished) == tuple(rounds[1:])
    assert only(rounds, encounter="bill", since=SATURDAY) == ()


NAMES = st.sampled_from(["bill", "note", "gone", "drill/x", "goal/y", "letter/z", "{0}", "%s"])
RECENT_DAYS = st.integers(-30, 300).map(lambda days: SATURDAY - timedelta(days=days))
MOMENTS = st.datetimes(timezones=st.just(UTC)) | RECENT_DAYS
SHEETS = st.none() | st.builds(
    PriceSheet, got=st.booleans(), respect=st.integers(-10, 5), effort=st.integers(-10, 5)
)
ROUNDS = st.builds(
    played,
    NAMES,
    finished=MOMENTS,
    kind=st.sampled_from(["resolved", "lost", "", "{weird}", "drill"]),
    title=st.sampled_from([Text(""), Text("{title} %s [/]"), Text("é 🙂")]),
    digest=st.sampled_from(["", "d1", "d3"]),
    composure=st.lists(st.integers(-(2**40), 2**40), max_size=30).map(tuple),
    own=SHEETS,
    reference=SHEETS,
    moves=st.lists(st.tuples(st.integers(-9, 99), st.sampled_from(["thank", "cut-in", "{x}", ""]))).map(tuple),
    newer=st.booleans(),
    complete=st.booleans(),
)
ZONES = st.integers(-23, 23).map(lambda hours: timezone(timedelta(hours=hours)))


@given(st.lists(ROUNDS, max_size=12), MOMENTS, ZONES)
def test_whatever_stands_in_a_log_it_is_told_with_each_round_counted_once(
    rounds: list[Played], moment: datetime, zone: timezone
) -> None:
    found = trends(rounds, local(moment, SATURDAY.astimezone(zone)), REGISTRY, LIBRARY)
    counts = found.counts
    assert counts.calls + counts.drills + counts.other == len(rounds)
    assert sum(one.count for one in found.encounters) == counts.calls
    assert sum(week.calls for week in found.weeks) == counts.calls - counts.ahead
    assert found.rhythm.run <= found.rhythm.longest <= found.rhythm.weeks
    assert all(line for section in sections(found, REGISTRY) for line in section.lines)
    assert all(
        line.isascii() for section in sections(found, REGISTRY, unicode=False) for line in section.lines
    ) or any("🙂" in one.title for one in rounds)
    assert as_values(found)["format"] == 1
