"""How much each finding of lint matters. What must not be here: anything that finds it.

An error keeps the encounter from working, a warning is what a learner will notice, a note is for the writer to
weigh.
"""

from __future__ import annotations

from typing import Final

from callcalm.intake import Code
from callcalm.report import Level

_ERRORS: Final = frozenset({Code.DEAD_END, Code.ENDLESS, Code.STUCK, Code.HIT, Code.MISS})
_ERRORS_OF_CHECKS: Final = frozenset({Code.CHECK_STOPS, Code.CHECK_FAILS})
_NOTES: Final = frozenset(
    {
        Code.NOT_FOR_LINT,
        Code.ALWAYS_TRUE,
        Code.NOT_PROVED,
        Code.NOT_SHOWN,
        Code.SHOWN_ALREADY,
        Code.UNMEANT_COST,
        Code.LONG_LINES,
        Code.MANY_REPLIES,
        Code.WIDE,
        Code.HOPELESS,
        Code.TAUGHT_OFF_PATH,
    }
)

LEVELS: Final[dict[Code, Level]] = {
    **dict.fromkeys(_ERRORS | _ERRORS_OF_CHECKS, Level.ERROR),
    **dict.fromkeys(_NOTES, Level.NOTE),
}
"""The level of each code that is not a warning."""


def level_of(code: Code) -> Level:
    """How much a finding of lint with this code matters."""
    return LEVELS.get(code, Level.WARNING)
