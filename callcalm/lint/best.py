"""The best reply of a beat, for every check that asks for one: the model answer that people learn by heart.

It is, of the replies on offer from which a good ending can still be come to, the one that gains most composure.
(What the best player would pick to end with most composure is no model: near a full meter costs no longer count.)
It is asked for as the call stands there on the best way itself, begun plainly or else by an opening; elsewhere
with the variables and the composure of the start, or the nearest that one can have there. What must not be here:
what is wrong with a reply.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from callcalm.core.actions import Breathe, Choose, Listen
from callcalm.core.call import act, offer, start
from callcalm.core.explore import span
from callcalm.core.model import Beat, EndingKind, Reply
from callcalm.core.records import replace
from callcalm.core.state import CallState
from callcalm.lint.ways import leading_to

if TYPE_CHECKING:
    from callcalm.lint.subject import Subject

GOOD: Final = frozenset({EndingKind.RESOLVED, EndingKind.FAIR})
"""The kinds of a good ending."""


def hopeful(subject: Subject) -> set[str]:
    """The good endings that a play reaches, and the beats from which one of them can still be come to."""
    endings = subject.scenario.endings
    good = {name for name, ending in endings.items() if ending.kind in GOOD and subject.proof.endings.get(name)}
    return leading_to(good, subject.came_from)


def best_replies(subject: Subject) -> Mapping[str, Reply]:
    """By beat, the best reply, for each beat that a play reaches and that has replies.

    Where the encounter has a good ending, beats from which none can be come to any more have no model answer.
    """
    best: dict[str, Reply] = {}
    for opening in ("", *subject.scenario.openings):
        best = {**_on_the_way(subject, opening), **best}
    hopeful = subject.hopeful
    for beat in subject.reached:
        if beat.replies and beat.id not in best and (beat.id in hopeful or not hopeful):
            best[beat.id] = _most(_offered(subject, beat), subject, beat)
    return best


def _on_the_way(subject: Subject, opening: str) -> dict[str, Reply]:
    """The best replies of the beats that they themselves lead through, the caller heard out each time."""
    state = start(subject.scenario, subject.playbook, opening=opening)
    said: dict[str, Reply] = {}
    passed: set[str] = set()
    while state.ending is None and state.beat not in passed:
        if state.unheard:
            state = act(state, Listen()).state
            continue
        passed.add(state.beat)
        task = state.here.compose
        if task is None:
            best = said[state.beat] = _most(_offered_in(state), subject, state.here)
            locked = [one.locked for one in offer(state).replies if one.reply is best]
            if not locked:
                break
            steady = act(state, Breathe()).state if locked[0] else state
            if steady.ending is not None or best not in _offered_in(steady):
                break  # the breath ended the call, or took composure past what the reply asks for
            state = act(steady, Choose(best.key)).state
        elif task.goto in subject.scenario.beats:
            # The ideal answer is given, and what it gains left out: nothing here is decided by it.
            state = replace(state, beat=task.goto, heard=1)
        else:
            break
    return said


def _offered(subject: Subject, beat: Beat) -> Sequence[Reply]:
    """The replies on offer at a beat with the variables of the start and its composure, or one near it."""
    if not [True for reply in beat.replies if reply.when is not None]:
        return beat.replies
    fresh = start(subject.scenario, subject.playbook)
    low, high = span(subject.proof.beats[beat.id])
    composure = max(1, min(high, max(low, fresh.composure)))
    return _offered_in(replace(fresh, beat=beat.id, heard=len(beat.caller), composure=composure))


def _offered_in(state: CallState) -> Sequence[Reply]:
    return [one.reply for one in offer(state).replies] or state.here.replies


def _most(offered: Sequence[Reply], subject: Subject, beat: Beat) -> Reply:
    """The reply on offer that gains most, of those that leave hope if any does; the first of several."""
    replies, hopeful = beat.replies, subject.hopeful
    gains = [
        (reply.goto in hopeful, gain) for reply, (_, gain) in zip(replies, subject.weights(beat), strict=True)
    ]
    places: Sequence[int] = range(len(replies))
    if len(offered) < len(replies):
        places = [at for at in places if replies[at] in offered]
    return replies[max(places, key=gains.__getitem__)]


def way_on(reply: Reply) -> tuple[object, ...]:
    """What a reply leads to besides its words: where, what it sets and adds, what it promises."""
    if not (reply.set or reply.add or reply.promises):
        return (reply.goto, (), (), ())
    promises = tuple((promise.what, promise.keepable) for promise in reply.promises)
    return (reply.goto, tuple(sorted(reply.set.items())), tuple(sorted(reply.add.items())), promises)
