"""The scenarios that ship: each loads without a word of complaint, and its own checks hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from callcalm.coach import Hearing, load_phrasebook, read
from callcalm.content.checks import run_checks
from callcalm.content.hearing import Reader
from callcalm.content.library import shipped_folder
from callcalm.content.scenarios import CAP, ScenarioFile, read_scenario, scenario_id
from callcalm.core.moves import Finding
from callcalm.core.state import CallState, Offer
from callcalm.core.text import Text
from callcalm.intake import read as read_file
from tests.content.small import nothing, playbooks, rulebook

FILES = sorted(shipped_folder().glob("*/*.toml"))


def opened(path: Path, reader: Reader | None = None) -> ScenarioFile:
    return read_scenario(read_file(path, CAP), scenario_id(path), rulebook(), playbooks(), reader)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shipped_scenario_has_no_problems(path: Path) -> None:
    file = opened(path, nothing)
    assert file.warnings == ()
    assert path.parent.name == file.scenario.language


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_checks_of_a_shipped_scenario_hold(path: Path) -> None:
    scenario = opened(path).scenario
    book = load_phrasebook(scenario.language)

    def hear(words: Text, state: CallState, now: Offer) -> tuple[tuple[Finding, ...], str | None]:
        return read(words, book, Hearing()), None

    failures = run_checks(scenario, playbooks()[scenario.playbook], hear)
    assert [(failure.name, failure.message, failure.way) for failure in failures] == []


def test_there_are_shipped_scenarios() -> None:
    assert FILES
