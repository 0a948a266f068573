"""House rules: how one school takes each move, and how schools compare.

The playbooks themselves are data (`content/playbooks/*.toml`). A playbook carries the registry whose moves it
judges, so the engine needs nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from callcalm.core.moves import Effect, Registry, Words
from callcalm.core.records import dataclass


class Stance(StrEnum):
    """What a school says to a move, from most to least welcome."""

    ENDORSE = "endorse"
    ALLOW = "allow"
    NEUTRAL = "neutral"
    CAUTION = "caution"
    FORBID = "forbid"


HALVES_FOR_HELP: Mapping[Stance, int] = {
    Stance.ENDORSE: 2,
    Stance.ALLOW: 1,
    Stance.NEUTRAL: 0,
    Stance.CAUTION: -1,
    Stance.FORBID: -2,
}
"""What share of a helping move's weight counts, in halves."""

HALVES_FOR_COST: Mapping[Stance, int] = {
    Stance.ENDORSE: 0,
    Stance.ALLOW: 0,
    Stance.NEUTRAL: 0,
    Stance.CAUTION: 2,
    Stance.FORBID: 2,
}
"""What share of a costing move's weight counts, in halves: a school may excuse a cost, never turn it to gain."""


@dataclass(frozen=True, slots=True)
class Position:
    """A school's stance on one move, with its reason and the source id the reason comes from.

    `said_by` is the id of the playbook in which it stands: a playbook's own, or the one it extends.
    """

    stance: Stance
    why: Words | None = None
    source: str | None = None
    said_by: str = ""


@dataclass(frozen=True, slots=True)
class Playbook:
    """One school's house rules over a registry of moves.

    `positions` holds only what the school speaks to, its parents' positions included; for the rest helping moves
    are endorsed and costing ones forbidden. `temptation` is whether a brittle player is offered the costing
    replies first and needs a breath for the helping ones.
    """

    id: str
    name: Words
    about: Words
    registry: Registry
    positions: Mapping[str, Position]
    temptation: bool = True

    def position(self, move: str) -> Position:
        """The school's position on a move; the default one when it does not speak to it."""
        spoken = self.positions.get(move)
        if spoken is not None:
            return spoken
        return _FORBIDDEN if self.registry.costs(move) else _ENDORSED

    def halves(self, move: str) -> int:
        """The share of the move's weight that counts here, in halves: 2 is all of it, -2 all of it reversed."""
        known = self.registry.moves.get(move)
        if known is None:
            return 0
        table = HALVES_FOR_COST if known.effect is Effect.COSTS else HALVES_FOR_HELP
        return table[self.position(move).stance]

    def points(self, move: str) -> int:
        """What one use of the move adds to composure under these rules, in points."""
        known = self.registry.moves.get(move)
        return 0 if known is None else share(known.weight, self.halves(move))


@dataclass(frozen=True, slots=True)
class Reading:
    """How one school reads one move."""

    playbook: Playbook
    position: Position


_ENDORSED = Position(Stance.ENDORSE)
_FORBIDDEN = Position(Stance.FORBID)


def share(points: int, halves: int) -> int:
    """`points` times `halves` / 2, half a point rounded away from zero.

    >>> share(3, 1), share(-3, 1), share(3, -2)
    (2, -2, -3)
    """
    product = points * halves
    return (product + 1) // 2 if product > 0 else -((-product + 1) // 2)


def readings(move: str, playbooks: Iterable[Playbook]) -> tuple[Reading, ...]:
    """How each school that itself speaks to the move reads it, in the order given."""
    found = ((book, book.positions.get(move)) for book in playbooks)
    return tuple(Reading(book, spoken) for book, spoken in found if spoken and spoken.said_by == book.id)


def contested(move: str, playbooks: Iterable[Playbook]) -> bool:
    """Whether one school welcomes the move (endorse, allow) that another warns of (caution, forbid)."""
    stances = {book.position(move).stance for book in playbooks}
    return bool(stances & {Stance.ENDORSE, Stance.ALLOW}) and bool(stances & {Stance.CAUTION, Stance.FORBID})
