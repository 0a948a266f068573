"""From where some endings can be reached by picking, worked out backwards, all composures of a node at once.

What must not be here: chances, and which endings are good.
"""

from __future__ import annotations

from collections.abc import Iterable

from callcalm.core.explore.bits import ALL, BLOCK, EVERY, STEADIED, before
from callcalm.core.explore.graph import Graph
from callcalm.core.explore.loops import loops
from callcalm.core.explore.nodes import Edge, Node

_FRESH_OR_AFTER = (1 << STEADIED) - 1
_AFTER = _FRESH_OR_AFTER ^ (1 << BLOCK) - 1


class Endable:
    """From where endings can be reached: packed sets by node, `ready` to answer, or `coming` as the caller begins.

    `falls` is whether the ending of a call that is lost is among them.
    """

    def __init__(self, graph: Graph, endings: set[Node]) -> None:
        self._graph = graph
        self.ready = {node: ALL * EVERY * (node in endings) for node in graph.endings.values()}
        self.coming = dict(self.ready)
        self.falls = graph.lost in endings

    def at(self, node: Node, *, ready: bool) -> int:
        """The packed set of a node that was reckoned."""
        return (self.ready if ready else self.coming)[node]

    def leading(self, edge: Edge) -> int:
        """Where an answer can be given that leads to where such an ending can be reached: a packed set."""
        mask, points, shift, target, stays, _, _ = edge
        there = (self.ready if stays else self.coming)[target] >> shift & _FRESH_OR_AFTER
        if not there and not self.falls:
            return 0
        there |= (there & _AFTER) << BLOCK
        return before(there, points, falls=self.falls) & mask

    def reckon(self, start: Node) -> None:
        """Work out the sets of a node, and of all that can come after it."""
        ways: dict[Node, list[Edge]] = {}

        def following(node: Node) -> list[Node]:
            ways[node] = [edge for edge in node.edges if edge[5].many]
            found = {edge[3]: None for edge in ways[node]}
            if node.cut is not None:
                found[node.cut[1]] = None
            return list(found)

        for loop in loops((start,), following, self.ready):
            into: dict[Node, list[Node]] = {}
            for node in loop:
                self.ready[node] = self.coming[node] = 0
                if len(loop) > 1:
                    for edge in ways[node]:
                        into.setdefault(edge[3], []).append(node)
                    if node.cut is not None:
                        into.setdefault(node.cut[1], []).append(node)
            waiting = dict.fromkeys(loop)
            while waiting:
                node = next(iter(waiting))
                del waiting[node]
                if self._renewed(node, ways[node]):
                    waiting.update(dict.fromkeys(into.get(node, ()) if len(loop) > 1 else (node,)))

    def _renewed(self, node: Node, ways: Iterable[Edge]) -> bool:
        """Look again from where at a node it can be come to such an ending; whether anything is new."""
        ready, coming, falls = self.ready, self.coming, self.falls
        found = ready[node]
        for edge in ways:
            found |= self.leading(edge)
        if node.locks:
            calmer = found >> STEADIED
            first, again = self._graph.breaths
            after = before(calmer, first, falls=falls) | before(calmer, again, falls=falls) << BLOCK
            found |= after & node.locks
        came = found
        if node.cut is not None:
            points, target, stays = node.cut
            onward = found if target is node and stays else (ready if stays else coming)[target]
            came = before(found, self._graph.listen, falls=falls) | before(onward, points, falls=falls)
            came |= coming[node]
        new = found != ready[node] or came != coming[node]
        ready[node], coming[node] = found, came
        return new
