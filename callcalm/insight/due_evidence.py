"""What one round says of the techniques in it: how well each was recalled, and how far up the ladder.

A technique is a move that helps. Its counterpart is what its worked call does badly. The rules, for a call:

- used: Good; Easy if in the player's own words and nothing in the whole call cost; Hard if its counterpart was
  there too;
- taught by the encounter and not used: Again, if its counterpart was there or the call ended unresolved or lost;
  else the call says nothing of it, for a call that went well may have had no need of it;
- a coached call, and one with actions taken back, counts as Hard at best.

For a drill: used is Hard if fewer than half of its items were right the first time, else Good, and Easy if all
were and it was said in own words; taught and not used in a drill gone through to the end is Again.

A letter of one's own is like a call that teaches nothing: what is in it was said in own words.

What must not be here: when anything is due (see `due`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

from callcalm.storage.history import Played

DRILL: Final = "drill/"
"""What the log's names of drills begin with."""

LETTER: Final = "letter/"
"""What the log's names of a player's own letters begin with: all of their words are the player's own."""

NOT_WELL: Final = frozenset({"unresolved", "lost"})
"""The kinds of endings at which a technique that was taught and not used had been needed."""

BY_KEY: Final = frozenset({"listen", "breathe.first"})
"""Techniques that are a key of their own, not words: they have no ladder."""

_LONGEST = 4
"""Digits: no drill has so many items."""


class Grade(IntEnum):
    """How well a technique was recalled; the numbers are those of FSRS."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class Rung(IntEnum):
    """The ladder of a technique: pick it among answers, make it of parts, say it in own words."""

    CHOOSE = 1
    COMPLETE = 2
    SAY = 3


_RUNGS: Final = {"compose": Rung.COMPLETE, "order": Rung.COMPLETE, "say": Rung.SAY}


@dataclass(frozen=True, slots=True)
class Teaching:
    """What is known of moves and of what teaches them.

    `teaches` has the moves of each encounter and drill there is, by the log's name; `items` how many items a drill
    has; `counterparts` the costing move that a technique stands against.
    """

    helping: frozenset[str]
    costing: frozenset[str]
    teaches: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    items: Mapping[str, int] = field(default_factory=dict)
    counterparts: Mapping[str, str] = field(default_factory=dict)


def rung_of(way: str) -> Rung:
    """The rung of an answer given in this way (`Played.ways`)."""
    return _RUNGS.get(way, Rung.CHOOSE)


def used_in(played: Played, teaching: Teaching) -> dict[str, Rung]:
    """The techniques of a round, each with the highest rung on which it was used."""
    ways, helping = played.ways, teaching.helping
    own = played.scenario.startswith(LETTER)
    found: dict[str, Rung] = {}
    for answer, move in played.moves:
        if move in helping:
            rung = Rung.SAY if own else rung_of(ways[answer - 1] if 0 < answer <= len(ways) else "")
            if rung > found.get(move, 0):
                found[move] = rung
    return found


def grades(played: Played, teaching: Teaching, used: Mapping[str, Rung]) -> dict[str, Grade]:
    """How well each technique was recalled in a round, given those used in it; it says nothing of any other."""
    if played.scenario.startswith(DRILL):
        return _of_drill(played, teaching, used)
    made = {move for _answer, move in played.moves}
    clean = made.isdisjoint(teaching.costing)
    best = Grade.HARD if played.coached or played.undone else Grade.EASY
    found = {}
    for move, rung in used.items():
        if teaching.counterparts.get(move) in made:
            grade = Grade.HARD
        else:
            grade = Grade.EASY if rung is Rung.SAY and clean else Grade.GOOD
        found[move] = min(grade, best)
    went_wrong = played.kind in NOT_WELL
    for move in teaching.teaches.get(played.scenario, ()):
        missed = move in teaching.helping and move not in used
        if missed and (went_wrong or teaching.counterparts.get(move) in made):
            found[move] = Grade.AGAIN
    return found


def unaided(played: Played) -> bool:
    """Whether what was used in a round was used without help, and so is a rung of the ladder."""
    return not played.coached and not played.undone


def _of_drill(played: Played, teaching: Teaching, used: Mapping[str, Rung]) -> dict[str, Grade]:
    right, answered = _result(played.ending)
    found = {}
    for move, rung in used.items():
        if right * 2 < answered:
            found[move] = Grade.HARD
        else:
            found[move] = Grade.EASY if rung is Rung.SAY and right == answered else Grade.GOOD
    items = teaching.items.get(played.scenario, 0)
    if items and answered >= items:
        for move in teaching.teaches.get(played.scenario, ()):
            if move in teaching.helping:
                found.setdefault(move, Grade.AGAIN)
    return found


def _result(ending: str) -> tuple[int, int]:
    """Items right and items answered, of ``9-of-12``; none of what is written in another way."""
    right, _of, answered = ending.partition("-of-")
    if not all(word.isascii() and word.isdecimal() and len(word) <= _LONGEST for word in (right, answered)):
        return 0, 0
    return int(right), int(answered)
