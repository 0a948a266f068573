"""Whether each beat that a play comes to teaches something: a way to do well, no hidden quarrel of schools.

What must not be here: the encounter as a whole (teaching), and what replies do beside each other (effects).
"""

from __future__ import annotations

from collections.abc import Mapping

from callcalm.core.model import Beat
from callcalm.core.playbook import Stance
from callcalm.intake import Code
from callcalm.language import _, pick
from callcalm.lint.subject import Subject
from callcalm.lint.ways import in_words, with_way


def check_choices(subject: Subject) -> None:
    """Put in what is wrong with the choices of single beats."""
    forbidding = _forbidding(subject)
    winnable = subject.hopeful.issuperset(subject.scenario.entrances)
    for beat in subject.reached:
        if not beat.replies:
            continue
        if winnable and beat.id not in subject.hopeful and beat.id in subject.endable:
            way = in_words(subject.proof.witness(beat.id))
            message = _("once at `{beat}` there is no way to a good ending any more").format(beat=beat.id)
            hint = _(
                "Lead back to the call from here, or to an ending at once, if nothing can be learnt on the way."
            )
            subject.add(Code.HOPELESS, with_way(message, way), ("beats", beat.id), at_key=True, hint=hint)
        _quarrel(subject, beat, forbidding)


def _quarrel(subject: Subject, beat: Beat, forbidding: Mapping[str, tuple[str, str]]) -> None:
    best = subject.best.get(beat.id)
    if best is None or beat.contested:
        return
    made = subject.moves(best, beat)
    if made.isdisjoint(forbidding):
        return
    for move in sorted(made & forbidding.keys()):
        school, why = forbidding[move]
        message = _("the school `{school}` forbids `{move}`, which the best reply here makes")
        message = message.format(school=school, move=move)
        hint = _("Write contested = true at the beat, so that the reveal shows each reading.")
        hint = f"{why} {hint}"
        finding = next((one for one in best.findings if one.move == move), None)
        path = subject.path(beat, best)
        if finding is None:
            subject.add(Code.FORBIDDEN_ELSEWHERE, message, path, hint=hint)
        else:
            within = (finding.start, finding.end)
            subject.add(
                Code.FORBIDDEN_ELSEWHERE,
                message,
                (*path, "say"),
                within=within,
                matched=finding.matched,
                hint=hint,
            )


def _forbidding(subject: Subject) -> dict[str, tuple[str, str]]:
    """Each helping move that another school itself forbids, with that school and its reason."""
    found: dict[str, tuple[str, str]] = {}
    for school in subject.schools.values():
        if school.id == subject.playbook.id:
            continue
        for move, spoken in school.positions.items():
            if (
                subject.playbook.registry.helps(move)
                and spoken.stance is Stance.FORBID
                and spoken.said_by == school.id
            ):
                found.setdefault(move, (school.id, pick(spoken.why) if spoken.why else ""))
    return found
