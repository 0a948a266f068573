"""Openings in a file: read, built, checked for what they name; follow-ups stay out of lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from callcalm.content.checks import run_checks
from callcalm.content.library import Library
from callcalm.core.model import Opening
from callcalm.core.text import Text
from callcalm.intake import Code
from tests.content.small import SMALL, opened, playbooks, problems

PLACE = "[vars]"


def with_openings(openings: str) -> str:
    return SMALL.replace(PLACE, f"[openings]\n{openings}\n\n{PLACE}", 1)


def test_an_opening_is_a_beat_or_a_beat_with_variables() -> None:
    text = with_openings('kept = "heard"\nbroken = { beat = "opening", set = { callback = true } }')
    scenario = opened(text).scenario
    assert dict(scenario.openings) == {"kept": Opening("heard"), "broken": Opening("opening", {"callback": True})}
    assert scenario.entrances == ("opening", "heard")
    assert opened(SMALL).scenario.openings == {}


@pytest.mark.parametrize(
    ("openings", "code", "said"),
    [
        ('kept = "haerd"', Code.NO_TARGET, "no beat `haerd` to begin with"),
        ('kept = { beat = "hard" }', Code.NO_TARGET, "no beat `hard` to begin with"),
        ('keppt = "heard"', Code.UNKNOWN_KEY, "keppt"),
        ('kept = { beat = "heard", set = { nothing = true } }', Code.UNKNOWN_VARIABLE, "no variable `nothing`"),
        ('kept = { beat = "heard", set = { callback = 3 } }', Code.VARIABLE_TYPE, "`callback` holds"),
        ("kept = 4", Code.WRONG_TYPE, "kept"),
    ],
)
def test_an_opening_that_names_nothing_is_told(openings: str, code: Code, said: str) -> None:
    found = problems(with_openings(openings))
    assert [one.code for one in found if said in one.message] == [code]


def test_a_check_begins_by_its_opening() -> None:
    check = '\n[[checks]]\nname = "by the other way in"\nopening = "kept"\n'
    check += 'do = [{ compose = [2, 1] }]\nends = "gone"\n'
    text = with_openings('kept = "heard"') + check
    scenario = opened(text).scenario
    assert scenario.checks[-1].opening == "kept"
    failures = run_checks(scenario, playbooks()[scenario.playbook], lambda *_: ((), None))
    (failed,) = [one for one in failures if one.name == "by the other way in"]
    assert failed.way[0] == "heard 60"
    assert "ends in “settled”" in failed.message
    wrong = problems(text.replace('opening = "kept"', 'opening = "late"'))
    assert [one.message for one in wrong if one.code is Code.NO_TARGET] == [
        "[openings] has no `late` for the check to begin by"
    ]


def test_a_beat_reached_only_by_an_opening_is_reached() -> None:
    aside = (
        '\n[beats.aside]\nmood = "wary"\ncaller = "You said so."\nreplies = [{ say = "I did.", goto = "heard" }]\n'
    )
    alone = [one for one in opened(SMALL + aside).warnings if one.code is Code.UNREACHED]
    assert ["aside" in one.message for one in alone] == [True]
    text = with_openings('kept = "aside"') + aside
    assert [one for one in opened(text).warnings if one.code is Code.UNREACHED] == []


def test_lists_leave_out_what_only_a_promise_brings(tmp_path: Path) -> None:
    (tmp_path / "first.toml").write_text(SMALL, "utf-8")
    later = SMALL.replace("minutes = 6", 'minutes = 6\nafter = "first"')
    (tmp_path / "later.toml").write_text(later, "utf-8")
    library = Library([tmp_path])
    assert [header.id for header in library.headers()] == ["first"]
    assert [(header.id, header.after) for header in library.headers(all_of_them=True)] == [
        ("first", ""),
        ("later", "first"),
    ]
    assert set(library.ids) == {Text("first"), Text("later")}
    assert library.find("later").name == "later.toml"
