"""Words: what replies declare beside what they say, and costing words where the writer meant none.

What must not be here: how words are read (coach), and names (spelling).
"""

from __future__ import annotations

from typing import Final

from callcalm.content.heard import in_words
from callcalm.core.model import Beat, Reply
from callcalm.core.moves import Finding
from callcalm.intake import Code
from callcalm.language import _, pick
from callcalm.lint.best import way_on
from callcalm.lint.subject import Subject, called
from callcalm.lint.unfinished import unfinished
from callcalm.report import say_instead

BY_FACTS: Final = frozenset(
    {"over-promise", "bluff", "explain.fitted", "pacer.announce", "pacer.explain", "win-win"}
)
"""Moves that the facts of the case make, more than the words: of these a writer's word is taken."""

NEAR_ENOUGH: Final = {"empathy.generic": "empathy.named"}
"""A declared move that is as good as shown when the words show the better one."""


def check_declared(subject: Subject) -> None:
    """Put in what replies declare that their words do not show, or show already."""
    for beat in subject.scenario.beats.values():
        for reply in beat.replies:
            if reply.moves:
                _declared(subject, beat, reply)


def check_words(subject: Subject) -> None:
    """Put in costing words where the writer meant none."""
    registry = subject.playbook.registry
    costing = {move for move in registry.moves if registry.costs(move) and subject.playbook.points(move) < 0}
    for beat in subject.scenario.beats.values():
        best = subject.best.get(beat.id)
        if best is None:
            continue
        for reply, (_moves, gain) in zip(beat.replies, subject.weights(beat), strict=True):
            costs = [finding for finding in reply.findings if finding.move in costing]
            if not costs:
                continue
            meant = reply is not best and reply.composure <= 0 and (gain <= 0 or way_on(reply) != way_on(best))
            # The words of what is unfinished are callcalm's own, and will go.
            if meant or unfinished(reply.say):
                continue
            for finding in costs:
                _costing(subject, beat, reply, best, finding)


def _declared(subject: Subject, beat: Beat, reply: Reply) -> None:
    shown = {finding.move: finding for finding in reply.findings}
    for at, move in enumerate(reply.moves):
        path = (*subject.path(beat, reply), "moves", at)
        if move in shown:
            words = shown[move].matched
            message = _("the words show `{move}` already: “{words}”").format(move=move, words=words)
            subject.add(Code.SHOWN_ALREADY, message, path, hint=_("Leave it out here: it counts once."))
        elif (
            move not in BY_FACTS
            and NEAR_ENOUGH.get(move) not in shown
            and move in in_words(subject.scenario.language)
        ):
            message = _("the words of {reply} do not show `{move}`").format(reply=called(reply), move=move)
            hint = _(
                "A player who types this earns nothing for it. See “callcalm explain {move}” for words that do."
            ).format(move=move)
            subject.add(Code.NOT_SHOWN, message, path, hint=hint)


def _costing(subject: Subject, beat: Beat, reply: Reply, best: Reply, finding: Finding) -> None:
    path = (*subject.path(beat, reply), "say")
    within = (finding.start, finding.end)
    move = subject.playbook.registry.moves[finding.move]
    name = pick(move.name)
    told = _("{move}, in the sentence as a whole").format(move=name) if finding.by_ear else name
    instead = say_instead(move.instead[subject.scenario.language]) if move.instead else ""
    if reply is best:
        message = _("“{words}” in the best reply of `{beat}` costs: {move}")
        message = message.format(words=finding.matched, beat=beat.id, move=told)
        subject.add(Code.MODEL_COSTS, message, path, within=within, matched=finding.matched, hint=instead)
    else:
        message = _("“{words}” costs ({move}), in a reply that helps and leads on like the best one")
        message = message.format(words=finding.matched, move=told)
        hint = " ".join((_("If that is meant, let it be."), instead)).strip()
        subject.add(Code.UNMEANT_COST, message, path, within=within, matched=finding.matched, hint=hint)
