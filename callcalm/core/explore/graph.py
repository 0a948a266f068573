"""The scenario as nodes and edges: all of a state that can matter but composure, and what an answer does to it.

Nodes are made when they are first led to, their edges when they are first left. What must not be here: which of
them a player reaches, and with what composure.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from itertools import combinations

from callcalm.core.actions import Action, Choose, Compose, Say
from callcalm.core.call import PATIENCE, start
from callcalm.core.condition import Value
from callcalm.core.explore.bits import ALL, BRITTLE, EVERY, LANE, where
from callcalm.core.explore.matters import Matters, Way, matters, ways_of
from callcalm.core.explore.tasks import Outcome, outcomes
from callcalm.core.explore.words import Scales, Words
from callcalm.core.model import Beat, Reply, Scenario, Step
from callcalm.core.playbook import Playbook
from callcalm.core.state import CallState
from callcalm.core.text import Text

Deed = Reply | Outcome | Step
"""What leads along an edge: a reply, a composed answer, or (the step of `otherwise`) a typed one."""

TYPED = Text("…")
"""A typed answer in which nothing is found: it moves composure by nothing."""

_ENDED = re.compile(r"[.!?…]+[\s»\"”')]*\Z")


class TooManyError(Exception):
    """More nodes than allowed; `sizes` tells how many values each variable had among them."""

    def __init__(self, sizes: Mapping[str, int]) -> None:
        super().__init__("too many")
        self.sizes = sizes


class Node:
    """A beat with all that can still matter there, or an ending (`beat` None).

    `variables` are the values of the beat's own list of them, `said` the bits of sentences said before.
    """

    __slots__ = ("beat", "edges", "locks", "name", "names", "number", "presses", "said", "several", "variables")

    def __init__(
        self,
        number: int,
        name: str,
        beat: Beat | None,
        variables: tuple[Value, ...],
        names: int,
        said: int,
        presses: int,
    ) -> None:
        """`number` counts nodes in the order they were made."""
        self.number = number
        self.name = name
        self.beat = beat
        self.variables = variables
        self.names = names
        self.said = said
        self.presses = presses
        self.several = beat is not None and len(beat.caller) > 1
        self.edges: list[Edge] | None = None
        self.locks = 0


Edge = tuple[int, int, Node, bool, Deed]
"""(packed composures that may take it, points, where it leads, whether the player is there at once, by what).

