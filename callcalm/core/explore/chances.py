"""Where a player who does not look ahead comes, and how likely: shares of all calls over nodes and composure.

Loop by loop, each answer by answer, so the limit of 100 answers is kept where calls can come near it. What must
not be here: players.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

from callcalm.core.call import MOST_ANSWERS
from callcalm.core.explore import shares
from callcalm.core.explore.bits import ALL, BLOCK, LANE, STEADIED, told_apart
from callcalm.core.explore.graph import Graph
from callcalm.core.explore.nodes import Node
from callcalm.core.explore.players import Picks, Region
from callcalm.core.records import dataclass, field

NEGLIGIBLE = shares.ONE // 10**13
"""A share of all calls too small to follow."""

LARGEST_LOOP = 60
"""Beats in a loop up to which first visits are told from later ones; beyond, `visited` is the mean of visits …"""

MOST_VISITED = 10_000
"""… and so it is where more nodes than this have to be followed for one beat, each once for each answer."""

Spread = dict[int, int]
"""Shares by lane: by the bit of a packed set where it begins."""

Places = dict[Node, Spread]


@dataclass(slots=True)
class Spreading:
    """All that calls come to, as shares of all calls.

    `came` and `answered` sum over every time a call came to a node or was answered there, `returned` over those
    times it came from the same beat; `taken` are sums with what they were answered by. `entered` are the
    places at which calls came into a loop of several beats from outside. `over` are calls by their ending,
    `timeouts` those that ran out of time, `stuck` those with nothing left to pick. All but `came`, `returned` and
    `taken` are by composure: `shares.total` sums them.
    """

    over: defaultdict[Node, int] = field(default_factory=lambda: defaultdict(int))
    entered: Places = field(default_factory=dict)
    came: defaultdict[Node, int] = field(default_factory=lambda: defaultdict(int))
    returned: defaultdict[Node, int] = field(default_factory=lambda: defaultdict(int))
    answered: int = 0
    taken: list[tuple[int, Region]] = field(default_factory=list)
    timeouts: int = 0
    stuck: int = 0


class TooLongError(Exception):
    """Calls go round in more ways than were to be followed."""


class Spreader:
    """Follows the calls of one player through a graph."""

    def __init__(self, graph: Graph, policy: Callable[[Node, int], Picks]) -> None:
        """`policy` says what is picked at a node in a lane."""
        self.graph = graph
        self.policy = policy
        self.loops = graph.loops
        self.sizes = Counter(self.loops.values())
        self.knots = {name for name, number in self.loops.items() if self.sizes[number] > 1}

    def whole(
        self,
        start: Node,
        place: int,
        *,
        ready: bool,
        taking: bool = False,
        brief: bool = False,
        most: int | None = None,
    ) -> Spreading:
        """All calls from a place to their ends; `taking` notes by which answers.

        With `brief`, where calls came on the way is not noted: `came` and `returned` stay empty.

        Raises:
            TooLongError: if in loops more than `most` nodes have to be followed, each once for each answer.
        """
        lane, composure = divmod(place, LANE)
        first: Places = {start: {lane * LANE: shares.at(composure)}}
        found = _Following(self, frozenset(), None, taking=taking, brief=brief, most=most).through(
            {} if ready else first, first if ready else {}
        )
        if not ready and self.sizes[self.loops[start.name]] > 1:
            _pour(found.entered, start, lane * LANE, shares.at(composure))
        return found

    def visited(self, whole: Spreading) -> dict[str, float]:
        """By beat: the share of calls that come there at least once."""
        came: dict[str, int] = dict.fromkeys(self.graph.scenario.beats, 0)
        for node, share in whole.came.items():
            came[node.name] += share - whole.returned.get(node, 0)
        for loop, size in self.sizes.items():
            if 1 < size <= LARGEST_LOOP:
                into = {node: spread for node, spread in whole.entered.items() if self.loops[node.name] == loop}
                for beat in [name for name, number in self.loops.items() if number == loop and came[name]]:
                    copied = {node: dict(spread) for node, spread in into.items()}
                    try:
                        found = _Following(self, frozenset({beat}), loop, most=MOST_VISITED).through(copied, {})
                    except TooLongError:
                        break
                    came[beat] = sum([share for node, share in found.came.items() if node.name == beat])
        return {name: min(1.0, share / shares.ONE) for name, share in came.items()}


class _Following:
    """Calls followed, but not beyond the beats in `absorb`, nor outside the loop `within`."""

    def __init__(
        self,
        spreader: Spreader,
        absorb: frozenset[str],
        within: int | None,
        *,
        taking: bool = False,
        brief: bool = False,
        most: int | None = None,
    ) -> None:
        self._graph = spreader.graph
        self._policy = spreader.policy
        self._loops = spreader.loops
        self._knots = spreader.knots
        self._names = spreader.graph.names
        self._absorb = absorb
        self._within = within
        self._taking = taking
        self._brief = brief
        self._most = most
        self._followed = 0
        self._coming: Places = {}
        self._staying: Places = {}
        self._found = Spreading()

    def through(self, coming: Places, staying: Places) -> Spreading:
        """Loop by loop where none can come near the limit of answers, else answer by answer."""
        self._coming, self._staying = coming, staying
        if not self._graph.short:
            self._rounds(self._graph.nodes)
            return self._found
        for round_, loop in self._graph.order():
            if self._within is None or self._loops[loop[0].name] == self._within:
                if round_:
                    self._rounds(loop)
                    continue
                for node in loop:
                    if node in coming or node in staying:
                        self._left(node, coming.pop(node, None), staying.pop(node, None))
        return self._found

    def _rounds(self, nodes: Sequence[Node]) -> None:
        """Calls followed among these nodes; those that leave them wait in the places."""
        coming, staying = self._coming, self._staying
        among = {*nodes}
        most = self._most
        for _ in range(MOST_ANSWERS):
            # There may be many nodes, or many that wait: the fewer are gone through.
            few = len(coming) + len(staying) < len(among)
            now = [
                (node, coming.pop(node, None), staying.pop(node, None))
                for node in ({**coming, **staying} if few else nodes)
                if (node in among if few else node in coming or node in staying)
            ]
            if most is not None:
                self._followed += len(now)
                if self._followed > most:
                    raise TooLongError
            for node, came, stays in now:
                self._left(node, came, stays)
            left = 0
            for part in (coming, staying):
                for node in part.keys() & among:
                    left += sum([shares.total(some) for some in part[node].values()])
                    if left >= NEGLIGIBLE:
                        break
            if left < NEGLIGIBLE:
                break
        for part in (coming, staying):
            for node in part.keys() & among:
                self._found.timeouts += sum(part.pop(node).values())

    def _left(self, node: Node, came: Spread | None, stays: Spread | None) -> None:
        """Every call that came to a node or stands there is answered."""
        ready = stays or {}
        if came:
            found = self._found
            if not self._brief:
                found.came[node] += shares.total(sum(came.values()))
            outside = self._within is not None and self._loops[node.name] != self._within
            if node.name not in self._absorb and not outside:
                if not ready and not node.several:
                    ready, came = came, {}
                for lane, some in came.items():
                    heard = some
                    if node.several:
                        heard, fell = shares.moved(some, self._graph.listen)
                        found.over[self._graph.lost] += fell
                    ready[lane] = ready[lane] + heard if lane in ready else heard
        for lane, some in ready.items():
            if some:
                self._answered(node, lane, some)

    def _answered(self, node: Node, lane: int, some: int) -> None:
        """Each call is answered, after a breath where nothing else is left."""
        found, graph, knots = self._found, self._graph, self._knots
        over = found.over
        picks = self._policy(node, lane)
        left, last = some, picks.parts[-1]
        for part in picks.parts:
            here = left if part == last else shares.within(left, part)
            if not here:
                continue
            left ^= here
            region = picks.at(part)
            if not region.moves:
                self._breathed(node, lane, here)
                continue
            found.answered += here
            if self._taking:
                found.taken.append((shares.total(here), region))
            after = lane - BLOCK if lane >= STEADIED else lane
            chance, share = 1.0, here
            for points, shift, target, stays, likely in region.moves:
                if likely != chance:
                    chance, share = likely, shares.part(here, likely)
                there, fell = shares.moved(share, points)
                if fell:
                    over[graph.lost] += fell
                if target.beat is None:
                    over[target] += there
                    continue
                to = after + shift
                if to % BLOCK:
                    to = told_apart(to, self._names[target.name])
                into = self._staying if stays else self._coming
                if target not in into:
                    into[target] = {to: there}
                else:
                    _pour(into, target, to, there)
                if stays:
                    continue
                if knots and target.name in knots and self._loops[target.name] != self._loops[node.name]:
                    _pour(found.entered, target, to, there)
                if not self._brief and target.name == node.name:
                    found.returned[target] += shares.total(there)

    def _breathed(self, node: Node, lane: int, some: int) -> None:
        """Those for whom a breath unlocks something go on after it; the others are stuck."""
        able = 0 if lane >= STEADIED else shares.within(some, node.locks >> lane & ALL)
        self._found.stuck += some ^ able
        if able:
            points = self._graph.breaths[lane >= BLOCK]
            there, fell = shares.moved(able, points)
            self._found.over[self._graph.lost] += fell
            self._answered(node, STEADIED + lane % BLOCK, there)


def _pour(into: Places, node: Node, lane: int, some: int) -> None:
    spread = into.get(node)
    if spread is None:
        into[node] = {lane: some}
    else:
        spread[lane] = spread.get(lane, 0) + some
