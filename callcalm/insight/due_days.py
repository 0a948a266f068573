"""The days on which rounds were finished, made to go forward: clocks jump, and a log keeps what they said.

What must not be here: what a round says of a technique (see `due_evidence`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from itertools import pairwise


def going_forward(said: Sequence[date], today: date) -> tuple[date, ...]:
    """One day a round, in the order of the log: never going back, none after `today`.

    As many of the days said as fit together are believed (a longest run that never goes back). Any other is taken
    to be that of the believed one before it, or of the first if there is none before; if none can be believed,
    everything was today. So one wrong clock moves the rounds played under it, and no others.
    """
    if not said:
        return ()
    if said[-1] <= today and all(one <= other for one, other in pairwise(said)):
        return tuple(said)
    believed = _longest_run(said, today)
    if not believed:
        return (today,) * len(said)
    made, last = [], said[min(believed)]
    for place, day in enumerate(said):
        if place in believed:
            last = day
        made.append(last)
    return tuple(made)


def _longest_run(said: Sequence[date], today: date) -> set[int]:
    """The places of a longest run of days that never go back and are not after `today`."""
    ends: list[date] = []
    places: list[int] = []
    before: dict[int, int] = {}
    for place, day in enumerate(said):
        if day > today:
            continue
        length = bisect_right(ends, day)
        if length:
            before[place] = places[length - 1]
        ends[length : length + 1] = [day]
        places[length : length + 1] = [place]
    run = places[-1:]
    while run and run[-1] in before:
        run.append(before[run[-1]])
    return set(run)
