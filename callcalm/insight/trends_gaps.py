"""Calibration: how far the player's own sheets are from the evidence, and when.

A habit is told only where enough calls bear it out: `NEEDED` of them, `LEAST` points, and more than chance would
give. What must not be here: sentences.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from math import sqrt

from callcalm.core.moves import Factor
from callcalm.core.price import gap
from callcalm.insight.trends_model import Calibration, FactorGap, GapFinding, Library
from callcalm.storage.history import Played

RECENT = 100
"""Habits change: only so many of the last calls with both sheets are looked at."""

NEEDED = 5
"""A habit is told from so many calls on …"""

LEAST = 2
"""… when it is at least so many points …"""

SURE = 2.0
"""… and the mean of all calls is so many standard errors from nought, so that a few odd calls make no habit …"""

SURE_OF_SOME = 3.0
"""… or that of some of them so many: among many groups one stands out by chance alone."""

_MORE = 1
"""What goes for some calls is told rather than what goes for all when it is so many points more."""

_PARTS = ("result", *(factor.value for factor in Factor))
_Group = tuple[str, str]
_ALL: _Group = ("", "")


def calibration(calls: Sequence[Played], library: Library) -> Calibration:
    """The gap per part of the sheet over the last calls, and the habits in it."""
    both = ((gap(one.own, one.reference), one) for one in reversed(calls) if one.own and one.reference)
    scored = list(islice(both, RECENT))
    if not scored:
        return Calibration(needed=NEEDED)
    points: dict[_Group, dict[str, list[int]]] = {}
    for gaps, one in scored:
        for group in _groups(one, library):
            lists = points.setdefault(group, {part: [] for part in _PARTS})
            for part in _PARTS:
                lists[part].append(gaps[part])
    parts = tuple(FactorGap(part, _mean(points[_ALL][part]), len(scored)) for part in _PARTS)
    found = [finding for part in _PARTS for finding in _finding(part, points)]
    found.sort(key=lambda finding: -abs(finding.points))
    return Calibration(len(scored), NEEDED, parts, tuple(found))


def _groups(one: Played, library: Library) -> Iterator[_Group]:
    """What a call has in common with others, the most telling first."""
    yield _ALL
    known = library.get(one.scenario)
    if known is not None and known.mood:
        yield "mood", known.mood
    if one.kind:
        yield "kind", one.kind
    if known is not None and known.channel:
        yield "channel", known.channel
    if known is not None and known.level:
        yield "level", str(known.level)


def _finding(part: str, points: dict[_Group, dict[str, list[int]]]) -> Iterator[GapFinding]:
    """The habit in one part of the sheet, if there is one: where it is strongest."""
    means = {
        group: _mean(lists[part])
        for group, lists in points.items()
        if _is_habit(lists[part], SURE if group == _ALL else SURE_OF_SOME)
    }
    if not means:
        return
    # Of two that are alike the first counts, and the first of all is "all calls".
    strongest = max(means, key=lambda group: abs(means[group]))
    if _ALL in means and abs(means[strongest]) < abs(means[_ALL]) + _MORE:
        strongest = _ALL
    by, value = strongest
    yield GapFinding(part, _whole(means[strongest]), by, value, len(points[strongest][part]))


def _is_habit(points: Sequence[int], sure: float) -> bool:
    count = len(points)
    if count < NEEDED:
        return False
    mean = _mean(points)
    if abs(mean) < LEAST:
        return False
    spread = sqrt(sum((point - mean) ** 2 for point in points) / (count - 1))
    return abs(mean) >= sure * spread / sqrt(count)


def _mean(points: Sequence[int]) -> float:
    return sum(points) / len(points)


def _whole(points: float) -> int:
    """Rounded, halves away from nought."""
    return int(points + 0.5) if points > 0 else -int(0.5 - points)
