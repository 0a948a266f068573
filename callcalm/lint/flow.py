"""Where a call can go, proved: what is never reached, where it cannot end, where nothing is on offer.

What must not be here: the proof itself (core.explore), conditions, and gotos that name nothing (content).
"""

from __future__ import annotations

from typing import Final

from callcalm.core.call import MOST_ANSWERS
from callcalm.intake import Code
from callcalm.lint.subject import Subject, called
from callcalm.lint.ways import in_words, leading_to, targets, turned_round

_FEW: Final = 3


def check_flow(subject: Subject) -> None:
    """Put in all that is wrong with the ways through the encounter."""
    _never_reached(subject)
    _no_way_out(subject)
    _stuck(subject)
    for sentence in subject.proof.unproved:
        subject.add(Code.NOT_PROVED, sentence, ("vars",), at_key=True, hint="What lint says of the rest holds.")


def _never_reached(subject: Subject) -> None:
    """Those that an answer of a reached beat leads to: what lies behind them follows."""
    scenario, proof = subject.scenario, subject.proof
    named: set[str] = set()
    for beat in subject.reached:
        named.update(targets(beat))
    missed = [("beats", name) for name in scenario.beats if not proof.beats.get(name)]
    missed += [("endings", name) for name in scenario.endings if not proof.endings.get(name)]
    missed = [(kind, name) for kind, name in missed if name in named and name != scenario.lost]
    came_from: dict[str, list[str]] = {name: [] for _, name in missed}
    for beat in subject.reached if missed else ():
        for reply in beat.replies:
            if reply.goto in came_from:
                came_from[reply.goto].append(called(reply))
    for kind, name in missed:
        code = Code.BEAT_NEVER if kind == "beats" else Code.ENDING_NEVER
        message = f"no play can come to the {kind[:-1]} `{name}`, though answers lead to it"
        subject.add(code, message, (kind, name), at_key=True, hint=_look_at(came_from[name]))


def _look_at(replies: list[str]) -> str:
    """Where to look, for a hint."""
    if not replies:
        return f"Look at the conditions on the way; and a call ends after {MOST_ANSWERS} answers."
    listed = ", ".join(replies[:_FEW]) + (" and others" if replies[_FEW:] else "")
    return f"Leading here: {listed}. Look at the conditions there; and a call ends after {MOST_ANSWERS} answers."


def _no_way_out(subject: Subject) -> None:
    came_from = turned_round(subject.ways)
    good = leading_to(came_from.keys() & subject.scenario.endings.keys(), came_from)
    for name, leads in subject.ways.items():
        path = ("beats", name)
        if name in good:
            continue
        if leads == {name}:
            message = f"every answer at `{name}` leads back to `{name}`: the call cannot go on"
            hint = "Let one of its replies lead to another beat or to an ending."
            subject.add(Code.DEAD_END, message, path, at_key=True, hint=hint)
        elif name in subject.scenario.entrances or came_from.get(name, set()) & good:
            # The way into the trap is told, not every beat of it.
            way = in_words(subject.proof.witness(name))
            message = f"from `{name}` on no ending can be reached any more" + (
                f"; to get here: {way}" if way else ""
            )
            hint = "Let one of the beats that follow lead to an ending."
            subject.add(Code.ENDLESS, message, path, at_key=True, hint=hint)


def _stuck(subject: Subject) -> None:
    for name in subject.proof.stuck:
        way = in_words(subject.proof.witness(name))
        message = f"a play can come to `{name}` with no reply on offer" + (f"; to get here: {way}" if way else "")
        hint = "Leave out the condition of one reply, or add a reply for what the others do not cover."
        subject.add(Code.STUCK, message, ("beats", name), at_key=True, hint=hint)
