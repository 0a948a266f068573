"""Five players, and what each of them picks at a node. What must not be here: chances.

All of them heed what is on offer: a locked reply needs a breath first. The first three hear the caller out, and
breathe only when nothing else is left to do.
"""

from __future__ import annotations

from enum import StrEnum

from callcalm.core.explore.answers import Answer
from callcalm.core.explore.bits import ALL, EVERY
from callcalm.core.explore.graph import Edge, Node
from callcalm.core.moves import Phase, Registry


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
    found: list[Edge] = []
    last: object = None
    for edge in node.edges or ():
        if edge[4] is not last and edge[4].many:
            found.append(edge)
        last = edge[4]
    return found


Region = tuple[int, tuple[tuple[Edge, float], ...]]
"""A packed set of composures, and what is picked there with which chance; nothing where only a breath is left."""


def picks(registry: Registry, node: Node, player: Player) -> list[Region]:
    """What a player who does not look ahead picks at a node, by composure."""
    open_ = options(node)
    scores = [_score(edge[4], player, registry) for edge in open_]
    regions: list[tuple[int, tuple[int, ...]]] = [(ALL * EVERY, ())]
    for index, edge in enumerate(open_):
        split: list[tuple[int, tuple[int, ...]]] = []
        for bits, able in regions:
            if inside := bits & edge[0]:
                split.append((inside, (*able, index)))
            if outside := bits & ~edge[0]:
                split.append((outside, able))
        regions = split
    made: list[Region] = []
    for bits, able in regions:
        most = max((scores[index] for index in able), default=0)
        chosen = [open_[index] for index in able if scores[index] == most]
        total = sum(edge[4].many for edge in chosen)
        made.append((bits, tuple([(edge, edge[4].many / total) for edge in chosen])))
    return made


def _score(answer: Answer, player: Player, registry: Registry) -> int:
    if player is Player.RANDOM:
        return 0
    made = {*answer.words.moves, *answer.words.declared}
    if player is Player.BOOK:
        return len(BY_THE_BOOK & made)
    return sum(1 for move in made if registry.helps(move) and registry.moves[move].phase is Phase.HEART)
