"""Spots: rules that stand in a text, and which of them stay where several say the same or lie over one another.

What must not be here: what counts beside what (see `judging`).
"""

from __future__ import annotations

from bisect import bisect_left
from operator import attrgetter

from callcalm.coach.book import Rule
from callcalm.coach.effects import NEXT_STEPS, PRESSURE, SPOILERS, WORD_BY_WORD
from callcalm.core.hints import Final
from callcalm.core.records import NamedTuple

PLACE = attrgetter("start", "end")
"""Spots in this order are in that of the text."""

CUT_BACK: Final = frozenset({"use-name", "by-when"})
"""Moves whose stretch of text may be cut shorter."""

_ONE_KIND: Final = dict.fromkeys(("empathy.named", "empathy.generic"), "empathy")
"""Helping moves of which one sentence holds one, whichever it is."""


class Spot(NamedTuple):
    """A rule that stands in a text.

    `start` and `end` are code points, `own` counts the words that are the pattern's own, `sentence` numbers the
    sentence; `named`, `before` and `after` count the words in it and in its neighbours that the caller said too.
    """

    rule: Rule
    move: str
    start: int
    end: int
    own: int
    sentence: int
    named: int
    before: int
    after: int


def once(spots: list[Spot]) -> list[Spot]:
    """One spot for each move in each sentence: the one that says most. Official words count one by one."""
    if len(spots) <= 1:
        return spots
    best: dict[tuple[str, int, int], Spot] = {}
    for spot in spots:
        key = kind_of(spot)
        known = best.get(key)
        if known is None or worth(spot) > worth(known):
            best[key] = spot
    return list(best.values())


def kind_of(spot: Spot) -> tuple[str, int, int]:
    """What there is one of: a move in a sentence, or at a place."""
    kind = _ONE_KIND.get(spot.move, spot.move)
    return kind, spot.sentence, spot.start if kind in WORD_BY_WORD else -1


def worth(spot: Spot) -> tuple[bool, bool, int, int, int]:
    """What makes one of two spots the one that stays.

    Naming a fact, a rule of the writer's own, more words, weight, less text skipped.
    """
    return spot.move == "empathy.named", spot.rule.own, spot.own, spot.rule.severity, spot.start - spot.end


def freely(helps: list[Spot], costs: list[Spot]) -> list[Spot]:
    """The helping spots but for next steps in a sentence that threatens or sends away: *by noon, or I leave*."""
    pressed = {spot.sentence for spot in costs if spot.move in PRESSURE}
    if not pressed:
        return helps
    return [spot for spot in helps if spot.sentence not in pressed or spot.move not in NEXT_STEPS]


def unswallowed(helps: list[Spot], costs: list[Spot]) -> list[Spot]:
    """The helping spots that do not lie within a costing one: *I'm sorry* in *I'm sorry, but* earns nothing."""
    if not costs:
        return helps
    costs = sorted(costs, key=lambda spot: spot.start)
    starts = [spot.start for spot in costs]
    kept = []
    for spot in helps:
        at = bisect_left(starts, spot.start + 1) - 1
        # Costing spots do not overlap one another: only the last to begin before this, and the next, can touch it.
        if spot.move == "use-name" or not (
            (at >= 0 and _swallows(costs[at], spot)) or (at + 1 < len(costs) and _swallows(costs[at + 1], spot))
        ):
            kept.append(spot)
    return kept


def _swallows(cost: Spot, spot: Spot) -> bool:
    if cost.move in SPOILERS:
        return cost.start < spot.end and spot.start < cost.end
    return cost.start <= spot.start and spot.end <= cost.end


def apart(spots: list[Spot]) -> list[Spot]:
    """Spots that do not overlap, by place: of two that do, the one worth more stays."""
    if len(spots) <= 1:
        return spots
    order = sorted(range(len(spots)), key=[spot.start for spot in spots].__getitem__)
    crowded: set[int] = set()
    reach = widest = -1
    for at in order:
        if spots[at].start < reach:
            crowded.update((widest, at))
        if spots[at].end > reach:
            reach, widest = spots[at].end, at
    kept = [spots[at] for at in order if at not in crowded]
    if not crowded:
        return kept
    starts = [spot.start for spot in kept]
    for spot in sorted([spots[at] for at in sorted(crowded)], key=worth, reverse=True):
        at = bisect_left(starts, spot.start)
        if (at == 0 or kept[at - 1].end <= spot.start) and (at == len(kept) or kept[at].start >= spot.end):
            kept.insert(at, spot)
            starts.insert(at, spot.start)
    return kept


def side_by_side(text: str, helps: list[Spot]) -> list[Spot]:
    """The helping spots, apart. A name and a time are kept where others take them in; one of the two is cut."""
    if CUT_BACK.isdisjoint([spot.move for spot in helps]):
        return apart(helps)
    names = apart([spot for spot in helps if spot.move == "use-name"])
    times = apart([spot for spot in helps if spot.move == "by-when"])
    others = apart([spot for spot in helps if spot.move not in {"use-name", "by-when"}])
    found = others + _cut_back(text, times, others) if times else others
    return names + _cut_back(text, found, names, first=True) if names else found


def _cut_back(text: str, spots: list[Spot], fixed: list[Spot], *, first: bool = False) -> list[Spot]:
    """The spots, each cut to the longest stretch that none of the `fixed` ones covers, or gone if none is left.

    With `first` it is the first stretch: of *thank you, Mary, for calling* the thanks. The fixed ones are in order
    and do not overlap.
    """
    starts = [spot.start for spot in fixed]
    kept: list[Spot] = []
    for spot in spots:
        at = max(0, bisect_left(starts, spot.start) - 1)
        best, start = (spot.start, spot.start), spot.start
        while at < len(fixed) and starts[at] < spot.end:
            if starts[at] - start > best[1] - best[0] and not (first and best[1] > best[0]):
                best = (start, starts[at])
            start = max(start, fixed[at].end)
            at += 1
        if spot.end - start > best[1] - best[0] and not (first and best[1] > best[0]):
            best = (start, spot.end)
        start, end = best
        while start < end and not text[start].isalnum():
            start += 1
        while end > start and not text[end - 1].isalnum():
            end -= 1
        if start < end:
            kept.append(spot._replace(start=start, end=end))
    return kept
