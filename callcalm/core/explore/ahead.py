"""Players who look ahead: what they can still come to from a state, and what they do next.

All that lies ahead of the state is gone through by sets, then the shortest way to the end they want is read back.
What must not be here: players who do not look ahead.
"""

from __future__ import annotations

from callcalm.core.actions import Action, Breathe, Choose, CutIn, IllegalAction, Listen
from callcalm.core.call import act, offer
from callcalm.core.explore.bits import BLOCK, STEADIED, after_answer, moved, plain, span
from callcalm.core.explore.graph import Graph
from callcalm.core.explore.loops import loops
from callcalm.core.explore.nodes import Node
from callcalm.core.explore.players import Player, options
from callcalm.core.explore.reach import Reach, reach
from callcalm.core.explore.witness import Witnesses
from callcalm.core.model import EndingKind
from callcalm.core.records import dataclass
from callcalm.core.state import CallState

GOOD = frozenset({EndingKind.RESOLVED, EndingKind.FAIR})
"""The kinds of a good ending."""

MOST_PLACES = 20_000
"""Places gone through one by one, at the most, for a way on which a call with good endings alone never ends."""

_RANK = {EndingKind.RESOLVED: 2, EndingKind.FAIR: 1}

_Place = tuple[Node, int, bool]
"""A node, the bit of a packed set, and whether the player is ready to answer."""


@dataclass(frozen=True, slots=True)
class Goal:
    """The end a player wants: an ending and the composure there; None: never to come to one."""

    ending: str | None
    composure: int
    good: bool


class Ahead:
    """One player who looks ahead, in one graph; what was worked out once is kept."""

    def __init__(self, graph: Graph, player: Player) -> None:
        """`player` is BEST or WORST."""
        self._graph = graph
        self._worst = player is Player.WORST
        self._goals: dict[_Place, Goal] = {}
        self._plan: dict[_Place, Action] = {}

    def goal(self, state: CallState) -> Goal:
        """What the player can make of a call from here; a call that never ends is lost in time."""
        place = self._place(state)
        found = self._goals.get(place)
        if found is None:
            node, at, ready = place
            start = (node, 1 << at, ready)
            ahead = reach(self._graph, typed=False, start=start, counted=False)
            found = self._wanted(place, ahead)
            if ahead.beyond and found.ending is not None and not self._planned(state, found):
                found = self._wanted(place, reach(self._graph, typed=False, start=start))
            self._goals[place] = found
        return found

    def action(self, state: CallState) -> Action | None:
        """What the player does next; None when nothing can be picked."""
        place = self._place(state)
        if place not in self._plan:
            self._planned(state, self.goal(state))
        done = self._plan.get(place)
        if done is not None:
            try:
                act(state, done)
            except IllegalAction:
                done = None  # where the proof left something open, the engine has the last word
        return done or _any(state)

    def _place(self, state: CallState) -> _Place:
        node, place = self._graph.place(state)
        return node, place, not state.unheard

    def _wanted(self, start: _Place, ahead: Reach) -> Goal:
        graph = self._graph
        ends: list[tuple[int, int, str]] = []
        for name, node in graph.endings.items():
            bits = plain(ahead.came.get(node, 0))
            if bits:
                low, high = span(bits)
                kind = graph.scenario.endings[name].kind
                ends.append((kind in GOOD, low, name) if self._worst else (_RANK.get(kind, 0), high, name))
        if not ends or (self._worst and min(ends)[0]):
            endless = self._endless(start) if self._worst or not ends else False
            if endless or not ends:
                return Goal(None, 0, good=False)
        rank, composure, name = min(ends) if self._worst else max(ends)
        return Goal(name, composure, good=rank > 0)

    def _planned(self, state: CallState, goal: Goal) -> bool:
        """Plan the way from here to the end that is wanted; whether there is one of at most 100 answers."""
        if goal.ending is None:
            return False
        way = Witnesses(self._graph, state, typed=False).to(goal.ending, goal.composure, goal.composure)
        for done in way or ():
            if isinstance(done, Listen) and not state.unheard:
                continue
            self._plan.setdefault(self._place(state), done)
            state = act(state, done).state
        return way is not None

    def _endless(self, start: _Place) -> bool:
        """Whether a call can go round for ever, or come to where nothing is left to pick; then that is planned."""
        after: dict[_Place, list[tuple[Action, _Place]]] = {}

        def following(place: _Place) -> list[_Place]:
            if place not in after:
                after[place] = self._following(place) if len(after) < MOST_PLACES else []
            return [to for _, to in after[place]]

        found = loops((start,), following)
        if len(after) >= MOST_PLACES:
            return False
        among: dict[_Place, set[_Place]] = {}
        for loop in found:
            inside = set(loop)
            for place in loop:
                for done, to in after[place]:
                    if to in inside:
                        among[place] = inside
                        self._plan[place] = done
                        break
            if loop[0] not in among and not after[loop[0]] and loop[0][0].beat is not None:
                among[loop[0]] = inside
        for loop in found:
            for place in loop:
                if place not in among:
                    onward = next((done for done, to in after[place] if to in among), None)
                    if onward is not None:
                        self._plan[place] = onward
                        among[place] = set()
        return start in among

    def _following(self, place: _Place) -> list[tuple[Action, _Place]]:
        """Each thing to do at a place, and where it leads; what ends the call leads to the ending."""
        node, at, ready = place
        graph = self._graph
        found: list[tuple[Action, int, int, Node, bool]] = []
        if node.beat is None:
            return []
        if not ready and node.cut is None:
            ready = True
        if not ready and node.cut is not None:
            points, target, stays = node.cut
            found = [(Listen(), graph.listen, 0, node, True), (CutIn(), points, 0, target, stays)]
        else:
            for mask, points, shift, target, stays, answer, _ in options(node):
                if mask >> at & 1:
                    found.append((answer.action, points, shift, target, stays))
            if node.locks >> at & 1:
                found.append((Breathe(), graph.breaths[at >= BLOCK], 0, node, True))
        made: list[tuple[Action, _Place]] = []
        for done, points, shift, target, stays in found:
            bits = moved(1 << at, points)
            if not bits:
                made.append((done, (graph.lost, 0, True)))
                continue
            if isinstance(done, Breathe):
                bits <<= STEADIED - at // BLOCK * BLOCK
            elif ready:
                bits = after_answer(bits) << shift
            made.append((done, (target, bits.bit_length() - 1, stays or target.beat is None)))
        return made


def _any(state: CallState) -> Action | None:
    """The first thing that can be picked as written."""
    if state.unheard:
        return Listen()
    able = {one.reply.key: one.locked for one in offer(state).replies}
    for reply in state.here.replies:
        if able.get(reply.key) is False:
            return Choose(reply.key)
    return Breathe() if able else None
