"""The engine: `start`, `offer` and `act`. Everything that plays a call plays it through these three.

A state is frozen; `act` gives a new one and what happened. No clock, no I/O, no global random. What must not be
here: how anything looks, and what words mean (the coach's findings come in with the scenario or the action).
"""

from __future__ import annotations

from typing import Final

from callcalm.core import composure as meter
from callcalm.core.actions import Action, Breathe, Choose, Compose, CutIn, IllegalAction, Listen, Note, Say
from callcalm.core.composing import composed
from callcalm.core.condition import holds
from callcalm.core.events import (
    Breathed,
    CallerSpoke,
    Composed,
    ComposureChanged,
    EndingReached,
    Event,
    Noted,
    PlayerSpoke,
    WasCutOff,
)
from callcalm.core.leading import MOST_ANSWERS, PATIENCE, led, pressed
from callcalm.core.model import Scenario, Step
from callcalm.core.planned import Plan, PlannedBeat, PlannedReply, plan_of
from callcalm.core.playbook import Playbook
from callcalm.core.records import replace
from callcalm.core.state import CallState, Offer, Offered, Turn, made
from callcalm.core.text import Text
from callcalm.core.weighing import Words, words

__all__ = [
    "LONGEST_ANSWER",
    "LONGEST_NOTE",
    "MOST_ANSWERS",
    "MOST_NOTES",
    "PATIENCE",
    "act",
    "caller_now",
    "offer",
    "start",
]

LONGEST_ANSWER = 1_000
LONGEST_NOTE = 200
MOST_NOTES = 50

_OVER: Final = Offer()
_LISTEN: Final = Offer(listen=True, breathe=True)


def start(scenario: Scenario, playbook: Playbook, seed: int = 0, opening: str = "") -> CallState:
    """The call as it begins: the caller has said the first part of the first beat.

    `seed` orders the replies: 0 is the writer's order, any other number a fixed shuffle of its own. With an
    `opening` it begins there; one that the scenario does not have (any more) is the plain start.
    """
    way_in = scenario.openings.get(opening)
    return CallState(
        scenario=scenario,
        playbook=playbook,
        seed=seed,
        beat=scenario.start if way_in is None else way_in.beat,
        heard=1,
        composure=scenario.composure,
        vars=dict(scenario.vars) if way_in is None else {**scenario.vars, **way_in.set},
        curve=(scenario.composure,),
    )


def caller_now(state: CallState) -> CallerSpoke:
    """The part of the caller's speech that stands before the player."""
    return _here(state).spoken[state.heard - 1]


def offer(state: CallState) -> Offer:
    """What the player can do now, replies in the order they are shown and numbered."""
    if state.ending is not None:
        return _OVER
    here = _here(state)
    if state.heard < len(here.spoken):
        return _LISTEN
    if here.offer is not None and (here.beat.compose is not None or not (state.seed or state.brittle)):
        return here.offer
    replies = list(here.replies)
    if here.offer is None:
        names = {**state.vars, "composure": state.composure}
        replies = [one for one in replies if one.reply.when is None or holds(one.reply.when, names)]
    if state.seed:
        from random import Random  # noqa: PLC0415 - lint and a first call keep the writer's order

        Random(f"{state.seed}/{state.beat}").shuffle(replies)
    if not state.brittle:
        return Offer(say=True, breathe=True, replies=tuple([one.offered for one in replies]))
    replies.sort(key=lambda one: one.worth(state) >= 0)
    return Offer(say=True, breathe=True, replies=tuple([_offered(one, state) for one in replies]))


def act(state: CallState, action: Action) -> Turn:
    """Do one thing, and see what happens.

    Raises:
        IllegalAction: if the state does not allow it; nothing has changed then.
    """
    if state.ending is not None:
        raise IllegalAction("over")
    match action:
        case Choose():
            after, events = _choose(state, action)
        case Say():
            after, events = _say(state, action)
        case Listen():
            after, events = _listen(state)
        case CutIn():
            after, events = _cut_in(state)
        case Breathe():
            after, events = _breathe(state)
        case Compose(parts):
            after, events = _compose(state, parts)
        case Note(text):
            after, events = _note(state, text)
    return Turn(after, tuple(events), action)


_Step = tuple[CallState, list[Event]]


def _here(state: CallState) -> PlannedBeat:
    return plan_of(state.scenario, state.playbook)[state.beat]


def _offered(planned: PlannedReply, state: CallState) -> Offered:
    """A reply as it is on offer now: a brittle player needs a breath for one that helps."""
    locked = state.brittle and not state.steadied and planned.worth(state) > 0
    return planned.locked if locked else planned.offered


def _note(state: CallState, text: Text) -> _Step:
    if not text.strip():
        raise IllegalAction("empty")
    if len(text) > LONGEST_NOTE:
        raise IllegalAction("too-long")
    if len(state.notes) >= MOST_NOTES:
        raise IllegalAction("too-many-notes")
    return replace(state, notes=(*state.notes, text)), [Noted(text)]


def _breathe(state: CallState) -> _Step:
    first = state.breaths == 0
    after = replace(state, breaths=state.breaths + 1, steadied=True)
    after, changed = _count(after, [("breathe.first" if first else "breathe.again", "")])
    return _settle(after, [Breathed(first), changed])


