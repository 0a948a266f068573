"""Adding to a player's journal in the log: a goal for a session, and what became of it or of a line.

What must not be here: reading it (see `insight.goals`), and how anything is asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from callcalm import __version__
from callcalm.core.text import Text, safe
from callcalm.insight.goals import ASKED, GOAL, OWN, Answer, Goal, Intent
from callcalm.language import current
from callcalm.storage.records import RoundRecord, new_id

if TYPE_CHECKING:
    from callcalm.practice.desk import Desk

LONGEST_GOAL: Final = 300
"""Longest goal, in characters; the rest is cut."""


def choose_goal(desk: Desk, text: str, move: str = "") -> None:
    """Keep a goal; `move` is the technique it is about, if it is about one.

    Raises:
        CannotSave: it is in memory only, and the next save tries again.
        ValueError: there are no words in it.
    """
    words = Text(safe(text, multiline=False).strip()[:LONGEST_GOAL])
    if not words:
        raise ValueError("a goal has words")
    _add(desk, GOAL, f"{GOAL}/{move or OWN}", "", words)


def answer(desk: Desk, about: Goal | Intent, given: Answer) -> None:
    """Keep what became of a goal or a line.

    Raises:
        CannotSave: it is in memory only, and the next save tries again.
    """
    _add(desk, ASKED, f"{ASKED}/{about.id}", given.value, Text(""))


def _add(desk: Desk, kind: str, scenario: str, ending: str, text: Text) -> None:
    now = desk.now()
    record = RoundRecord(
        id=new_id(now),
        scenario=scenario,
        started=now,
        finished=now,
        language=current(),
        kind=kind,
        ending=ending,
        transfer=text,
        app=__version__,
    )
    desk.store.finish(record, of_call=False)
