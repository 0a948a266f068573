"""Chances in a bounded time: where calls go round in too many ways, less is followed, and it is said what.

What must not be here: how chances are worked out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from callcalm.core.explore.chances import TooLongError
from callcalm.core.explore.odds import Odds, solve
from callcalm.core.explore.players import Player
from callcalm.core.explore.proof import Proof, prove
from callcalm.core.model import Scenario
from callcalm.core.playbook import Playbook
from callcalm.core.records import NamedTuple
from callcalm.core.saying import Saying, saying

MOST_ROUND = 200_000
"""Nodes followed round and round, each once for each answer, up to which chances are exact: seconds of work."""

FEW = 1_000
"""Nodes of the graph that is followed instead, unless the beats alone are more."""


class Reckoned(NamedTuple):
    """How players fare, by the proof that it was worked out with; `caveats` say what that one leaves open."""

    proof: Proof
    odds: Mapping[Player, Odds]
    caveats: tuple[Saying, ...]


def reckon(scenario: Scenario, playbook: Playbook, proof: Proof, players: Iterable[Player]) -> Reckoned:
    """How each of these players fares in calls that begin plainly; `proof` is that of the scenario."""
    asked = tuple(players)
    try:
        odds = {player: solve(scenario, playbook, player, proof=proof, most=MOST_ROUND) for player in asked}
    except TooLongError:
        less = prove(scenario, playbook, limit=FEW)
        odds = {player: solve(scenario, playbook, player, proof=less) for player in asked}
        return Reckoned(less, odds, (_LESS, *less.unproved))
    return Reckoned(proof, odds, proof.unproved)


_LESS = saying("For the chances and lengths less was followed: calls go round in too many ways.")
