"""Where an answer leads: the next beat, the same one, or an ending. What must not be here: what it counts for."""

from __future__ import annotations

from collections.abc import Mapping

from callcalm.core.condition import Value
from callcalm.core.events import EndingReached, Event, Pressed, PromiseMade
from callcalm.core.model import Promise, Step
from callcalm.core.planned import Plan
from callcalm.core.state import CallState

PATIENCE = 3
"""How many answers that answer nothing a caller takes at one beat before hanging up."""

MOST_ANSWERS = 100
"""After so many answers the caller has run out of time, whatever the scenario's loops would allow."""


Place = tuple[str, int, int, Mapping[str, Value], tuple[Promise, ...], str | None]
"""Where a call stands: beat, parts heard, presses, variables, promises, ending."""


def led(state: CallState, step: Step, composure: int, answers: int, events: list[Event], plan: Plan) -> Place:
    """Where a step leads: variables set, promises made, the next beat or the ending reached."""
    scenario = state.scenario
    variables = _changed(state, step) if step.set or step.add else state.vars
    promises = state.promises
    if step.promises:
        promises += step.promises
        events.extend(PromiseMade(promise) for promise in step.promises)
    goto = step.goto
    if composure and goto in scenario.endings:
        ending: str | None = goto
    else:
        ending = scenario.lost if composure == 0 or answers >= MOST_ANSWERS else None
    if ending is not None:
        events.append(EndingReached(scenario.endings[ending]))
    elif goto is not None:
        events.append(plan[goto].spoken[0])
        return goto, 1, 0, variables, promises, None
    return state.beat, state.heard, state.presses, variables, promises, ending


def _changed(state: CallState, step: Step) -> Mapping[str, Value]:
    """The variables after a step: set first, then added to, each held within its range."""
    now = {**state.vars, **step.set}
    for name, amount in step.add.items():
        least, most = state.scenario.ranges[name]
        now[name] = max(least, min(most, int(now[name]) + amount))
    return now


def pressed(state: CallState, composure: int, answers: int, events: list[Event]) -> Place:
    """An answer that answered nothing: the caller presses, and at the end of their patience hangs up."""
    scenario = state.scenario
    presses = state.presses + 1
    if composure == 0 or presses >= PATIENCE or answers >= MOST_ANSWERS:
        events.append(EndingReached(scenario.endings[scenario.lost]))
        return state.beat, state.heard, state.presses, state.vars, state.promises, scenario.lost
    lines = scenario.pressed
    events.append(Pressed(lines[min(presses, len(lines)) - 1], PATIENCE - presses))
    return state.beat, state.heard, presses, state.vars, state.promises, None
