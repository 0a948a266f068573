"""The writer's own checks: each is played, and where one fails it is said what happened instead.

What must not be here: how a check is played (content.checks).
"""

from __future__ import annotations

from callcalm.core.moves import Finding
from callcalm.core.state import CallState, Offer
from callcalm.core.text import Text
from callcalm.intake import Code, Path
from callcalm.language import _
from callcalm.lint.subject import Subject


def check_checks(subject: Subject) -> None:
    """Play every check of the scenario and put in those that fail."""
    if not subject.scenario.checks:
        return
    from callcalm.content.checks import run_checks  # noqa: PLC0415 - not every file has checks

    for failure in run_checks(subject.scenario, subject.playbook, _heard):
        path: Path = ("checks", failure.number)
        message = _("the check “{name}” fails: {why}").format(name=failure.name, why=failure.message)
        hint = _("The call went: {way}.").format(way=" > ".join(failure.way))
        if failure.step is not None:
            subject.add(Code.CHECK_STOPS, message, (*path, "do", failure.step), hint=hint)
        else:
            subject.add(Code.CHECK_FAILS, message, (*path, failure.key), hint=hint)


def _heard(words: Text, state: CallState, now: Offer) -> tuple[tuple[Finding, ...], str | None]:
    """What the coach makes of a typed answer at this moment, as in play."""
    from callcalm.coach import Hearing, load_phrasebook, read  # noqa: PLC0415 - few checks type
    from callcalm.coach.likeness import understand  # noqa: PLC0415

    caller, here = state.scenario.caller, state.here
    hot = state.playbook.registry.moods[here.mood].hot
    hearing = Hearing((caller.name, *caller.address), caller.facts, here.caller, hot)
    findings = read(words, load_phrasebook(state.scenario.language), hearing)
    options = [
        (one.reply.key, one.reply.say, (*(found.move for found in one.reply.findings), *one.reply.moves))
        for one in now.replies
    ]
    return findings, understand(words, findings, options, hearing).key
