"""What a player means to do, as the log has it: a goal for a session, a line for the next real call.

A goal is a round of kind ``goal`` whose text is its `transfer`; an answer is one of kind ``asked`` whose scenario
names the entry asked about. What is asked when is computed from them. What must not be here: how it is
asked, and adding an entry (see `practice.journal`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from callcalm.storage.history import Played

OWN: Final = "own"
"""What the log calls a goal in own words; any other is called by the technique it is about."""

GOAL: Final = "goal"
ASKED: Final = "asked"

LAPSES: Final = timedelta(days=30)
"""What was written so long ago is not asked about any more."""

_MOST_PASSES: Final = 2
"""Passed by so many times, a question does not come again."""


class Answer(StrEnum):
    """What became of a goal or of a line; `PASSED` is no answer."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    NOT_YET = "not-yet"
    PASSED = "passed"


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal: when it was chosen, how many rounds were finished since, in how many its technique was used.

    `move` is the technique it is about, empty for own words. `answer` is empty until there is one.
    """

    id: str
    text: str
    move: str
    chosen: date
    rounds: int = 0
    used: int = 0
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Intent:
    """A line "next real call I will …", with the encounter after which it was written."""

    id: str
    text: str
    title: str
    written: date
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Journal:
    """Every goal and every line, oldest first, and what to ask today: at most one of each, and each once a day.

    `may_choose` is whether it is time to offer a goal: something was played before, and none was chosen today.
    """

    goals: tuple[Goal, ...] = ()
    intents: tuple[Intent, ...] = ()
    ask_goal: Goal | None = None
    ask_intent: Intent | None = None
    open_goal: Goal | None = None
    may_choose: bool = False


@dataclass(slots=True)
class _Asked:
    answer: str = ""
    last: date = date.min
    passes: int = 0


def journal(history: Sequence[Played], days: Sequence[date], today: date) -> Journal:
    """Read the entries of a log, oldest first; `days` has the day of each of its rounds.

    A goal is asked about once something was finished after it; a line on another day than it was written on.
    """
    asked: dict[str, _Asked] = {}
    goals: list[_Counting] = []
    intents: dict[str, tuple[Played, date]] = {}
    practised = 0
    for played, day in zip(history, days, strict=True):
        kind, _slash, about = played.scenario.partition("/")
        if kind == ASKED and about:
            _note(asked.setdefault(about, _Asked()), played.ending, day)
        elif kind == GOAL and about:
            goals.append(_Counting(played, day, "" if about == OWN else about, practised))
        else:
            practised += 1
            if goals and any(move == goals[-1].move for _answer, move in played.moves):
                goals[-1].used += 1
            if played.is_call and played.transfer:
                intents[played.id] = (played, day)
    told_goals = tuple(
        one.told(asked, goals[place + 1].before if place + 1 < len(goals) else practised)
        for place, one in enumerate(goals)
    )
    told_intents = tuple(
        Intent(ident, played.transfer, played.title or played.scenario, day, _answer_of(asked, ident))
        for ident, (played, day) in intents.items()
    )
    newest = told_goals[-1] if told_goals else None
    if newest is not None and not _is_open(newest.answer, newest.chosen, today):
        newest = None
    asks_goal = newest is not None and newest.rounds > 0 and _may_ask(asked.get(newest.id), today)
    before = [one for one in told_intents if one.written < today]
    line = before[-1] if before else None
    asks_line = (
        line is not None and _is_open(line.answer, line.written, today) and _may_ask(asked.get(line.id), today)
    )
    return Journal(
        told_goals,
        told_intents,
        newest if asks_goal else None,
        line if asks_line else None,
        newest,
        practised > 0 and not any(one.chosen == today for one in told_goals) and not asks_goal,
    )


class _Counting:
    """A goal while the rounds after it are counted."""

    __slots__ = ("before", "day", "move", "played", "used")

    def __init__(self, played: Played, day: date, move: str, before: int) -> None:
        self.played, self.day, self.move, self.before = played, day, move, before
        self.used = 0

    def told(self, asked: dict[str, _Asked], until: int) -> Goal:
        ident = self.played.id
        return Goal(
            ident,
            self.played.transfer,
            self.move,
            self.day,
            until - self.before,
            self.used,
            _answer_of(asked, ident),
        )


def _note(asked: _Asked, given: str, day: date) -> None:
    asked.last = day
    if given == Answer.PASSED:
        asked.passes += 1
    elif given:
        asked.answer = given


def _answer_of(asked: dict[str, _Asked], ident: str) -> str:
    found = asked.get(ident)
    return found.answer if found is not None else ""


def _is_open(given: str, since: date, today: date) -> bool:
    return given in {"", Answer.NOT_YET} and today - since <= LAPSES


def _may_ask(asked: _Asked | None, today: date) -> bool:
    return asked is None or (asked.last < today and asked.passes < _MOST_PASSES)
