"""The meter: what an answer's moves do to composure, and what each level is called."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from callcalm.core.playbook import Playbook
from callcalm.core.records import dataclass

FULL = 100
STEADY_FROM = 70
TENSE_FROM = 50
BRITTLE_BELOW = 25
"""Below this the costing replies come first and the helping ones need a breath."""


class Level(StrEnum):
    """The five words for composure."""

    STEADY = "steady"
    TENSE = "tense"
    STRAINED = "strained"
    BRITTLE = "brittle"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Seen:
    """One move of one answer, as it counted.

    `amount` is in composure points under the playbook; `halves` the share of the move's weight that counted;
    `quote` the words, empty where the writer declared the move or an action made it; `answer` counts from 1.
    """

    move: str
    amount: int
    halves: int
    quote: str
    answer: int


def level(composure: int) -> Level:
    """The word for a composure of 0..100.

    >>> [level(n).value for n in (70, 50, 25, 1, 0)]
    ['steady', 'tense', 'strained', 'brittle', 'lost']
    """
    if composure >= STEADY_FROM:
        return Level.STEADY
    if composure >= TENSE_FROM:
        return Level.TENSE
    if composure >= BRITTLE_BELOW:
        return Level.STRAINED
    return Level.BRITTLE if composure > 0 else Level.LOST


def weigh(moves: Iterable[tuple[str, str]], playbook: Playbook, answer: int) -> tuple[Seen, ...]:
    """What each distinct move of one answer counts for, given (move, quote) pairs; the first quote stands."""
    seen: dict[str, Seen] = {}
    for move, quote in moves:
        if move not in seen:
            seen[move] = Seen(move, playbook.points(move), playbook.halves(move), quote, answer)
    return tuple(seen.values())


def held(composure: int) -> int:
    """A composure held within 0..100."""
    return max(0, min(FULL, composure))
