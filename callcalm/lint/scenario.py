"""All that lint has to say of one scenario that loads. What must not be here: single checks."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from callcalm.content.playbooks import CORE
from callcalm.content.scenarios import ScenarioFile
from callcalm.content.standing import Standing
from callcalm.core.playbook import Playbook
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
        check_declared(subject)
        check_names(subject)
        check_signs(subject)
        check_unfinished(subject)
    return (*map(about, file.warnings), *subject.found)


def examine(subject: Subject) -> None:
    """Put every finding about a subject into it; its proof and chances are then there for others, too."""
    check_flow(subject)
    check_conditions(subject)
    check_declared(subject)
    check_words(subject)
    check_names(subject)
    check_screen(subject)
    check_signs(subject)
    check_unfinished(subject)
    check_guessing(subject)
    check_choices(subject)
    check_teaching(subject)
    check_checks(subject)
