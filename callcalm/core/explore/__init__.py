"""What can happen in a scenario, proved, and how likely it is: `prove`, `solve`, `lengths`.

It plays by the engine's rules over all calls at once. What must not be here: I/O, and words for its findings.
"""

from __future__ import annotations

from callcalm.core.explore.bits import span, values
from callcalm.core.explore.bounded import Reckoned, reckon
from callcalm.core.explore.chances import TooLongError
from callcalm.core.explore.course import Course
from callcalm.core.explore.lengths import Lengths, lengths
from callcalm.core.explore.odds import Odds, solve
from callcalm.core.explore.players import Player
from callcalm.core.explore.proof import ASSUMED, Offered, Proof, course_of, prove
from callcalm.core.explore.witness import Way

__all__ = [
    "ASSUMED",
    "Course",
    "Lengths",
    "Odds",
    "Offered",
    "Player",
    "Proof",
    "Reckoned",
    "TooLongError",
    "Way",
    "course_of",
    "lengths",
    "prove",
    "reckon",
    "solve",
    "span",
    "values",
]
