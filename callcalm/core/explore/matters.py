"""What of a state can still matter at each beat: variables, uses of the name, sentences that can be met again.

Two calls that differ only in what no longer matters are one. What must not be here: composure.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from callcalm.core.condition import names_in
from callcalm.core.explore.loops import loops
from callcalm.core.explore.words import MOST_NAMES, Words
from callcalm.core.model import Beat, Reply, Scenario, Step
from callcalm.core.weighing import NAME_CREDITS, NAME_OVERUSE

MOST_SENTENCES = 100
"""Sentences that can be met again in one loop; with more, every one is taken both as fresh and as worn out."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way on from a beat; `to` None stays, `said` are the answers that may be given on it."""

    to: str | None
    step: Step | Reply | None
    said: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Matters:
    """By beat: the variables, the uses of the name ahead (5: or more), and the sentences that can still matter.

    `numbers` gives each sentence that can be met again its bit; `loose` are those that can, but are not followed.
    """

    variables: Mapping[str, tuple[str, ...]]
    names: Mapping[str, int]
    sentences: Mapping[str, int]
    numbers: Mapping[str, int]
    loose: frozenset[str]
    loops: Mapping[str, int]

    def names_now(self, beat: str, names: int) -> int:
        """The uses of the name so far, as far as they can matter from this beat on."""
        return min(names, MOST_NAMES) if names + self.names[beat] > NAME_CREDITS else 0


def matters(
    scenario: Scenario,
    ways: Mapping[str, Sequence[Way]],
    *,
    without: Collection[str] = (),
    follow: bool = True,
    unsure: Collection[str] = (),
) -> Matters:
    """What matters where.

    The variables `without` are not followed, nor are sentences unless `follow`, nor ever the sentences `unsure`.
    """
    loops = {name: number for number, loop in enumerate(_loops(ways)) for name in loop}
    names = _names(ways)
    numbers, loose = _met_again(ways, loops, MOST_SENTENCES if follow else 0, unsure)
    return Matters(_variables(scenario, ways, without), names, _sentences(ways, numbers), numbers, loose, loops)


def ways_of(beat: Beat, replies: Sequence[Words], parts: Sequence[Words]) -> tuple[Way, ...]:
    """Every way on from a beat, those of cutting in and of a typed answer included."""
    ways = [Way(reply.goto, reply, (words,)) for reply, words in zip(beat.replies, replies, strict=True)]
    said = tuple(parts)
    if beat.compose is not None:
        ways.append(Way(beat.compose.goto, None, said))
    if beat.otherwise is not None:
        ways.append(Way(beat.otherwise.goto, beat.otherwise, said))
    elif beat.compose is not None:
        ways.append(Way(None, None, said))
    if beat.cut_in is not None and len(beat.caller) > 1:
        ways.append(Way(beat.cut_in.goto, beat.cut_in))
    return tuple(ways)


def _loops(ways: Mapping[str, Sequence[Way]]) -> list[list[str]]:
    def on(beat: str) -> list[str]:
        return [way.to for way in ways[beat] if way.to is not None and way.to in ways]

    return loops(ways, on)


def _variables(
    scenario: Scenario, ways: Mapping[str, Sequence[Way]], without: Collection[str]
) -> dict[str, tuple[str, ...]]:
    """By beat: the variables a condition may still ask about before they are set anew, in the scenario's order."""
    bit = {name: 1 << index for index, name in enumerate(n for n in scenario.vars if n not in without)}
    asked = {
        name: _union(bit.get(one, 0) for reply in beat.replies if reply.when for one in names_in(reply.when))
        for name, beat in scenario.beats.items()
    }
    keeps = {
        name: [
            (way.to, ~_union(bit.get(one, 0) for one in way.step.set) if way.step and way.step.set else -1)
            for way in out
        ]
        for name, out in ways.items()
    }

    def renewed(beat: str, now: Mapping[str, int]) -> int:
        return asked[beat] | _union(now.get(to, 0) & kept for to, kept in keeps[beat] if to)

    bits = _fixed(ways, asked, renewed) if any(asked.values()) else asked
    listed: dict[int, tuple[str, ...]] = {}
    for mask in set(bits.values()):
        listed[mask] = tuple(name for name, one in bit.items() if one & mask)
    return {beat: listed[mask] for beat, mask in bits.items()}


def _names(ways: Mapping[str, Sequence[Way]]) -> dict[str, int]:
    """By beat: the most uses of the name ahead, 5 for five or more."""
    none = dict.fromkeys(ways, 0)
    used = {name: [(way.to, sum(one.names for one in way.said)) for way in out] for name, out in ways.items()}
    if not any(count for out in used.values() for _, count in out):
        return none

    def renewed(beat: str, now: Mapping[str, int]) -> int:
        ahead = [count + (now[beat] if to is None else now.get(to, 0)) for to, count in used[beat]]
        return min(max(ahead, default=0), NAME_OVERUSE)

    return _fixed(ways, none, renewed)


def _met_again(
    ways: Mapping[str, Sequence[Way]], loops: Mapping[str, int], most: int, unsure: Collection[str]
) -> tuple[dict[str, int], frozenset[str]]:
    """Sentences that can be met again, each with a bit of its own; and those in loops with too many to follow."""
    users: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for name, out in ways.items():
        for way in out:
            to = name if way.to is None else way.to
            for answer in way.said:
                for _, sentence in answer.pairs:
                    users[sentence].append((name, to))
    again: list[str] = []
    crowd: Counter[int] = Counter()
    within: dict[str, set[int]] = {}
    for sentence, uses in users.items():
        first = min(loops[name] for name, _ in uses)
        if any(to in loops and loops[to] >= first for _, to in uses):
            again.append(sentence)
            within[sentence] = {loops[name] for name, to in uses if loops.get(to) == loops[name]}
            crowd.update(within[sentence])
    crowded = {loop for loop, count in crowd.items() if count > most}
    loose = frozenset(again if not most else [one for one in again if one in unsure or within[one] & crowded])
    followed = [sentence for sentence in again if sentence not in loose]
    return {sentence: 1 << index for index, sentence in enumerate(followed)}, loose


def _sentences(ways: Mapping[str, Sequence[Way]], numbers: Mapping[str, int]) -> dict[str, int]:
    """By beat: the sentences followed that may be said from here on."""
    used = {
        name: _union(numbers.get(sentence, 0) for way in out for one in way.said for _, sentence in one.pairs)
        if numbers
        else 0
        for name, out in ways.items()
    }
    if not numbers:
        return used

    def renewed(beat: str, now: Mapping[str, int]) -> int:
        return used[beat] | _union(now.get(way.to, 0) for way in ways[beat] if way.to)

    return _fixed(ways, used, renewed)


def _union(masks: Iterable[int]) -> int:
    whole = 0
    for mask in masks:
        whole |= mask
    return whole


def _fixed(
    ways: Mapping[str, Sequence[Way]], start: Mapping[str, int], renewed: Callable[[str, Mapping[str, int]], int]
) -> dict[str, int]:
    """The least solution of `now[beat] = renewed(beat, now)`, from `start` upwards."""
    now = dict(start)
    order = list(ways)[::-1]
    changed = True
    while changed:
        changed = False
        for beat in order:
            fresh = renewed(beat, now)
            if fresh != now[beat]:
                now[beat] = fresh
                changed = True
    return now
