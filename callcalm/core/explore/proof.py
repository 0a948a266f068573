"""The proof: for every beat, reply and ending of a scenario, whether a player can come there, and how composed.

What counts is what a player can do by picking: listen, cut in, give a reply on offer, compose an answer, and take
one breath before a reply that a brittle player has to breathe for. Three things stand outside (`ASSUMED`):

- a typed answer is taken to move composure by nothing and to go where the beat's `otherwise` leads; without one,
  it is left out (three of them end any call as lost);
- a breath that unlocks nothing is left out, so a player who takes one may stand up to its points elsewhere;
- a call that runs out of its 100 answers ends as lost whatever the story says: that is not counted as reaching
  the ending.

Within that the proof is exact: it takes in the answers limit, worn-out sentences, uses of the name, variables and
patience. Where that would be too much, it says in `unproved` what it leaves open, and then claims only more than
is true: nothing it calls impossible can happen.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress
from enum import StrEnum

from callcalm.core.explore.bits import plain
from callcalm.core.explore.course import Course
from callcalm.core.explore.graph import Graph
from callcalm.core.explore.levels import levels
from callcalm.core.explore.nodes import Node, TooManyError
from callcalm.core.explore.reach import EXACT, reach
from callcalm.core.explore.witness import Way, Witnesses
from callcalm.core.model import Beat, Scenario
from callcalm.core.playbook import Playbook
from callcalm.core.records import dataclass, field
from callcalm.core.saying import Saying, saying

LIMIT = 30_000
"""Most nodes (a beat with all that can matter there) that a proof follows."""

ASSUMED = (
    saying("A typed answer is taken to change nothing and to go where `otherwise` leads."),
    saying("A breath is taken only where it unlocks a reply."),
    saying("Whoever runs out of the 100 answers has lost, and is not counted as having come to an ending."),
)
"""What is true of every proof, in words for its readers."""


class Offered(StrEnum):
    """How often a reply is on offer to a player who stands at its beat (behind a breath or not)."""

    ALWAYS = "always"
    SOMETIMES = "sometimes"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Proof:
    """What can happen in a scenario, whichever opening it begins by.

    `beats` gives for each beat the composures, as a bit set, with which the player stands there ready to answer;
    `endings` those with which the call ends there; 0 is never. `replies` are by key. `stuck` gives, for beats
    where it can happen, the composures at which no reply is on offer. `unproved` has a sentence for each thing
    left open; then `complete` is false, and "can" means "perhaps". `graph` is for `solve` and `lengths`.
    """

    complete: bool
    unproved: tuple[Saying, ...]
    beats: Mapping[str, int]
    replies: Mapping[str, Offered]
    endings: Mapping[str, int]
    stuck: Mapping[str, int]
    graph: Graph = field(repr=False, compare=False)
    _witnesses: Witnesses = field(repr=False, compare=False)

    def witness(self, key: str, low: int = 0, high: int = 100, spare: int = 0) -> Way | None:
        """The fewest answers that lead to a beat, an ending or (its beat, and it on offer there) a reply.

        It begins by any opening and says by which: the plain start where that is no longer. The player then stands
        there ready to answer, or the call is over, with a composure from `low` to `high`. A way that neither cuts
        in nor types comes first, also if it has up to `spare` answers more.
        None: there is no such way, or none was found in what was proved.

        Raises:
            KeyError: if the scenario has nothing of that name.
        """
        return self._witnesses.to(key, low, high, spare)

    def stuck_by(self, beat: str) -> Way | None:
        """The fewest answers after which the player stands at this beat with no reply on offer; None as above."""
        return self._witnesses.to(beat, bare=True)


def course_of(scenario: Scenario, playbook: Playbook) -> Course | None:
    """What `prove` needs of a scenario before its answers are read; None where that is more than it follows."""
    with suppress(TooManyError):
        return Course(scenario, playbook, limit=_most(scenario, LIMIT))
    return None


def prove(scenario: Scenario, playbook: Playbook, *, limit: int = LIMIT, course: Course | None = None) -> Proof:
    """What can happen in a scenario under a playbook; `limit` is the most nodes followed.

    A `course` is that of the same scenario and playbook, and cannot be used again.
    """
    graph, unproved = fitted(scenario, playbook, limit, course)
    found = reach(graph, counted=False)
    graph.short = found.short
    told = _Told(graph)
    told.add(found.came, found.ready)
    if not found.short:
        if len(graph.nodes) > EXACT:
            unproved = (*unproved, _NOT_IN_TIME)
        else:
            told = _in_time(graph, told)
    replies: dict[str, Offered] = {}
    always, sometimes, never = Offered
    for beat in scenario.beats.values():
        plainly = always if told.beats[beat.id] else never
        for reply in beat.replies:
            if reply.when is None:
                replies[reply.key] = plainly
            elif not told.may.get(reply.key, 0):
                replies[reply.key] = never
            else:
                replies[reply.key] = sometimes if reply.key in told.fails else always
    return Proof(
        not unproved,
        unproved,
        told.beats,
        replies,
        told.endings,
        told.stuck,
        graph,
        Witnesses(graph, plainest=True),
    )


class _Place:
    """Nodes of one beat at which the same replies are on offer: what the composures there tell is told once.

    `asks` has each reply with a condition, with the composures at which it may be on offer and must be; `none`
    those at which no reply has to be. `seen` are those that were told.
    """

    __slots__ = ("asks", "beat", "none", "seen")

    def __init__(self, beat: str, none: int, asks: tuple[tuple[str, int, int], ...]) -> None:
        self.beat = beat
        self.none = none
        self.asks = asks
        self.seen = 0


class _Told:
    """What a proof tells, of the sets added so far: more of them never take anything back."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._places: dict[Node, _Place] = {}
        self._alike: dict[tuple[str, tuple[tuple[str, int, int], ...]], _Place] = {}
        self.beats = dict.fromkeys(graph.scenario.beats, 0)
        self.endings = dict.fromkeys(graph.endings, 0)
        self.may: dict[str, int] = {}
        self.fails: set[str] = set()
        self.stuck: dict[str, int] = {}

    def add(self, came: Mapping[Node, int], ready: Mapping[Node, int]) -> None:
        """Packed sets with which calls come to nodes, and with which players are ready to answer there."""
        for name, ending in self._graph.endings.items():
            if ending in came:
                self.endings[name] |= plain(came[ending])
        places = self._places
        for node, packed in ready.items():
            if node.beat is not None:
                place = places.get(node)
                if place is None:
                    place = places[node] = self._place(node, node.beat)
                new = plain(packed) & ~place.seen
                if new:
                    place.seen |= new
                    self._stands(place, new)

    def _place(self, node: Node, beat: Beat) -> _Place:
        asks = tuple([(one.key, *self._graph.offered(node, one)) for one in beat.replies if one.when is not None])
        place = self._alike.get((beat.id, asks))
        if place is None:
            place = self._alike[beat.id, asks] = _Place(beat.id, self._graph.bare(node), asks)
        return place

    def _stands(self, place: _Place, bits: int) -> None:
        self.beats[place.beat] |= bits
        for key, can, must in place.asks:
            self.may[key] = self.may.get(key, 0) | bits & can
            if bits & ~must:
                self.fails.add(key)
        if bits & place.none:
            self.stuck[place.beat] = self.stuck.get(place.beat, 0) | bits & place.none

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Told):
            return NotImplemented
        mine = (self.beats, self.endings, self.may, self.fails, self.stuck)
        return mine == (other.beats, other.endings, other.may, other.fails, other.stuck)

    __hash__ = None  # type: ignore[assignment]  # it changes


