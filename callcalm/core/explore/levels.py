"""Where a call can come level by level of answers given: what shortest ways are read from.

What must not be here: the ways themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from callcalm.core.call import MOST_ANSWERS
from callcalm.core.composure import FULL
from callcalm.core.explore.bits import BLOCK, BREATHLESS, HIGH, LOW, STEADIED, after_answer, lost, moved, topped
from callcalm.core.explore.graph import Graph
from callcalm.core.explore.nodes import Node
from callcalm.core.records import dataclass, field


@dataclass(slots=True)
class Level:
    """What is new after so many answers: packed sets by node, as the caller begins, and ready to answer.

    `rounds` are the parts of `came` in order: each but the first by cutting in, from the one before.
    """

    came: dict[Node, int] = field(default_factory=dict)
    ready: dict[Node, int] = field(default_factory=dict)
    rounds: list[dict[Node, int]] = field(default_factory=list)


def levels(
    graph: Graph, places: Iterable[tuple[Node, int, bool]], *, typed: bool = True, cuts: bool = True
) -> Iterator[Level]:
    """All levels from places: a node, a set there, whether the player is ready.

    There are at most 101, the last with endings only. Without `cuts` nobody cuts in.
    """
    return _Search(graph, typed, cuts).levels(places)


class _Search:
    def __init__(self, graph: Graph, typed: bool, cuts: bool) -> None:
        self.graph = graph
        self.typed = typed
        self.cuts = cuts
        self.came: dict[Node, int] = {}
        self.ready: dict[Node, int] = {}
        self.fall = graph.lost

    def levels(self, places: Iterable[tuple[Node, int, bool]]) -> Iterator[Level]:
        coming: dict[Node, int] = {}
        staying: dict[Node, int] = {}
        for node, bits, ready in places:
            into = staying if ready else coming
            into[node] = into.get(node, 0) | bits
        for count in range(MOST_ANSWERS + 1):
            if count == MOST_ANSWERS:
                coming = {node: bits for node, bits in coming.items() if node.beat is None}
                staying = {}
            if not coming and not staying:
                return
            level = Level()
            for node, bits in staying.items():
                _add(self.ready, level.ready, node, bits)
            while coming:
                coming = self._arrive(level, coming)
            coming, staying = self._answer(level)
            yield level

    def _arrive(self, level: Level, coming: dict[Node, int]) -> dict[Node, int]:
        """The caller speaks: heard out, or cut off, which may lead elsewhere at once."""
        more: dict[Node, int] = {}
        first: dict[Node, int] = {}
        level.rounds.append(first)
        listen = self.graph.listen
        for node, bits in coming.items():
            new = _add(self.came, level.came, node, bits)
            if new:
                first[node] = new
            if not new or node.beat is None:
                continue
            if node.cut is None:
                _add(self.ready, level.ready, node, new)
                continue
            points, target, stays = node.cut
            if lost(new, listen) or (self.cuts and lost(new, points)):
                _add(self.came, level.came, self.fall, 1)
            _add(self.ready, level.ready, node, moved(new, listen))
            some = moved(new, points) if self.cuts else 0
            if some and stays:
                _add(self.ready, level.ready, target, some)
            elif some:
                more[target] = more.get(target, 0) | some
        return more

    def _answer(self, level: Level) -> tuple[dict[Node, int], dict[Node, int]]:
        coming: dict[Node, int] = {}
        staying: dict[Node, int] = {}
        typed = self.typed
        for node, fresh in list(level.ready.items()):
            bits = fresh
            if bits & node.locks:
                bits |= self._breathe(level, node, bits & node.locks)
            for mask, points, shift, target, stays, answer, _ in node.edges:
                some = bits & mask
                if not some or not (typed or answer.many):
                    continue
                if points > 0:  # as `moved` does, which takes twice as long to be called
                    over = some & HIGH[min(points, FULL)]
                    if over:
                        some = (some ^ over) << min(points, FULL) | topped(over)
                    else:
                        some <<= points
                else:
                    low = some & LOW[-points if points >= -FULL else FULL]
                    if low:
                        coming[self.fall] = coming.get(self.fall, 0) | 1
                        some ^= low
                    some >>= -points
                if some > BREATHLESS:
                    some = after_answer(some)
                if some:
                    into = staying if stays else coming
                    into[target] = into.get(target, 0) | some << shift
        return coming, staying

    def _breathe(self, level: Level, node: Node, bits: int) -> int:
        first, again = self.graph.breaths
        fresh, after = bits & BREATHLESS, bits >> BLOCK
        if lost(fresh, first) or lost(after, again):
            _add(self.came, level.came, self.fall, 1)
        return _add(self.ready, level.ready, node, (moved(fresh, first) | moved(after, again)) << STEADIED)


def _add(whole: dict[Node, int], level: dict[Node, int], node: Node, bits: int) -> int:
    """Note what is new at a node, and give it."""
    before = whole.get(node, 0)
    new = bits & ~before
    if new:
        whole[node] = before | new
        level[node] = level.get(node, 0) | new
    return new
