"""The scenario as nodes and edges: all of a state that can matter but composure, and what an answer does to it.

All nodes are made at once, by structure alone: conditions on composure count as perhaps true. What must not be
here: which nodes a player reaches, and with what composure.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import combinations

from callcalm.core.call import PATIENCE, start
from callcalm.core.condition import Value
from callcalm.core.explore.answers import Answer, answers_of
from callcalm.core.explore.bits import ALL, BRITTLE, EVERY, LANE, where
from callcalm.core.explore.loops import loops
from callcalm.core.explore.matters import Matters, matters
from callcalm.core.explore.sentences import follow_sentences
from callcalm.core.explore.words import Scales
from callcalm.core.model import Beat, Reply, Scenario, Step
from callcalm.core.playbook import Playbook
from callcalm.core.state import CallState


class TooManyError(Exception):
    """More nodes than allowed; `largest` is the variable with most values in them, if variables are the cause."""

    def __init__(self, largest: str | None) -> None:
        super().__init__("too many")
        self.largest = largest


class Node:
    """A beat with all that can still matter there, or an ending (`beat` None).

    `variables` are the values of the beat's own list of them; `said` the bits of sentences said before, out of
    `live`, those that may be met again from here; `root` the same node with nothing said. `several` is whether
    the caller speaks in parts, `cut` then what cutting in does: points, where it leads, and whether the player is
    there at once. `locks` are the packed composures at which a breath unlocks something.
    """

    __slots__ = (
        "beat",
        "cut",
        "edges",
        "live",
        "locks",
        "name",
        "names",
        "presses",
        "root",
        "said",
        "several",
        "variables",
    )

    def __init__(
        self, name: str, beat: Beat | None, variables: tuple[Value, ...] = (), names: int = 0, presses: int = 0
    ) -> None:
        self.name = name
        self.beat = beat
        self.variables = variables
        self.names = names
        self.presses = presses
        self.said = 0
        self.live = 0
        self.root = self
        self.several = beat is not None and len(beat.caller) > 1
        self.cut: Cut | None = None
        self.edges: list[Edge] | None = None if beat is not None else []
        self.locks = 0


Edge = tuple[int, int, Node, bool, Answer]
"""(packed composures that may take it, points, where it leads, whether the player is there at once, by what).