def _listen(state: CallState) -> _Step:
    if not state.unheard:
        raise IllegalAction("nothing-to-hear")
    after = replace(state, heard=state.heard + 1)
    events: list[Event] = [caller_now(after)]
    if not after.unheard:
        after, changed = _count(after, [("listen", "")])
        events.append(changed)
    return _settle(after, events)


def _cut_in(state: CallState) -> _Step:
    lost = state.unheard
    if not lost:
        raise IllegalAction("nothing-to-hear")
    after = replace(state, heard=len(state.here.caller))
    right = state.here.cut_in_right
    events: list[Event] = [WasCutOff(lost, right)]
    if not right:
        after, changed = _count(after, [("cut-in", "")])
        events.append(changed)
    step = state.here.cut_in
    if step is None or after.composure == 0:
        return _settle(after, events)
    beat, heard, presses, variables, promises, ending = led(
        after, step, after.composure, after.answers, events, _here(state).plan
    )
    after = replace(
        after, beat=beat, heard=heard, presses=presses, vars=variables, promises=promises, ending=ending
    )
    return after, events


def _choose(state: CallState, action: Choose) -> _Step:
    here = _here(state)
    if state.heard < len(here.spoken):
        raise IllegalAction("listen-first")
    planned = here.by_key.get(action.reply)
    if planned is None or not _open(planned, state):
        raise IllegalAction("not-on-offer")
    if state.brittle and _offered(planned, state).locked:
        raise IllegalAction("locked")
    reply = planned.reply
    if action.words and action.words != reply.say:
        raise IllegalAction("changed")
    return _answer(state, here.plan, planned.spoke, planned.words, planned.step, adjustment=reply.composure)


def _open(planned: PlannedReply, state: CallState) -> bool:
    when = planned.reply.when
    return when is None or holds(when, {**state.vars, "composure": state.composure})


def _say(state: CallState, action: Say) -> _Step:
    if not action.text.strip():
        raise IllegalAction("empty")
    if len(action.text) > LONGEST_ANSWER:
        raise IllegalAction("too-long")
    here = _here(state)
    if state.heard < len(here.spoken):
        raise IllegalAction("listen-first")
    if here.beat.compose is not None:
        raise IllegalAction("no-typing")
    step = here.beat.otherwise
    if action.reply is not None:
        planned = here.by_key.get(action.reply)
        if planned is None or not _open(planned, state):
            raise IllegalAction("not-on-offer")
        step = planned.step
    spoke = PlayerSpoke(action.text, action.findings, action.reply, own=True)
    return _answer(state, here.plan, spoke, words(action.text, action.findings, (), state.playbook), step)


def _compose(state: CallState, parts: tuple[int, ...]) -> _Step:
    task = state.here.compose
    if state.unheard:
        raise IllegalAction("listen-first")
    if task is None:
        raise IllegalAction("not-on-offer")
    if len(parts) != task.pick or len(set(parts)) != len(parts) or not set(parts) <= set(range(len(task.parts))):
        raise IllegalAction("bad-parts")
    made_of = composed(task, parts)
    step = state.here.otherwise if made_of.missing or not made_of.in_order else Step(task.goto)
    spoke = PlayerSpoke(made_of.text, made_of.findings, None, own=False)
    counted = words(made_of.text, made_of.findings, made_of.moves, state.playbook)
    also = Composed(made_of.missing, made_of.in_order)
    return _answer(state, _here(state).plan, spoke, counted, step, also=(also,))


def _answer(
    state: CallState,
    plan: Plan,
    spoke: PlayerSpoke,
    given: Words,
    step: Step | None,
    *,
    adjustment: int = 0,
    also: tuple[Event, ...] = (),
) -> _Step:
    """An answer is given: it counts, its helping sentences and names are remembered, the breath is spent.

    Then the call goes where `step` leads; without one the answer was none, and the caller presses.
    """
    seen = given.counted(state)
    before = state.composure
    now = before + adjustment
    for item in seen:
        now += item.amount
    now = meter.held(now)
    answers = state.answers + 1
    events: list[Event] = [spoke, *also, ComposureChanged(before, now, seen, adjustment)]
    beat, heard, presses, variables, promises, ending = (
        pressed(state, now, answers, events) if step is None else led(state, step, now, answers, events, plan)
    )
    after = made(
        state.scenario,
        state.playbook,
        state.seed,
        beat,
        heard,
        now,
        variables,
        answers,
        state.breaths,
        False,
        presses,
        state.said | given.sentences if given.sentences else state.said,
        state.names + given.names,
        state.seen + seen,
        promises,
        state.notes,
        (*state.curve, now),
        ending,
    )
    return after, events


def _count(state: CallState, moves: list[tuple[str, str]]) -> tuple[CallState, ComposureChanged]:
    """Moves made by an action, not by words."""
    seen = meter.weigh(moves, state.playbook, state.answers + 1)
    now = meter.held(state.composure + sum(item.amount for item in seen))
    return replace(state, composure=now, seen=state.seen + seen), ComposureChanged(state.composure, now, seen)


def _settle(state: CallState, events: list[Event]) -> _Step:
    """The call stays where it is, unless composure is gone."""
    if state.composure:
        return state, events
    ending = state.scenario.lost
    events.append(EndingReached(state.scenario.endings[ending]))
    return replace(state, ending=ending), events
