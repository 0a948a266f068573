"""Going back to what was promised: what is due, and beginning it the way it has come to stand.

Light until something begins: home asks for what is due. What must not be here: when a promise is due, and words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callcalm.core.model import Kept
from callcalm.insight.promise_words import reminder
from callcalm.insight.promises import Entry, Standing, kept_at
from callcalm.insight.promises import ledger as all_of

if TYPE_CHECKING:
    from callcalm.core.text import Text
    from callcalm.practice.desk import Desk
    from callcalm.practice.round import Practice, Returning
    from callcalm.storage.records import CallRecord


def ledger(desk: Desk) -> tuple[Entry, ...]:
    """Every promise that this player made, oldest first; days are those of the clock on the wall."""
    history = desk.store.history()
    if not any(played.promises for played in history):
        return ()
    headers = desk.library.headers(all_of_them=True)
    callers: dict[str, Text] = {header.id: header.caller for header in headers if header.problem is None}
    return all_of(history, callers, desk.now().astimezone())


def due(desk: Desk) -> tuple[Entry, ...]:
    """The promises that can be gone back to now, the oldest first."""
    return tuple(entry for entry in ledger(desk) if entry.standing is Standing.DUE)


def come_back(desk: Desk, entry: Entry) -> Practice:
    """Begin the encounter in which a promise comes back, by the opening that fits what became of it.

    Raises:
        UnknownScenario, BadFile, UnknownPlaybook: as `Desk.begin` does.
        ValueError: if nothing comes back of it.
    """
    if entry.follow_up is None:
        raise ValueError("nothing comes back of this promise")
    from callcalm.practice.round import Returning  # noqa: PLC0415 - what is due needs no engine

    return desk.begin(entry.follow_up, returning=Returning(entry.follows, entry.kept, reminder(entry, entry.kept)))


def returning(desk: Desk, record: CallRecord) -> Returning | None:
    """What a call in progress comes back to, if it does; without words if the log knows the promise no more."""
    if not record.follows:
        return None
    from callcalm.practice.round import Returning  # noqa: PLC0415 - as above

    entry = next((entry for entry in ledger(desk) if entry.follows == record.follows), None)
    if entry is None:
        kept = Kept(record.opening) if record.opening in set(Kept) else Kept.KEPT
        return Returning(record.follows, kept, "")
    begun = (record.started or desk.now()).astimezone()
    kept = kept_at(entry, begun.date())
    return Returning(record.follows, kept, reminder(entry, kept))
