"""Rounds by week: scores, moves per ten answers, techniques, and in which weeks there was practice.

A week begins on Monday. A round dated after now is in no week. What must not be here: sentences.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

from callcalm.core.moves import Registry
from callcalm.insight.trends_model import Heat, HeatRow, Rhythm, Week
from callcalm.storage.history import Played

HEAT_WEEKS = 12
"""Techniques are shown for so many of the last weeks that had calls."""

_WEEK = timedelta(days=7)
_EFFECTS = ("helps", "costs", "neutral", "unknown")


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
    day = local(moment, now).date()
    return day - timedelta(days=day.weekday())


def weeks(played: Iterable[Played], now: datetime, registry: Registry) -> tuple[Week, ...]:
    """The weeks with calls or drills, oldest first, up to this one."""
    effects = _effects(registry)
    found = _by_week((one for one in played if one.is_call or one.scenario.startswith("drill/")), now)
    return tuple(_week(monday, rounds, effects) for monday, rounds in sorted(found.items()))


def heat(calls: Iterable[Played], now: datetime, registry: Registry) -> Heat:
    """Techniques by week, for the last `HEAT_WEEKS` weeks with calls."""
    found = sorted(_by_week(calls, now).items())[-HEAT_WEEKS:]
    counted = [Counter(move for one in rounds for _answer, move in one.moves) for _monday, rounds in found]
    effects = _effects(registry)
    rows = [
        HeatRow(move, effects.get(move, "unknown"), tuple(counts[move] for counts in counted))
        for move in dict.fromkeys(move for counts in counted for move in counts)
    ]
    rows.sort(key=lambda row: (_EFFECTS.index(row.effect), -row.total, row.move))
    return Heat(tuple(monday for monday, _rounds in found), tuple(rows))


def rhythm(played: Iterable[Played], now: datetime) -> Rhythm:
    """In which weeks there was practice."""
    past = [one.finished for one in played if is_practice(one) and one.finished <= now]
    if not past:
        return Rhythm()
    mondays = sorted({monday_of(moment, now) for moment in past})
    runs = [1]
    for before, after in pairwise(mondays):
        runs.append(runs[-1] + 1 if after - before <= _WEEK else 1)
    recent = monday_of(now, now) - mondays[-1] <= _WEEK
    days = now.date() - local(max(past), now).date()
    return Rhythm(len(mondays), runs[-1] if recent else 0, max(runs), max(0, days.days))


def _by_week(played: Iterable[Played], now: datetime) -> dict[date, list[Played]]:
    found: dict[date, list[Played]] = {}
    for one in played:
        if one.finished <= now:
            found.setdefault(monday_of(one.finished, now), []).append(one)
    return found


def _week(monday: date, rounds: Sequence[Played], effects: dict[str, str]) -> Week:
    calls = [one for one in rounds if one.is_call]
    seen = Counter(effects.get(move) for one in calls for _answer, move in one.moves)
    return Week(
        monday,
        len(calls),
        len(rounds) - len(calls),
        _mean([one.own.total for one in calls if one.own]),
        _mean([one.reference.total for one in calls if one.reference]),
        sum(one.answers for one in calls),
        seen["helps"],
        seen["costs"],
    )


def _effects(registry: Registry) -> dict[str, str]:
    return {name: move.effect.value for name, move in registry.moves.items()}


def _mean(points: Sequence[int]) -> float | None:
    return sum(points) / len(points) if points else None
