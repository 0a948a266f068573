"""How long a call is, in answers and in words heard and said: the shortest, the usual and the longest.

Every call begins plainly and hears the caller out; nothing is typed. Shortest and longest go by structure: whether
composure would allow them is not asked, so no call that comes to an ending is shorter or longer. What must not be
here: chances.
"""

from __future__ import annotations

from collections.abc import Callable

from callcalm.core.explore.loops import loops
from callcalm.core.explore.nodes import Edge, Node
from callcalm.core.explore.odds import solve
from callcalm.core.explore.players import Player, options
from callcalm.core.explore.proof import Proof, prove
from callcalm.core.model import Scenario
from callcalm.core.playbook import Playbook
from callcalm.core.records import dataclass

_FAR = 1 << 60


@dataclass(frozen=True, slots=True)
class Lengths:
    """Answers given in a call, and words heard and said in it.

    `typical` are the means of a random player. `longest` is None where a call can go round in a loop until its
    time runs out. If no ending can be reached by picking, `shortest` and `words_shortest` are 0.
    """

    shortest: int
    typical: float
    longest: int | None
    words_shortest: int
    words_typical: float
    words_longest: int | None


def lengths(
    scenario: Scenario, playbook: Playbook, *, proof: Proof | None = None, most: int | None = None
) -> Lengths:
    """How long the calls of a scenario are; with its `proof`, that work is not done twice.

    Raises `TooLongError` as `solve` does.
    """
    known = proof or prove(scenario, playbook)
    start = known.graph.starts[""]
    heard = {name: sum(len(part.split()) for part in beat.caller) for name, beat in scenario.beats.items()}
    ways: dict[Node, list[Edge]] = {}

    def following(node: Node) -> list[Node]:
        ways[node] = options(node)
        return [edge[3] for edge in ways[node]]

    order = loops((start,), following)
    endless = any(len(loop) > 1 or any(edge[3] is loop[0] for edge in ways[loop[0]]) for loop in order)

    def words(edge: Edge) -> int:
        """Words said on an edge, and heard at its node unless the call was there already."""
        return edge[5].said + (0 if edge[4] or edge[3].beat is None else heard[edge[3].name])

    def best(cost: Callable[[Edge], int], *, most: bool) -> int:
        far = -_FAR if most else _FAR
        worth = {node: 0 if node.beat is None else far for loop in order for node in loop}
        changed = True
        while changed:
            changed = False
            for loop in order:
                for node in loop:
                    costs = [cost(edge) + worth[edge[3]] for edge in ways[node]]
                    found = (max if most else min)(costs) if costs else worth[node]
                    if abs(found) < _FAR // 2 and found != worth[node]:
                        worth[node] = found
                        changed = True
        return worth[start] if abs(worth[start]) < _FAR // 2 else 0

    def one(_edge: Edge) -> int:
        return 1

    odds = solve(scenario, playbook, Player.RANDOM, proof=known, most=most)
    first = heard[start.name]
    shortest = best(one, most=False)
    return Lengths(
        shortest=shortest,
        typical=odds.answers,
        longest=None if endless else best(one, most=True),
        words_shortest=best(words, most=False) + first if shortest else 0,
        words_typical=odds.words,
        words_longest=None if endless else best(words, most=True) + first,
    )
