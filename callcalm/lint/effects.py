"""Whether the replies of a beat differ in what they do: two the same, all that cost, none that does.

It needs no proof, and is told of beats that a play comes to. What must not be here: which reply is best.
"""

from __future__ import annotations

from itertools import combinations

from callcalm.core.condition import Both
from callcalm.core.model import Beat, Reply
from callcalm.intake import Code
from callcalm.language import _
from callcalm.lint.best import way_on
from callcalm.lint.domain import Domain
from callcalm.lint.subject import Subject, called


def check_effects(subject: Subject, beat: Beat) -> None:
    """Put in what is wrong with what the replies of one beat do."""
    if not beat.replies:
        return
    _same_effect(subject, beat, subject.domain)
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