"At once": the call stays at its beat, where everything has been heard.
"""

Cut = tuple[int, Node, bool]
_Key = tuple[str, tuple[Value, ...], int, int]


class Graph:
    """All nodes of a scenario under a playbook."""

    short: bool
    """Whether no call can come near its 100 answers but by going round in a loop: found by reaching everything."""

    def __init__(
        self,
        scenario: Scenario,
        playbook: Playbook,
        *,
        limit: int,
        without: Collection[str] = (),
        follow: bool = True,
    ) -> None:
        """`limit` is the most nodes; variables `without` are not followed, nor are sentences unless `follow`.

        Raises:
            TooManyError: if there are more nodes.
        """
        self.scenario = scenario
        self.playbook = playbook
        self.limit = limit
        self.opening = start(scenario, playbook)
        self.scales = Scales(self.opening)
        self.listen = playbook.points("listen")
        self.cut_in = playbook.points("cut-in")
        self.breaths = (playbook.points("breathe.first"), playbook.points("breathe.again"))
        self.endings = {name: Node(name, None) for name in scenario.endings}
        self.nodes: list[Node] = []
        self._known: dict[_Key, Node] = {}
        self._weighed: dict[tuple[Answer, int], int] = {}
        self._order: list[list[Node]] | None = None
        self.short = False
        self._splits: dict[tuple[Node, int], Node] = {}
        self.answers = {name: answers_of(beat, self.scales) for name, beat in scenario.beats.items()}
        self.matters: Matters = matters(scenario, self.answers, without)
        self.loops = {
            name: number
            for number, loop in enumerate(loops(self.matters.ways, self.matters.ways.__getitem__))
            for name in loop
        }
        self.numbers: Mapping[str, int] = {}
        self.loose: frozenset[str] = frozenset()
        self.start = self._node(scenario.start, scenario.vars, 0, 0)
        self._grow(0)
        self._follow(follow)

    def of(self, state: CallState) -> Node:
        """The node a state of real play stands at (its beat, once the call is over)."""
        beat = state.here
        pressed = beat.compose is not None and beat.otherwise is None
        before = len(self.nodes)
        root = self._node(state.beat, state.vars, state.names, state.presses if pressed else 0)
        self._grow(before)
        said = 0
        for sentence, number in self.numbers.items():
            if number & root.live and sentence in state.said:
                said |= number
        found = self._split(root, said)
        self._grow(before)
        return found

    def order(self) -> list[list[Node]]:
        """All nodes that can be reached, loop by loop, from the start onwards; one in no loop stands alone."""
        if self._order is None:

            def following(node: Node) -> list[Node]:
                out = [edge[2] for edge in node.edges or ()]
                return out if node.cut is None else [*out, node.cut[1]]

            self._order = [loop[::-1] for loop in reversed(loops((self.start,), following))]
        return self._order

    def offered(self, node: Node, reply: Reply) -> tuple[int, int]:
        """The composures at which a reply may be on offer at a node, and those at which it must be."""
        if reply.when is None:
            return ALL, ALL
        return where(reply.when, dict(zip(self.matters.variables[node.name], node.variables, strict=True)))

    def _node(self, beat: str, variables: Mapping[str, Value], names: int, presses: int) -> Node:
        values = tuple([variables[name] for name in self.matters.variables[beat]])
        return self._made((beat, values, self.matters.names_now(beat, names), presses))

    def _made(self, key: _Key) -> Node:
        found = self._known.get(key)
        if found is None:
            name, values, names, presses = key
            found = self._known[key] = Node(name, self.scenario.beats[name], values, names, presses)
            self._kept(found)
        return found

    def _kept(self, node: Node) -> None:
        if len(self.nodes) >= self.limit:
            raise TooManyError(self._largest() if not self._splits else None)
        self.nodes.append(node)

    def _largest(self) -> str | None:
        seen: dict[str, set[Value]] = {}
        for name, values, *_ in self._known:
            for variable, value in zip(self.matters.variables[name], values, strict=True):
                seen.setdefault(variable, set()).add(value)
        return max(seen, key=lambda variable: len(seen[variable]), default=None)

    def _grow(self, at: int) -> None:
        """Give every node from number `at` on its edges, and those they lead to theirs."""
        while at < len(self.nodes):
            node = self.nodes[at]
            at += 1
            if node.edges is None and node.beat is not None:
                if node.root is node:
                    node.edges = self._leaving(node, node.beat)
                else:
                    self._leave_again(node, node.root)

    def _leaving(self, node: Node, beat: Beat) -> list[Edge]:
        edges: list[Edge] = []
        temptation = self.playbook.temptation
        locks = 0
        for answer in self.answers[beat.id]:
            words = answer.words
            points = answer.fresh
            if words.names and node.names:
                points = self._named(answer, node.names)
            may = ALL
            reply = answer.reply
            if reply is not None:
                if reply.when is not None:
                    may = self.offered(node, reply)[0]
                    if not may:
                        continue
                if temptation and points > 0:
                    locks |= may & BRITTLE
                    may = may * EVERY & _UNLOCKED
                else:
                    may *= EVERY
            else:
                may *= EVERY
            if answer.presses:
                target, stays = self._pressed(node, words.names)
            else:
                target, stays = self._target(node, answer.goto, answer.step, node.names + words.names)
            edges.append((may, points, target, stays, answer))
        node.locks = locks * (1 | 1 << LANE)
        if node.several:
            points = 0 if beat.cut_in_right else self.cut_in
            step = beat.cut_in
            target, stays = (node, True) if step is None else self._target(node, step.goto, step, node.names)
            node.cut = (points, target, stays)
        return edges

    def _named(self, answer: Answer, names: int) -> int:
        """What an answer that uses the name adds after so many uses."""
        key = (answer, names)
        found = self._weighed.get(key)
        if found is None:
            found = self._weighed[key] = self.scales.weigh(answer.words, names)
        return found

    def _target(self, node: Node, goto: str | None, step: Step | Reply | None, names: int) -> tuple[Node, bool]:
        """Where a step leads, and whether the call stays at its beat."""
        if goto is not None and goto in self.endings:
            return self.endings[goto], False
        to = node.name if goto is None else goto
        here = self.matters
        values: tuple[Value, ...] = ()
        if here.variables[to]:
            values = self._changed(node, to, step)
        presses = node.presses if goto is None else 0
        return self._made((to, values, here.names_now(to, names), presses)), goto is None

    def _changed(self, node: Node, to: str, step: Step | Reply | None) -> tuple[Value, ...]:
        now = dict(zip(self.matters.variables[node.name], node.variables, strict=True))
        if step is not None:
            now.update(step.set)
            for name, amount in step.add.items():
                if name in now:
                    least, most = self.scenario.ranges[name]
                    now[name] = max(least, min(most, int(now[name]) + amount))
        return tuple([now[name] for name in self.matters.variables[to]])

    def _pressed(self, node: Node, names: int) -> tuple[Node, bool]:
        if node.presses + 1 >= PATIENCE:
            return self.endings[self.scenario.lost], False
        now = self.matters.names_now(node.name, node.names + names)
        return self._made((node.name, node.variables, now, node.presses + 1)), True

    def _follow(self, follow: bool) -> None:
        """Split the nodes at which it matters which sentences were said; without `follow`, leave it open."""
        numbers = follow_sentences(self.nodes, self.answers, self.loops)
        if not numbers:
            return
        self.loose = frozenset(one for one in numbers if not follow or one in self.scales.unsure)
        self.numbers = {sentence: number for sentence, number in numbers.items() if sentence not in self.loose}
        mask = sum(self.numbers.values())
        roots = len(self.nodes)
        for node in self.nodes:
            node.live &= mask
        for node in self.nodes[:roots]:
            if node.live or self.loose:
                self._leave_again(node, node)
        self._grow(roots)

    def _leave_again(self, node: Node, root: Node) -> None:
        """The edges of a node's root, with the sentences said before that node and by each answer."""
        edges: list[Edge] = []
        locks = 0
        for mask, fresh, target, stays, answer in root.edges or ():
            there = self._split(target.root, self._said(node, answer)) if target.live else target
            for points in self._points(node, answer) if answer.words.pairs else (fresh,):
                able = mask
                if answer.reply is not None and self.playbook.temptation:
                    may = able >> 2 * LANE
                    able = may * EVERY & _UNLOCKED if points > 0 else may * EVERY
                    locks |= may & BRITTLE if points > 0 else 0
                edges.append((able, points, there, stays, answer))
        node.edges = edges
        node.locks = locks * (1 | 1 << LANE)
        if root.cut is not None:
            points, target, stays = root.cut
            node.cut = (points, self._split(target.root, node.said), stays)

    def _split(self, root: Node, said: int) -> Node:
        said &= root.live
        if not said:
            return root
        found = self._splits.get((root, said))
        if found is None:
            found = self._splits[root, said] = Node(root.name, root.beat, root.variables, root.names, root.presses)
            found.root, found.said, found.live = root, said, root.live
            self._kept(found)
        return found

    def _said(self, node: Node, answer: Answer) -> int:
        said = node.said
        for _, sentence in answer.words.pairs:
            said |= self.numbers.get(sentence, 0)
        return said

    def _points(self, node: Node, answer: Answer) -> list[int]:
        """What an answer may add at a node, freshest first; several only where a sentence is not followed."""
        pairs = answer.words.pairs
        worn = {sentence for _, sentence in pairs if self.numbers.get(sentence, 0) & node.said}
        unsure = sorted({sentence for _, sentence in pairs if sentence in self.loose})
        found = {
            self.scales.weigh(answer.words, node.names, worn.union(more)): None
            for count in range(len(unsure) + 1)
            for more in combinations(unsure, count)
        }
        return list(found)


_UNLOCKED = ALL * EVERY & ~(BRITTLE | BRITTLE << LANE)
