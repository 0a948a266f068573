"""What can happen in a scenario, proved, and how likely it is: `prove`, `solve`, `lengths`.

It plays by the engine's rules over all calls at once. What must not be here: I/O, and words for its findings.
"""

from __future__ import annotations

from callcalm.core.explore.bits import span
from callcalm.core.explore.odds import Odds, solve
from callcalm.core.explore.players import Player
from callcalm.core.explore.proof import ASSUMED, Offered, Proof, prove

__all__ = ["ASSUMED", "Odds", "Offered", "Player", "Proof", "prove", "solve", "span"]
