"""What is left to hope for at any moment of a call: whether it can still end well, and how likely that is.

Worked out backwards from the endings, so that asking about one more moment costs almost nothing, and without the
proof of what can be reached. Calls are taken to have time enough: one that goes round for ever does not end well.
What must not be here: words, and what a round made of its moments.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from callcalm.core.actions import Action, Breathe
from callcalm.core.explore import shares
from callcalm.core.explore.ahead import GOOD
from callcalm.core.explore.bits import (
    ALL,
    BLOCK,
    LANE,
    STEADIED,
    after_answer,
    moved,
    told_apart,
)
from callcalm.core.explore.endable import Endable
from callcalm.core.explore.graph import Graph
from callcalm.core.explore.loops import loops
from callcalm.core.explore.nodes import Edge, Node
from callcalm.core.explore.players import options
from callcalm.core.explore.proof import LIMIT, fitted
from callcalm.core.model import EndingKind, Scenario
from callcalm.core.playbook import Playbook
from callcalm.core.records import NamedTuple
from callcalm.core.saying import Saying
from callcalm.core.state import CallState

_TELLING = shares.EVERYWHERE - (shares.EVERYWHERE >> 14)
"""What is added to a chance and is more than a ten-thousandth or so (in a share at every composure)."""

SURE = 0.75
"""How often the player of `Hope.likely` gives the model answer; else any of those that can be picked."""

SAME = 0.05
"""Chances of a good ending so near to one another say no more than composure does."""

MOST_ROUNDS = 400
"""Times round a loop after which what is left of a chance is let be."""

_Place = tuple[Node, int]
"""A node, and where the lane for the uses of the name begins in a block."""

_FINE = 48
_WHOLE = shares.EVERYWHERE | shares.EVERYWHERE - shares.EVERYWHERE // shares.ONE
"""All that a chance can be, at every composure."""

_Move = tuple[_Place | None, int, int, bool, int]
"""Where something leads (None: to an ending), what that ending leaves, points, whether to listen there, where it
keeps the best that can still be come to."""


class _Leaving(NamedTuple):
    """What can be done at a place: each move once, by parts of it their chances, and the places they lead to."""

    moves: list[_Move]
    parts: list[tuple[int, list[tuple[int, int]]]]
    onward: list[_Place]


@dataclass(frozen=True, slots=True, order=True)
class Hope:
    """What is left to hope for: the greater, the better.

    `can` is whether a good ending (resolved or fair) can still be reached by picking, `settles` whether one that
    is resolved. `likely` is the chance of a good one, 0..1, for a player with some practice: three answers in four
    are the best there are, the fourth is any that can be picked; they hear the caller out, and take a breath (at
    the price of the first) where one unlocks something. `composure` is the player's own.
    """

    can: bool
    settles: bool
    likely: float
    composure: int


class _Given(NamedTuple):
    """An answer at a place: what it gains, what it leaves, and whether the call can end as well as before it."""

    action: Action
    points: int
    hope: Hope
    keeps: bool


@dataclass(frozen=True, slots=True)
class Best:
    """The answer that leaves most to hope for: what to do (a breath first, perhaps), and what is left after it."""

    actions: tuple[Action, ...]
    hope: Hope


class Hopes:
    """The hopes in one graph; what was worked out once is kept."""

    def __init__(self, graph: Graph, unproved: tuple[Saying, ...]) -> None:
        """`unproved` are the sentences about what the graph leaves open; hopes are then "perhaps"."""
        self.unproved = unproved
        self._graph = graph
        kinds = graph.scenario.endings
        self._good = {node for name, node in graph.endings.items() if kinds[name].kind in GOOD}
        self._can = Endable(graph, self._good)
        settled = {node for name, node in graph.endings.items() if kinds[name].kind is EndingKind.RESOLVED}
        self._resolved = Endable(graph, settled)
        self._likely: dict[_Place, int] = {}
        self._steady: dict[_Place, int] = {}
        self._places: dict[_Place, _Leaving] = {}
        self._lost = shares.ONE if graph.lost in self._good else 0

    def of(self, state: CallState) -> Hope:
        """What is left to hope for in a state of real play."""
        if state.over is not None:
            return self._ended(self._graph.endings[state.over.id], state.composure)
        node, place = self._graph.place(state)
        return self._at(node, place, ready=not state.unheard)

    def can(self, state: CallState) -> bool:
        """Whether a good ending can still be reached from a state of real play: `of` without its chance."""
        if state.over is not None:
            return state.over.kind in GOOD
        node, place = self._graph.place(state)
        self._reckon(node)
        return bool(self._can.at(node, ready=not state.unheard) >> place & 1)

    def best(self, state: CallState) -> Best | None:
        """The best answer; None: nothing can be picked, or the caller speaks.

        It is one after which the call can still end as well as before it (resolved before fair); of those, if they
        are as `likely` to end well as the likeliest (`SAME`), the one that gains most composure. Where a breath
        unlocks it, that comes first.
        """
        if state.ending is not None or state.unheard:
            return None
        node, place = self._graph.place(state)
        self._reckon(node)
        found: list[tuple[_Given, tuple[Action, ...]]] = [(answer, ()) for answer in self._answers(node, place)]
        if node.locks >> place & 1:
            lane, composure = divmod(place, LANE)
            calmer = moved(1 << composure, self._graph.breaths[lane * LANE >= BLOCK])
            if calmer:
                there = STEADIED + lane * LANE % BLOCK + calmer.bit_length() - 1
                found += [(answer, (Breathe(),)) for answer in self._answers(node, there)]
        if not found:
            return None
        settles = self._resolved.at(node, ready=True) >> place & 1
        # What still keeps all after a breath may keep less than there was before it.
        keeping = [each for each in found if each[0].keeps and each[0].hope.settles >= settles] or found
        most = max([answer.hope.likely for answer, _ in keeping])
        near = [each for each in keeping if each[0].hope.likely >= most - SAME]
        answer, breath = max(near, key=lambda each: (each[0].points, not each[1], each[0].hope))
        return Best((*breath, answer.action), answer.hope)

    def _answers(self, node: Node, place: int) -> Iterable[_Given]:
        """Each answer that can be picked at a place."""
        for edge in options(node):
            mask, points, shift, target, stays, answer, _ = edge
            if not mask >> place & 1:
                continue
            bits = moved(1 << place, points)
            if bits:
                hope = self._at(target, (after_answer(bits) << shift).bit_length() - 1, ready=stays)
            else:
                hope = self._ended(self._graph.lost, 0)
            yield _Given(answer.action, points, hope, bool(self._kept(node, edge) >> place & 1))

    def _at(self, node: Node, place: int, *, ready: bool) -> Hope:
        lane, composure = divmod(place, LANE)
        if node.beat is None:
            return self._ended(node, composure)
        self._reckon(node)
        can, settles = [bool(sets.at(node, ready=ready) >> place & 1) for sets in (self._can, self._resolved)]
        names = told_apart(lane * LANE % BLOCK, self._graph.names[node.name])
        likely = self._chances((node, names))
        if not ready:
            likely = self._arriving(node, likely)
        elif place >= STEADIED:
            likely = self._steady[node, names]
        share = likely >> composure * shares.SLOT & (1 << shares.SLOT) - 1
        return Hope(can, settles, share / shares.ONE if can else 0.0, composure)

    def _ended(self, ending: Node, composure: int) -> Hope:
        good = ending in self._good
        return Hope(good, bool(self._resolved.ready[ending]), float(good), composure)

    def _reckon(self, start: Node) -> None:
        """Find for a node, and all that comes after it, from where it can be come to a good ending."""
        if start not in self._can.ready:
            self._can.reckon(start)
            self._resolved.reckon(start)

    # How likely one is for the player of `Hope.likely`: by node and uses of the name, a share for each composure.

    def _chances(self, place: _Place) -> int:
        known = self._likely
        if place not in known:
            for loop in loops((place,), self._onward, known):
                for each in loop:
                    known[each] = 0
                round_ = len(loop) > 1 or loop[0] in self._onward(loop[0])
                for _ in range(MOST_ROUNDS if round_ else 1):
                    more = 0
                    for each in loop:
                        reckoned = self._reckoned(each)
                        more |= reckoned ^ known[each]
                        known[each] = reckoned
                    if not more & _TELLING:
                        break
        return known[place]

    def _onward(self, place: _Place) -> list[_Place]:
        """The places that those at a place come to next."""
        return self._leaving(place).onward

    def _reckoned(self, place: _Place) -> int:
        """By composure: what is left to those who stand at a place; they breathe where that unlocks something."""
        steady = self._steady[place] = self._reckoned_steady(self._leaving(place))
        node, names = place
        locked = node.locks >> names & ALL
        if not locked:
            return steady
        calm = shares.before(steady, self._graph.breaths[0], self._lost)
        return shares.within(steady, ALL ^ locked) | shares.within(calm, locked)

    def _reckoned_steady(self, leaving: _Leaving) -> int:
        """Mostly what the best answer leaves, else the mean of what all that can be picked leave."""
        known, listen, lost = self._likely, self._graph.listen, self._lost
        best = 0
        left = []
        for to, ending, points, several, kept in leaving.moves:
            there = ending if to is None else known[to]
            if several:
                there = shares.before(there, listen, lost)
            there = shares.before(there, points, lost)
            left.append(there)
            if kept:
                there &= kept
                best = shares.greater(best, there) if best else there
        mean = 0
        for slots, chances in leaving.parts:
            here = sum([left[number] * chance for number, chance in chances])
            mean += here & slots
        return shares.part(best, SURE) + shares.part(mean >> _FINE & _WHOLE, 1 - SURE)

    def _leaving(self, place: _Place) -> _Leaving:
        found = self._places.get(place)
        if found is None:
            found = self._places[place] = self._compiled(*place)
        return found

    def _compiled(self, node: Node, names: int) -> _Leaving:
        lane = STEADIED + names
        numbers: dict[tuple[int, int, Node, bool], int] = {}
        keeps: list[int] = []
        able: list[tuple[int, int, int]] = []
        parts = [ALL]
        for edge in options(node):
            here = edge[0] >> lane & ALL
            if not here:
                continue
            number = numbers.setdefault(edge[1:5], len(keeps))
            if number == len(keeps):
                keeps.append(0)
            keeps[number] |= self._kept(node, edge) >> lane & ALL
            able.append((here, number, edge[5].many))
            if here != ALL:
                parts = [part for bits in parts for part in (bits & here, bits & ~here) if part]
        moves: list[_Move] = []
        for (points, shift, target, stays), kept in zip(numbers, keeps, strict=True):
            where = shares.slots(kept) if kept else 0
            if target.beat is None:
                moves.append((None, shares.EVERYWHERE if target in self._good else 0, points, False, where))
            else:
                to = (target, told_apart(names + shift, self._graph.names[target.name]))
                moves.append((to, 0, points, target.several and not stays, where))
        made: list[tuple[int, list[tuple[int, int]]]] = []
        for part in parts:
            open_ = [(number, many) for here, number, many in able if here & part]
            whole = sum([many for _, many in open_])
            made.append((shares.slots(part), [(number, (many << _FINE) // whole) for number, many in open_]))
        return _Leaving(moves, made, list({move[0]: None for move in moves if move[0] is not None}))

    def _arriving(self, node: Node, ready: int) -> int:
        """What is left to those to whom the caller at a node begins to speak: they hear them out."""
        return shares.before(ready, self._graph.listen, self._lost) if node.several else ready

    def _kept(self, node: Node, edge: Edge) -> int:
        """Where an answer can be given that leaves the best that can still be come to: a packed set."""
        resolved = self._resolved.leading(edge) | ~self._resolved.ready[node]
        return self._can.leading(edge) & resolved


def hopes(scenario: Scenario, playbook: Playbook, *, limit: int = LIMIT) -> Hopes:
    """What is left to hope for in a scenario under a playbook; `limit` is the most nodes followed."""
    return Hopes(*fitted(scenario, playbook, limit))
