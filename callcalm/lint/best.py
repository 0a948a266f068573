"""The best reply of a beat, for every check that asks for one: what the best player says there.

The best player wants a good ending first, then composure, then to be short. Where they stand on their own way, it
is what they say there; elsewhere what they would say with the composure of the start, or the nearest that one can
have there. Of replies that lead to the same, it is the one that gains most: near a full meter they are equal to
the player, and not to a learner. What must not be here: what is wrong with a reply.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from callcalm.core.actions import Choose
from callcalm.core.call import act, offer, start
from callcalm.core.explore import Odds, Player, span
from callcalm.core.model import Beat, Reply
from callcalm.core.state import CallState

if TYPE_CHECKING:
    from callcalm.lint.subject import Subject


def way_on(reply: Reply) -> tuple[object, ...]:
    """What a reply leads to besides its words: where, what it sets and adds, what it promises."""
    promises = tuple((promise.what, promise.keepable) for promise in reply.promises)
    return (reply.goto, tuple(sorted(reply.set.items())), tuple(sorted(reply.add.items())), promises)


_LONGEST = 300
"""Most actions of the best player that are followed."""


def best_replies(subject: Subject) -> Mapping[str, Reply]:
    """By beat, the best reply, for each beat that a play reaches and that has replies."""
    odds = subject.odds(Player.BEST)
    best = dict(subject.best_way)
    for beat in subject.reached:
        if beat.replies and beat.id not in best:
            best[beat.id] = _best_at(standing(subject, beat), odds, subject)
    return best


def best_way(subject: Subject) -> Mapping[str, Reply]:
    """The replies that the best player gives, by beat: the first one where they come back to a beat."""
    odds = subject.odds(Player.BEST)
    state = start(subject.scenario, subject.playbook)
    said: dict[str, Reply] = {}
    for _ in range(_LONGEST):
        done = odds.action(state)
        if done is None:
            break
        if isinstance(done, Choose):
            said.setdefault(state.beat, _best_at(state, odds, subject))
        state = act(state, done).state
    return said


def standing(subject: Subject, beat: Beat) -> CallState:
    """A call at a beat that a play reaches, the caller heard out: with the composure of the start, or near it."""
    fresh = start(subject.scenario, subject.playbook)
    low, high = span(subject.proof.beats[beat.id])
    return replace(
        fresh, beat=beat.id, heard=len(beat.caller), composure=max(1, min(high, max(low, fresh.composure)))
    )


def _best_at(state: CallState, odds: Odds, subject: Subject) -> Reply:
    beat = state.here
    offered = [one.reply for one in offer(state).replies] or list(beat.replies)
    key = odds.best(state)
    chosen = next((reply for reply in offered if reply.key == key), None)
    if chosen is not None:
        offered = [reply for reply in offered if way_on(reply) == way_on(chosen)]
    return max(offered, key=lambda reply: subject.gain(reply, beat))
