"""What a graph is made of: nodes, the ways on from them, and edges. What must not be here: how they are found."""

from __future__ import annotations

from collections.abc import Sequence

from callcalm.core.condition import Value
from callcalm.core.explore.answers import Answer
from callcalm.core.model import Beat


class TooManyError(Exception):
    """More nodes than allowed; if variables are the cause, `largest` has them, those with most values first."""

    def __init__(self, largest: Sequence[str]) -> None:
        super().__init__("too many")
        self.largest = largest


class Node:
    """A beat with all that can still matter there but composure and names, or an ending (`beat` None).

    `variables` are the values of the beat's own list of them; `said` the bits of sentences said before, out of
    `live`, those that may be met again from here; `root` the same node with nothing said. `several` is whether
    the caller speaks in parts, `cut` then what cutting in does: points, where it leads, and whether the player is
    there at once. `locks` are the packed composures at which a breath unlocks something. `ways` are by structure
    alone, `edges` with what they do; of edges that do the same there is one, `every` has them all.
    """

    __slots__ = (
        "beat", "cut", "edges", "every", "live", "locks", "name", "presses", "root", "said", "several",
        "variables", "ways",
    )  # fmt: skip

    def __init__(self, name: str, beat: Beat | None, variables: tuple[Value, ...] = (), presses: int = 0) -> None:
        self.name = name
        self.beat = beat
        self.variables = variables
        self.presses = presses
        self.said = 0
        self.live = 0
        self.root = self
        self.several = beat is not None and len(beat.caller) > 1
        self.cut: Cut | None = None
        self.ways: list[Way] = []
        self.edges: list[Edge] = []
        self.every: list[Edge] = self.edges
        self.locks = 0

    def cut_off(self) -> None:
        """Forget all that it leads to: nodes lead to each other in circles, and to themselves."""
        self.ways = []
        self.edges = self.every = []
        self.cut = None
        del self.root


Way = tuple[Answer, int, Node, bool]
"""(an answer, the composures at which it may be on offer, where it leads, whether the call stays at its beat)."""

Edge = tuple[int, int, int, Node, bool, Answer, bool]
"""(packed composures that may take it, points, bits by which the lane changes, where it leads, whether the player
is there at once, by what, and whether that answer is as fresh as it may be).

"At once": the call stays at its beat, where everything has been heard. An answer that uses the name has an edge
for all lanes that it treats alike; it has one that is not fresh where a sentence is not followed.
"""

Cut = tuple[int, Node, bool]


def without_twins(edges: list[Edge]) -> list[Edge]:
    """One of those edges that do the same; a typed answer does not stand for one that is picked."""
    found: dict[tuple[int, int, int, Node, bool], Edge] = {}
    for edge in sorted(edges, key=lambda edge: (edge[5].many == 0, not edge[6])):
        found.setdefault(edge[:5], edge)
    return list(found.values())
