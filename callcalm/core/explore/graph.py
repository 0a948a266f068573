"""What every answer does to composure at every node of a course: nodes and edges.

Where it matters which sentences were said before, nodes are split by them. What must not be here: where answers
lead, and which nodes a player reaches, and with what composure.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

from callcalm.core.explore.answers import Answer, weighed
from callcalm.core.explore.bits import ALL, EVERY, LANE, NAMES, STEADIED
from callcalm.core.explore.course import Course
from callcalm.core.explore.joins import Joins
from callcalm.core.explore.loops import loops
from callcalm.core.explore.matters import names_ahead
from callcalm.core.explore.nodes import Edge, Node, TooManyError, without_twins
from callcalm.core.explore.sentences import follow_sentences
from callcalm.core.explore.words import MOST_NAMES, Deltas, Scales
from callcalm.core.model import Reply
from callcalm.core.state import CallState


class Graph:
    """All nodes of a course, and what each answer does there.

    `names` gives for each beat the most uses of the name ahead, 5 for five or more. `short` is whether no call can
    come near its 100 answers but by going round in a loop: found by reaching everything. For the others see
    `Course`.
    """

    def __init__(self, course: Course, *, follow: bool = True) -> None:
        """The nodes become this graph's, and no other can be made of the same course.

        Without `follow` it is left open which sentences were said before.

        Raises:
            TooManyError: if there are more nodes.
        """
        self.course = course
        self.scenario = course.scenario
        self.playbook = playbook = course.playbook
        self.openings = course.openings
        self.scales = Scales(self.openings[""])
        self.listen = playbook.points("listen")
        self.breaths = (playbook.points("breathe.first"), playbook.points("breathe.again"))
        self.endings = course.endings
        self.lost = course.lost
        self.nodes = course.nodes
        self.starts = course.starts
        self.loops = course.loops
        self.answers = course.answers
        self.short = False
        self._splits: dict[tuple[Node, int], Node] = {}
        self._order: list[tuple[bool, list[Node]]] | None = None
        self._joins: dict[bool, Joins] = {}
        for beat, answers in self.answers.items():
            weighed(self.scenario.beats[beat], answers, self.scales)
        self.names = names_ahead(course.matters, self.answers)
        self.numbers: Mapping[str, int] = {}
        self.loose: frozenset[str] = frozenset()
        self._marks: dict[Answer, int] = {}
        self._unsure: set[Answer] = set()
        self._alike: dict[tuple[Answer, int], tuple[tuple[Deltas, bool], ...]] = {}
        try:
            self._follow(follow)
        except TooManyError:
            course.cut_off()
            raise

    def place(self, state: CallState) -> tuple[Node, int]:
        """The node a state of real play stands at (its beat, once the call is over), and its place in a set."""
        beat = state.here
        pressed = beat.compose is not None and beat.otherwise is None
        before = len(self.nodes)
        root = self.course.node(state.beat, state.vars, state.presses if pressed else 0)
        self.course.grow(before)
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
                if number not in self.course.rounds:
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
        return self.course.offered(node, reply)

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

    def _follow(self, follow: bool) -> None:
        """Split the nodes at which it matters which sentences were said; without `follow`, leave it open."""
        numbers = follow_sentences(self.nodes, self.answers, self.loops, self.course.rounds)
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
            if len(self.nodes) >= self.course.limit:
                raise TooManyError(())
            self.nodes.append(found)
        return found


_MANY = 12
"""Edges of a node beyond which those that do the same are looked for."""
