"""Shares of all calls by composure: one Python int with a slot for each composure, moved and split as a whole.

They are whole numbers of 1/2^64 of all calls, which is more than a float tells apart; a chance is taken to 48
bits. What must not be here: nodes, players.
"""

from __future__ import annotations

from functools import lru_cache

from callcalm.core.composure import FULL
from callcalm.core.explore.bits import ALL, values

ONE = 1 << 64
"""All calls."""

SLOT = 120
"""Bits from one composure to the next: room for a share times a chance."""

_CHANCE = 48
_SUM = (1 << SLOT) - 1
_HALVES = (64 * SLOT, 32 * SLOT, 16 * SLOT)
_EACH = sum(1 << composure * SLOT for composure in range(FULL + 1))
_GUARDED = 100
_GUARD = _EACH << _GUARDED
_KEPT = _EACH * ((1 << SLOT - _CHANCE) - 1)
_BELOW = tuple((1 << composure * SLOT) - 1 for composure in range(FULL + 2))


EVERYWHERE = _EACH * ONE
"""All calls, at every composure."""


def at(composure: int, share: int = ONE) -> int:
    """A share at one composure."""
    return share << composure * SLOT


def total(shares: int) -> int:
    """The sum over all composures.

    >>> total(at(3, 5) + at(100, 2))
    7
    """
    for half in _HALVES:
        over = shares >> half
        if over:
            shares = (shares & (1 << half) - 1) + over
    return shares % _SUM


@lru_cache(maxsize=4096)
def slots(bits: int) -> int:
    """The places of a set's composures, filled."""
    whole = 0
    for composure in values(bits):
        whole |= _SUM << composure * SLOT
    return whole


def within(shares: int, bits: int) -> int:
    """The shares at the composures of a set."""
    return shares if bits == ALL else shares & slots(bits)


def part(shares: int, chance: float) -> int:
    """So much of each share."""
    if chance == 1:
        return shares
    return (shares * round(chance * (1 << _CHANCE)) >> _CHANCE) & _KEPT


def moved(shares: int, points: int) -> tuple[int, int]:
    """The shares after `points`, held at 100, and the sum of those that fall to 0: those calls are lost."""
    if points > 0:
        points = min(points, FULL)
        over = shares >> (FULL + 1 - points) * SLOT
        if not over:
            return shares << points * SLOT, 0
        kept = (shares & _BELOW[FULL + 1 - points]) << points * SLOT
        return kept + (over % _SUM << FULL * SLOT), 0
    down = min(-points, FULL)
    lost = shares & _BELOW[down + 1]
    if lost:
        return (shares ^ lost) >> down * SLOT, lost % _SUM
    return shares >> down * SLOT, 0


def before(chances: int, points: int, lost: int = 0) -> int:
    """By composure, the chance that `points` lead to from there; `lost` is that of a call lost."""
    if points > 0:
        points = min(points, FULL)
        top = chances >> FULL * SLOT
        return chances >> points * SLOT | top * (_EACH & ~_BELOW[FULL + 1 - points])
    down = min(-points, FULL)
    kept = (chances & ~_BELOW[1]) << down * SLOT & _BELOW[FULL + 1]
    return kept | lost * (_EACH & _BELOW[down + 1]) if lost else kept


def greater(one: int, other: int) -> int:
    """By composure, the greater of two chances."""
    wins = (one | _GUARD) - other & _GUARD
    mask = wins - (wins >> _GUARDED)
    return one & mask | other & ~mask
