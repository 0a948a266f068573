"""A composed answer as the few outcomes it can have: by which parts, and whether their moves stand in order.

Nine parts taken five at a time are 15,120 answers but only 126 choices, each in order or not: all that counts.
What must not be here: where an outcome leads.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import factorial, prod

from callcalm.core.explore.words import Words
from callcalm.core.model import Task
from callcalm.core.records import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """Composed answers that count alike: `many` of them, `example` one; `ideal` if they are what was asked.

    `declared` are the moves that count besides those of its words.
    """

    declared: tuple[str, ...]
    ideal: bool
    many: int
    example: tuple[int, ...]

    def words(self, parts: Sequence[Words]) -> Words:
        """It as the meter takes it; `parts` are those of the task, taken so."""
        said = [parts[index] for index in self.example]
        return Words(
            tuple([move for part in said for move in part.moves]),
            self.declared,
            tuple([pair for part in said for pair in part.pairs]),
            sum([part.names for part in said]),
        )


def outcomes(task: Task) -> tuple[Outcome, ...]:
    """Every outcome of a task."""
    found: list[Outcome] = []
    for chosen in combinations(range(len(task.parts)), task.pick):
        made = [move for index in chosen if (move := task.parts[index].move) is not None]
        missing = any(move not in made for move in task.ideal)
        ranked = [index for index in chosen if task.parts[index].move in task.ideal]
        ranks = [task.ideal.index(str(task.parts[index].move)) for index in ranked]
        every = factorial(len(chosen))
        ordered = every // factorial(len(ranks)) * prod(factorial(ranks.count(rank)) for rank in set(ranks))
        rest = tuple(index for index in chosen if index not in ranked)
        forward = tuple(index for _, index in sorted(zip(ranks, ranked, strict=True)))
        for in_order, many, example in (
            (True, ordered, forward + rest),
            (False, every - ordered, forward[::-1] + rest),
        ):
            if many:
                faults = [*(["part.missing"] if missing else []), *([] if in_order else ["order.mixed"])]
                found.append(Outcome((*made, *faults), not missing and in_order, many, example))
    return tuple(found)
