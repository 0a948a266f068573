"""The course that calls can take: every node and the ways between them, by structure alone.

Conditions on composure count as perhaps true. It needs no answer's words, so it can be made while those are still
read. What must not be here: what answers do to composure, and which nodes a player reaches.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from callcalm.core.call import PATIENCE, start
from callcalm.core.condition import Value
from callcalm.core.explore.answers import answers_of
from callcalm.core.explore.asking import Asking
from callcalm.core.explore.bits import ALL
from callcalm.core.explore.carrying import Carry, carried, carrying
from callcalm.core.explore.matters import Matters, led_to, matters
from callcalm.core.explore.nodes import Node, TooManyError
from callcalm.core.model import Beat, Reply, Scenario
from callcalm.core.playbook import Playbook
from callcalm.core.state import CallState

_Key = tuple[str, tuple[Value, ...], int]


class Course:
    """All nodes of a scenario under a playbook as if nothing had been said before, and where answers lead.

    `openings` are the calls as they can begin, `starts` the nodes where: the plain start has no name and is first.
    `answers` are by beat, and know nothing of their words yet. `loops` gives for each beat the number of its loop,
    `rounds` the numbers of those in which a call can come back.
    """

    def __init__(
        self, scenario: Scenario, playbook: Playbook, *, limit: int, without: Collection[str] = ()
    ) -> None:
        """`limit` is the most nodes; variables `without` are not followed.

        Raises:
            TooManyError: if there are more nodes.
        """
        self.scenario = scenario
        self.playbook = playbook
        self.limit = limit
        self.without = without
        self.openings: Mapping[str, CallState] = {
            name: start(scenario, playbook, opening=name) for name in ("", *scenario.openings)
        }
        self.endings = {name: Node(name, None) for name in scenario.endings}
        self.lost = self.endings[scenario.lost]
        self.nodes: list[Node] = []
        self._cut_in = playbook.points("cut-in")
        self._known: dict[_Key, Node] = {}
        self._asked: dict[str, Asking] = {}
        self._carries: dict[str, list[Carry]] = {}
        self.answers = {name: answers_of(scenario.beats[name]) for name in led_to(scenario)}
        self.matters: Matters = matters(scenario, self.answers, without)
        found = self.matters.loops
        self.loops = {name: number for number, loop in enumerate(found) for name in loop}
        self.rounds = {
            number for number, loop in enumerate(found) if len(loop) > 1 or loop[0] in self.matters.ways[loop[0]]
        }
        try:
            self.starts: Mapping[str, Node] = {
                name: self.node(state.beat, state.vars, 0) for name, state in self.openings.items()
            }
            self.grow(0)
        except TooManyError:
            self.cut_off()
            raise

    def cut_off(self) -> None:
        """Let all nodes go: nobody will see what there is of them, and many would be most of the memory."""
        for node in self.nodes:
            node.cut_off()

    def node(self, beat: str, variables: Mapping[str, Value], presses: int) -> Node:
        """The node of a beat with these variables, made if there is none yet."""
        return self._made((beat, tuple([variables[name] for name in self.matters.variables[beat]]), presses))

    def offered(self, node: Node, reply: Reply) -> tuple[int, int]:
        """The composures at which a reply may be on offer at a node, and those at which it must be."""
        when = reply.when
        if when is None:
            return ALL, ALL
        asked = self._asked.get(reply.key)
        if asked is None:
            asked = self._asked[reply.key] = Asking(when, self.matters.variables[node.name])
        return asked.of(node.variables)

    def grow(self, at: int) -> None:
        """Give every node from number `at` on its ways, and those they lead to theirs."""
        nodes = self.nodes
        while at < len(nodes):
            node = nodes[at]
            at += 1
            if node.beat is not None:
                self._leaving(node, node.beat)

    def _made(self, key: _Key) -> Node:
        found = self._known.get(key)
        if found is None:
            name, values, presses = key
            found = self._known[key] = Node(name, self.scenario.beats[name], values, presses)
            if len(self.nodes) >= self.limit:
                raise TooManyError(self._largest())
            self.nodes.append(found)
        return found

    def _largest(self) -> list[str]:
        seen: dict[str, set[Value]] = {}
        for name, values, _ in self._known:
            for variable, value in zip(self.matters.variables[name], values, strict=True):
                seen.setdefault(variable, set()).add(value)
        return sorted(seen, key=lambda variable: -len(seen[variable]))

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
        points = 0 if beat.cut_in_right else self._cut_in
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
