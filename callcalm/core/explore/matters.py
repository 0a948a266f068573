"""What of a state can still matter at each beat: variables, and uses of the name.

Two calls that differ only in what no longer matters are one. What must not be here: composure.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from callcalm.core.condition import names_in
from callcalm.core.explore.answers import Answer
from callcalm.core.explore.loops import loops
from callcalm.core.model import Reply, Scenario, Step
from callcalm.core.records import dataclass
from callcalm.core.weighing import NAME_OVERUSE

_Way = tuple[str, Step | Reply | None]
"""One way on: to which beat, and what it changes."""


@dataclass(frozen=True, slots=True)
class Matters:
    """By beat: the variables, the ways on; all loops. `plain` is whether no variable matters anywhere."""

    variables: Mapping[str, tuple[str, ...]]
    ways: Mapping[str, Sequence[str]]
    loops: Sequence[Sequence[str]]
    plain: bool


def led_to(scenario: Scenario) -> list[str]:
    """The beats that something leads to from where a call begins, whatever the conditions; from there onwards."""
    beats = scenario.beats
    todo = [*scenario.entrances]
    found = dict.fromkeys(todo)
    for name in todo:
        beat = beats[name]
        gotos: list[str | None] = [reply.goto for reply in beat.replies]
        if beat.otherwise or beat.cut_in or beat.compose:
            gotos += [step.goto for step in (beat.otherwise, beat.cut_in, beat.compose) if step is not None]
        for goto in gotos:
            if goto is not None and goto not in found and goto in beats:
                found[goto] = None
                todo.append(goto)
    return todo


def matters(scenario: Scenario, answers: Mapping[str, Sequence[Answer]], without: Collection[str]) -> Matters:
    """What matters at the beats that have `answers`; the variables `without` are not followed."""
    ways = {name: _ways(scenario, name, given) for name, given in answers.items()}
    onward = {name: [to for to, _ in out] for name, out in ways.items()}
    found = loops(onward, onward.__getitem__)
    variables = _variables(scenario, ways, found, without)
    return Matters(variables, onward, found, not any(variables.values()))


def names_ahead(matters: Matters, answers: Mapping[str, Sequence[Answer]]) -> Mapping[str, int]:
    """By beat: the most uses of the name ahead in these answers, 5 for five or more."""
    used = {
        name: uses
        for name, given in answers.items()
        if (uses := [(answer.goto, answer.words.names) for answer in given if answer.words.names])
    }
    if not used:
        return dict.fromkeys(answers, 0)
    own = {name: max([count for _, count in used.get(name, ())], default=0) for name in answers}

    def renewed(beat: str, now: Mapping[str, int]) -> int:
        ahead = [now[to] for to in matters.ways[beat]]
        ahead += [count + now.get(beat if to is None else to, 0) for to, count in used.get(beat, ())]
        return min(max(ahead, default=0), NAME_OVERUSE)

    return _fixed(own, renewed, matters.loops)


def _ways(scenario: Scenario, name: str, answers: Sequence[Answer]) -> list[_Way]:
    beats = scenario.beats
    found: list[_Way] = []
    for answer in answers:
        to = name if answer.goto is None else answer.goto
        if to in beats:
            found.append((to, answer.step))
    step = beats[name].cut_in
    if step is not None and len(beats[name].caller) > 1:
        to = name if step.goto is None else step.goto
        if to in beats:
            found.append((to, step))
    return found


def _variables(
    scenario: Scenario,
    ways: Mapping[str, Sequence[_Way]],
    found: Sequence[Sequence[str]],
    without: Collection[str],
) -> dict[str, tuple[str, ...]]:
    """By beat: the variables a condition may still ask about before they are set anew, in the scenario's order."""
    bit = {name: 1 << index for index, name in enumerate(n for n in scenario.vars if n not in without)}
    if not bit:
        return dict.fromkeys(ways, ())
    asked = {
        name: _union([bit.get(one, 0) for reply in beat.replies if reply.when for one in names_in(reply.when)])
        for name, beat in scenario.beats.items()
        if name in ways
    }
    bits = asked
    if any(asked.values()):
        keeps = {
            name: [
                (to, ~_union([bit.get(one, 0) for one in step.set]) if step and step.set else -1)
                for to, step in out
            ]
            for name, out in ways.items()
        }

        def renewed(beat: str, now: Mapping[str, int]) -> int:
            whole = asked[beat]
            for to, kept in keeps[beat]:
                whole |= now[to] & kept
            return whole

        bits = _fixed(asked, renewed, found)
    listed = {mask: tuple([name for name, one in bit.items() if one & mask]) for mask in set(bits.values())}
    return {beat: listed[mask] for beat, mask in bits.items()}


def _union(masks: Iterable[int]) -> int:
    whole = 0
    for mask in masks:
        whole |= mask
    return whole


def _fixed(
    start: Mapping[str, int], renewed: Callable[[str, Mapping[str, int]], int], found: Sequence[Sequence[str]]
) -> dict[str, int]:
    """The least solution of `now[beat] = renewed(beat, now)`, from `start` upwards, loop by loop from the ends."""
    now = dict(start)
    for loop in found:
        changed = True
        while changed:
            changed = False
            for beat in loop:
                fresh = renewed(beat, now)
                if fresh != now[beat]:
                    now[beat] = fresh
                    changed = True
    return now
