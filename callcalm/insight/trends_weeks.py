"""Rounds by week: scores, moves per ten answers, techniques, and in which weeks there was practice.

A week begins on Monday. A round dated after now is in no week. What must not be here: sentences.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

from callcalm.core.moves import Effect, Registry
from callcalm.core.records import NamedTuple
from callcalm.insight.trends_model import Heat, HeatRow, Rhythm, Week
from callcalm.storage.history import Played

HEAT_WEEKS = 12
"""Techniques are shown for so many of the last weeks that had calls."""

_DAYS = 7
_WEEK = timedelta(days=_DAYS)
_EFFECTS = (*Effect, "unknown")


class Rounds(NamedTuple):
    """The rounds of practice of one week, in the order of the log."""

    monday: date
    calls: Sequence[Played]
    drills: int
    last: datetime
    """When the last of any kind ended."""
    moves: Mapping[str, int]
    """How often each move was seen in the calls."""


def is_practice(one: Played) -> bool:
    """Whether a round is practice: a call, a drill or a letter, but not a goal or an answer about one."""
    return one.is_call or one.scenario.startswith(("drill/", "letter/"))


def local(moment: datetime, now: datetime) -> datetime:
    """The moment in the time zone of `now`; at either end of the calendar as it is."""
    try:
        return moment.astimezone(now.tzinfo)
    except OverflowError:
        return moment


def monday_of(moment: datetime, now: datetime) -> date:
    """The first day of the week of this moment, in the time zone of `now`."""
    return date.fromordinal(_monday(moment, now))


def by_week(played: Iterable[Played], now: datetime) -> tuple[Rounds, ...]:
    """The practice among these rounds by week, oldest week first."""
    found: dict[int, list[Played]] = {}
    for one in played:
        if one.finished <= now and is_practice(one):
            found.setdefault(_monday(one.finished, now), []).append(one)
    return tuple(_rounds(monday, rounds) for monday, rounds in sorted(found.items()))


def weeks(practice: Iterable[Rounds], registry: Registry) -> tuple[Week, ...]:
    """The weeks with calls or drills, oldest first."""
    return tuple(_week(rounds, registry) for rounds in practice if rounds.calls or rounds.drills)


def heat(practice: Iterable[Rounds], registry: Registry) -> Heat:
    """Techniques by week, for the last `HEAT_WEEKS` weeks with calls."""
    last = [rounds for rounds in practice if rounds.calls][-HEAT_WEEKS:]
    rows = [
        HeatRow(move, _effect(move, registry), tuple(rounds.moves.get(move, 0) for rounds in last))
        for move in dict.fromkeys(move for rounds in last for move in rounds.moves)
    ]
    rows.sort(key=lambda row: (_EFFECTS.index(row.effect), -row.total, row.move))
    return Heat(tuple(rounds.monday for rounds in last), tuple(rows))


def rhythm(practice: Sequence[Rounds], now: datetime) -> Rhythm:
    """In which weeks there was practice."""
    if not practice:
        return Rhythm()
    runs = [1]
    for before, after in pairwise(practice):
        runs.append(runs[-1] + 1 if after.monday - before.monday <= _WEEK else 1)
    last = practice[-1]
    recent = monday_of(now, now) - last.monday <= _WEEK
    days = (now.date() - local(last.last, now).date()).days
    return Rhythm(len(practice), runs[-1] if recent else 0, max(runs), max(0, days))


def _monday(moment: datetime, now: datetime) -> int:
    day = local(moment, now).toordinal()
    return day - (day - 1) % _DAYS


def _rounds(monday: int, rounds: Sequence[Played]) -> Rounds:
    calls = [one for one in rounds if one.is_call]
    return Rounds(
        date.fromordinal(monday),
        calls,
        sum(one.scenario.startswith("drill/") for one in rounds),
        max(one.finished for one in rounds),
        Counter([move for one in calls for _answer, move in one.moves]),
    )


def _week(rounds: Rounds, registry: Registry) -> Week:
    return Week(
        rounds.monday,
        len(rounds.calls),
        rounds.drills,
        _mean([one.own.total for one in rounds.calls if one.own]),
        _mean([one.reference.total for one in rounds.calls if one.reference]),
        sum(one.answers for one in rounds.calls),
        sum(times for move, times in rounds.moves.items() if registry.helps(move)),
        sum(times for move, times in rounds.moves.items() if registry.costs(move)),
    )


def _effect(move: str, registry: Registry) -> str:
    known = registry.moves.get(move)
    return known.effect.value if known else "unknown"


def _mean(points: Sequence[int]) -> float | None:
    return sum(points) / len(points) if points else None
