"""Bit sets of composure: one Python int, bit n set when a composure of n can be. Shifts, and conditions as masks.

A *packed* set holds fifteen such sets side by side, `LANE` bits apart: three blocks of five lanes. The blocks are
before any breath, after one, and steadied by one just now (a breath is free once, and it unlocks the helping
replies of a brittle player); the lanes in a block are by uses of the caller's name, the last one for four or more.
What must not be here: beats, replies, where anything leads.
"""

from __future__ import annotations

from collections.abc import Mapping

from callcalm.core.composure import BRITTLE_BELOW, FULL
from callcalm.core.condition import Both, Compare, Condition, Literal, Name, Not, OneOf, Value, holds
from callcalm.core.weighing import NAME_CREDITS, NAME_OVERUSE

ALL = (1 << FULL + 1) - 1
"""Every composure from 0 to 100."""

BRITTLE = (1 << BRITTLE_BELOW) - 1
"""Every composure at which temper has the upper hand."""

LANE = 128
"""Bits from one set to the next in a packed one."""

NAMES = NAME_OVERUSE
"""Lanes in a block: for 0 to 4 uses of the name. One more or less changes nothing from there on."""

BLOCK = NAMES * LANE
"""Bits from one block to the next."""

BREATHLESS = (1 << BLOCK) - 1
"""Everything in the first block: no breath was taken."""

STEADIED = 2 * BLOCK
"""Where the block of a player just steadied begins."""

ROW = sum(1 << lane * LANE for lane in range(NAMES))
"""Times a set: that set in all lanes of the first block."""

EVERY = ROW | ROW << BLOCK | ROW << STEADIED
"""Times a set: that set in all lanes."""

LOCKED = BRITTLE * (ROW | ROW << BLOCK)
"""Where a reply that helps is locked."""

UNLOCKED = ALL * EVERY & ~LOCKED
"""Where it is not."""

_PACKED = ALL * EVERY
_ABOVE_NOTHING = (ALL ^ 1) * EVERY
_UNSTEADIED = (1 << STEADIED) - 1
_CARRY = ((1 << LANE - 1) - 1) * EVERY
_CARRIED = (1 << LANE - 1) * EVERY
_TO_FULL = LANE - 1 - FULL
LOW = tuple(((1 << down + 1) - 1) * EVERY for down in range(FULL + 1))
"""By points lost: every composure of which nothing is left."""

HIGH = tuple((ALL ^ (1 << FULL + 1 - up) - 1) * EVERY for up in range(FULL + 1))
"""By points won: every composure that would go over 100."""


def span(bits: int) -> tuple[int, int]:
    """The least and the most in a set.

    Raises:
        ValueError: if the set is empty.

    >>> span(0b10100)
    (2, 4)
    """
    if bits <= 0:
        raise ValueError("an empty set has no span")
    return (bits & -bits).bit_length() - 1, bits.bit_length() - 1


def values(bits: int) -> tuple[int, ...]:
    """The composures in a set, from the least.

    >>> values(0b10100)
    (2, 4)
    """
    found = []
    while bits:
        low = bits & -bits
        found.append(low.bit_length() - 1)
        bits ^= low
    return tuple(found)


def plain(packed: int) -> int:
    """A packed set with all its lanes as one."""
    if packed >> LANE:
        packed |= packed >> STEADIED | packed >> BLOCK & (1 << BLOCK) - 1
        packed |= packed >> 2 * LANE
        packed |= packed >> LANE | packed >> 2 * LANE
    return packed & ALL


def moved(packed: int, points: int) -> int:
    """A packed set after `points`, held at 100; what falls to 0 is left out: that call is lost."""
    if points <= 0:
        low = LOW[-points] if points >= -FULL else _PACKED
        return (packed & ~low) >> -points
    points = min(points, FULL)
    over = packed & HIGH[points]
    if not over:
        return packed << points
    return (packed ^ over) << points | topped(over)


def topped(packed: int) -> int:
    """A packed set with each of its lanes that is not empty as 100 alone."""
    return (packed + _CARRY & _CARRIED) >> _TO_FULL


def lost(packed: int, points: int) -> int:
    """The part of a packed set that `points` bring to 0."""
    return packed & (LOW[min(-points, FULL)] if points <= 0 else 0)


def after_answer(packed: int) -> int:
    """A packed set after an answer: the breath that steadied is spent, but was taken."""
    steadied = packed >> STEADIED
    return packed & _UNSTEADIED | steadied << BLOCK if steadied else packed


def before(packed: int, points: int, *, falls: bool = False) -> int:
    """Where `points` lead into a packed set from: what `moved` undoes. With `falls`, what falls to 0 is in it."""
    if points <= 0:
        points = max(points, -FULL)
        kept = packed & ~HIGH[-points] & _ABOVE_NOTHING
        return kept << -points | (LOW[-points] if falls else 0)
    points = min(points, FULL)
    below = packed & ~LOW[points - 1]
    full = packed >> FULL & EVERY
    return below >> points | full * (ALL ^ (1 << FULL + 1 - points) - 1)


def told_apart(lane: int, ahead: int) -> int:
    """Where a lane begins, or the first of its block where no use of the name ahead can make a difference.

    `ahead` is the most uses of the name that can still come.
    """
    used = lane % BLOCK
    return lane - used if used and (not ahead or used // LANE + ahead <= NAME_CREDITS) else lane


def _compared(op: str, value: int) -> int:
    """The composures that a comparison with a number holds for."""
    below = (1 << max(0, min(value, FULL + 1))) - 1
    same = 1 << value if 0 <= value <= FULL else 0
    match op:
        case "<":
            return below
        case "<=":
            return below | same
        case ">":
            return ALL ^ (below | same)
        case ">=":
            return ALL ^ below
        case "==":
            return same
    return ALL ^ same


def where(condition: Condition, names: Mapping[str, Value]) -> tuple[int, int]:
    """The composures at which a condition may hold, and those at which it must.

    They differ only where it asks about a variable that is not among `names`: nothing is known of that.
    """
    match condition:
        case Both(left, right):
            (may, must), (other_may, other_must) = where(left, names), where(right, names)
            return may & other_may, must & other_must
        case OneOf(left, right):
            (may, must), (other_may, other_must) = where(left, names), where(right, names)
            return may | other_may, must | other_must
        case Not(of):
            may, must = where(of, names)
            return ALL ^ must, ALL ^ may
        case Compare(op, Name("composure"), Literal(int() as value)):
            bits = _compared(op, value)
            return bits, bits
        case Compare(_, left, right):
            terms = [term.name for term in (left, right) if isinstance(term, Name)]
        case Name(name):
            terms = [name]
        case Literal():
            terms = []
    if any(name != "composure" and name not in names for name in terms):
        return ALL, 0
    if "composure" not in terms:
        bits = ALL if holds(condition, names) else 0
    else:
        known = dict(names)
        bits = 0
        for composure in range(FULL + 1):
            known["composure"] = composure
            if holds(condition, known):
                bits |= 1 << composure
    return bits, bits
