"""Heart, head, heart (S1-h): which phase each answer spoke to, read from its moves."""

from __future__ import annotations

from collections.abc import Iterable

from callcalm.core.composure import Seen
from callcalm.core.moves import Phase, Registry


def phases(seen: Iterable[Seen], answers: int, registry: Registry) -> tuple[tuple[Phase, ...], ...]:
    """For each answer from the first, the phases its helping moves spoke to, in order, each once.

    An answer without helping moves of either phase has none.
    """
    spoken: list[list[Phase]] = [[] for _ in range(answers)]
    for item in seen:
        move = registry.moves.get(item.move)
        if move is None or not registry.helps(item.move) or move.phase is Phase.EITHER or item.answer > answers:
            continue
        if move.phase not in spoken[item.answer - 1]:
            spoken[item.answer - 1].append(move.phase)
    return tuple(tuple(one) for one in spoken)


def heart_came_first(order: Iterable[tuple[Phase, ...]]) -> bool | None:
    """Whether the first phase spoken to in the call was the heart; None if neither was."""
    first = next((phase for answer in order for phase in answer), None)
    return None if first is None else first is Phase.HEART
