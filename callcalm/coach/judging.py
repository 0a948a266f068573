"""What rules that stand in one text amount to together: what counts beside what, one finding a move.

What must not be here: matching, weights, and which of several spots stays (see `spots`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from callcalm.coach.effects import (
    ALONE_NOTHING,
    BAD_NEWS,
    COSTS,
    EMPATHY,
    GRAVE,
    NEXT_STEPS,
    TAKING_ON,
)
from callcalm.coach.hearing import Hearing
from callcalm.coach.spots import (
    CUT_BACK,
    PLACE,
    Spot,
    apart,
    freely,
    kind_of,
    once,
    side_by_side,
    unswallowed,
    worth,
)
from callcalm.core.hints import Final
from callcalm.core.moves import Finding

FACTS_BEFORE: Final = 2
"""Words of the caller's that the sentence before must hold for *I'd be upset too* to be about them."""


_ASKED: Final = frozenset({"hold.checked", "ask-leave", "by-when", "offer-callback"})
"""What makes a hold one that was agreed to."""

MOST: Final = 3
"""The highest severity of a rule."""


def thinned(spots: list[Spot]) -> list[Spot]:
    """The spots of a stretch of whole sentences but for those that `judge` drops whatever stands elsewhere.

    So a large text holds fewer. Of a move in a sentence the first stays besides the best: it keeps the place.
    """
    order: dict[tuple[str, int, int], Spot] = {}
    best: dict[tuple[str, int, int], Spot] = {}
    gone: set[int] = set()
    for spot in sorted(spots, key=PLACE):
        if spot.move in _SEEN_BY_OTHERS or not spot.rule.patterns:
            continue
        key = kind_of(spot)
        known = best.setdefault(key, spot)
        if known is spot:
            order[key] = spot
        elif worth(spot) > worth(known):
            gone |= {id(known)} - {id(order[key])}
            best[key] = spot
        else:
            gone.add(id(spot))
    return [spot for spot in spots if id(spot) not in gone] if gone else spots


def judge(
    text: str, spots: Iterable[Spot], hearing: Hearing, troubled: Callable[[], bool], start: int = 0
) -> tuple[Finding, ...]:
    """The findings that the spots amount to, by place; `troubled` says whether the text tells of trouble.

    They tell places from `start` on: it is where what was said begins in `text`.
    """
    in_order = sorted(spots, key=PLACE)
    if len(in_order) == 1 and in_order[0].move not in _IN_CONTEXT and not in_order[0].rule.after:
        heard = in_order
    else:
        heard = _in_context(in_order, hearing, troubled)
    if len(heard) == 1 and heard[0].move not in CUT_BACK:
        # Nothing stands beside it that it could be weighed against.
        return (_finding(heard[0], text, start),)
    # What only the ear gives takes in its whole sentence: it neither takes help back nor gives way to a wording.
    by_ear = [spot for spot in heard if not spot.rule.patterns]
    if by_ear:
        heard = [spot for spot in heard if spot.rule.patterns]
    costs = apart(once([spot for spot in heard if spot.move in COSTS]))
    for back in [spot for spot in costs if spot.rule.after] if by_ear else ():
        # It takes in the sentence before: what that sounded like goes with it.
        by_ear = [spot for spot in by_ear if spot.end <= back.start or back.end <= spot.start]
    helps = [spot for spot in heard if spot.move not in COSTS]
    if helps:
        helps = side_by_side(text, once(unswallowed(freely(helps, costs), costs)))
    found = costs + by_ear + helps
    if len(found) > 1:
        found.sort(key=lambda spot: (spot.start, spot.end, spot.rule.id))
    return tuple([_finding(spot, text, start) for spot in found])


def _finding(spot: Spot, text: str, start: int) -> Finding:
    return Finding(spot.rule.id, spot.move, spot.start - start, spot.end - start, text[spot.start : spot.end])


def _in_context(spots: list[Spot], hearing: Hearing, troubled: Callable[[], bool]) -> list[Spot]:
    """The spots that count here, each with the move that it is here."""
    moves = {spot.move for spot in spots}
    kept: list[Spot] = []
    knows = bool(hearing.facts or hearing.said)
    if "tone.bright" in moves:
        # Many words of a text may ask, and it is the same text.
        troubled = lru_cache(maxsize=1)(troubled)
    tamed = False
    for spot in spots:
        move = spot.move
        if spot.rule.after:
            kept.extend(_taking_back(spot, spots, moves))
            continue
        if move not in _IN_CONTEXT:
            kept.append(spot)
            continue
        check = _DEPENDS.get(move)
        if check is not None and not check(spot, spots, moves):
            continue
        if move == "tone.bright" and not hearing.hot and not _beside_grief(spot, moves, hearing, troubled):
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


def _taking_back(spot: Spot, spots: list[Spot], moves: set[str]) -> Iterator[Spot]:
    """The spot of a rule that takes back what the sentence before it said, from there on, if it does (S0-3).

    *I see. But I can move you today* goes on to a next step, and so takes nothing back.
    """
    if not moves.isdisjoint(NEXT_STEPS) and _near(spot, spots, NEXT_STEPS):
        return
    at = bisect_left(spots, spot.sentence - 1, key=lambda other: other.sentence)
    while spots[at].sentence < spot.sentence:
        if spots[at].move in spot.rule.after:
            yield spot._replace(start=spots[at].start)
            return
        at += 1


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


def _beside_grief(spot: Spot, moves: set[str], hearing: Hearing, troubled: Callable[[], bool]) -> bool:
    """Whether glaringly bright words stand in an answer that itself tells of trouble, the call being unknown."""
    if spot.rule.severity < MOST or hearing.speaks:
        return False
    return not moves.isdisjoint(GRAVE) or troubled()


def _not_asked(spot: Spot, spots: list[Spot], moves: set[str]) -> bool:
    """A hold is blind when nothing around it asks leave, gives a time or comes back (S1-5)."""
    return moves.isdisjoint(_ASKED) or not _near(spot, spots, _ASKED, before=1, after=1)


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


_SEEN_BY_OTHERS: Final = _IN_CONTEXT | NEXT_STEPS | _ASKED
"""Moves of which every spot may matter to others beside it."""


def _near(spot: Spot, spots: list[Spot], moves: Iterable[str], *, before: int = 0, after: int = 0) -> bool:
    """Whether one of the moves stands in the sentence of the spot or so many sentences around it."""
    # The spots are in order of place, hence of sentence; only the neighbourhood is looked at.
    at = bisect_left(spots, spot.sentence - before, key=lambda other: other.sentence)
    while at < len(spots) and spots[at].sentence <= spot.sentence + after:
        if spots[at].move in moves and spots[at].rule is not spot.rule:
            return True
        at += 1
    return False
