"""The templates: complete, commented, playable, and their own checks hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from callcalm.content.checks import run_checks
from callcalm.core.state import CallState, Offer
from callcalm.core.text import Text
from callcalm.intake import Source
from callcalm.lint.linting import Linter
from callcalm.workshop.finishing import shipped_rules
from callcalm.workshop.templates import template
from callcalm.workshop.words import DATA, words
from tests.workshop.written import ending_of

ALL = [(channel, language) for channel in ("phone", "letter", "in-person") for language in ("en", "fr")]


def silent(text: Text, state: CallState, now: Offer) -> tuple[tuple[()], None]:
    raise AssertionError(text)


@pytest.mark.parametrize(("channel", "language"), ALL)
def test_a_template_is_a_whole_encounter(channel: str, language: str) -> None:
    made = template(channel, language)
    file = shipped_rules().open(made.text, "x")
    scenario = file.scenario
    assert file.warnings == ()
    assert (scenario.channel, scenario.language, scenario.title) == (channel, language, made.title)
    assert len(scenario.checks) >= 3
    assert run_checks(scenario, shipped_rules().playbooks[scenario.playbook], silent) == ()
    assert {check.ends for check in scenario.checks} == set(scenario.endings) - {"lost"}
    assert all(ending_of(scenario, pick) in scenario.endings for pick in range(3))
    assert made.text.count("#") >= 15


@pytest.mark.parametrize(("channel", "language"), ALL)
def test_the_model_answer_is_not_always_in_one_place(channel: str, language: str) -> None:
    scenario = shipped_rules().open(template(channel, language).text, "x").scenario
    helping = shipped_rules().rulebook.registry.helps
    best = {
        max(range(len(beat.replies)), key=lambda n: sum(helping(one.move) for one in beat.replies[n].findings))
        for beat in scenario.beats.values()
        if beat.replies
    }
    assert len(best) > 1


def test_a_title_of_ones_own() -> None:
    made = template("phone", "en", 'My "own" \\ title')
    assert shipped_rules().open(made.text, "x").scenario.title == 'My "own" \\ title' == made.title


def test_both_languages_have_the_same_words() -> None:
    english, french = ((DATA / f"words.{code}.toml").read_text("utf-8") for code in ("en", "fr"))
    keys = re.compile(r"^(?:\[[a-z-]+\]|[a-z-]+(?= = ))", re.MULTILINE)
    assert keys.findall(english) == keys.findall(french)
    for key in keys.findall(english)[1:3]:
        assert words("en")(f"comments.{key}") != words("fr")(f"comments.{key}")


@pytest.mark.parametrize(("channel", "language"), ALL)
def test_lint_has_nothing_to_say(channel: str, language: str) -> None:
    text = template(channel, language).text
    found = Linter().look(Source("x.toml", text), Path("x.toml")).sheet.diagnostics
    assert [(one.rule, one.message) for one in found] == []
