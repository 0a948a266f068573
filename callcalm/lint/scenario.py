"""All that lint has to say of one scenario that loads. What must not be here: single checks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial
from itertools import starmap
from typing import Any, Final

from callcalm.content.playbooks import CORE
from callcalm.content.scenarios import ScenarioFile
from callcalm.content.standing import Standing
from callcalm.core.explore import Course
from callcalm.core.playbook import Playbook
from callcalm.intake import Code
from callcalm.intake.aside import aside
from callcalm.lint.checks import check_checks
from callcalm.lint.choices import check_choices
from callcalm.lint.coming_back import check_coming_back
from callcalm.lint.conditions import check_conditions
from callcalm.lint.effects import check_effects
from callcalm.lint.flow import check_flow
from callcalm.lint.guessing import check_guessing
from callcalm.lint.screen import check_screen, check_signs
from callcalm.lint.spelling import check_names
from callcalm.lint.subject import Subject
from callcalm.lint.teaching import check_teaching, check_winners
from callcalm.lint.unfinished import check_unfinished
from callcalm.lint.words import check_declared, check_words
from callcalm.report import Diagnostic, about
from callcalm.report.model import as_plain, from_plain

_Plain = tuple[Any, ...]

_OF_TEXTS: Final = (check_declared, check_names, check_signs, check_unfinished)
"""What can be said without knowing how calls go."""

_OF_COURSE: Final = (check_conditions, check_flow, check_winners)
"""What asks how calls go, and not for the best replies."""

_OF_BEST: Final = (check_words, check_screen, check_guessing, check_choices, check_teaching, check_checks)
"""What asks for those, or for so little that it is done by the way."""

_WHEREVER: Final = frozenset(
    {
        Code.STUCK,
        Code.NEVER_TRUE,
        Code.NEVER_ASKED,
        Code.NEVER_CHANGED,
        Code.MANY_REPLIES,
        Code.SAME_EFFECT,
        Code.EVERY_COSTS,
        Code.NOTHING_COSTS,
        Code.TAUGHT_NOWHERE,
        Code.SAME_LESSON,
    }
)
"""What is wrong wherever other answers lead: to come to more places takes none of it back."""

_OF_CONDITIONS: Final = frozenset({Code.STUCK, Code.NEVER_TRUE, Code.NEVER_ASKED, Code.NEVER_CHANGED})
"""What of that hangs on the conditions there are."""

_ENOUGH: Final = 1_000
"""Beats that make some of the checks worth a process of their own."""


def lint_scenario(
    file: ScenarioFile,
    playbooks: Mapping[str, Playbook],
    encounters: Collection[str] | None = None,
    course: Course | None = None,
) -> tuple[Diagnostic, ...]:
    """Every finding about a scenario whose answers were read by the shipped phrasebook, in no particular order.

    It is judged by the playbook that it names; `playbooks` are the shipped schools by id. `encounters` are the ids
    of those that a promise can come back in, None if that is not to be asked. For `course` see `Subject`.
    """
    subject = Subject(file, playbooks[file.scenario.playbook], playbooks, course)
    examine(subject)
    if encounters is not None:
        check_coming_back(subject, encounters)
    return (*map(about, file.warnings), *subject.found)


def lint_standing(
    stands: Standing, playbooks: Mapping[str, Playbook], encounters: Collection[str]
) -> tuple[Diagnostic, ...]:
    """What can be said besides its errors of a scenario that cannot be played: of all in it, or of its texts.

    Where answers lead to nothing, or their conditions cannot be asked, what could follow from that is not said: of
    what else is wrong, nothing changes when that is mended.
    """
    file = stands.file
    subject = Subject(file, playbooks.get(file.scenario.playbook, playbooks[CORE]), playbooks)
    if not stands.course:
        for check in _OF_TEXTS:
            check(subject)
    else:
        some = stands.adrift or stands.unasked
        texts = _found_by(subject, _OF_TEXTS) if some else []
        examine(subject)
        if some:
            certain = _WHEREVER - _OF_CONDITIONS if stands.unasked else _WHEREVER
            subject.found = [*texts, *[one for one in subject.found if one.rule in certain]]
    check_coming_back(subject, encounters)
    return (*map(about, file.warnings), *subject.found)


def examine(subject: Subject) -> None:
    """Put every finding about a subject into it.

    Its proof and chances are then there for others, too, but for what was worked out aside.
    """
    begin = aside if len(subject.scenario.beats) >= _ENOUGH else _later
    before = begin(partial(_before, subject))
    _ = subject.proof  # both halves of the rest ask for it
    course = begin(partial(_plainly, subject, _OF_COURSE))
    subject.found += _found_by(subject, _OF_BEST)
    texts, effects = before()
    told = [row for beat in subject.reached for row in effects.get(beat.id, ())]
    subject.found += starmap(from_plain, [*texts, *told, *course()])


def _later(work: Callable[[], Any]) -> Callable[[], Any]:
    return work


def _before(subject: Subject) -> tuple[list[_Plain], dict[str, list[_Plain]]]:
    """What can be said before anything is proved, as plain data: of the texts, and of beats if one comes there."""
    beats = subject.scenario.beats.values()
    found = {beat.id: _plainly(subject, [partial(check_effects, beat=beat)]) for beat in beats}
    return _plainly(subject, _OF_TEXTS), {beat: rows for beat, rows in found.items() if rows}


def _plainly(subject: Subject, checks: Iterable[Callable[[Subject], None]]) -> list[_Plain]:
    """What these checks find, as plain data."""
    return [as_plain(one) for one in _found_by(subject, checks)]


def _found_by(subject: Subject, checks: Iterable[Callable[[Subject], None]]) -> list[Diagnostic]:
    """What these checks find, and not yet among what is found."""
    before = len(subject.found)
    for check in checks:
        check(subject)
    found = subject.found[before:]
    del subject.found[before:]
    return found
