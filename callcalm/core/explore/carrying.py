"""How the values of a beat's variables become those of the next: worked out once for each way on.

What must not be here: nodes.
"""

from __future__ import annotations

from collections.abc import Sequence

from callcalm.core.condition import Value
from callcalm.core.explore.answers import Answer
from callcalm.core.explore.matters import Matters
from callcalm.core.model import Beat, Reply, Scenario, Step

_Change = tuple[int, Value, int, int, int]
"""(index of the value at the beat left, or -1 and the value set; what is added, the least and the most)."""

Carry = tuple[str, bool, tuple[_Change, ...] | None]
"""(where it leads, whether the call stays at its beat, the change of each variable there; None: no change)."""


def carrying(scenario: Scenario, matters: Matters, beat: Beat, answers: Sequence[Answer]) -> list[Carry]:
    """For each answer at a beat, and last for cutting in, where that leads on."""
    if matters.plain:
        gotos = [answer.goto for answer in answers]
        if beat.cut_in is not None:
            gotos.append(beat.cut_in.goto)
        return [(beat.id, True, None) if goto is None else (goto, False, None) for goto in gotos]
    found = [_carry(scenario, matters, beat.id, answer.goto, answer.step) for answer in answers]
    if beat.cut_in is not None and len(beat.caller) > 1:
        found.append(_carry(scenario, matters, beat.id, beat.cut_in.goto, beat.cut_in))
    return found


def carried(values: tuple[Value, ...], changes: tuple[_Change, ...]) -> tuple[Value, ...]:
    """The values after the changes."""
    now: list[Value] = []
    for index, anew, amount, least, most in changes:
        value = values[index] if index >= 0 else anew
        now.append(max(least, min(most, int(value) + amount)) if amount else value)
    return tuple(now)


def _carry(scenario: Scenario, matters: Matters, here: str, goto: str | None, step: Step | Reply | None) -> Carry:
    if goto is not None and goto in scenario.endings:
        return goto, False, None
    to = here if goto is None else goto
    names, there = matters.variables[here], matters.variables[to]
    if not names and not there:
        return to, goto is None, None
    changes: list[_Change] = []
    for name in there:
        new = step is not None and name in step.set
        amount = step.add.get(name, 0) if step is not None else 0
        least, most = scenario.ranges[name] if amount else (0, 0)
        changes.append(
            (-1 if new else names.index(name), step.set[name] if new and step else 0, amount, least, most)
        )
    if names == there and all(index == at and not amount for at, (index, _, amount, _, _) in enumerate(changes)):
        return to, goto is None, None
    return to, goto is None, tuple(changes)