"At once": the call stays at its beat, where everything has been heard.
"""

_Key = tuple[str, tuple[Value, ...], int, int, int]
_Recipe = tuple[tuple[int, Value, int, int, int], ...]


class Graph:
    """All nodes of a scenario under a playbook, made as they are needed."""

    def __init__(
        self,
        scenario: Scenario,
        playbook: Playbook,
        *,
        limit: int,
        without: Collection[str] = (),
        follow: bool = True,
    ) -> None:
        """`limit` is the most nodes; variables `without` are not followed, nor are sentences unless `follow`."""
        self.scenario = scenario
        self.playbook = playbook
        self.limit = limit
        self.opening = start(scenario, playbook)
        self.scales = Scales(self.opening)
        self.listen = playbook.points("listen")
        self.cut_in = playbook.points("cut-in")
        self.breaths = (playbook.points("breathe.first"), playbook.points("breathe.again"))
        self.nodes: list[Node] = []
        self._words: dict[str, tuple[Words, ...]] = {}
        self._outcomes: dict[str, tuple[Outcome, ...]] = {}
        self._ways: dict[str, tuple[Way, ...]] = {}
        self._known: dict[_Key, Node] = {}
        self._recipes: dict[tuple[int, str], _Recipe] = {}
        unsure: set[str] = set()
        for name, beat in scenario.beats.items():
            replies = tuple([self.scales.reply(reply, beat) for reply in beat.replies])
            parts: tuple[Words, ...] = ()
            if beat.compose is not None:
                parts = tuple([self.scales.part(part) for part in beat.compose.parts])
                if not all(_ENDED.search(part.say) for part in beat.compose.parts):
                    unsure.update(sentence for part in parts for _, sentence in part.pairs)
                self._outcomes[name] = outcomes(beat.compose, parts)
            self._words[name] = replies
            self._ways[name] = ways_of(beat, replies, parts)
        self.matters: Matters = matters(scenario, self._ways, without=without, follow=follow, unsure=unsure)
        self.endings = {name: self._ending(name) for name in scenario.endings}
        self.start = self.node(scenario.start, scenario.vars)

    def node(
        self, beat: str, variables: Mapping[str, Value], names: int = 0, said: int = 0, presses: int = 0
    ) -> Node:
        """The node of a beat with all of a state that can matter there."""
        values = tuple([variables[name] for name in self.matters.variables[beat]])
        here = self.matters
        return self._made((beat, values, here.names_now(beat, names), said & here.sentences[beat], presses))

    def of(self, state: CallState) -> Node:
        """The node a state of real play stands at (its beat, once the call is over)."""
        said = 0
        for sentence, number in self.matters.numbers.items():
            if sentence in state.said:
                said |= number
        presses = state.presses if self._presses(state.here) else 0
        return self.node(state.beat, state.vars, state.names, said, presses)

    def edges(self, node: Node) -> list[Edge]:
        """The edges an answer may take from a node; `node.locks` are then where a breath unlocks something."""
        if node.edges is None:
            node.edges = []
            if node.beat is not None:
                self._leave(node, node.beat, node.edges)
        return node.edges

    def offered(self, node: Node, reply: Reply) -> tuple[int, int]:
        """The composures at which a reply may be on offer at a node, and those at which it must be."""
        if reply.when is None:
            return ALL, ALL
        return where(reply.when, dict(zip(self.matters.variables[node.name], node.variables, strict=True)))

    def cut(self, node: Node, beat: Beat) -> tuple[int, Node, bool]:
        """What cutting in does at a node: points, where it leads, and whether the player is there at once."""
        points = 0 if beat.cut_in_right else self.cut_in
        if beat.cut_in is None:
            return points, node, True
        target, stays = self._target(node, beat.cut_in.goto, beat.cut_in, node.names, node.said)
        return points, target, stays

    def _ending(self, name: str) -> Node:
        made = Node(len(self.nodes), name, None, (), 0, 0, 0)
        self.nodes.append(made)
        return made

    def _made(self, key: _Key) -> Node:
        found = self._known.get(key)
        if found is None:
            if len(self.nodes) >= self.limit:
                raise TooManyError(self._sizes())
            name, values, names, said, presses = key
            found = Node(len(self.nodes), name, self.scenario.beats[name], values, names, said, presses)
            self._known[key] = found
            self.nodes.append(found)
        return found

    def _sizes(self) -> dict[str, int]:
        seen: dict[str, set[Value]] = {}
        for name, values, *_ in self._known:
            for variable, value in zip(self.matters.variables[name], values, strict=True):
                seen.setdefault(variable, set()).add(value)
        return {variable: len(values) for variable, values in seen.items()}

    def _leave(self, node: Node, beat: Beat, edges: list[Edge]) -> None:
        temptation = self.playbook.temptation
        locks = 0
        for reply, words in zip(beat.replies, self._words[beat.id], strict=True):
            may = self.offered(node, reply)[0] if reply.when is not None else ALL
            if not may:
                continue
            for points in self._points(words, node):
                if temptation and points > 0:
                    mask = may * EVERY & ~(BRITTLE | BRITTLE << LANE)
                    locks |= may & BRITTLE
                else:
                    mask = may * EVERY
                target, stays = self._after(node, reply.goto, reply, words)
                edges.append((mask, points, target, stays, reply))
        node.locks = locks * (1 | 1 << LANE)
        everywhere = ALL * EVERY
        if beat.compose is not None:
            for outcome in self._outcomes[beat.id]:
                if outcome.ideal:
                    target, stays = self._after(node, beat.compose.goto, None, outcome.words)
                elif beat.otherwise is not None:
                    target, stays = self._after(node, beat.otherwise.goto, beat.otherwise, outcome.words)
                else:
                    target, stays = self._pressed(node, outcome.words)
                edges.extend(
                    (everywhere, points, target, stays, outcome) for points in self._points(outcome.words, node)
                )
        elif beat.otherwise is not None:
            target, stays = self._target(node, beat.otherwise.goto, beat.otherwise, node.names, node.said)
            edges.append((everywhere, 0, target, stays, beat.otherwise))

    def _points(self, words: Words, node: Node) -> tuple[int, ...]:
        """What an answer may add at a node, freshest first; several only where a sentence is not followed."""
        if not words.pairs or not (node.said or self.matters.loose):
            return (self.scales.weigh(words, node.names),)
        numbers, loose = self.matters.numbers, self.matters.loose
        worn = {sentence for _, sentence in words.pairs if numbers.get(sentence, 0) & node.said}
        unsure = sorted({sentence for _, sentence in words.pairs if sentence in loose})
        found = {
            self.scales.weigh(words, node.names, worn.union(more)): None
            for count in range(len(unsure) + 1)
            for more in combinations(unsure, count)
        }
        return tuple(found)

    def _after(self, node: Node, goto: str | None, step: Step | Reply | None, words: Words) -> tuple[Node, bool]:
        return self._target(node, goto, step, node.names + words.names, self._said(node, words))

    def _said(self, node: Node, words: Words) -> int:
        said = node.said
        numbers = self.matters.numbers
        if numbers:
            for _, sentence in words.pairs:
                said |= numbers.get(sentence, 0)
        return said

    def _pressed(self, node: Node, words: Words) -> tuple[Node, bool]:
        if node.presses + 1 >= PATIENCE:
            return self.endings[self.scenario.lost], False
        here = self.matters
        names = here.names_now(node.name, node.names + words.names)
        said = self._said(node, words) & here.sentences[node.name]
        return self._made((node.name, node.variables, names, said, node.presses + 1)), True

    def _target(
        self, node: Node, goto: str | None, step: Step | Reply | None, names: int, said: int
    ) -> tuple[Node, bool]:
        """Where a step leads, and whether the call stays at its beat."""
        if goto is not None and goto in self.endings:
            return self.endings[goto], False
        to = node.name if goto is None else goto
        here = self.matters
        values: tuple[Value, ...] = ()
        if here.variables[to]:
            values = self._changed(node, to, step)
        presses = node.presses if goto is None else 0
        key = (to, values, here.names_now(to, names), said & here.sentences[to], presses)
        return self._made(key), goto is None

    def _changed(self, node: Node, to: str, step: Step | Reply | None) -> tuple[Value, ...]:
        now = dict(zip(self.matters.variables[node.name], node.variables, strict=True))
        if step is not None:
            now.update(step.set)
            for name, amount in step.add.items():
                if name in now:
                    least, most = self.scenario.ranges[name]
                    now[name] = max(least, min(most, int(now[name]) + amount))
        return tuple([now[name] for name in self.matters.variables[to]])

    @staticmethod
    def _presses(beat: Beat) -> bool:
        return beat.compose is not None and beat.otherwise is None


def action(deed: Deed) -> Action:
    """The action of a player that a deed is."""
    match deed:
        case Reply():
            return Choose(deed.key)
        case Outcome():
            return Compose(deed.example)
        case Step():
            return Say(TYPED)
