"""What to play today: the encounter or drill that brings most of what is due, fits, and was not seen lately.

Deterministic given the schedule, the log and what there is to play. What must not be here: reading any of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from callcalm.insight.due import Schedule, Standing
from callcalm.insight.due_evidence import DRILL, Rung
from callcalm.storage.history import Played

FOCUS: Final = 2
"""So many techniques are proposed at once: more is not kept in mind during a call."""

LATELY: Final = timedelta(days=2)
"""What was played so short a time ago is proposed only if there is nothing else."""

IN_A_CALL: Final = frozenset({Rung.CHOOSE, Rung.SAY})
"""What every call allows; which ones ask for parts is seen only once they are played."""

_RECENT: Final = 20
_OFTEN: Final = 4
"""A player practises in the languages of at least a quarter of the last rounds; one call abroad is a visit."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something to play, by the log's name of it.

    A drill has level 0 and so many `items`. `rungs` are those of the ladder that can be stood on in it.
    """

    key: str
    title: str
    language: str
    level: int
    minutes: int
    teaches: tuple[str, ...]
    items: int = 0
    rungs: frozenset[Rung] = IN_A_CALL

    @property
    def is_drill(self) -> bool:
        """Whether it is a drill, not an encounter."""
        return self.key.startswith(DRILL)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What to play today, for which techniques (the most urgent first, at most `FOCUS`).

    `rungs` has for each of them the rung to try there, None for what has no ladder.
    """

    candidate: Candidate
    focus: tuple[Standing, ...]
    rungs: tuple[Rung | None, ...]


def propose(
    schedule: Schedule, candidates: Sequence[Candidate], history: Sequence[Played], language: str
) -> Proposal | None:
    """What to play today; None if nothing is due, or nothing there is teaches what is due.

    First come the languages of the last rounds (else that of the interface), and encounters at most a level above
    those that went well. Then what was not played lately, what brings more of what is due, what allows the next
    rung of more of it, drills after encounters and encounters after drills, what brings what has been due longest,
    what was played longest ago, and what is shortest.
    """
    due = schedule.due
    nexts = {one.move: next_rung(one, candidates) for one in due}
    wanted = {one.move for one in due}
    if not wanted:
        return None
    calls = {one.key: one for one in candidates}
    played = dict(zip((one.scenario for one in history), schedule.days, strict=True))
    spoken = Counter(one.language for one in history[-_RECENT:] if one.scenario in calls)
    languages = {code for code, count in spoken.items() if count * _OFTEN >= spoken.total()} or {language}
    level = 1 + max((calls[one.scenario].level for one in history if _well(one, calls)), default=0)
    last = next((calls[one.scenario] for one in reversed(history) if one.scenario in calls), None)

    def rank(one: Candidate) -> tuple[object, ...]:
        seen = played.get(one.key, date.min)
        focus = [each for each in due if each.move in one.teaches][:FOCUS]
        return (
            one.language not in languages,
            one.level > level,
            seen != date.min and schedule.today - seen < LATELY,
            -len(focus),
            -sum(nexts[each.move] in one.rungs for each in focus),
            last is not None and one.is_drill == last.is_drill,
            sum(each.due.toordinal() for each in focus),
            seen,
            one.minutes,
            one.key,
        )

    fitting = [one for one in candidates if wanted.intersection(one.teaches)]
    if not fitting:
        return None
    best = min(fitting, key=rank)
    focus = tuple(one for one in due if one.move in best.teaches)[:FOCUS]
    return Proposal(best, focus, tuple(_rung_in(best, nexts[one.move]) for one in focus))


def next_rung(standing: Standing, candidates: Iterable[Candidate]) -> Rung | None:
    """The rung to try next; making it of parts is left out where no drill has such parts."""
    rung = standing.next_rung
    if rung is Rung.COMPLETE and not any(rung in one.rungs and standing.move in one.teaches for one in candidates):
        return Rung.SAY
    return rung


def _rung_in(candidate: Candidate, wanted: Rung | None) -> Rung | None:
    """The rung wanted, or the next below that this allows, or the lowest there is."""
    if wanted is None or not candidate.rungs:
        return None
    below = [rung for rung in candidate.rungs if rung <= wanted]
    return max(below) if below else min(candidate.rungs)


def _well(played: Played, calls: Mapping[str, Candidate]) -> bool:
    return played.kind in {"resolved", "fair"} and played.scenario in calls
