"""What leads to each node, for walking backwards. What must not be here: whether anybody comes that way."""

from __future__ import annotations

from collections.abc import Iterable

from callcalm.core.explore.nodes import Edge, Node


class Joins:
    """The nodes of each beat by name, the edges that lead `into` each node, and the nodes whose cut leads there.

    Without `typed`, edges that only a typed answer takes are left out. `count` is of how many nodes it was made.
    """

    __slots__ = ("count", "cuts", "into", "named")

    def __init__(self, nodes: Iterable[Node], *, typed: bool) -> None:
        self.named: dict[str, list[Node]] = {}
        self.into: dict[Node, list[tuple[Node, Edge]]] = {}
        self.cuts: dict[Node, list[Node]] = {}
        self.count = 0
        for node in nodes:
            self.count += 1
            self.named.setdefault(node.name, []).append(node)
            for edge in node.edges:
                if typed or edge[5].many:
                    self.into.setdefault(edge[3], []).append((node, edge))
            if node.cut is not None:
                self.cuts.setdefault(node.cut[1], []).append(node)