def _in_time(graph: Graph, most: _Told) -> _Told:
    """What can be told of calls of at most 100 answers; `most` is what there is without that limit.

    They are counted level by level, until all of `most` has been seen: no further answer could add to it.
    """
    told = _Told(graph)
    places = [(node, 1 << graph.scenario.composure, False) for node in graph.starts.values()]
    for level in levels(graph, places):
        told.add(level.came, level.ready)
        if told == most:
            break
    return told


def _most(scenario: Scenario, limit: int) -> int:
    """The most nodes that are followed: a limit never rules out what any scenario needs."""
    return max(limit, 2 * len(scenario.beats) + 50)


def fitted(
    scenario: Scenario, playbook: Playbook, limit: int, course: Course | None = None
) -> tuple[Graph, tuple[Saying, ...]]:
    """The graph as far as it fits, by following less and less; a sentence for each thing it leaves open.

    Variables are left out from the one with most values on, of which no more than must be: of many, ever more at
    a time, and what was too much is taken back.
    """
    limit = _most(scenario, limit)
    without: list[str] = []
    too_few = -1
    more = 1
    follow = True
    while True:
        try:
            begun, course = course or Course(scenario, playbook, limit=limit, without=without), None
            graph = Graph(begun, follow=follow)
            break
        except TooManyError as excess:
            if excess.largest:
                too_few = len(without)
                without += excess.largest[:more]
                more *= 2
            elif follow:
                follow = False
            else:
                limit *= 2
    while len(without) - too_few > 1:
        fewer = without[: (len(without) + too_few) // 2]
        try:
            graph = Graph(Course(scenario, playbook, limit=limit, without=fewer), follow=follow)
            without = fewer
        except TooManyError:
            too_few = len(fewer)
    return graph, _left_open(graph, without)


_NOT_IN_TIME = saying(
    "Whether it ends in time was not followed: "
    "what takes more than the 100 answers there are, round and round, counts as possible, too."
)


def _left_open(graph: Graph, without: Collection[str]) -> tuple[Saying, ...]:
    said = []
    if without:
        names = ", ".join(name for name in graph.scenario.vars if name in without)
        said.append(
            saying(
                "The values of {names} were not followed: there are too many. "
                "Conditions on them are taken as perhaps true and perhaps false.",
                names=names,
            )
        )
    if graph.loose:
        some = min(graph.loose)
        said.append(
            saying(
                "Whether a sentence has been said before was not followed for {n} of them, "
                "such as “{some}”: they count both as fresh and as worn out.",
                n=len(graph.loose),
                some=some,
            )
        )
    return tuple(said)
