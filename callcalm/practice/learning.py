"""Worked calls before the first runs: which techniques of an encounter this player has hardly practised yet.

Computed from the log. What must not be here: how a worked call is shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from callcalm.content.worked_calls import worked_calls
from callcalm.core.worked import Worked

if TYPE_CHECKING:
    from callcalm.core.model import Scenario
    from callcalm.practice.desk import Desk

RUNS: Final = 2
"""A worked call is offered before so many runs of its technique."""


def worked_before(desk: Desk, scenario: Scenario) -> tuple[Worked, ...]:
    """The worked calls of what an encounter teaches, but for techniques this player has had two runs of.

    A run of a technique is a round of any encounter that teaches it.
    """
    calls = worked_calls(scenario.language, desk.registry)
    wanted = [move for move in scenario.teaches if move in calls]
    if not wanted:
        return ()
    played = desk.store.summaries()
    runs = dict.fromkeys(wanted, 0)
    for header in desk.library.headers(all_of_them=True):
        summary = played.get(header.id)
        for move in header.teaches if summary is not None else ():
            if move in runs and summary is not None:
                runs[move] += summary.count
    return tuple(calls[move] for move in wanted if runs[move] < RUNS)
