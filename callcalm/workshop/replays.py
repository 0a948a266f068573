"""Replay codes played again, and turned into checks of a scenario. What must not be here: files and folders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from callcalm.content.checks import Hear, action_of, why_not
from callcalm.core.actions import IllegalAction
from callcalm.core.composure import BRITTLE_BELOW, STEADY_FROM, TENSE_FROM
from callcalm.core.model import CheckStep, Scenario
from callcalm.core.playbook import Playbook
from callcalm.core.replaycode import ReplayCode, code_of
from callcalm.core.round import Round, begin
from callcalm.core.text import Text
from callcalm.storage.emit import string

LONGEST_NAME: Final = 120
"""Longest name of a check, in characters."""


@dataclass(frozen=True, slots=True)
class Played:
    """A code played as far as it goes: the round, and the step (from 1) that could not be done, with why."""

    round: Round
    stopped_at: int | None = None
    reason: str = ""


def play_code(code: ReplayCode, scenario: Scenario, playbook: Playbook, hear: Hear) -> Played:
    """Play the steps of a code through the engine; the longest part of them that the scenario allows."""
    played = begin(scenario, playbook, code.seed, opening=code.opening)
    for number, step in enumerate(code.steps, 1):
        try:
            played = played.take(action_of(step, played.state, hear))
        except IllegalAction as illegal:
            return Played(played, number, why_not(illegal, step, played.state))
    return Played(played)


def check_block(name: Text, played: Round) -> str:
    """A ``[[checks]]`` block: these steps must end as this round did, with composure of the same level or above.

    Not with the same number of points: the coach learns words, and a check is about the encounter. Its replies go
    by the ids that they have now: one that had none when the code was made may have moved when it got one.
    """
    state = played.state
    steps = ", ".join(map(_written, code_of(played).steps))
    lines = ["[[checks]]", f"name = {string(name)}", f"do = [{steps}]"]
    if played.way_in in state.scenario.openings:
        lines.append(f"opening = {string(played.way_in)}")
    if state.ending is not None:
        lines.append(f"ends = {string(state.ending)}")
    lines.append(f'composure = "{_no_worse(state.composure)}"')
    return "\n".join(lines) + "\n"


def _no_worse(composure: int) -> str:
    """That composure is of its level or above; of the lowest levels, that it is no higher."""
    floors = [floor for floor in (STEADY_FROM, TENSE_FROM, BRITTLE_BELOW) if composure >= floor]
    return f">= {floors[0]}" if floors else f"< {BRITTLE_BELOW}"


def _written(step: CheckStep) -> str:
    if step.kind == "say":
        return f"{{ say = {string(step.say)} }}"
    if step.kind == "compose":
        return f"{{ compose = [{', '.join(str(part + 1) for part in step.parts)}] }}"
    if step.kind == "reply":
        return step.reply if step.reply.isdecimal() else string(step.reply)
    return string(step.kind)
