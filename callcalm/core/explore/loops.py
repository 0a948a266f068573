"""Loops of a graph: the sets of nodes that can reach one another, whatever leads on coming first."""

from __future__ import annotations

from collections.abc import Callable, Container, Hashable, Iterable
from typing import TypeVar

_N = TypeVar("_N", bound=Hashable)


def loops(
    roots: Iterable[_N], following: Callable[[_N], Iterable[_N]], known: Container[_N] = ()
) -> list[list[_N]]:
    """The nodes that can be reached from `roots`, loop by loop; one in no loop stands alone.

    A loop comes after every other loop that it leads to. Nodes already `known` are left out, with what is behind
    them (Tarjan, without recursion).

    >>> loops([1], {1: [2], 2: [3], 3: [2]}.__getitem__)
    [[3, 2], [1]]
    """
    order: dict[_N, int] = {}
    low: dict[_N, int] = {}
    done: set[_N] = set()
    found: list[list[_N]] = []
    stack: list[_N] = []
    for root in roots:
        if root in order or root in known:
            continue
        order[root] = low[root] = len(order)
        stack.append(root)
        work = [(root, iter(following(root)))]
        while work:
            node, rest = work[-1]
            for to in rest:
                if to not in order:
                    if to in known:
                        continue
                    order[to] = low[to] = len(order)
                    stack.append(to)
                    work.append((to, iter(following(to))))
                    break
                if to not in done and order[to] < low[node]:
                    low[node] = order[to]
            else:
                work.pop()
                if work and low[node] < low[work[-1][0]]:
                    low[work[-1][0]] = low[node]
                if low[node] == order[node]:
                    loop = [stack.pop()]
                    while loop[-1] != node:
                        loop.append(stack.pop())
                    done.update(loop)
                    found.append(loop)
    return found
