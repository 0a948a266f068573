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
from callcalm.language import _, later

Hear = Callable[[Text, CallState, Offer], tuple[tuple[Finding, ...], str | None]]
"""What the coach makes of a typed answer: its findings, and the key of the reply that it is nearest to."""

_REASONS: Final = {
    "listen-first": later("the caller has not finished"),
    "nothing-to-hear": later("the caller has said it all"),
    "not-on-offer": later("it is not on offer here"),
    "locked": later("it needs a breath first"),
    "bad-parts": later("the beat asks for {pick} of its parts, each once, by numbers from 1 to {parts}"),
    "no-typing": later("nothing can be typed here"),
    "empty": later("it is empty"),
    "too-long": later("it is too long"),
}


@dataclass(frozen=True, slots=True)
class Failure:
    """A check that does not hold.

    `number` is its place in the file, from 0; `step` the step that could not be done, from 0, or None when the
    end was not as it should be: then `key` is the key of the check that does not hold. `message` says what
    happened instead; `way` is the path of the call: each beat
    with the composure on reaching it, and the ending.
    """

    number: int
    name: Text
    step: int | None
    message: str
    way: tuple[str, ...]
    key: str = ""


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
            message = _("step {n}, {step}, cannot be done: {reason}")
            message = message.format(n=index + 1, step=_called(step), reason=why_not(illegal, step, state))
            return Failure(number, check.name, index, message, tuple(way))
    unmet = _unmet(check, state)
    return Failure(number, check.name, None, unmet[1], tuple(way), unmet[0]) if unmet else None


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
        return _("the call is over ({ending})").format(ending=state.ending or state.scenario.lost)
    reason = _(_REASONS.get(illegal.reason, illegal.reason))
    if illegal.reason == "bad-parts" and (compose := state.here.compose) is not None:
        return reason.format(pick=compose.pick, parts=len(compose.parts))
    if step.kind != "reply" or illegal.reason != "not-on-offer":
        return reason
    if state.scenario.reply(_key(step.reply, state)) is None:
        known = ", ".join(reply.key.partition("/")[2] for reply in state.here.replies)
        message = (
            _("the beat “{beat}” has no such reply; it has {known}")
            if known
            else _("the beat “{beat}” has no such reply")
        )
        return message.format(beat=state.beat, known=known)
    message = _("its condition does not hold at the beat “{beat}”, composure {n}")
    return message.format(beat=state.beat, n=state.composure)


def _unmet(check: Check, state: CallState) -> tuple[str, str] | None:
    """The key of a check that does not hold, and what is so instead."""
    if check.ends is not None and state.ending is None:
        message = _("it should end in “{ending}”, but stands at the beat “{beat}”")
        return "ends", message.format(ending=check.ends, beat=state.beat)
    if check.ends is not None and state.ending != check.ends:
        message = _("it should end in “{ending}”, but ends in “{other}”")
        return "ends", message.format(ending=check.ends, other=state.ending)
    if check.composure is not None and not holds(check.composure, {"composure": state.composure}):
        message = _("composure is {n} in the end, which is not as the check wants it")
        return "composure", message.format(n=state.composure)
    return None


def _called(step: CheckStep) -> str:
    if step.kind == "reply":
        words = _("reply {n}") if step.reply.isdecimal() else _("“{n}”")
        return words.format(n=step.reply)
    if step.kind == "compose":
        return f"compose {[part + 1 for part in step.parts]}"
    return _("say “{words}”").format(words=step.say) if step.kind == "say" else step.kind


def _stand(state: CallState) -> str:
    return f"{state.ending or state.beat} {state.composure}"
