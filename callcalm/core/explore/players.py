"""Five players, and what each of them picks at a node. What must not be here: chances.

All of them heed what is on offer: a locked reply needs a breath first. The first three hear the caller out, and
breathe only when nothing else is left to do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from callcalm.core.explore.bits import ALL, EVERY
from callcalm.core.explore.graph import Edge, Graph, Node
from callcalm.core.explore.tasks import Outcome
from callcalm.core.model import Reply
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


@dataclass(frozen=True, slots=True)
class Option:
    """What a player may pick at a node: the edge of it, and how many real answers it stands for."""

    edge: Edge
    many: int


def options(graph: Graph, node: Node) -> list[Option]:
    """All that can be picked at a node; nothing typed, and each answer as fresh as it may be."""
    found: list[Option] = []
    last: object = None
    for edge in graph.edges(node):
        deed = edge[4]
        if deed is last:
            continue
        last = deed
        if isinstance(deed, Reply):
            found.append(Option(edge, 1))
        elif isinstance(deed, Outcome):
            found.append(Option(edge, deed.many))
    return found


Region = tuple[int, tuple[tuple[Edge, float], ...]]
"""A packed set of composures, and what is picked there with which chance; nothing where only a breath is left."""


def picks(graph: Graph, node: Node, player: Player) -> list[Region]:
    """What a player who does not look ahead picks at a node, by composure."""
    open_ = options(graph, node)
    scores = [_score(option, player, graph.playbook.registry, node) for option in open_]
    regions: list[tuple[int, tuple[int, ...]]] = [(ALL * EVERY, ())]
    for index, option in enumerate(open_):
        mask = option.edge[0]
        split: list[tuple[int, tuple[int, ...]]] = []
        for bits, able in regions:
            if inside := bits & mask:
                split.append((inside, (*able, index)))
            if outside := bits & ~mask:
                split.append((outside, able))
        regions = split
    made: list[Region] = []
    for bits, able in regions:
        most = max((scores[index] for index in able), default=0)
        chosen = [open_[index] for index in able if scores[index] == most]
        total = sum(option.many for option in chosen)
        made.append((bits, tuple((option.edge, option.many / total) for option in chosen)))
    return made


def _score(option: Option, player: Player, registry: Registry, node: Node) -> int:
    deed = option.edge[4]
    moves: Sequence[str] = ()
    if isinstance(deed, Reply):
        moves = [*(finding.move for finding in deed.findings), *deed.moves]
    elif isinstance(deed, Outcome) and node.beat is not None and node.beat.compose is not None:
        parts = [node.beat.compose.parts[index] for index in deed.example]
        moves = [finding.move for part in parts for finding in part.findings]
        moves += [part.move for part in parts if part.move is not None]
    if player is Player.KIND:
        return sum(1 for move in set(moves) if registry.helps(move) and registry.moves[move].phase is Phase.HEART)
    return len(BY_THE_BOOK.intersection(moves)) if player is Player.BOOK else 0
