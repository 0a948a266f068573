"""The promise ledger: what was promised in rounds, to whom, by when, and what became of it. Never stored.

A promise comes back a day after the round that made it, in the encounter that it names: following through is
something that one has to come back for (S0-6, S1-5). Days are the player's, by the calendar, in the time zone of
the `now` that is given. What must not be here: sentences (see `promise_words`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from callcalm.core.model import Kept
from callcalm.core.text import Text
from callcalm.storage.history import Played
from callcalm.storage.records import PromiseRecord

IN_TIME = 3
"""Days on which a promise can be kept, the day on which it comes due among them."""


class Standing(StrEnum):
    """Where a promise stands."""

    OPEN = "open"
    """Made; its day has not come."""
    DUE = "due"
    """It can be gone back to now."""
    CAME_BACK = "came-back"
    """The encounter that it names has been played to its end."""
    RENEWED = "renewed"
    """A later round of the same encounter made it again."""
    BROKEN = "broken"
    """It could not be kept, and nothing comes back of it."""
    NO_FOLLOW_UP = "no-follow-up"
    """No encounter comes back of it, or that one is gone."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One promise of the ledger.

    `round` is the id of the round that made it and `number` its place there (from 1); `scenario` and `title` name
    the encounter, `to` who was promised `what`, `by` the hour as the story told it. `due` is the day on which it
    comes back. `kept` is what became of it if it has come back, else what would if one went there now;
    `follow_up` is the encounter that it names, also where there is none of that name.
    """

    round: str
    number: int
    scenario: str
    title: Text
    to: Text
    what: Text
    by: Text | None
    made: datetime
    due: date
    keepable: bool
    follow_up: str | None
    standing: Standing
    kept: Kept

    @property
    def follows(self) -> str:
        """What the round that it comes back in says it follows."""
        return f"{self.round}/{self.number}"


def ledger(history: Sequence[Played], callers: Mapping[str, Text], now: datetime) -> tuple[Entry, ...]:
    """Every promise of the log, in its order; `history` is oldest first.

    `callers` are the encounters there are, by id, with who calls in each. `now` has a time zone.
    """
    back = _came_back(history)
    found: list[Entry] = []
    latest: dict[tuple[str, str], int] = {}
    for played in history:
        for number, promise in enumerate(played.promises, 1):
            entry = _entry(played, number, promise, callers, back, now)
            same = (played.scenario, " ".join(promise.what.casefold().split()))
            before = latest.get(same)
            if before is not None and found[before].standing is not Standing.CAME_BACK:
                found[before] = replace(found[before], standing=Standing.RENEWED)
            latest[same] = len(found)
            found.append(entry)
    return tuple(found)


def kept_at(entry: Entry, begun: date) -> Kept:
    """What becomes of a promise if the encounter that it comes back in begins on this day."""
    return _kept(entry.due, begun, keepable=entry.keepable)


def _came_back(history: Sequence[Played]) -> dict[str, datetime]:
    """When each promise was first gone back to, by what the rounds say that they follow."""
    found: dict[str, datetime] = {}
    for played in history:
        if played.follows:
            found.setdefault(played.follows, played.started or played.finished)
    return found


def _entry(
    played: Played,
    number: int,
    promise: PromiseRecord,
    callers: Mapping[str, Text],
    back: Mapping[str, datetime],
    now: datetime,
) -> Entry:
    today = now.date()
    made = played.finished.astimezone(now.tzinfo)
    # A round from the future tells that a clock was put back: its day is unknown, and the promise need not wait.
    due = made.date() + timedelta(days=1) if made.date() <= today else today
    begun = back.get(f"{played.id}/{number}")
    if begun is not None:
        standing = Standing.CAME_BACK
    elif promise.follow_up is None or promise.follow_up not in callers:
        standing = Standing.NO_FOLLOW_UP if promise.keepable else Standing.BROKEN
    else:
        standing = Standing.DUE if due <= today else Standing.OPEN
    day = today if begun is None else begun.astimezone(now.tzinfo).date()
    return Entry(
        played.id,
        number,
        played.scenario,
        played.title,
        callers.get(played.scenario) or played.title or Text(played.scenario),
        promise.what,
        promise.by,
        made,
        due,
        promise.keepable,
        promise.follow_up,
        standing,
        _kept(due, day, keepable=promise.keepable),
    )


def _kept(due: date, begun: date, *, keepable: bool) -> Kept:
    if not keepable:
        return Kept.BROKEN
    return Kept.KEPT if begun < due + timedelta(days=IN_TIME) else Kept.LATE
