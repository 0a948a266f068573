"""Where a call can go, proved: what is never reached, where it cannot end, where nothing is on offer.

What must not be here: the proof itself (core.explore), conditions, and gotos that name nothing (content).
"""

from __future__ import annotations

from typing import Final

from callcalm.core.call import MOST_ANSWERS
from callcalm.intake import Code
from callcalm.language import _, later, said
from callcalm.lint.subject import Subject, called
from callcalm.lint.ways import in_words, targets, with_way

_FEW: Final = 3

_NEVER: Final = {
    "beats": (Code.BEAT_NEVER, later("no play can come to the beat `{name}`, though answers lead to it")),
    "endings": (Code.ENDING_NEVER, later("no play can come to the ending `{name}`, though answers lead to it")),
}


def check_flow(subject: Subject) -> None:
    """Put in all that is wrong with the ways through the encounter."""
    _never_reached(subject)
    _no_way_out(subject)
    _stuck(subject)
    for sentence in subject.proof.unproved:
        hint = _("What lint says of the rest holds.")
        if subject.scenario.ranges:
            hint += " " + _("Variables that go less far can be followed: lower their `most`.")
        subject.add(Code.NOT_PROVED, said(sentence), ("vars",), at_key=True, hint=hint)


def _never_reached(subject: Subject) -> None:
    """Those that an answer of a reached beat leads to: what lies behind them follows."""
    scenario, proof = subject.scenario, subject.proof
    missed = [("beats", name) for name in scenario.beats if not proof.beats.get(name)]
    missed += [("endings", name) for name in scenario.endings if not proof.endings.get(name)]
    named = {name for beat in subject.reached for name in targets(beat)} if missed else set()
    missed = [(kind, name) for kind, name in missed if name in named and name != scenario.lost]
    came_from: dict[str, list[str]] = {name: [] for _kind, name in missed}
    for beat in subject.reached if missed else ():
        for reply in beat.replies:
            if reply.goto in came_from:
                came_from[reply.goto].append(called(reply))
    for kind, name in missed:
        code, message = _NEVER[kind]
        subject.add(code, _(message).format(name=name), (kind, name), at_key=True, hint=_look_at(came_from[name]))


def _look_at(replies: list[str]) -> str:
    """Where to look, for a hint."""
    if not replies:
        hint = _("Look at the conditions on the way; and a call ends after {most} answers.")
        return hint.format(most=MOST_ANSWERS)
    listed = ", ".join(replies[:_FEW])
    if replies[_FEW:]:
        listed = _("{words} and others").format(words=listed)
    hint = _("Leading here: {replies}. Look at the conditions there; and a call ends after {most} answers.")
    return hint.format(replies=listed, most=MOST_ANSWERS)


def _no_way_out(subject: Subject) -> None:
    came_from = subject.came_from
    good = subject.endable
    for name, leads in subject.ways.items():
        path = ("beats", name)
        if name in good:
            continue
        if leads == {name}:
            message = _("every answer at `{beat}` leads back to `{beat}`: the call cannot go on")
            message = message.format(beat=name)
            hint = _("Let one of its replies lead to another beat or to an ending.")
            subject.add(Code.DEAD_END, message, path, at_key=True, hint=hint)
        elif name in subject.scenario.entrances or came_from.get(name, set()) & good:
            # The way into the trap is told, not every beat of it.
            way = in_words(subject.proof.witness(name))
            message = _("from `{beat}` on no ending can be reached any more").format(beat=name)
            hint = _("Let one of the beats that follow lead to an ending.")
            subject.add(Code.ENDLESS, with_way(message, way), path, at_key=True, hint=hint)


def _stuck(subject: Subject) -> None:
    for name in subject.proof.stuck:
        way = in_words(subject.proof.stuck_by(name))
        message = _("a play can come to `{beat}` with no reply on offer").format(beat=name)
        hint = _("Leave out the condition of one reply, or add a reply for what the others do not cover.")
        subject.add(Code.STUCK, with_way(message, way), ("beats", name), at_key=True, hint=hint)
