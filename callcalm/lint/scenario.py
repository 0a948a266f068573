"""All that lint has to say of one scenario that loads. What must not be here: single checks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial
from typing import Final

from callcalm.content.playbooks import CORE
from callcalm.content.scenarios import ScenarioFile
from callcalm.content.standing import Standing
from callcalm.core.playbook import Playbook
from callcalm.intake.aside import aside
from callcalm.lint.checks import check_checks
from callcalm.lint.choices import check_choices
from callcalm.lint.coming_back import check_coming_back
from callcalm.lint.conditions import check_conditions
from callcalm.lint.flow import check_flow
from callcalm.lint.guessing import check_guessing
from callcalm.lint.screen import check_screen, check_signs
from callcalm.lint.spelling import check_names
from callcalm.lint.subject import Subject
from callcalm.lint.teaching import check_teaching
from callcalm.lint.unfinished import check_unfinished
from callcalm.lint.words import check_declared, check_words
from callcalm.report import Diagnostic, about

_OF_TEXTS: Final = (check_declared, check_names, check_signs, check_unfinished)
"""What can be said without knowing how calls go."""

_ENOUGH: Final = 1_000
"""Beats that make some of the checks worth a process of their own."""


def lint_scenario(
    file: ScenarioFile,
    playbooks: Mapping[str, Playbook],
    encounters: Collection[str] | None = None,
) -> tuple[Diagnostic, ...]:
    """Every finding about a scenario whose answers were read by the shipped phrasebook, in no particular order.

    It is judged by the playbook that it names; `playbooks` are the shipped schools by id. `encounters` are the ids
    of those that a promise can come back in, None if that is not to be asked.
    """
    subject = Subject(file, playbooks[file.scenario.playbook], playbooks)
    examine(subject)
    if encounters is not None:
        check_coming_back(subject, encounters)
    return (*map(about, file.warnings), *subject.found)


def lint_standing(stands: Standing, playbooks: Mapping[str, Playbook]) -> tuple[Diagnostic, ...]:
    """What can be said besides its errors of a scenario that cannot be played: of all in it, or of its texts."""
    file = stands.file
    subject = Subject(file, playbooks.get(file.scenario.playbook, playbooks[CORE]), playbooks)
    if stands.course:
        examine(subject)
    else:
        for check in _OF_TEXTS:
            check(subject)
    return (*map(about, file.warnings), *subject.found)


def examine(subject: Subject) -> None:
    """Put every finding about a subject into it.

    Its proof and chances are then there for others, too, but for what was worked out aside.
    """
    begin = aside if len(subject.scenario.beats) >= _ENOUGH else _later
    texts = begin(partial(_found_by, subject, _OF_TEXTS))
    # Both halves of the rest ask for the best replies, and these for the proof.
    _ = subject.best
    course = begin(partial(_found_by, subject, (check_flow, check_teaching)))
    rest = (check_conditions, check_words, check_screen, check_guessing, check_choices, check_checks)
    subject.found += [*_found_by(subject, rest), *texts(), *course()]


def _later(work: Callable[[], list[Diagnostic]]) -> Callable[[], list[Diagnostic]]:
    return work


def _found_by(subject: Subject, checks: Iterable[Callable[[Subject], None]]) -> list[Diagnostic]:
    """What these checks find, and not yet among what is found."""
    before = len(subject.found)
    for check in checks:
        check(subject)
    found = subject.found[before:]
    del subject.found[before:]
    return found
