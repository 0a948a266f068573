"""A round as it is lived: from the desk one sits down at, through every step, to the save. Both front ends use it.

Every change is saved before the method that made it returns. What must not be here: anything that is shown.
"""

from callcalm.content.library import UnknownScenario
from callcalm.practice.desk import Desk, LastWord, UnknownPlaybook
from callcalm.practice.round import Match, Practice, Stage

__all__ = ["Desk", "LastWord", "Match", "Practice", "Stage", "UnknownPlaybook", "UnknownScenario"]
