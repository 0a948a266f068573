"""What rounds tell over time, as types: the numbers that stats, the progress screen and the JSON all show.

Named tuples load faster than dataclasses; a field called `count` needs the latter. What must not be here: how
they are computed (see `trends`), and sentences (see `trends_words`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from callcalm.core.records import NamedTuple
from callcalm.core.text import Text


class Known(NamedTuple):
    """What the library says today of an encounter that was played.

    `mood` is the id of the mood that the caller opens with, `level` 1 to 4, `digest` the file's as it is now. Each
    may be empty (or 0): then nothing is told by it.
    """

    title: Text
    channel: str = ""
    level: int = 0
    mood: str = ""
    digest: str = ""


class State(StrEnum):
    """What has become of the scenario of a round."""

    HERE = "here"
    """It is as it was when it was last played, or nobody can tell."""
    CHANGED = "changed"
    """Its file has changed since it was last played."""
    GONE = "gone"
    """It is not in the library any more."""


class Counts(NamedTuple):
    """How many of what the log holds.

    `calls` are encounters, `drills` drills, `other` everything else (goals, letters). Of the calls: `newer` were
    written by a later callcalm, `gone` and `changed` are of encounters that are (see `State`), `ahead` are dated
    after now, by a clock that was wrong. `incomplete` counts rounds of any kind whose last line is missing.
    """

    calls: int = 0
    drills: int = 0
    other: int = 0
    newer: int = 0
    gone: int = 0
    changed: int = 0
    ahead: int = 0
    incomplete: int = 0

    @property
    def practice(self) -> int:
        """Calls and drills."""
        return self.calls + self.drills


class PricePoint(NamedTuple):
    """The PRICE totals of one call, -50..+50; None without such a sheet. `when` is in the time zone of `now`."""

    round: str
    when: datetime
    scenario: str
    title: Text
    own: int | None
    reference: int | None


class Week(NamedTuple):
    """A week with practice; `monday` is its first day.

    `own` and `reference` are the mean PRICE totals of its calls that have the sheet, None if none has. `answers`
    are those given in its calls, `helping` and `costing` the moves in them.
    """

    monday: date
    calls: int
    drills: int
    own: float | None
    reference: float | None
    answers: int
    helping: int
    costing: int

    @property
    def helping_per_ten(self) -> float | None:
        """Helping moves per ten answers; None without an answer."""
        return 10 * self.helping / self.answers if self.answers else None

    @property
    def costing_per_ten(self) -> float | None:
        """Costing moves per ten answers; None without an answer."""
        return 10 * self.costing / self.answers if self.answers else None


class FactorGap(NamedTuple):
    """The gap of one part of the sheet over some calls that have both sheets.

    `part` is ``result`` or a treatment factor; `mean` is self minus reference in points, above 0 when scored too
    high; `rounds` how many calls it rests on.
    """

    part: str
    mean: float
    rounds: int


class GapFinding(NamedTuple):
    """A habit of scoring that the rounds bear out.

    `points` (never 0) are rounded; `by` is what the calls have in common: ``mood``, ``channel``, ``level``,
    ``kind`` (of ending), or empty for all calls; `value` which one; `rounds` how many calls it rests on.
    """

    part: str
    points: int
    by: str
    value: str
    rounds: int


class Calibration(NamedTuple):
    """How well the player judges their own calls: over the last `rounds` calls that have both sheets.

    `parts` has the result and then the five factors, and is empty if there is no such call; `findings` come
    strongest first. `needed` is how many calls a finding takes.
    """

    rounds: int = 0
    needed: int = 0
    parts: tuple[FactorGap, ...] = ()
    findings: tuple[GapFinding, ...] = ()


class Curve(NamedTuple):
    """The composure of one call: at the start, and after each answer, 0 to 100."""

    round: str
    when: datetime
    scenario: str
    title: Text
    kind: str
    composure: tuple[int, ...]


class Curves(NamedTuple):
    """The composure of the last calls, newest last, and the typical one.

    `typical` is the median at the start and after each answer, as far as half of `rounds` calls went; it is empty
    with too few of them.
    """

    last: tuple[Curve, ...] = ()
    typical: tuple[int, ...] = ()
    rounds: int = 0


class HeatRow(NamedTuple):
    """A technique: its move, its effect (``helps``, ``costs``, ``neutral``, ``unknown``), how often each week."""

    move: str
    effect: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """How often in all the weeks shown."""
        return sum(self.counts)


class Heat(NamedTuple):
    """Techniques by week: the first days of the weeks, oldest first, and a row for each technique that was seen.

    Helping rows come first, the most frequent first.
    """

    weeks: tuple[date, ...] = ()
    rows: tuple[HeatRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Encounter:
    """All calls of one scenario: how many, the last, and the best.

    `last_total` and `best_total` are reference totals, -50..+50, None where there is no sheet. The best is the
    best kind of ending, then the highest total, then the first to get there. `newer` counts those of a later
    callcalm.
    """

    scenario: str
    title: Text
    state: State
    count: int
    newer: int
    last_when: datetime
    last_kind: str
    last_total: int | None
    best_when: datetime
    best_kind: str
    best_total: int | None


class Rhythm(NamedTuple):
    """When there was practice. Nothing here is ever lost by a pause.

    `weeks` are all weeks with practice up to now, `run` those in a row up to this week or the last one (0 if
    neither), `longest` the most in a row; `days_since` the whole days since the last practice, None without any.
    """

    weeks: int = 0
    run: int = 0
    longest: int = 0
    days_since: int | None = None


class Trends(NamedTuple):
    """Everything that rounds tell over time. Times are in the time zone of `now`.

    `price`, `curves` and `encounters` follow the order of the log (`encounters` the last played first), `weeks`
    the calendar, up to this week.
    """

    now: datetime
    counts: Counts
    price: tuple[PricePoint, ...]
    weeks: tuple[Week, ...]
    calibration: Calibration
    curves: Curves
    heat: Heat
    encounters: tuple[Encounter, ...]
    rhythm: Rhythm


Library = Mapping[str, Known]
"""What is known of the encounters that there are, by id. One that is not in it is gone."""
