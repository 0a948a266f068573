"""Where a call can come: every node with every composure it can have there, loop by loop.

What must not be here: what it means for beats, replies and endings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from callcalm.core.call import MOST_ANSWERS
from callcalm.core.composure import FULL
from callcalm.core.explore.bits import BLOCK, BREATHLESS, HIGH, LOW, STEADIED, after_answer, lost, moved, topped
from callcalm.core.explore.graph import Graph
from callcalm.core.explore.levels import levels
from callcalm.core.explore.nodes import Node
from callcalm.core.records import dataclass

EXACT = 3_000
"""Nodes up to which answers are counted exactly where a call can need more of them than there are."""


@dataclass(slots=True)
class Reach:
    """All that can be: packed sets by node; endings are among those that `came`.

    `short` is whether no place takes more answers than a call has. If not, they were counted where that was not
    too much; else `beyond` is true: what only a longer call could come to is in it, too.
    """

    came: dict[Node, int]
    ready: dict[Node, int]
    short: bool = True
    beyond: bool = False


Place = tuple[Node, int, bool]
"""A node, a packed set, and whether the player is ready to answer there."""


def reach(graph: Graph, *, typed: bool = True, start: Place | None = None, counted: bool = True) -> Reach:
    """Everything a player can come to in a call, in at most 100 answers; without `typed`, by picking alone.

    It begins at the place `start`, or else at every opening at once.

    Loop by loop, so that most nodes are left but once. That does not count answers, only bounds them: where the
    bound is over 100, everything is worked out again level by level, if it is to be `counted` and the graph is not
    too large for that.
    """
    places = [start] if start else [(node, 1 << graph.scenario.composure, False) for node in graph.starts.values()]
    found = _Sweep(graph, places, typed).found
    if found.short or not counted or len(graph.nodes) > EXACT:
        found.beyond = not found.short
        return found
    exact = Reach({}, {}, short=False)
    for level in levels(graph, places, typed=typed):
        for whole, part in ((exact.came, level.came), (exact.ready, level.ready)):
            for node, bits in part.items():
                whole[node] = whole.get(node, 0) | bits
    return exact


class _Sweep:
    """Follows everything to its end; new sets wait at nodes, with the answers they may have taken."""

    def __init__(self, graph: Graph, places: Iterable[Place], typed: bool) -> None:
        self.graph = graph
        self.came: dict[Node, int] = {}
        self.ready: dict[Node, int] = {}
        self.coming: dict[Node, int] = {}
        self.staying: dict[Node, int] = {}
        self.answers: dict[Node, int] = {}
        self.most = 0
        for node, bits, ready in places:
            into = self.staying if ready else self.coming
            into[node] = into.get(node, 0) | bits
        leave = self._leaving(typed)
        for round_, loop in graph.order():
            if not round_:
                for node in loop:
                    if node in self.coming or node in self.staying:
                        leave(node)
                continue
            while now := [node for node in loop if node in self.coming or node in self.staying]:
                first = min([self.answers.get(node, 0) for node in now])
                for node in now:
                    if self.answers.get(node, 0) == first:
                        leave(node)
        for node in graph.endings.values():
            if node in self.coming:
                self.came[node] = self.coming[node]
        self.found = Reach(self.came, self.ready, short=self.most <= MOST_ANSWERS)

    def _leaving(self, typed: bool) -> Callable[[Node], None]:
        """What leaves a node: a function of its own, since everything is done in it."""
        came, ready, coming, staying, answers = self.came, self.ready, self.coming, self.staying, self.answers
        fall = self.graph.lost

        def leave(node: Node) -> None:
            count = answers.pop(node, 0)
            bits = staying.pop(node, 0)
            new = coming.pop(node, 0)
            if new:
                before = came.get(node, 0)
                new &= ~before
                came[node] = before | new
                if new and node.cut is not None:
                    new = self._interrupted(node, new, count)
                    bits |= staying.pop(node, 0)
                bits |= new
            before = ready.get(node, 0)
            bits &= ~before
            if not bits:
                return
            ready[node] = before | bits
            if bits & node.locks:
                bits |= self._breathe(node, bits & node.locks)
            count += 1
            self.most = max(self.most, count)
            for mask, points, shift, target, stays, answer, _ in node.edges:
                some = bits & mask
                if not some or not (typed or answer.many):
                    continue
                if points <= 0:
                    low = some & LOW[-points if points >= -FULL else FULL]
                    if low:
                        coming[fall] = coming.get(fall, 0) | 1
                        some ^= low
                    some >>= -points
                else:
                    over = some & HIGH[min(points, FULL)]
                    if over:
                        some = (some ^ over) << min(points, FULL) | topped(over)
                    else:
                        some <<= points
                if some > BREATHLESS:
                    some = after_answer(some)
                if some:
                    into = staying if stays else coming
                    some <<= shift
                    if target in into:
                        into[target] |= some
                    else:
                        into[target] = some
                    if count > answers.get(target, 0):
                        answers[target] = count

        return leave

    def _interrupted(self, node: Node, new: int, count: int) -> int:
        """Those who hear the caller out; those who cut in go where that leads."""
        points, target, stays = node.cut or (0, node, True)
        listen = self.graph.listen
        if lost(new, listen) or lost(new, points):
            self.coming[self.graph.lost] = self.coming.get(self.graph.lost, 0) | 1
        some = moved(new, points)
        if some:
            into = self.staying if stays else self.coming
            into[target] = into.get(target, 0) | some
            if target is not node and count > self.answers.get(target, 0):
                self.answers[target] = count
        return moved(new, listen)

    def _breathe(self, node: Node, bits: int) -> int:
        first, again = self.graph.breaths
        fresh, after = bits & BREATHLESS, bits >> BLOCK
        if lost(fresh, first) or lost(after, again):
            self.coming[self.graph.lost] = self.coming.get(self.graph.lost, 0) | 1
        steadied = (moved(fresh, first) | moved(after, again)) << STEADIED
        before = self.ready[node]
        self.ready[node] = before | steadied
        return steadied & ~before
