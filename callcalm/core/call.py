"""The engine: `start`, `offer` and `act`. Everything that plays a call plays it through these three.

A state is frozen; `act` gives a new one and what happened. No clock, no I/O, no global random. What must not be
here: how anything looks, and what words mean (the coach's findings come in with the scenario or the action).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from random import Random

from callcalm.core import composure as meter
from callcalm.core.actions import Action, Breathe, Choose, Compose, CutIn, IllegalAction, Listen, Note, Say
from callcalm.core.composure import Seen
from callcalm.core.condition import Value, holds
from callcalm.core.events import (
    Breathed,
    CallerSpoke,
    Composed,
    ComposureChanged,
    EndingReached,
    Event,
    Noted,
    PlayerSpoke,
    Pressed,
    PromiseMade,
    WasCutOff,
)
from callcalm.core.model import Scenario, Step
from callcalm.core.moves import Finding
from callcalm.core.playbook import Playbook
from callcalm.core.state import CallState, Offer, Offered, Turn
from callcalm.core.text import Text
from callcalm.core.weighing import authored, helping_sentences, lean, weighed

PATIENCE = 3
"""How many answers that answer nothing a caller takes at one beat before hanging up."""

MOST_ANSWERS = 100
"""After so many answers the caller has run out of time, whatever the scenario's loops would allow."""

LONGEST_ANSWER = 1_000
LONGEST_NOTE = 200
MOST_NOTES = 50


def start(scenario: Scenario, playbook: Playbook, seed: int = 0) -> CallState:
    """The call as it begins: the caller has said the first part of the first beat.

    `seed` orders the replies: 0 is the writer's order, any other number a fixed shuffle of its own.
    """
    return CallState(
        scenario=scenario,
        playbook=playbook,
        seed=seed,
        beat=scenario.start,
        heard=1,
        composure=scenario.composure,
        vars=dict(scenario.vars),
        curve=(scenario.composure,),
    )


def caller_now(state: CallState) -> CallerSpoke:
    """The part of the caller's speech that stands before the player."""
    beat = state.here
    return CallerSpoke(beat.id, state.heard - 1, beat.caller[state.heard - 1], beat.mood, state.unheard)


def offer(state: CallState) -> Offer:
    """What the player can do now, replies in the order they are shown and numbered."""
    if state.ending is not None:
        return Offer()
    if state.unheard:
        return Offer(listen=True, breathe=True)
    beat = state.here
    if beat.compose is not None:
        return Offer(breathe=True, task=beat.compose)
    names = {**state.vars, "composure": state.composure}
    replies = [reply for reply in beat.replies if reply.when is None or holds(reply.when, names)]
    if state.seed:
        Random(f"{state.seed}/{beat.id}").shuffle(replies)
    if not state.brittle:
        return Offer(say=True, breathe=True, replies=tuple(Offered(reply, False) for reply in replies))
    worth = {reply.key: lean(reply, state) for reply in replies}
    replies.sort(key=lambda reply: worth[reply.key] >= 0)
    offered = tuple(Offered(reply, worth[reply.key] > 0 and not state.steadied) for reply in replies)
    return Offer(say=True, breathe=True, replies=offered)


def act(state: CallState, action: Action) -> Turn:
    """Do one thing, and see what happens.

    Raises:
        IllegalAction: if the state does not allow it; nothing has changed then.
    """
    if state.ending is not None:
        raise IllegalAction("over")
    match action:
        case Note(text):
            after, events = _note(state, text)
        case Breathe():
            after, events = _breathe(state)
        case Listen():
            after, events = _listen(state)
        case CutIn():
            after, events = _cut_in(state)
        case Choose():
            after, events = _choose(state, action)
        case Say():
            after, events = _say(state, action)
        case Compose(parts):
            after, events = _compose(state, parts)
    return Turn(after, tuple(events), action)


_Step = tuple[CallState, list[Event]]


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
    return _take(after, events, step)


def _choose(state: CallState, action: Choose) -> _Step:
    if state.unheard:
        raise IllegalAction("listen-first")
    offered = next((o for o in offer(state).replies if o.reply.key == action.reply), None)
    if offered is None:
        raise IllegalAction("not-on-offer")
    if offered.locked:
        raise IllegalAction("locked")
    reply = offered.reply
    if action.words and action.words != reply.say:
        raise IllegalAction("changed")
    seen = authored(reply, state)
    after, events = _answer(
        state, PlayerSpoke(reply.say, reply.findings, reply.key, own=False), seen, reply.composure
    )
    return _take(after, events, Step(reply.goto, reply.set, reply.promises, reply.add))


def _say(state: CallState, action: Say) -> _Step:
    if not action.text.strip():
        raise IllegalAction("empty")
    if len(action.text) > LONGEST_ANSWER:
        raise IllegalAction("too-long")
    if state.unheard:
        raise IllegalAction("listen-first")
    now = offer(state)
    if not now.say:
        raise IllegalAction("no-typing")
    reply = None
    if action.reply is not None:
        reply = next((o.reply for o in now.replies if o.reply.key == action.reply), None)
        if reply is None:
            raise IllegalAction("not-on-offer")
    seen = weighed(action.text, action.findings, (), state)
    spoke = PlayerSpoke(action.text, action.findings, action.reply, own=True)
    after, events = _answer(state, spoke, seen, 0)
    if reply is not None:
        return _take(after, events, Step(reply.goto, reply.set, reply.promises, reply.add))
    if state.here.otherwise is not None:
        return _take(after, events, state.here.otherwise)
    return _press(after, events)


