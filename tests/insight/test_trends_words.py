"""What rounds tell over time, in sentences and small pictures."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from callcalm.core.text import Text
from callcalm.insight import trends_model as model
from callcalm.insight.trends_json import as_values
from callcalm.insight.trends_model import Calibration, Counts, Encounter, GapFinding, Rhythm, State
from callcalm.insight.trends_text import sections, spark
from callcalm.insight.trends_words import (
    calibration_lines,
    count_lines,
    decimal,
    encounter_line,
    finding_sentence,
    rhythm_lines,
)
from tests.insight.test_trends import gaps, played, told
from tests.support import REGISTRY

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("finding", "sentence"),
    [
        (
            GapFinding("respect", 3, "mood", "furious", 12),
            "You score Respect 3 points too high when callers come in furious (12 calls).",
        ),
        (
            GapFinding("result", -1, "kind", "lost", 5),
            "You score Result 1 point too low when a call ends like this: lost (5 calls).",
        ),
        (
            GapFinding("effort", -4, "kind", "{weird} %s", 5),
            "You score Effort 4 points too low when a call ends like this: {weird} %s (5 calls).",
        ),
        (
            GapFinding("effort", 2, "channel", "letter", 9),
            "You score Effort 2 points too high here: letter (9 calls).",
        ),
        (GapFinding("effort", 2, "level", "3", 9), "You score Effort 2 points too high on level 3 (9 calls)."),
        (GapFinding("effort", 2, "", "", 9), "You score Effort 2 points too high, whatever the call (9 calls)."),
    ],
)
def test_a_habit_is_a_plain_sentence_that_says_what_it_rests_on(finding: GapFinding, sentence: str) -> None:
    assert finding_sentence(finding, REGISTRY) == sentence


def test_without_enough_to_tell_a_habit_that_is_said() -> None:
    assert "No call has both sheets yet" in calibration_lines(Calibration(), REGISTRY)[0]
    assert "1 scored call so far; from 5 on" in calibration_lines(told(*gaps(1, 5)).calibration, REGISTRY)[0]
    assert "No habit stands out" in calibration_lines(told(*gaps(9, 0)).calibration, REGISTRY)[0]


@pytest.mark.parametrize(
    ("rhythm", "lines"),
    [
        (Rhythm(), []),
        (Rhythm(1, 1, 1, 0), ["You have practised in 1 week.", "The last time was today."]),
        (
            Rhythm(4, 3, 3, 1),
            ["You have practised in 4 weeks.", "3 of them in a row, up to now.", "The last time was yesterday."],
        ),
        (
            Rhythm(4, 0, 3, 200),
            ["You have practised in 4 weeks.", "The most in a row were 3.", "The last time was 200 days ago."],
        ),
    ],
)
def test_a_pause_is_told_without_a_reproach(rhythm: Rhythm, lines: list[str]) -> None:
    assert rhythm_lines(rhythm) == lines


def test_what_is_odd_about_rounds_is_said_and_that_they_count() -> None:
    assert count_lines(Counts(2, 1)) == ["2 calls, 1 drill."]
    lines = count_lines(Counts(9, 0, 0, 1, 2, 3, 4, 5))
    assert len(lines) == 6
    assert lines[1] == (
        "1 call was played with a later callcalm: it is kept and counted, but there may be more to it."
    )
    assert all("count" in line for line in lines[1:])


def test_an_encounter_says_its_best_only_when_there_is_more_than_one_call() -> None:
    once = Encounter("bill", Text("The bill"), State.HERE, 1, 0, NOON, "lost", -3, NOON, "lost", -3)
    assert encounter_line(once) == "The bill (bill): played 1 time; last lost (−3) on 2026-11-21."
    more = Encounter("bill", Text("{bill}"), State.GONE, 2, 1, NOON, "odd", None, NOON, "fair", 4)
    assert encounter_line(more) == (
        "{bill} (bill): played 2 times; last odd (–) on 2026-11-21; best a fair no (+4) on 2026-11-21 "
        "[no longer in the library; 1 call of a later callcalm]."
    )


def test_numbers_have_one_decimal_and_a_true_minus() -> None:
    assert [decimal(number) for number in (1.25, -1, 0, -0.01, None)] == ["1.2", "−1.0", "0.0", "0.0", "–"]
    assert [decimal(number, sign=True) for number in (1, -1, 0)] == ["+1.0", "−1.0", "0.0"]


def test_a_small_picture_has_a_sign_for_each_value_and_holds_what_is_out_of_range() -> None:
    assert spark([-50, 0, None, 50], -50, 50) == "▁▅ █"
    assert spark([-999, 999], 0, 1) == "▁█"
    assert spark([3, 3], 3, 3) == "▁▁"
    assert spark([0, 50, None, 100], 0, 100, unicode=False).isascii()


def test_every_picture_has_its_numbers_right_above_it() -> None:
    rounds = [played(days=days, composure=(70, 40 + days, 90)) for days in range(30, -1, -1)]
    for section in sections(told(*rounds), REGISTRY):
        for above, line in zip(section.lines, section.lines[1:], strict=False):
            if line.startswith("    picture"):
                assert above.startswith("    picture") or any(char.isdigit() for char in above)
    lines = [line for section in sections(told(*rounds), REGISTRY) for line in section.lines]
    assert sum(line.startswith("    picture") for line in lines) > 10
    assert "    picture: [▆▄▇]" in lines
    plain = [line for section in sections(told(*rounds), REGISTRY, unicode=False) for line in section.lines]
    assert len(plain) == len(lines)
    assert all(line.isascii() for line in plain)


def test_with_nothing_yet_there_is_one_warm_sentence() -> None:
    ((title, lines),) = sections(told(), REGISTRY)
    assert (title, lines) == (
        "Practice",
        ("There is nothing to show yet. Your first call will be the first point here.",),
    )


def test_only_drills_are_practice_too() -> None:
    ((_title, lines),) = [part for part in sections(told(played("drill/x")), REGISTRY) if part.title == "Practice"]
    assert lines[:2] == ("0 calls, 1 drill.", "You have practised in 1 week.")


def test_long_lists_end_with_how_many_more_there_are() -> None:
    rounds = [played(f"call-{number}") for number in range(40)]
    lines = sections(told(*rounds), REGISTRY)[-1].lines
    assert len(lines) == 31
    assert lines[-1] == "  and 10 more; “--json” has them"


def test_a_long_call_is_told_by_where_it_began_was_lowest_and_ended() -> None:
    (found,) = [
        part for part in sections(told(played(composure=tuple(range(60)))), REGISTRY) if "0 to 100" in part.title
    ]
    assert found.lines[0].endswith("began at 0, lowest 0, ended at 59")


def test_the_json_holds_every_field_and_the_page_about_it_names_them_all() -> None:
    values = as_values(told(*gaps(9, 4), played(days=9)))
    json.dumps(values)
    assert values["encounters"][0]["state"] == "here"
    assert values["weeks"][0]["helping_per_ten"] == 10.0
    page = (Path(__file__).parents[2] / "docs" / "stats.md").read_text(encoding="utf-8")
    shown = ("Counts", "PricePoint", "Week", "FactorGap", "GapFinding", "Calibration", "Curve", "Curves")
    for name in (*shown, "Heat", "HeatRow", "Encounter", "Rhythm", "Trends"):
        kind = getattr(model, name)
        for field in getattr(kind, "_fields", None) or kind.__dataclass_fields__:
            assert f"`{field}`" in page, f"{name}.{field}"
