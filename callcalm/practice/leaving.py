"""What is left to say when a front end has gone: how to go on with a call, and what could not be saved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from callcalm.language import _

if TYPE_CHECKING:
    from callcalm.practice.desk import Desk
    from callcalm.practice.round import Practice


@dataclass(frozen=True, slots=True)
class LastWord:
    """What is left to say once the terminal is the shell's again; `unsaved` if a round could not be saved."""

    text: str = ""
    unsaved: bool = False


def last_word(desk: Desk, practice: Practice | None) -> LastWord:
    """What to say of the round that was at hand, if any, and of all that is not saved."""
    if desk.store.unsaved or (practice is not None and practice.trouble is not None):
        return LastWord(
            _("This round could not be saved. What is not saved:") + "\n" + desk.store.unsaved_text(), True
        )
    if practice is None or practice.stage == "done":
        return LastWord()
    from shlex import quote  # noqa: PLC0415 - most leave with nothing to go on with

    if practice.stage == "brief":
        return LastWord(
            _("Nothing was played yet. To begin: callcalm play {id}").format(id=quote(practice.source))
        )
    told = _("Your call is saved. To go on with it: callcalm play {id}")
    return LastWord(told.format(id=quote(practice.source)))
