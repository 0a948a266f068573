"""How likely every ending is for each kind of player: `solve`, and what can be asked of its answer.

Exact under the assumptions of the proof. What is asked of a state (`Odds.chance`, `Odds.best`) starts a new count
of 100 answers, which matters only where a player goes round in a loop that long. A call that runs out of time
counts as lost, and so does one in which there is nothing left to pick. What must not be here: what the players are
like.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from callcalm.core.actions import Action, Breathe, Choose, Listen
from callcalm.core.call import act
from callcalm.core.explore.ahead import GOOD, Ahead
from callcalm.core.explore.bits import LANE, STEADIED
from callcalm.core.explore.chances import Spreader, Spreading
from callcalm.core.explore.graph import Graph
from callcalm.core.explore.nodes import Node
from callcalm.core.explore.players import Picks, Player
from callcalm.core.explore.proof import Proof, prove
from callcalm.core.explore.shares import ONE, total
from callcalm.core.model import Scenario
from callcalm.core.moves import Registry
from callcalm.core.playbook import Playbook
from callcalm.core.saying import Saying
from callcalm.core.state import CallState

MOST_ACTIONS = 1_000
"""Actions after which a player who only ever cuts in is taken never to end; that call counts as lost."""


class _Policy:
    """What a player who does not look ahead picks; if it is to be remembered, by node and lane."""

    def __init__(self, registry: Registry, player: Player, *, remember: bool) -> None:
        self._registry = registry
        self._player = player
        self._remember = remember
        self._picks: dict[tuple[Node, int], Picks] = {}

    def __call__(self, node: Node, lane: int) -> Picks:
        found = self._picks.get((node, lane))
        if found is None:
            found = Picks(self._registry, node, self._player, lane)
            if self._remember:
                self._picks[node, lane] = found
        return found


class Odds:
    """What one player's calls come to.

    `endings` has the chance of every ending, `good` that of a resolved or fair one, for calls that begin by one
    opening. `unproved` are the things the
    proof left open; the chances then hold as if sentences were always fresh and open conditions true.
    """

    def __init__(
        self,
        graph: Graph,
        player: Player,
        unproved: tuple[Saying, ...],
        opening: str = "",
        *,
        brief: bool = False,
        most: int | None = None,
    ) -> None:
        """With `brief`, no more than how calls end is worked out and remembered at first: less time and memory.

        Raises `KeyError` if the scenario has no such opening.
        """
        self.player = player
        self._opening = graph.openings[opening]
        self.unproved = unproved
        self._graph = graph
        # Where nobody comes round to a node again, nothing picked there is asked for twice.
        once = brief and graph.short and not any(round_ for round_, _ in graph.order())
        self._policy = _Policy(graph.playbook.registry, player, remember=not once)
        self._spreader = Spreader(graph, self._policy)
        self._ahead: Ahead | None = None
        self._whole: Spreading | None = None
        self._seen: set[str] = set()
        self.endings: Mapping[str, float]
        if player in (Player.BEST, Player.WORST):
            self._ahead = Ahead(graph, player)
            ending = self._ahead.goal(self._opening).ending or self._call.ending or graph.scenario.lost
            self.endings = {name: float(name == ending) for name in graph.endings}
        else:
            place = graph.place(self._opening)
            self._whole = self._spreader.whole(*place, ready=False, brief=brief, most=most)
            self._brief = brief
            self.endings = self._shared(self._whole)
        self.good = self._good(self.endings)

    @cached_property
    def answers(self) -> float:
        """The mean number of answers given in a call."""
        return float(self._call.answers) if self._whole is None else total(self._whole.answered) / ONE

    @cached_property
    def visits(self) -> Mapping[str, float]:
        """By beat: the chance that a call comes there at all.

        At most that, in loops of over 60 beats, or of fewer where calls go round in very many ways.
        """
        if self._whole is None:
            self._seen.add(self._call.beat)
            return {name: float(name in self._seen) for name in self._graph.scenario.beats}
        return self._spreader.visited(self._noted(self._whole))

    @cached_property
    def words(self) -> float:
        """The mean number of words heard and said in a call; 0 for a player who looks ahead."""
        if self._whole is None:
            return 0.0
        whole = 0.0
        for node, share in self._noted(self._whole).came.items():
            if node.beat is not None:
                whole += share / ONE * sum([len(part.split()) for part in node.beat.caller])
        graph = self._graph
        again = self._spreader.whole(*graph.place(self._opening), ready=False, taking=True)
        for share, region in again.taken:
            for edge in region.by:
                whole += share / ONE * edge[5].many / region.many * edge[5].said
        return whole

    def chance(self, state: CallState) -> float:
        """The chance of a good ending if this player goes on from a state of real play."""
        if state.over is not None:
            return float(state.over.kind in GOOD)
        if self._ahead is not None:
            return float(self._ahead.goal(state).good)
        node, place = self._graph.place(state)
        return self._good(self._shared(self._spreader.whole(node, place, ready=not state.unheard)))

    def best(self, state: CallState) -> str | None:
        """The key of the reply this player gives there, after a breath if it takes one.

        None: the call is over, the caller still speaks, an answer is composed there, or nothing can be picked. Of
        several that are as good to a player who looks ahead, it is one of those on a shortest way; to another, the
        first as written.
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
        if self._ahead is not None:
            return self._ahead.action(state)
        if state.unheard:
            return Listen()
        node, place = self._graph.place(state)
        lane, composure = divmod(place, LANE)
        picks = self._policy(node, lane * LANE)
        for part in picks.parts:
            if part >> composure & 1:
                region = picks.at(part)
                if region.by:
                    return region.by[0][5].action
                return Breathe() if place < STEADIED and node.locks >> place & 1 else None
        return None

    def _noted(self, found: Spreading) -> Spreading:
        """The same calls, with where they came."""
        if self._brief:
            self._brief = False
            found = self._whole = self._spreader.whole(*self._graph.place(self._opening), ready=False)
        return found

    def _shared(self, found: Spreading) -> dict[str, float]:
        chances = {name: total(found.over.get(node, 0)) / ONE for name, node in self._graph.endings.items()}
        chances[self._graph.scenario.lost] += total(found.timeouts + found.stuck) / ONE
        return chances

    def _good(self, chances: Mapping[str, float]) -> float:
        kinds = self._graph.scenario.endings
        return sum([chance for name, chance in chances.items() if kinds[name].kind in GOOD])

    @cached_property
    def _call(self) -> CallState:
        """The one call of a player who looks ahead, played; the beats it came to are noted."""
        state = self._opening
        self._seen.add(state.beat)
        for _ in range(MOST_ACTIONS):
            done = self.action(state)
            if done is None:
                break
            state = act(state, done).state
            self._seen.add(state.beat)
        return state


def solve(
    scenario: Scenario,
    playbook: Playbook,
    player: Player,
    *,
    proof: Proof | None = None,
    opening: str = "",
    brief: bool = False,
    most: int | None = None,
) -> Odds:
    """How one player fares in calls that begin by this `opening`.

    With the `proof` of the same scenario and playbook, its work is not done twice. `brief` is for those who ask
    only how calls end; all else can still be asked.

    Raises:
        KeyError: if the scenario has no such opening.
        TooLongError: if a player who does not look ahead goes round in more than `most` ways.
    """
    known = proof or prove(scenario, playbook)
    return Odds(known.graph, player, known.unproved, opening, brief=brief, most=most)
