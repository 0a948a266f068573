"""Five players, and what each of them picks at a node. What must not be here: chances.

All of them heed what is on offer: a locked reply needs a breath first. The first three hear the caller out, and
breathe only when nothing else is left to do.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache

from callcalm.core.explore.answers import Answer
from callcalm.core.explore.bits import ALL
from callcalm.core.explore.nodes import Edge, Node
from callcalm.core.moves import Phase, Registry
from callcalm.core.records import NamedTuple


class Player(StrEnum):
    """Who plays.

    RANDOM picks evenly among what can be picked. KIND is warm and unskilled: evenly among the answers with the
    most helping moves of the heart. BOOK quotes the rules: evenly among those with the most of `BY_THE_BOOK`.
    None of the three looks ahead. BEST does everything for a good ending (resolved or fair), then for composure,
    then to be short; WORST the opposite of the first two. No player types.
    """

    RANDOM = "random"
    KIND = "kind"
    BOOK = "book"
    BEST = "best"
    WORST = "worst"


BY_THE_BOOK = frozenset(
    {
        "rule-wall", "rule-reason", "flat-no", "letterese", "you-should", "defensive", "message-taker",
        "dismiss.deflect", "non-apology", "apology.passive", "jargon", "as-i-said",
    }
)  # fmt: skip
"""Polite as they are, these put the rule before the person: rules cited, doors closed, duties passed on."""


def options(node: Node) -> list[Edge]:
    """All that can be picked at a node; nothing typed, and each answer as fresh as it may be."""
    return [edge for edge in node.every if edge[6] and edge[5].many]


Move = tuple[int, int, Node, bool, float]
"""What some answers do alike: points, bits the lane changes by, where it leads, whether at once; their chance."""


class Region(NamedTuple):
    """What is done at some composures (nothing: only a breath is left), and by which answers, `many` in all."""

    moves: tuple[Move, ...]
    by: tuple[Edge, ...]
    many: int


class Picks:
    """What a player who does not look ahead picks at a node in one lane."""

    __slots__ = ("_open", "_regions", "_scores", "parts")

    def __init__(self, registry: Registry, node: Node, player: Player, lane: int) -> None:
        """`lane` is where the lane begins in a packed set."""
        # As `options` has them; asked here, it would take half as long again.
        self._open = [
            (edge, able) for edge in node.every if edge[6] and edge[5].many and (able := edge[0] >> lane & ALL)
        ]
        self._scores: list[int] = []
        if player is not Player.RANDOM:
            self._scores = [_score(edge[5], player, registry) for edge, _ in self._open]
        self.parts = _parts(tuple([able for _, able in self._open]))
        """Sets of composures, all of them together: within each the same answers are on offer."""
        self._regions: dict[int, Region] = {}

    def at(self, part: int) -> Region:
        """What is picked at the composures of one of the parts."""
        found = self._regions.get(part)
        if found is None:
            found = self._regions[part] = self._region(part)
        return found

    def _region(self, part: int) -> Region:
        if self._scores:
            here = [
                (score, edge) for score, (edge, able) in zip(self._scores, self._open, strict=True) if able & part
            ]
            most = max([score for score, _ in here], default=0)
            chosen = [edge for score, edge in here if score == most]
        else:
            chosen = [edge for edge, able in self._open if able & part]
        alike: dict[tuple[int, int, Node, bool], int] = {}
        for edge in chosen:
            move = edge[1:5]
            alike[move] = alike.get(move, 0) + edge[5].many
        many = sum(alike.values())
        return Region(tuple([(*move, one / many) for move, one in alike.items()]), tuple(chosen), many)


@lru_cache(maxsize=4096)
def _parts(open_at: tuple[int, ...]) -> Sequence[int]:
    """All composures, parted where any of these sets ends; what is brittle comes first, where few calls are."""
    parts = [ALL]
    for able in {*open_at}:
        parts = [part for bits in parts for part in (bits & able, bits & ~able) if part]
    return sorted(parts)


def _score(answer: Answer, player: Player, registry: Registry) -> int:
    made = {*answer.words.moves, *answer.words.declared}
    if player is Player.BOOK:
        return len(BY_THE_BOOK & made)
    return sum(1 for move in made if registry.helps(move) and registry.moves[move].phase is Phase.HEART)
