"""What rounds tell over time, computed from the log alone and never stored.

Pure: the time is given, and nothing is read. What must not be here: sentences and pictures (see `trends_words`,
`trends_text`), and the parts of it that have modules of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from callcalm.core.moves import Registry
from callcalm.core.text import Text
from callcalm.insight.trends_gaps import calibration
from callcalm.insight.trends_model import (
    Counts,
    Curve,
    Curves,
    Encounter,
    Known,
    Library,
    PricePoint,
    State,
    Trends,
)
from callcalm.insight.trends_weeks import by_week, heat, local, rhythm, weeks
from callcalm.storage.history import Played

LAST_CURVES = 8
"""How many of the last calls are shown with their composure."""

TYPICAL_OF = 50
"""The typical composure is that of so many of the last calls …"""

TYPICAL_FROM = 3
"""… and is told from so many on."""

BEST_FIRST = ("resolved", "fair", "unresolved", "lost")
"""Kinds of endings, best first; one that this callcalm does not know comes after them."""


def trends(played: Sequence[Played], now: datetime, registry: Registry, library: Library) -> Trends:
    """Everything that these rounds tell, which come in the order of the log.

    `now` has an offset; weeks and days are those of its time zone. A round dated after it is counted, but is in no
    week: its date is wrong.
    """
    calls = [one for one in played if one.is_call]
    practice = by_week(played, now)
    return Trends(
        now,
        _counts(played, calls, now, library),
        _price(calls, now, library),
        weeks(practice, registry),
        calibration(calls, library),
        _curves(calls, now, library),
        heat(practice, registry),
        _encounters(calls, now, library),
        rhythm(practice, now),
    )


def only(
    played: Iterable[Played], *, encounter: str | None = None, since: datetime | None = None
) -> tuple[Played, ...]:
    """The rounds of one encounter (or drill, by its name in the log), and those that ended at `since` or later."""
    return tuple(
        one
        for one in played
        if (encounter is None or one.scenario == encounter) and (since is None or one.finished >= since)
    )


def state_of(one: Played, library: Library) -> State:
    """What has become of the scenario of a call."""
    known = library.get(one.scenario)
    if known is None:
        return State.GONE
    changed = known.digest and one.digest and known.digest != one.digest
    return State.CHANGED if changed else State.HERE


def _title(one: Played, known: Known | None) -> Text:
    """The title as it is today, else as it was, else the id."""
    return (known.title if known else one.title) or one.title or Text(one.scenario)


def _counts(played: Sequence[Played], calls: Sequence[Played], now: datetime, library: Library) -> Counts:
    states = [state_of(one, library) for one in calls]
    drills = sum(one.scenario.startswith("drill/") for one in played)
    return Counts(
        len(calls),
        drills,
        len(played) - len(calls) - drills,
        sum(one.newer for one in calls),
        states.count(State.GONE),
        states.count(State.CHANGED),
        sum(one.finished > now for one in calls),
        sum(not one.complete for one in played),
    )


def _price(calls: Sequence[Played], now: datetime, library: Library) -> tuple[PricePoint, ...]:
    return tuple(
        PricePoint(
            one.id,
            local(one.finished, now),
            one.scenario,
            _title(one, library.get(one.scenario)),
            one.own.total if one.own else None,
            one.reference.total if one.reference else None,
        )
        for one in calls
        if one.own or one.reference
    )


def _curves(calls: Sequence[Played], now: datetime, library: Library) -> Curves:
    played = [one for one in calls if one.answers][-TYPICAL_OF:]
    last = tuple(
        Curve(
            one.id,
            local(one.finished, now),
            one.scenario,
            _title(one, library.get(one.scenario)),
            one.kind,
            one.composure,
        )
        for one in played[-LAST_CURVES:]
    )
    return Curves(last, _typical([one.composure for one in played]), len(played))


def _typical(meters: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    """The median after each answer, as far as at least half of the calls went."""
    if len(meters) < TYPICAL_FROM:
        return ()
    typical: list[int] = []
    while True:
        here = sorted(meter[len(typical)] for meter in meters if len(meter) > len(typical))
        if 2 * len(here) < len(meters) or not here:
            return tuple(typical)
        middle = len(here) // 2
        typical.append(here[middle] if len(here) % 2 else round((here[middle - 1] + here[middle]) / 2))


def _encounters(calls: Sequence[Played], now: datetime, library: Library) -> tuple[Encounter, ...]:
    by_scenario: dict[str, list[Played]] = {}
    for one in calls:
        # Taken out and put in again: so the last played comes last.
        rounds = by_scenario.pop(one.scenario, [])
        rounds.append(one)
        by_scenario[one.scenario] = rounds
    return tuple(_encounter(rounds, now, library) for rounds in reversed(by_scenario.values()))


def _encounter(rounds: list[Played], now: datetime, library: Library) -> Encounter:
    last, best = rounds[-1], min(rounds, key=_rank)
    return Encounter(
        last.scenario,
        _title(last, library.get(last.scenario)),
        state_of(last, library),
        len(rounds),
        sum(one.newer for one in rounds),
        local(last.finished, now),
        last.kind,
        _total(last),
        local(best.finished, now),
        best.kind,
        _total(best),
    )


def _rank(one: Played) -> tuple[int, float]:
    """The place of a call among those of its scenario, best first."""
    total = _total(one)
    place = BEST_FIRST.index(one.kind) if one.kind in BEST_FIRST else len(BEST_FIRST)
    return place, -total if total is not None else float("inf")


def _total(one: Played) -> int | None:
    return one.reference.total if one.reference else None
