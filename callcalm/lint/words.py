"""Words: what replies declare beside what they say, and costing words where the writer meant none.

What must not be here: how words are read (coach), and names (spelling).
"""

from __future__ import annotations

from typing import Final

from callcalm.content.heard import in_words
from callcalm.core.model import Beat, Reply
from callcalm.core.moves import Finding
from callcalm.intake import Code
from callcalm.lint.best import way_on
from callcalm.lint.subject import Subject, called

BY_FACTS: Final = frozenset(
    {"over-promise", "bluff", "explain.fitted", "pacer.announce", "pacer.explain", "win-win"}
)
"""Moves that the facts of the case make, more than the words: of these a writer's word is taken."""

NEAR_ENOUGH: Final = {"empathy.generic": "empathy.named"}
"""A declared move that is as good as shown when the words show the better one."""


def check_words(subject: Subject) -> None:
    """Put in what is odd about the words of replies."""
    registry = subject.playbook.registry
    costing = {move for move in registry.moves if registry.costs(move) and subject.playbook.points(move) < 0}
    for beat in subject.scenario.beats.values():
        best = subject.best.get(beat.id)
        for reply in beat.replies:
            if reply.moves:
                _declared(subject, beat, reply)
            if best is None:
                continue
            for finding in reply.findings:
                if finding.move in costing:
                    _costing(subject, beat, reply, best, finding)


def _declared(subject: Subject, beat: Beat, reply: Reply) -> None:
    shown = {finding.move: finding for finding in reply.findings}
    for at, move in enumerate(reply.moves):
        path = (*subject.path(beat, reply), "moves", at)
        if move in shown:
            words = shown[move].matched
            message = f"the words show `{move}` already: “{words}”"
            subject.add(Code.SHOWN_ALREADY, message, path, hint="Leave it out here: it counts once.")
        elif (
            move not in BY_FACTS
            and NEAR_ENOUGH.get(move) not in shown
            and move in in_words(subject.scenario.language)
        ):
            message = f"the words of {called(reply)} do not show `{move}`"
            hint = (
                f"A player who types this earns nothing for it. See “callcalm explain {move}” for words that do."
            )
            subject.add(Code.NOT_SHOWN, message, path, hint=hint)


def _costing(subject: Subject, beat: Beat, reply: Reply, best: Reply, finding: Finding) -> None:
    path = (*subject.path(beat, reply), "say")
    within = (finding.start, finding.end)
    move = subject.playbook.registry.moves[finding.move]
    name = move.name["en"] + (", in the sentence as a whole" if finding.by_ear else "")
    instead = f"Say instead: {move.instead[subject.scenario.language]}" if move.instead else ""
    if reply is best:
        message = f"“{finding.matched}” in the best reply of `{beat.id}` costs: {name}"
        subject.add(Code.MODEL_COSTS, message, path, within=within, matched=finding.matched, hint=instead)
    elif reply.composure > 0 or (way_on(reply) == way_on(best) and subject.gain(reply, beat) > 0):
        message = f"“{finding.matched}” costs ({name}), in a reply that helps and leads on like the best one"
        hint = f"If that is meant, let it be. {instead}".strip()
        subject.add(Code.UNMEANT_COST, message, path, within=within, matched=finding.matched, hint=hint)
