"""How likely every ending is for each kind of player: `solve`, and what can be asked of its answer.

Exact under the assumptions of the proof. From the start the limit of 100 answers is kept; what is asked of a state
(`Odds.chance`, `Odds.best`) is worked back from the endings and knows no such limit, which matters only where a
player goes round in a loop that long. A call that runs out of time counts as lost, and so does one in which there
is nothing left to pick. What must not be here: what the players are like.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from callcalm.core.actions import Action, Breathe, Choose, CutIn, Listen
from callcalm.core.call import act, offer
from callcalm.core.explore.bits import LANE, plain, span
from callcalm.core.explore.chances import Spreader, Spreading
from callcalm.core.explore.graph import Graph, Node
from callcalm.core.explore.players import Player, options
from callcalm.core.explore.proof import Proof, prove
from callcalm.core.explore.reach import reach_by_picking
from callcalm.core.explore.values import GOOD, Values
from callcalm.core.model import Reply, Scenario
from callcalm.core.playbook import Playbook
from callcalm.core.state import CallState

MOST_ACTIONS = 1_000
"""Actions after which a player who only ever cuts in is taken never to end; that call counts as lost."""

STEADIED = 2
"""The lane of a player whom a breath has just steadied."""


class Odds:
    """What one player's calls come to.

    `endings` has the chance of every ending, `good` that of a resolved or fair one. `unproved` are the things the
    proof left open; the chances then hold as if sentences were always fresh and open conditions true.
    """

    def __init__(self, graph: Graph, player: Player, unproved: tuple[str, ...]) -> None:
        self.player = player
        self.unproved = unproved
        self._graph = graph
        self._values = Values(graph, player)
        self.endings: Mapping[str, float]
        self._spreader = Spreader(graph, self._values.picks)
        self._whole: Spreading | None = None
        self._seen: set[str] = set()
        if self._values.ahead:
            ending = self._foretold()
            self.endings = {name: float(name == ending) for name in graph.endings}
        else:
            self._shared()
        kinds = graph.scenario.endings
        self.good = sum(chance for name, chance in self.endings.items() if kinds[name].kind in GOOD)

    @cached_property
    def answers(self) -> float:
        """The mean number of answers given in a call."""
        return float(self._call.answers) if self._whole is None else sum(self._whole.answered.values())

    @cached_property
    def visits(self) -> Mapping[str, float]:
        """By beat: the chance that a call comes there at all (in loops of over 60 beats, at most that)."""
        if self._whole is None:
            self._seen.add(self._call.beat)
            return {name: float(name in self._seen) for name in self._graph.scenario.beats}
        return self._spreader.visited(self._whole)

    @cached_property
    def words(self) -> float:
        """The mean number of words heard and said in a call; 0 for a player who looks ahead."""
        if self._whole is None:
            return 0.0
        whole = 0.0
        for node, share in self._whole.came.items():
            if node.beat is not None:
                whole += share * sum(len(part.split()) for part in node.beat.caller)
        for answer, share in self._whole.taken.items():
            whole += share * answer.said
        return whole

    def chance(self, state: CallState) -> float:
        """The chance of a good ending if this player goes on from a state of real play."""
        if state.over is not None:
            return float(state.over.kind in GOOD)
        node, lane = self._place(state)
        return self._values.chance(node, lane, state.composure, ready=not state.unheard)

    def best(self, state: CallState) -> str | None:
        """The key of the reply this player gives there, after a breath if it takes one.

        None: the call is over, the caller still speaks, an answer is composed there, or nothing can be picked. Of
        several that are as good to a player, it is the first as written.
        """
        while state.ending is None and not state.unheard:
            done = self.action(state)
            if isinstance(done, Choose):
                return done.reply
            if not isinstance(done, Breathe):
                return None
            state = act(state, done).state
        return None

    def action(self, state: CallState) -> Action | None:
        """What this player does next; None when the call is over or nothing can be picked."""
        if state.ending is not None:
            return None
        node, lane = self._place(state)
        if self._values.ahead:
            return self._foreseen(state, node, lane)
        if state.unheard:
            return Listen()
        for bits, chosen in self._values.picks(node):
            if bits >> lane * LANE + state.composure & 1:
                if chosen:
                    return chosen[0][0][4].action
                return Breathe() if lane < STEADIED and node.locks >> state.composure & 1 else None
        return None

    def _place(self, state: CallState) -> tuple[Node, int]:
        node = self._graph.of(state)
        if state.steadied and not state.unheard:
            return node, STEADIED
        return node, min(state.breaths, 1)

    def _foreseen(self, state: CallState, node: Node, lane: int) -> Action | None:
        worths = self._values
        composure = state.composure
        ways: list[tuple[float, Action]] = []
        if state.unheard:
            ways.append((worths.listened(node, lane, composure), Listen()))
            ways.append((worths.cut(node, lane, composure), CutIn()))
        else:
            ways.extend(
                (worths.after(edge, lane, composure), edge[4].action)
                for edge in options(node)
                if edge[0] >> lane * LANE + composure & 1 and _open(state, edge[4].reply)
            )
            if lane < STEADIED and node.locks >> composure & 1:
                ways.append((worths.breathed(node, lane, composure), Breathe()))
        best: tuple[float, Action] | None = None
        for worth, done in ways:
            if best is None or worths.better(worth, best[0]):
                best = (worth, done)
        return best[1] if best else None

    def _shared(self) -> None:
        found = self._whole = self._spreader.whole()
        chances = {name: sum(found.endings.get(node, {}).values()) for name, node in self._graph.endings.items()}
        chances[self._graph.scenario.lost] += found.timeouts + found.stuck
        self.endings = chances

    def _foretold(self) -> str:
        """The ending of the one call of a player who looks ahead, by all that can be reached by picking."""
        graph = self._graph
        found = reach_by_picking(graph)
        worst = self.player is Player.WORST
        ends: list[tuple[bool, int, str]] = []
        for name, node in graph.endings.items():
            bits = plain(found.came.get(node, 0))
            if bits:
                low, high = span(bits)
                ends.append((graph.scenario.endings[name].kind in GOOD, low if worst else high, name))
        if not ends or (worst and min(ends)[0]):
            return self._call.ending or graph.scenario.lost
        return min(ends)[2] if worst else max(ends)[2]

    @cached_property
    def _call(self) -> CallState:
        """The one call of a player who looks ahead, played; the beats it came to are noted."""
        state = self._graph.opening
        self._seen.add(state.beat)
        for _ in range(MOST_ACTIONS):
            done = self.action(state)
            if done is None:
                break
            state = act(state, done).state
            self._seen.add(state.beat)
        return state


def _open(state: CallState, reply: Reply | None) -> bool:
    """Whether the engine lets a player pick that now: it may not where the proof left something open."""
    return reply is None or any(one.reply is reply and not one.locked for one in offer(state).replies)


def solve(scenario: Scenario, playbook: Playbook, player: Player, *, proof: Proof | None = None) -> Odds:
    """How one player fares; with the `proof` of the same scenario and playbook, its work is not done twice."""
    known = proof or prove(scenario, playbook)
    return Odds(known.graph, player, known.unproved)
