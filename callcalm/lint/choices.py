"""Whether each beat teaches something: a choice that matters, a way to do well, no hidden quarrel of schools.

What must not be here: the encounter as a whole (teaching).
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

from callcalm.core.condition import Both
from callcalm.core.model import Beat, Reply
from callcalm.core.playbook import Stance
from callcalm.intake import Code
from callcalm.language import _, pick
from callcalm.lint.best import way_on
from callcalm.lint.domain import Domain
from callcalm.lint.subject import Subject, called
from callcalm.lint.ways import in_words, with_way


def check_choices(subject: Subject) -> None:
    """Put in what is wrong with the choices of single beats."""
    domain = subject.domain
    forbidding = _forbidding(subject)
    winnable = subject.hopeful.issuperset(subject.scenario.entrances)
    for beat in subject.reached:
        if not beat.replies:
            continue
        _same_effect(subject, beat, domain)
        gains = [gain for _moves, gain in subject.weights(beat)]
        if max(gains) < 0 and len(gains) > 1:
            message = _("every reply at `{beat}` costs: here nobody can do well").format(beat=beat.id)
            hint = _("Give the player one reply that helps, or at least costs nothing.")
            subject.add(Code.EVERY_COSTS, message, ("beats", beat.id), at_key=True, hint=hint)
        if len(gains) > 1 and min(gains) >= 0 and len({way_on(reply) for reply in beat.replies}) == 1:
            message = _("no reply at `{beat}` costs, and all lead to the same: there is nothing to get wrong")
            message = message.format(beat=beat.id)
            hint = _("Add the reply that people in a hurry really give.")
            subject.add(Code.NOTHING_COSTS, message, ("beats", beat.id), at_key=True, hint=hint)
        if winnable and beat.id not in subject.hopeful and beat.id in subject.endable:
            way = in_words(subject.proof.witness(beat.id))
            message = _("once at `{beat}` there is no way to a good ending any more").format(beat=beat.id)
            hint = _(
                "Lead back to the call from here, or to an ending at once, if nothing can be learnt on the way."
            )
            subject.add(Code.HOPELESS, with_way(message, way), ("beats", beat.id), at_key=True, hint=hint)
        _quarrel(subject, beat, forbidding)


def _same_effect(subject: Subject, beat: Beat, domain: Domain) -> None:
    if len({reply.goto for reply in beat.replies}) == len(beat.replies):
        return
    told: set[str] = set()
    weights = subject.weights(beat)
    for (at, first), (other, second) in combinations(enumerate(beat.replies), 2):
        if (
            first.goto == second.goto
            and second.key not in told
            and way_on(first) == way_on(second)
            and weights[at] == weights[other]
            and _together(first, second, domain)
        ):
            told.add(second.key)
            message = _("{second} does the same as {first}: the choice is none")
            message = message.format(second=called(second), first=called(first))
            hint = _("Let one of them say something else, or lead elsewhere; or delete it.")
            subject.add(Code.SAME_EFFECT, message, subject.path(beat, second), hint=hint)


def _together(first: Reply, second: Reply, domain: Domain) -> bool:
    """Whether the two can be on offer side by side."""
    if first.when is None or second.when is None:
        return True
    return True in domain.outcomes(Both(first.when, second.when))


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
