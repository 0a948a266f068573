"""A scenario as a graph in layers: which beat leads where, and how far from the beginning it stands.

What must not be here: what a layer looks like.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from callcalm.core.explore import Offered, Proof
from callcalm.core.model import Beat, Scenario
from callcalm.language import _

ROUNDS = 4
"""How often the order within the layers is improved; more changes little."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A way from a beat to a beat or an ending, with the answers that take it.

    A label is the number of a reply as the file has it (``2``), or a word for another way on. It says of a reply
    that is never on offer that nobody goes that way (``2 never``).
    """

    start: str
    end: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """Beats by layer, and what stands below them.

    Layer n holds the beats that take n answers at least; in the first stand those at which the call can begin.
    `endings` are those that some way leads to; `cut_off` is what no way leads to.
    """

    layers: tuple[tuple[str, ...], ...]
    endings: tuple[str, ...]
    cut_off: tuple[str, ...]
    edges: tuple[Edge, ...]


def layout(scenario: Scenario, proof: Proof | None = None, *, general: bool = True) -> Layout:
    """The graph of a scenario, laid out so that neighbours stand near one another.

    With its `proof` it tells which replies are never on offer. Without `general` the ending that nobody wrote is
    left out, unless some way leads to it: nobody comes there.
    """
    edges = tuple(_edges(scenario, proof))
    ways: dict[str, list[str]] = defaultdict(list)
    for edge in edges:
        ways[edge.start].append(edge.end)
    depth = dict.fromkeys(scenario.entrances, 0)
    queue = [*depth]
    for name in queue:
        for end in ways[name]:
            if end in scenario.beats and end not in depth:
                depth[end] = depth[name] + 1
                queue.append(end)
    rows: list[list[str]] = [[] for _row in range(max(depth.values()) + 1)]
    for name in queue:
        rows[depth[name]].append(name)
    _untangle(rows, edges)
    seen = {edge.end for edge in edges if edge.start in depth} | {scenario.lost}
    endings = [*scenario.endings]
    if scenario.general and not general and all(edge.end != scenario.lost for edge in edges):
        endings.remove(scenario.lost)
    return Layout(
        tuple(map(tuple, rows)),
        tuple(name for name in endings if name in seen),
        tuple(name for name in (*scenario.beats, *endings) if name not in depth and name not in seen),
        edges,
    )


def _steps(beat: Beat, proof: Proof | None) -> Iterator[tuple[str, str]]:
    """Where each answer of a beat leads: (label, beat or ending)."""
    # Of a beat that nobody comes to, that is told, and it is enough.
    offered = proof.replies if proof is not None and proof.beats[beat.id] else {}
    for number, reply in enumerate(beat.replies, 1):
        never = offered.get(reply.key) is Offered.NEVER
        yield _("{number} never").format(number=number) if never else str(number), reply.goto
    if beat.compose is not None:
        yield _("compose"), beat.compose.goto
    if beat.otherwise is not None and beat.otherwise.goto is not None:
        yield _("otherwise"), beat.otherwise.goto
    if beat.cut_in is not None and beat.cut_in.goto is not None:
        yield _("cut in"), beat.cut_in.goto


def _edges(scenario: Scenario, proof: Proof | None) -> Iterator[Edge]:
    for beat in scenario.beats.values():
        ways: dict[str, list[str]] = {}
        for label, target in _steps(beat, proof):
            ways.setdefault(target, []).append(label)
        yield from (Edge(beat.id, end, tuple(labels)) for end, labels in ways.items())


def _untangle(rows: list[list[str]], edges: tuple[Edge, ...]) -> None:
    """Order each layer by the middle of what leads to it (and back up by what it leads to), a few times."""
    above: dict[str, list[str]] = defaultdict(list)
    below: dict[str, list[str]] = defaultdict(list)
    for edge in edges:
        above[edge.end].append(edge.start)
        below[edge.start].append(edge.end)
    for turn in range(ROUNDS):
        near = above if turn % 2 == 0 else below
        places = {name: index for row in rows for index, name in enumerate(row)}
        for row in rows if turn % 2 == 0 else reversed(rows):
            old = {name: index for index, name in enumerate(row)}

            def middle(name: str, old: dict[str, int] = old, near: dict[str, list[str]] = near) -> float:
                known = [places[other] for other in near[name] if other in places]  # noqa: B023 - used at once
                return sum(known) / len(known) if known else float(old[name])

            row.sort(key=middle)
            places.update((name, index) for index, name in enumerate(row))
