"""The writer's own tests of a scenario: play them through the engine, and say what happened instead.

What must not be here: how a check is written (the shape), and how failures are shown.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from callcalm.core.actions import Action, Breathe, Choose, Compose, CutIn, IllegalAction, Listen, Say
from callcalm.core.call import act, offer, start
from callcalm.core.condition import holds
from callcalm.core.model import Check, CheckStep, Scenario
from callcalm.core.moves import Finding
from callcalm.core.playbook import Playbook
from callcalm.core.records import dataclass
from callcalm.core.state import CallState, Offer
from callcalm.core.text import Text

Hear = Callable[[Text, CallState, Offer], tuple[tuple[Finding, ...], str | None]]
"""What the coach makes of a typed answer: its findings, and the key of the reply that it is nearest to."""

_REASONS: Final = {
    "listen-first": "the caller has not finished",
    "nothing-to-hear": "the caller has said it all",
    "not-on-offer": "it is not on offer here",
    "locked": "it needs a breath first",
    "bad-parts": "these are not as many different parts of the beat as are to be picked",
    "no-typing": "nothing can be typed here",
    "empty": "it is empty",
    "too-long": "it is too long",
}


@dataclass(frozen=True, slots=True)
class Failure:
    """A check that does not hold.

    `number` is its place in the file, from 0; `step` the step that could not be done, from 0, or None when the
    end was not as it should be. `message` says what happened instead; `way` is the path of the call: each beat
    with the composure on reaching it, and the ending.
    """

    number: int
    name: Text
    step: int | None
    message: str
    way: tuple[str, ...]


def run_checks(scenario: Scenario, playbook: Playbook, hear: Hear) -> tuple[Failure, ...]:
    """Play every check of the scenario under these house rules; the failures, at most one a check."""
    return tuple(
        failure
        for number, check in enumerate(scenario.checks)
        if (failure := _run(number, check, start(scenario, playbook, opening=check.opening), hear)) is not None
    )


def _run(number: int, check: Check, state: CallState, hear: Hear) -> Failure | None:
    way = [_stand(state)]
    for index, step in enumerate(check.do):
        try:
            state = _do(step, state, hear, way)
        except IllegalAction as illegal:
            message = f"step {index + 1}, {_called(step)}, cannot be done: {why_not(illegal, step, state)}"
            return Failure(number, check.name, index, message, tuple(way))
    message = _unmet(check, state)
    return Failure(number, check.name, None, message, tuple(way)) if message else None


def _do(step: CheckStep, state: CallState, hear: Hear, way: list[str]) -> CallState:
    if state.ending is not None:
        raise IllegalAction("over")
    while state.unheard and step.kind in {"reply", "say", "compose"}:
        # A check is about answers: what the caller still has to say is heard first.
        state = _act(state, Listen(), way)
        if state.ending is not None:
            raise IllegalAction("over")
    return _act(state, action_of(step, state, hear), way)


def _act(state: CallState, action: Action, way: list[str]) -> CallState:
    after = act(state, action).state
    if after.beat != state.beat or after.ending is not None:
        way.append(_stand(after))
    return after


def action_of(step: CheckStep, state: CallState, hear: Hear) -> Action:
    """The action that a step stands for at this moment; whether it is allowed, `act` says."""
    match step.kind:
        case "listen":
            return Listen()
        case "cut-in":
            return CutIn()
        case "breathe":
            return Breathe()
        case "say":
            words = Text(step.say)
            return Say(words, *hear(words, state, offer(state)))
        case "compose":
            return Compose(step.parts)
    return Choose(_key(step.reply, state))


def _key(reply: str, state: CallState) -> str:
    """The key of a reply by its id, or by its number in the file."""
    replies = state.here.replies
    if reply.isdecimal() and 0 < int(reply) <= len(replies):
        return replies[int(reply) - 1].key
    return f"{state.beat}/{reply}"


def why_not(illegal: IllegalAction, step: CheckStep, state: CallState) -> str:
    """Why a step cannot be done, in words for a writer."""
    if illegal.reason == "over":
        return f"the call is over ({state.ending or state.scenario.lost})"
    reason = _REASONS.get(illegal.reason, illegal.reason)
    if step.kind != "reply" or illegal.reason != "not-on-offer":
        return reason
    if state.scenario.reply(_key(step.reply, state)) is None:
        known = ", ".join(reply.key.partition("/")[2] for reply in state.here.replies)
        return f"the beat “{state.beat}” has no such reply" + (f"; it has {known}" if known else "")
    return f"its condition does not hold at the beat “{state.beat}”, composure {state.composure}"


def _unmet(check: Check, state: CallState) -> str:
    if check.ends is not None and state.ending is None:
        return f"it should end in “{check.ends}”, but stands at the beat “{state.beat}”"
    if check.ends is not None and state.ending != check.ends:
        return f"it should end in “{check.ends}”, but ends in “{state.ending}”"
    if check.composure is not None and not holds(check.composure, {"composure": state.composure}):
        return f"composure is {state.composure} in the end, which is not as the check wants it"
    return ""


def _called(step: CheckStep) -> str:
    if step.kind == "reply":
        return f"reply {step.reply}" if step.reply.isdecimal() else f"“{step.reply}”"
    if step.kind == "compose":
        return f"compose {[part + 1 for part in step.parts]}"
    return f"say “{step.say}”" if step.kind == "say" else step.kind


def _stand(state: CallState) -> str:
    return f"{state.ending or state.beat} {state.composure}"
