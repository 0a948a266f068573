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
from callcalm.core.explore.asking import Asking
from callcalm.core.explore.bits import ALL, EVERY, LANE, NAMES, STEADIED
from callcalm.core.explore.carrying import Carry, carried, carrying
from callcalm.core.explore.joins import Joins
from callcalm.core.explore.loops import loops
from callcalm.core.explore.matters import Matters, led_to, matters
from callcalm.core.explore.nodes import Edge, Node, TooManyError, without_twins
from callcalm.core.explore.sentences import follow_sentences
from callcalm.core.explore.words import MOST_NAMES, Deltas, Scales
from callcalm.core.model import Beat, Reply, Scenario
from callcalm.core.playbook import Playbook
from callcalm.core.state import CallState

_Key = tuple[str, tuple[Value, ...], int]


class Graph:
    """All nodes of a scenario under a playbook.

    `openings` are the calls as they can begin, `starts` the nodes where: the plain start has no name and is first.
    """

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
        self.openings: Mapping[str, CallState] = {
            name: start(scenario, playbook, opening=name) for name in ("", *scenario.openings)
        }
        self.scales = Scales(self.openings[""])
        self.listen = playbook.points("listen")
        self.cut_in = playbook.points("cut-in")
        self.breaths = (playbook.points("breathe.first"), playbook.points("breathe.again"))
        self.endings = {name: Node(name, None) for name in scenario.endings}
        self.lost = self.endings[scenario.lost]
        self.nodes: list[Node] = []
        self.short = False
        self._known: dict[_Key, Node] = {}
        self._splits: dict[tuple[Node, int], Node] = {}
        self._asked: dict[str, Asking] = {}
        self._carries: dict[str, list[Carry]] = {}
        self._order: list[tuple[bool, list[Node]]] | None = None
        self._joins: dict[bool, Joins] = {}
        self.answers = {name: answers_of(scenario.beats[name], self.scales) for name in led_to(scenario)}
        self.matters: Matters = matters(scenario, self.answers, without)
        found = self.matters.loops
        self.loops = {name: number for number, loop in enumerate(found) for name in loop}
        self._round = {
            number for number, loop in enumerate(found) if len(loop) > 1 or loop[0] in self.matters.ways[loop[0]]
        }
        self.numbers: Mapping[str, int] = {}
        self.loose: frozenset[str] = frozenset()
        self._marks: dict[Answer, int] = {}
        self._unsure: set[Answer] = set()
        self._alike: dict[tuple[Answer, int], tuple[tuple[Deltas, bool], ...]] = {}
        try:
            self.starts: Mapping[str, Node] = {
                name: self._node(state.beat, state.vars, 0) for name, state in self.openings.items()
            }
            self._grow(0)
            self._follow(follow)
        except TooManyError:
            # Nobody will see what there is of it, and many of these would be most of the memory.
            for node in self.nodes:
                node.cut_off()
            raise

    def place(self, state: CallState) -> tuple[Node, int]:
        """The node a state of real play stands at (its beat, once the call is over), and its place in a set."""
        beat = state.here
        pressed = beat.compose is not None and beat.otherwise is None
        before = len(self.nodes)
        root = self._node(state.beat, state.vars, state.presses if pressed else 0)
        self._grow(before)
        self._connect_from(before)
        said = 0
        for sentence, number in self.numbers.items():
            if number & root.live and sentence in state.said:
                said |= number
        found = self._split(root, said)
        if len(self.nodes) > before:
            self._connect_from(before)
            self._order = None
        lane = min(state.names, MOST_NAMES) * LANE
        if state.steadied and not state.unheard:
            lane += STEADIED
        elif state.breaths:
            lane += NAMES * LANE
        return found, lane + state.composure

    def order(self) -> list[tuple[bool, list[Node]]]:
        """All nodes from the start onwards, loop by loop, and whether one comes round there."""
        if self._order is None:
            groups: dict[int, list[Node]] = {}
            for node in self.nodes:
                groups.setdefault(self.loops[node.name], []).append(node)
            order: list[tuple[bool, list[Node]]] = []
            for number in sorted(groups, reverse=True):
                group = groups[number]
                if number not in self._round:
                    order.append((False, group))
                    continue
                among = set(group)

                def following(node: Node, among: set[Node] = among) -> list[Node]:
                    out = {edge[3]: None for edge in node.edges if edge[3] in among}
                    if node.cut is not None and node.cut[1] in among:
                        out[node.cut[1]] = None
                    return list(out)

                order.extend((True, loop[::-1]) for loop in reversed(loops(group, following)))
            self._order = order
        return self._order

    def joins(self, *, typed: bool) -> Joins:
        """What leads to each node; without `typed`, by picking alone."""
        found = self._joins.get(typed)
        if found is None or found.count < len(self.nodes):
            found = self._joins[typed] = Joins(self.nodes, typed=typed)
        return found

    def offered(self, node: Node, reply: Reply) -> tuple[int, int]:
        """The composures at which a reply may be on offer at a node, and those at which it must be."""
        when = reply.when
        if when is None:
            return ALL, ALL
        asked = self._asked.get(reply.key)
        if asked is None:
            asked = self._asked[reply.key] = Asking(when, self.matters.variables[node.name])
        return asked.of(node.variables)

    def bare(self, node: Node) -> int:
        """The composures at which no reply has to be on offer at a node."""
        if node.beat is None or node.beat.compose is not None:
            return 0
        none = ALL
        for reply in node.beat.replies:
            if reply.when is None:
                return 0
            none &= ~self.offered(node, reply)[1]
        return none

    def _node(self, beat: str, variables: Mapping[str, Value], presses: int) -> Node:
        return self._made((beat, tuple([variables[name] for name in self.matters.variables[beat]]), presses))

    def _made(self, key: _Key) -> Node:
        found = self._known.get(key)
        if found is None:
            name, values, presses = key
            found = self._known[key] = Node(name, self.scenario.beats[name], values, presses)
            self._kept(found)
        return found

    def _kept(self, node: Node) -> None:
        if len(self.nodes) >= self.limit:
            raise TooManyError(self._largest() if not self._splits else ())
        self.nodes.append(node)

    def _largest(self) -> list[str]:
        seen: dict[str, set[Value]] = {}
        for name, values, _ in self._known:
            for variable, value in zip(self.matters.variables[name], values, strict=True):
                seen.setdefault(variable, set()).add(value)
        return sorted(seen, key=lambda variable: -len(seen[variable]))

    def _grow(self, at: int) -> None:
        """Give every node from number `at` on its ways, and those they lead to theirs."""
        nodes = self.nodes
        while at < len(nodes):
            node = nodes[at]
            at += 1
            if node.beat is not None:
                self._leaving(node, node.beat)

    def _leaving(self, node: Node, beat: Beat) -> None:
        carries = self._carries.get(beat.id)
        if carries is None:
            carries = carrying(self.scenario, self.matters, beat, self.answers[beat.id])
            if node.variables:  # else it has this node alone
                self._carries[beat.id] = carries
        made, endings, values = self._known, self.endings, node.variables
        for answer, (to, stays, changes) in zip(self.answers[beat.id], carries, strict=False):
            may = ALL
            if answer.reply is not None and answer.reply.when is not None:
                may = self.offered(node, answer.reply)[0]
                if not may:
                    continue
            if answer.presses:
                target = self._pressed(node)
            elif to in endings:
                target = endings[to]
            else:
                now = values if changes is None else carried(values, changes)
                key = (to, now, node.presses if stays else 0)
                target = made.get(key) or self._made(key)
            node.ways.append((answer, may, target, stays and target.beat is not None))
        if node.several:
            self._cutting(node, beat, carries[-1])

    def _cutting(self, node: Node, beat: Beat, carry: Carry) -> None:
        points = 0 if beat.cut_in_right else self.cut_in
        if beat.cut_in is None:
            node.cut = (points, node, True)
            return
        to, stays, changes = carry
        if to in self.endings:
            node.cut = (points, self.endings[to], False)
            return
        now = node.variables if changes is None else carried(node.variables, changes)
        node.cut = (points, self._made((to, now, node.presses if stays else 0)), stays)

    def _pressed(self, node: Node) -> Node:
        if node.presses + 1 >= PATIENCE:
            return self.lost
        return self._made((node.name, node.variables, node.presses + 1))

    def _follow(self, follow: bool) -> None:
        """Split the nodes at which it matters which sentences were said; without `follow`, leave it open."""
        numbers = follow_sentences(self.nodes, self.answers, self.loops, self._round)
        if numbers:
            self.loose = frozenset(one for one in numbers if not follow or one in self.scales.unsure)
            self.numbers = {sentence: number for sentence, number in numbers.items() if sentence not in self.loose}
            mask = sum(self.numbers.values())
            for node in self.nodes:
                node.live &= mask
            for given in self.answers.values():
                for answer in given:
                    for _, sentence in answer.words.pairs:
                        if sentence in self.numbers:
                            self._marks[answer] = self._marks.get(answer, 0) | self.numbers[sentence]
                        elif sentence in self.loose:
                            self._unsure.add(answer)
        self._connect_from(0)

    def _connect_from(self, at: int) -> None:
        while at < len(self.nodes):
            self._connect(self.nodes[at])
            at += 1

    def _connect(self, node: Node) -> None:
        """Give a node its edges: the ways of its root, with what each answer does after what was said before."""
        root = node.root
        scales = self.scales
        marks, unsure, alike, said = self._marks, self._unsure, self._alike, node.said
        edges: list[Edge] = []
        locks = 0
        for answer, may, target, stays in root.ways:
            mark = marks.get(answer, 0)
            there = self._split(target.root, said | mark) if target.live else target
            each: tuple[tuple[Deltas, bool], ...] = ((answer.deltas(scales), True),)
            if answer in unsure:
                each = self._worn(node, answer)
            elif worn := mark & said:
                known = alike.get((answer, worn))
                each = alike[answer, worn] = known or self._worn(node, answer)
            for (locked, deltas), fresh in each:
                if may == ALL:
                    locks |= locked
                    for able, points, shift in deltas:
                        edges.append((able, points, shift, there, stays, answer, fresh))
                    continue
                wide = may * EVERY
                locks |= locked & wide
                for able, points, shift in deltas:
                    edges.append((able & wide, points, shift, there, stays, answer, fresh))
        node.locks = locks
        node.every = edges
        node.edges = without_twins(edges) if len(edges) > _MANY else edges
        if root.cut is not None and root is not node:
            points, target, stays = root.cut
            node.cut = (points, self._split(target.root, node.said), stays)

    def _worn(self, node: Node, answer: Answer) -> tuple[tuple[Deltas, bool], ...]:
        """What an answer may do at a node, freshest first; several only where a sentence is not followed."""
        pairs = answer.words.pairs
        worn = frozenset([sentence for _, sentence in pairs if self.numbers.get(sentence, 0) & node.said])
        if not self.loose:
            return ((answer.deltas(self.scales, worn), True),)
        unsure = sorted({sentence for _, sentence in pairs if sentence in self.loose})
        return tuple(
            (answer.deltas(self.scales, worn.union(more)), not more)
            for count in range(len(unsure) + 1)
            for more in combinations(unsure, count)
        )

    def _split(self, root: Node, said: int) -> Node:
        said &= root.live
        if not said:
            return root
        found = self._splits.get((root, said))
        if found is None:
            found = self._splits[root, said] = Node(root.name, root.beat, root.variables, root.presses)
            found.root, found.said, found.live = root, said, root.live
            self._kept(found)
        return found


_MANY = 12
"""Edges of a node beyond which those that do the same are looked for."""
