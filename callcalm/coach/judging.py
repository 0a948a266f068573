"""What rules that stand in one text amount to together: context, what swallows what, one finding a move.

What must not be here: matching, weights.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Final

from callcalm.coach.book import Rule
from callcalm.coach.effects import (
    ALONE_NOTHING,
    BAD_NEWS,
    COSTS,
    EMPATHY,
    GRAVE,
    NEXT_STEPS,
    PRESSURE,
    SPOILERS,
    TAKING_ON,
    WORD_BY_WORD,
)
from callcalm.coach.hearing import Hearing
from callcalm.core.moves import Finding
from callcalm.core.records import NamedTuple

FACTS_BEFORE: Final = 2
"""Words of the caller's that the sentence before must hold for *I'd be upset too* to be about them."""


_PLACE = attrgetter("start", "end")
_ONE_KIND: Final = dict.fromkeys(("empathy.named", "empathy.generic"), "empathy")
"""Helping moves of which one sentence holds one, whichever it is."""

MOST: Final = 3
"""The highest severity of a rule."""


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


def judge(text: str, spots: Iterable[Spot], hearing: Hearing) -> tuple[Finding, ...]:
    """The findings that the spots amount to, by place."""
    heard = _in_context(text, sorted(spots, key=_PLACE), hearing)
    if len(heard) == 1 and heard[0].move not in {"use-name", "by-when"}:
        # Nothing stands beside it that it could be weighed against.
        (spot,) = heard
        return (Finding(spot.rule.id, spot.move, spot.start, spot.end, text[spot.start : spot.end]),)
    # What only the ear gives takes in its whole sentence: it neither takes help back nor gives way to a wording.
    by_ear = [spot for spot in heard if not spot.rule.patterns]
    if by_ear:
        heard = [spot for spot in heard if spot.rule.patterns]
    costs = _apart(_once([spot for spot in heard if spot.move in COSTS]))
    helps = _once(_unswallowed(_freely([spot for spot in heard if spot.move not in COSTS], costs), costs))
    helps = _side_by_side(text, helps)
    found = sorted(costs + by_ear + helps, key=lambda spot: (spot.start, spot.end, spot.rule.id))
    return tuple(
        Finding(spot.rule.id, spot.move, spot.start, spot.end, text[spot.start : spot.end]) for spot in found
    )


def _in_context(text: str, spots: list[Spot], hearing: Hearing) -> list[Spot]:
    """The spots that count here, each with the move that it is here."""
    moves = {spot.move for spot in spots}
    kept: list[Spot] = []
    knows = bool(hearing.facts or hearing.said)
    tamed = False
    for spot in spots:
        move = spot.move
        if move not in _IN_CONTEXT:
            kept.append(spot)
            continue
        check = _DEPENDS.get(move)
        if check is not None and not check(spot, spots, moves):
            continue
        if move == "tone.bright" and not hearing.hot and not _beside_grief(text, spot, moves, hearing):
            continue
        if move == "excuse-first" and (tamed or "apology.institution" in moves):
            # Who owns the mistake is not making excuses.
            continue
        if move in ALONE_NOTHING and not hearing.speaks and not any(m in BAD_NEWS for m in moves - {move}):
            continue
        if move == "restate" and knows and not (spot.named or spot.before or spot.after):
            continue
        tamed = tamed or move in EMPATHY
        if move == "empathy.generic" and (spot.named or spot.before >= FACTS_BEFORE):
            kept.append(spot._replace(move="empathy.named"))
        else:
            kept.append(spot)
    return kept


def _not_answered(spot: Spot, spots: list[Spot], moves: set[str]) -> bool:
    """A no is bare when neither its sentence nor the next one goes on to a next step (S3-11, S3-14).

    Bad news that is prepared or consoled is announced, not refused.
    """
    if not moves.isdisjoint({"pacer.prepare", "pacer.console"}):
        return False
    if moves.isdisjoint(NEXT_STEPS):
        return True
    return not _near(spot, spots, NEXT_STEPS, after=1)


def _not_gone_on(spot: Spot, spots: list[Spot], moves: set[str]) -> bool:
    """A shrug, an excuse or a rule costs nothing where its own sentence goes on to a next step (S3-11).

    *The courier decides that, so I have rung them for you* tells how things stand; it does not end the matter.
    """
    if moves.isdisjoint(NEXT_STEPS):
        return True
    at = bisect_left(spots, spot.sentence, key=lambda other: other.sentence)
    while at < len(spots) and spots[at].sentence == spot.sentence:
        other = spots[at]
        if other.move in NEXT_STEPS and (other.end <= spot.start or spot.end <= other.start):
            return False
        at += 1
    return True


def _not_taken_on(spot: Spot, spots: list[Spot], moves: set[str]) -> bool:
    """A message is only taken when nothing else in the answer takes the matter on (S0-4)."""
    return moves.isdisjoint(TAKING_ON) or not any(
        other.move in TAKING_ON and (other.move != "own-it" or other.end <= spot.start or spot.end <= other.start)
        for other in spots
    )


def _beside_grief(text: str, spot: Spot, moves: set[str], hearing: Hearing) -> bool:
    """Whether glaringly bright words stand in an answer that itself tells of trouble, the call being unknown."""
    if spot.rule.severity < MOST or hearing.speaks:
        return False
    from callcalm.coach.trouble import tells_of_trouble  # noqa: PLC0415 - few texts ask

    return not moves.isdisjoint(GRAVE) or tells_of_trouble(text)


def _not_asked(spot: Spot, spots: list[Spot], moves: set[str]) -> bool:
    """A hold is blind when nothing around it asks leave, gives a time or comes back (S1-5)."""
    asked = {"hold.checked", "ask-leave", "by-when", "offer-callback"}
    return moves.isdisjoint(asked) or not _near(spot, spots, asked, before=1, after=1)


def _not_kept_company(spot: Spot, spots: list[Spot], moves: set[str]) -> bool:  # noqa: ARG001 - one signature
    return "transfer.warm" not in moves


_DEPENDS: dict[str, Callable[[Spot, list[Spot], set[str]], bool]] = {
    "flat-no": _not_answered,
    "message-taker": _not_taken_on,
    "hold.blind": _not_asked,
    "transfer.cold": _not_kept_company,
    "dismiss.deflect": _not_gone_on,
    "dismiss.minimise": _not_gone_on,
    "rule-wall": _not_gone_on,
    "defensive": _not_gone_on,
    "excuse-first": _not_gone_on,
}
"""Moves that cost only when the rest of the answer does not make up for them."""

_IN_CONTEXT: Final = frozenset(_DEPENDS) | EMPATHY | ALONE_NOTHING | {"tone.bright", "excuse-first", "restate"}
"""Moves that count or not, or are others, by what stands around them, or that decide this for others."""


def _near(spot: Spot, spots: list[Spot], moves: Iterable[str], *, before: int = 0, after: int = 0) -> bool:
    """Whether one of the moves stands in the sentence of the spot or so many sentences around it."""
    # The spots are in order of place, hence of sentence; only the neighbourhood is looked at.
    at = bisect_left(spots, spot.sentence - before, key=lambda other: other.sentence)
    while at < len(spots) and spots[at].sentence <= spot.sentence + after:
        if spots[at].move in moves and spots[at].rule is not spot.rule:
            return True
        at += 1
    return False


def _once(spots: list[Spot]) -> list[Spot]:
    """One spot for each move in each sentence: the one that says most. Official words count one by one."""
    best: dict[tuple[str, int, int], Spot] = {}
    for spot in spots:
        kind = _ONE_KIND.get(spot.move, spot.move)
        key = (kind, spot.sentence, spot.start if kind in WORD_BY_WORD else -1)
        known = best.get(key)
        if known is None or _worth(spot) > _worth(known):
            best[key] = spot
    return list(best.values())


def _worth(spot: Spot) -> tuple[bool, int, int, int]:
    """What makes one of two spots the one that stays: naming a fact, more words, weight, less text skipped."""
    return spot.move == "empathy.named", spot.own, spot.rule.severity, spot.start - spot.end


def _freely(helps: list[Spot], costs: list[Spot]) -> list[Spot]:
    """The helping spots but for next steps in a sentence that threatens or sends away: *by noon, or I leave*."""
    pressed = {spot.sentence for spot in costs if spot.move in PRESSURE}
    if not pressed:
        return helps
    return [spot for spot in helps if spot.sentence not in pressed or spot.move not in NEXT_STEPS]


def _unswallowed(helps: list[Spot], costs: list[Spot]) -> list[Spot]:
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


def _apart(spots: list[Spot]) -> list[Spot]:
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
    for spot in sorted([spots[at] for at in sorted(crowded)], key=_worth, reverse=True):
        at = bisect_left(starts, spot.start)
        if (at == 0 or kept[at - 1].end <= spot.start) and (at == len(kept) or kept[at].start >= spot.end):
            kept.insert(at, spot)
            starts.insert(at, spot.start)
    return kept


def _side_by_side(text: str, helps: list[Spot]) -> list[Spot]:
    """The helping spots, apart. A name and a time are kept where others take them in; one of the two is cut."""
    names = _apart([spot for spot in helps if spot.move == "use-name"])
    times = _apart([spot for spot in helps if spot.move == "by-when"])
    others = _apart([spot for spot in helps if spot.move not in {"use-name", "by-when"}])
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
