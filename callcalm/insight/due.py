"""When each technique is due again: spaced retrieval by FSRS, computed by replaying the log, never stored.

A technique has at most one review a day, and it is the first round of that day that says anything of it: what
comes back after a night is memory, what comes back ten minutes later is not. So ten thousand rounds are at most as
many reviews as there were days for each technique. Days are whole, in UTC; so is what is due. No fuzz, no steps of
minutes: the same log gives the same dates.

What must not be here: what a round says of a technique (see `due_evidence`), and what to play (see `due_pick`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final

from callcalm.insight.due_days import going_forward
from callcalm.insight.due_evidence import BY_KEY, Grade, Rung, Teaching, grades, unaided, used_in
from callcalm.storage.history import Played

LONGEST: Final = 180
"""Days after which a technique is due again at the latest: half a year, for people change jobs and callers."""

RETENTION: Final = 0.9
"""The chance of recall at which a technique is due; what FSRS takes when nothing else is known."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a technique stands: when it was last recalled, how well, and when it is due.

    `due` is later than `last`. `reviews` counts days on which a round said something of it. `rung` is the highest
    that was reached without help, None if none was.
    """

    move: str
    last: date
    due: date
    grade: Grade
    reviews: int
    rung: Rung | None

    @property
    def next_rung(self) -> Rung | None:
        """The rung to try next; the highest stays the highest. None for what has no ladder."""
        if self.move in BY_KEY:
            return None
        return Rung(min((self.rung or 0) + 1, Rung.SAY))


@dataclass(frozen=True, slots=True)
class Schedule:
    """Every technique that a round has said something of, soonest due first; `today` is the day it was asked on.

    `days` has the day of each round, in the order of the log, as it was believed.
    """

    today: date
    standings: tuple[Standing, ...] = ()
    days: tuple[date, ...] = ()

    @property
    def due(self) -> tuple[Standing, ...]:
        """What is due today or was before, soonest first."""
        return tuple(one for one in self.standings if one.due <= self.today)


def schedule(history: Sequence[Played], teaching: Teaching, now: datetime) -> Schedule:
    """Replay the log, oldest first, and say when each technique is due."""
    today = now.astimezone(UTC).date()
    days = going_forward([played.finished.date() for played in history], today)
    reviews: dict[str, list[tuple[date, Grade]]] = {}
    reached: dict[str, Rung] = {}
    for played, day in zip(history, days, strict=True):
        if not played.moves and played.scenario not in teaching.teaches:
            continue
        used = used_in(played, teaching)
        for move, grade in grades(played, teaching, used).items():
            held = reviews.setdefault(move, [])
            if not held or held[-1][0] < day:
                held.append((day, grade))
        for move, rung in used.items():
            if rung > reached.get(move, 0) and unaided(played):
                reached[move] = rung
    standings = [_standing(move, held, reached.get(move)) for move, held in reviews.items()]
    return Schedule(today, tuple(sorted(standings, key=lambda one: (one.due, one.move))), days)


def _standing(move: str, reviews: Sequence[tuple[date, Grade]], rung: Rung | None) -> Standing:
    from fsrs import Card, Rating, Scheduler  # noqa: PLC0415 - home must not wait for it

    scheduler = Scheduler(
        desired_retention=RETENTION,
        learning_steps=(),
        relearning_steps=(),
        maximum_interval=LONGEST,
        enable_fuzzing=False,
    )
    card = Card(card_id=0, due=_midnight(reviews[0][0]))
    for day, grade in reviews:
        card, _log = scheduler.review_card(card, Rating(grade), _midnight(day))
    last, grade = reviews[-1]
    return Standing(move, last, card.due.date(), grade, len(reviews), rung)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
