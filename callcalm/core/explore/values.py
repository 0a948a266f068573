"""What each node is worth to a player, for every composure at once: worked back from the endings, loop by loop.

A worth is the chance of a good ending, or for a player who looks ahead a number that ranks ways on. What must not
be here: where calls come to from the start.
"""

from __future__ import annotations

from collections.abc import Iterator

from callcalm.core.call import MOST_ANSWERS
from callcalm.core.composure import FULL
from callcalm.core.explore.bits import ALL, LANE, values
from callcalm.core.explore.graph import Edge, Graph, Node
from callcalm.core.explore.loops import loops
from callcalm.core.explore.players import Player, Region, options, picks
from callcalm.core.model import EndingKind

GOOD = frozenset({EndingKind.RESOLVED, EndingKind.FAIR})
"""The kinds of a good ending."""

Worths = list[float]
"""By composure, 0 to 100."""

_GOOD = 10.0**8
_POINT = 10.0**4
_NEVER = {Player.BEST: -(10.0**9), Player.WORST: (FULL + 1) * _POINT}
_NOTHING = 10.0**12
_SAME = 1e-12


class Values:
    """Worths of nodes for one player, worked out when first asked for."""

    def __init__(self, graph: Graph, player: Player) -> None:
        self.graph = graph
        self.player = player
        self.ahead = player in _NEVER
        self._never = _NEVER.get(player, 0.0)
        self._step = {Player.BEST: -1.0, Player.WORST: 1.0}.get(player, 0.0)
        self._came: dict[Node, tuple[Worths, Worths]] = {}
        self._ready: dict[Node, tuple[Worths, Worths, Worths]] = {}
        self._picks: dict[Node, list[Region]] = {}

    def chance(self, node: Node, lane: int, composure: int, *, ready: bool) -> float:
        """The chance of a good ending for a call that stands there."""
        self._ensure(node)
        worth = (self._ready if ready else self._came)[node][lane][composure]
        return float(worth >= _GOOD / 2) if self.ahead else worth

    def after(self, edge: Edge, lane: int, composure: int) -> float:
        """The worth of a call that goes along an edge."""
        self._ensure(edge[2])
        return self._along(edge[1], edge[2], edge[3], min(lane, 1))[composure]

    def listened(self, node: Node, lane: int, composure: int) -> float:
        """The worth of hearing the caller out."""
        self._ensure(node)
        return self._shifted(self._ready[node][lane], self.graph.listen)[composure]

    def cut(self, node: Node, lane: int, composure: int) -> float:
        """The worth of cutting the caller off."""
        self._ensure(node)
        if node.cut is None:
            return self._never
        points, target, stays = node.cut
        self._ensure(target)
        return self._shifted((self._ready if stays else self._came)[target][lane], points)[composure]

    def breathed(self, node: Node, lane: int, composure: int) -> float:
        """The worth of taking a breath first."""
        self._ensure(node)
        return self._shifted(self._ready[node][2], self.graph.breaths[min(lane, 1)])[composure]

    def picks(self, node: Node) -> list[Region]:
        """What a player who does not look ahead picks at a node."""
        found = self._picks.get(node)
        if found is None:
            found = self._picks[node] = picks(self.graph.playbook.registry, node, self.player)
        return found

    def better(self, one: float, other: float) -> bool:
        """Whether a player who looks ahead would rather have the one."""
        return one < other if self.player is Player.WORST else one > other

    def _ensure(self, root: Node) -> None:
        if root in self._came:
            return
        for loop in loops((root,), self._next, self._came):
            for node in loop:
                self._begin(node)
            again = len(loop) > 1 or loop[0] in set(self._next(loop[0]))
            for _ in range(MOST_ANSWERS if again else 1):
                if not sum([self._renew(node) for node in loop]):
                    break

    def _next(self, node: Node) -> Iterator[Node]:
        for edge in options(node):
            yield edge[2]
        if self.ahead and node.cut is not None:
            yield node.cut[1]

    def _begin(self, node: Node) -> None:
        if node.beat is None:
            good = self.graph.scenario.endings[node.name].kind in GOOD
            worths = [float(good)] * (FULL + 1)
            if self.ahead:
                worths = [good * _GOOD + composure * _POINT for composure in range(FULL + 1)]
            self._came[node] = (worths, worths)
        else:
            never = [self._never] * (FULL + 1)
            self._came[node] = (never, never)
            self._ready[node] = (never, never, never)

    def _renew(self, node: Node) -> bool:
        """Work a node's worths out anew; whether they changed."""
        if node.beat is None:
            return False
        before = self._ready[node]
        steadied = self._answered(node, 2, None)
        self._ready[node] = (self._answered(node, 0, steadied), self._answered(node, 1, steadied), steadied)
        came = self._ready[node][:2]
        if node.cut is not None:
            listen = self.graph.listen
            came = (self._shifted(came[0], listen), self._shifted(came[1], listen))
            if self.ahead:
                points, target, stays = node.cut
                there = (self._ready if stays else self._came)[target]
                came = (
                    self._rather(came[0], self._shifted(there[0], points)),
                    self._rather(came[1], self._shifted(there[1], points)),
                )
        changed = any(
            fresh != stale and any(abs(new - old) > _SAME for new, old in zip(fresh, stale, strict=True))
            for fresh, stale in zip((*self._ready[node], *came), (*before, *self._came[node]), strict=True)
        )
        self._came[node] = came
        return changed

    def _answered(self, node: Node, lane: int, steadied: Worths | None) -> Worths:
        return self._foreseen(node, lane, steadied) if self.ahead else self._expected(node, lane, steadied)

    def _expected(self, node: Node, lane: int, steadied: Worths | None) -> Worths:
        whole = [0.0] * (FULL + 1)
        for packed, chosen in self.picks(node):
            bits = packed >> lane * LANE & ALL
            if not bits:
                continue
            mixed = [0.0] * (FULL + 1)
            for edge, chance in chosen:
                there = self._along(edge[1], edge[2], edge[3], min(lane, 1))
                mixed = [worth + chance * more for worth, more in zip(mixed, there, strict=True)]
            if not chosen:
                bits &= node.locks
                if steadied is None or not bits:
                    continue
                mixed = self._shifted(steadied, self.graph.breaths[lane])
            whole = mixed if bits == ALL else _patched(whole, mixed, bits)
        return whole

    def _foreseen(self, node: Node, lane: int, steadied: Worths | None) -> Worths:
        nothing = _NOTHING if self.player is Player.WORST else -_NOTHING
        whole = [nothing] * (FULL + 1)
        for mask, points, target, stays, _ in options(node):
            there = self._along(points, target, stays, min(lane, 1))
            bits = mask >> lane * LANE & ALL
            if bits:
                best = self._rather(whole, there)
                whole = best if bits == ALL else _patched(whole, best, bits)
        if steadied is not None and node.locks:
            best = self._rather(whole, self._shifted(steadied, self.graph.breaths[lane]))
            whole = _patched(whole, best, node.locks & ALL)
        return [self._never if worth == nothing else worth for worth in whole] if nothing in whole else whole

    def _along(self, points: int, target: Node, stays: bool, lane: int) -> Worths:
        there = self._shifted((self._ready if stays else self._came)[target][lane], points)
        if not self._step:
            return there
        return [worth if worth == self._never else worth + self._step for worth in there]

    def _shifted(self, worths: Worths, points: int) -> Worths:
        """By composure before `points`: the worth after them; a call at 0 is lost."""
        if points > 0:
            points = min(points, FULL)
            return worths[points:] + worths[FULL:] * points
        down = min(-points, FULL)
        return [0.0] * (down + 1) + worths[1 : FULL + 1 - down]

    def _rather(self, one: Worths, other: Worths) -> Worths:
        return list(map(min if self.player is Player.WORST else max, one, other))


def _patched(whole: Worths, part: Worths, bits: int) -> Worths:
    made = whole.copy()
    for composure in values(bits):
        made[composure] = part[composure]
    return made
