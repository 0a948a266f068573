"""Where a call can come: every node with every composure it can have there, level by level of answers given.

What must not be here: what it means for beats, replies and endings.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from callcalm.core.call import MOST_ANSWERS
from callcalm.core.composure import FULL
from callcalm.core.explore.bits import ALL, LANE, LOW, after_answer, lost, moved
from callcalm.core.explore.graph import Graph, Node

STEADIED = LANE * 2
"""Where the lane of a player just steadied begins."""


_PICKED: WeakKeyDictionary[Graph, Reach] = WeakKeyDictionary()


@dataclass(slots=True)
class Level:
    """What is new after so many answers: packed sets by node, as the caller begins, and ready to answer.

    `rounds` are the parts of `came` in order: each but the first by cutting in, from the one before.
    """

    came: dict[Node, int] = field(default_factory=dict)
    ready: dict[Node, int] = field(default_factory=dict)
    rounds: list[dict[Node, int]] = field(default_factory=list)


@dataclass(slots=True)
class Reach:
    """All that can be: packed sets by node; endings are among those that `came`."""

    came: dict[Node, int]
    ready: dict[Node, int]


def reach(graph: Graph, *, typed: bool = True) -> Reach:
    """Everything a player can come to in a call, in at most 100 answers; without `typed`, by picking alone.

    Loop by loop, so that most nodes are left but once. That does not count answers, only bounds them: where the
    bound is over 100, everything is worked out again level by level.
    """
    found = _Sweep(graph, typed).found
    graph.short = found is not None
    if found is not None:
        return found
    found = Reach({}, {})
    for level in levels(graph, typed=typed):
        for whole, part in ((found.came, level.came), (found.ready, level.ready)):
            for node, bits in part.items():
                whole[node] = whole.get(node, 0) | bits
    return found


def reach_by_picking(graph: Graph) -> Reach:
    """`reach` without typed answers, worked out once for a graph."""
    found = _PICKED.get(graph)
    if found is None:
        found = _PICKED[graph] = reach(graph, typed=False)
    return found


def levels(graph: Graph, *, typed: bool = True) -> list[Level]:
    """The same by the number of answers after which it can first be."""
    return _Search(graph, typed).levels


class _Sweep:
    """`found` stays None if some call might need more answers than there are."""

    def __init__(self, graph: Graph, typed: bool) -> None:
        self.graph = graph
        self.typed = typed
        self.came: dict[Node, int] = {}
        self.ready: dict[Node, int] = {}
        self.new_came: dict[Node, int] = {}
        self.new_ready: dict[Node, int] = {}
        self.answers: dict[Node, int] = {}
        self.fall = graph.endings[graph.scenario.lost]
        self.found: Reach | None = None
        self._came(graph.start, 1 << graph.scenario.composure, 0)
        for loop in graph.order():
            again = True
            while again:
                again = False
                for node in loop:
                    if node in self.new_came or node in self.new_ready:
                        self._leave(node)
                        again = True
                    if self.answers.get(node, 0) >= MOST_ANSWERS and node.beat is not None:
                        return
        self.found = Reach(self.came, self.ready)

    def _came(self, node: Node, bits: int, answers: int) -> None:
        before = self.came.get(node, 0)
        new = bits & ~before
        if new:
            self.came[node] = before | new
            if node.beat is not None:
                self.new_came[node] = self.new_came.get(node, 0) | new
                if answers > self.answers.get(node, 0):
                    self.answers[node] = answers

    def _stood(self, node: Node, bits: int, answers: int) -> None:
        before = self.ready.get(node, 0)
        new = bits & ~before
        if new:
            self.ready[node] = before | new
            self.new_ready[node] = self.new_ready.get(node, 0) | new
            if answers > self.answers.get(node, 0):
                self.answers[node] = answers

    def _leave(self, node: Node) -> None:
        answers = self.answers.get(node, 0)
        new = self.new_came.pop(node, 0)
        if new and node.cut is None:
            self._stood(node, new, answers)
        elif new and node.cut is not None:
            points, target, stays = node.cut
            listen = self.graph.listen
            if lost(new, listen) or lost(new, points):
                self._came(self.fall, 1, 0)
            self._stood(node, moved(new, listen), answers)
            (self._stood if stays else self._came)(target, moved(new, points), answers)
        bits = self.new_ready.pop(node, 0)
        if bits & node.locks:
            bits |= self._breathe(node, bits & node.locks)
        if not bits:
            return
        answers += 1
        for mask, points, target, stays, answer in node.edges or ():
            some = bits & mask
            if not some or not (self.typed or answer.many):
                continue
            if points <= 0:
                low = LOW[min(-points, FULL)]
                if some & low:
                    self._came(self.fall, 1, answers)
                    some &= ~low
                some >>= -points
            else:
                some = moved(some, points)
            if some >> STEADIED:
                some = after_answer(some)
            if some:
                (self._stood if stays else self._came)(target, some, answers)

    def _breathe(self, node: Node, bits: int) -> int:
        first, again = self.graph.breaths
        fresh, after = bits & ALL, bits >> LANE
        if lost(fresh, first) or lost(after, again):
            self._came(self.fall, 1, 0)
        steadied = (moved(fresh, first) | moved(after, again)) << STEADIED
        new = steadied & ~self.ready.get(node, 0)
        self.ready[node] = self.ready.get(node, 0) | new
        return new


class _Search:
    def __init__(self, graph: Graph, typed: bool) -> None:
        self.graph = graph
        self.typed = typed
        self.levels: list[Level] = []
        self.came: dict[Node, int] = {}
        self.ready: dict[Node, int] = {}
        self.fall = graph.endings[graph.scenario.lost]
        coming: dict[Node, int] = {graph.start: 1 << graph.scenario.composure}
        staying: dict[Node, int] = {}
        while coming or staying:
            if len(self.levels) == MOST_ANSWERS:
                coming = {node: bits for node, bits in coming.items() if node.beat is None}
                staying = {}
            level = Level()
            self.levels.append(level)
            for node, bits in staying.items():
                _add(self.ready, level.ready, node, bits)
            while coming:
                coming = self._arrive(level, coming)
            coming, staying = self._answer(level)

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
            if lost(new, listen) or lost(new, points):
                _add(self.came, level.came, self.fall, 1)
            _add(self.ready, level.ready, node, moved(new, listen))
            some = moved(new, points)
            if some and stays:
                _add(self.ready, level.ready, target, some)
            elif some:
                more[target] = more.get(target, 0) | some
        return more

    def _answer(self, level: Level) -> tuple[dict[Node, int], dict[Node, int]]:
        coming: dict[Node, int] = {}
        staying: dict[Node, int] = {}
        for node, fresh in list(level.ready.items()):
            bits = fresh
            if bits & node.locks:
                bits |= self._breathe(level, node, bits & node.locks)
            for mask, points, target, stays, answer in node.edges or ():
                some = bits & mask
                if not some or not (self.typed or answer.many):
                    continue
                if lost(some, points):
                    coming[self.fall] = coming.get(self.fall, 0) | 1
                some = after_answer(moved(some, points))
                if some:
                    into = staying if stays else coming
                    into[target] = into.get(target, 0) | some
        return coming, staying

    def _breathe(self, level: Level, node: Node, bits: int) -> int:
        first, again = self.graph.breaths
        fresh, after = bits & ALL, bits >> LANE
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
