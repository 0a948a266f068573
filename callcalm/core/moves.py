"""The registry of moves: what an answer can *do*, and what each of those things weighs.

The registry itself is data (`content/data/moves.toml`); here are only its types. No arithmetic lives here.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from callcalm.core.hints import Final
from callcalm.core.records import dataclass, field
from callcalm.core.text import Text


class Effect(StrEnum):
    """Whether a move helps the call, costs it, or does neither."""

    HELPS = "helps"
    COSTS = "costs"
    NEUTRAL = "neutral"


class Factor(StrEnum):
    """The five treatment factors of a PRICE sheet (S3-p)."""

    PRIORITY = "priority"
    RESPECT = "respect"
    INVOLVEMENT = "involvement"
    COMMUNICATION = "communication"
    EFFORT = "effort"


class Phase(StrEnum):
    """Heart first, then head, then heart again (S1-h): which of them a move belongs to."""

    HEART = "heart"
    HEAD = "head"
    EITHER = "either"


Words = Mapping[str, Text]
"""The same short text by language code, ``{"en": …, "fr": …}``; every registry text has both."""

BY_EAR: Final = "by-ear-"
"""What the ids of the rules begin with that have no wording: a sentence as a whole was heard to cost."""


@dataclass(frozen=True, slots=True)
class Move:
    """One thing an answer can do.

    `weight` is in composure points, above 0 when the move helps, below 0 when it costs, 0 when neutral. A costing
    move has `instead`, what to say in its place; a helping one an `example` that does it.
    `price` is what one use adds to each treatment factor of the reference sheet, in sheet points.
    """

    id: str
    effect: Effect
    weight: int
    name: Words
    why: Words
    instead: Words | None
    sources: tuple[str, ...]
    phase: Phase = Phase.EITHER
    example: Words | None = None
    price: Mapping[Factor, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mood:
    """How a caller sounds at a beat. On a hot one a bright tone is out of place (S2-9)."""

    id: str
    name: Words
    hot: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """A move seen in words.

    `start` and `end` are code points into the text as given, end exclusive; `matched` is that slice.
    """

    rule: str
    move: str
    start: int
    end: int
    matched: str

    @property
    def by_ear(self) -> bool:
        """Whether it is the sentence as a whole that was heard, and no wording in it."""
        return self.rule.startswith(BY_EAR)


@dataclass(frozen=True, slots=True)
class Registry:
    """All moves and moods, by id, in the order of the file."""

    moves: Mapping[str, Move]
    moods: Mapping[str, Mood]

    def helps(self, move: str) -> bool:
        """Whether a move helps; an id the registry does not know (from an old save) does not."""
        known = self.moves.get(move)
        return known is not None and known.effect is Effect.HELPS

    def costs(self, move: str) -> bool:
        """Whether a move costs; an id the registry does not know (from an old save) does not."""
        known = self.moves.get(move)
        return known is not None and known.effect is Effect.COSTS