def _compose(state: CallState, parts: tuple[int, ...]) -> _Step:
    task = state.here.compose
    if state.unheard:
        raise IllegalAction("listen-first")
    if task is None:
        raise IllegalAction("not-on-offer")
    if len(parts) != task.pick or len(set(parts)) != len(parts) or not set(parts) <= set(range(len(task.parts))):
        raise IllegalAction("bad-parts")
    chosen = [task.parts[index] for index in parts]
    text, findings = _joined((part.say, part.findings) for part in chosen)
    made = [part.move for part in chosen if part.move is not None]
    missing = tuple(move for move in task.ideal if move not in made)
    ranks = [task.ideal.index(move) for move in made if move in task.ideal]
    in_order = ranks == sorted(ranks)
    declared = [*made, *(["part.missing"] if missing else []), *([] if in_order else ["order.mixed"])]
    seen = weighed(text, findings, declared, state)
    after, events = _answer(state, PlayerSpoke(text, findings, None, own=False), seen, 0)
    events.insert(1, Composed(missing, in_order))
    if not missing and in_order:
        return _take(after, events, Step(task.goto))
    return _take(after, events, state.here.otherwise) if state.here.otherwise else _press(after, events)


def _answer(state: CallState, spoke: PlayerSpoke, seen: tuple[Seen, ...], adjustment: int) -> _Step:
    """An answer is given: it counts, its helping sentences and names are remembered, the breath is spent."""
    before = state.composure
    now = meter.held(before + sum(item.amount for item in seen) + adjustment)
    after = replace(
        state,
        composure=now,
        answers=state.answers + 1,
        steadied=False,
        said=state.said | {sentence for _, sentence in helping_sentences(spoke.text, spoke.findings, state)},
        names=state.names + sum(1 for finding in spoke.findings if finding.move == "use-name"),
        seen=state.seen + seen,
        curve=(*state.curve, now),
    )
    return after, [spoke, ComposureChanged(before, now, seen, adjustment)]


def _count(state: CallState, moves: list[tuple[str, str]]) -> tuple[CallState, ComposureChanged]:
    """Moves made by an action, not by words."""
    seen = meter.weigh(moves, state.playbook, state.answers + 1)
    now = meter.held(state.composure + sum(item.amount for item in seen))
    return replace(state, composure=now, seen=state.seen + seen), ComposureChanged(state.composure, now, seen)


def _take(state: CallState, events: list[Event], step: Step) -> _Step:
    """Go where a step leads: variables set, promises made, the next beat or the ending reached."""
    state = replace(state, vars=_changed(state, step), promises=state.promises + step.promises)
    events.extend(PromiseMade(promise) for promise in step.promises)
    if step.goto is not None and step.goto in state.scenario.endings and state.composure:
        return _end(state, events, step.goto)
    if state.composure == 0 or state.answers >= MOST_ANSWERS:
        return _end(state, events, state.scenario.lost)
    if step.goto is None:
        return state, events
    state = replace(state, beat=step.goto, heard=1, presses=0)
    events.append(caller_now(state))
    return state, events


def _changed(state: CallState, step: Step) -> Mapping[str, Value]:
    """The variables after a step: set first, then added to, each held within its range."""
    if not step.set and not step.add:
        return state.vars
    now = {**state.vars, **step.set}
    for name, amount in step.add.items():
        least, most = state.scenario.ranges[name]
        now[name] = max(least, min(most, int(now[name]) + amount))
    return now


def _press(state: CallState, events: list[Event]) -> _Step:
    """An answer that answered nothing: the caller presses, and at the end of their patience hangs up."""
    presses = state.presses + 1
    if state.composure == 0 or presses >= PATIENCE or state.answers >= MOST_ANSWERS:
        return _end(state, events, state.scenario.lost)
    lines = state.scenario.pressed
    events.append(Pressed(lines[min(presses, len(lines)) - 1], PATIENCE - presses))
    return replace(state, presses=presses), events


def _settle(state: CallState, events: list[Event]) -> _Step:
    """The call stays where it is, unless composure is gone."""
    return _end(state, events, state.scenario.lost) if state.composure == 0 else (state, events)


def _end(state: CallState, events: list[Event], ending: str) -> _Step:
    events.append(EndingReached(state.scenario.endings[ending]))
    return replace(state, ending=ending), events


def _joined(parts: Iterable[tuple[Text, tuple[Finding, ...]]]) -> tuple[Text, tuple[Finding, ...]]:
    """Parts as one text, their findings moved to where the words now stand."""
    text = ""
    findings: list[Finding] = []
    for say, found in parts:
        offset = len(text) + 1 if text else 0
        text = f"{text} {say}" if text else say
        findings.extend(replace(f, start=f.start + offset, end=f.end + offset) for f in found)
    return Text(text), tuple(findings)
