"""Today, for one player: what is due and what to play for it, and what to ask. Computed from the log in one go.

It takes a read of the whole log: front ends do it beside the screen (`Look` may run in a thread of its own).
What must not be here: how it is told.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from callcalm.insight.due import Schedule, schedule
from callcalm.insight.due_evidence import DRILL, Teaching, rung_of
from callcalm.insight.due_pick import Candidate, Proposal, propose
from callcalm.insight.goals import Journal, journal
from callcalm.insight.promises import Entry, Standing, ledger
from callcalm.language import current
from callcalm.practice.shelves import drill_heads

if TYPE_CHECKING:
    from callcalm.content.headers import Header
    from callcalm.core.moves import Registry
    from callcalm.core.text import Text
    from callcalm.practice.desk import Desk
    from callcalm.storage.history import Played
    from callcalm.storage.store import Store


MOST_GOALS: Final = 4
"""So many techniques are offered for a goal."""


@dataclass(frozen=True, slots=True)
class Today:
    """What there is today.

    `promises` are those that can be gone back to, `candidates` is what can be played, `registry` names the moves.
    """

    schedule: Schedule
    proposal: Proposal | None
    journal: Journal
    promises: tuple[Entry, ...]
    candidates: tuple[Candidate, ...]
    registry: Registry

    @property
    def began(self) -> bool:
        """Whether anything has been practised yet."""
        return bool(self.schedule.standings)

    @property
    def goals(self) -> tuple[str, ...]:
        """At most `MOST_GOALS` techniques to offer for a goal: what is proposed, what is due, what comes next."""
        focus = self.proposal.focus if self.proposal is not None else ()
        return tuple(dict.fromkeys(one.move for one in (*focus, *self.schedule.standings)))[:MOST_GOALS]


class Look:
    """A look at a player's log, prepared at the desk and taken in any thread: it reads the log by itself."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._now, self._language = desk, desk.now(), current()
        store: Store | None = vars(desk).get("store")  # a look alone opens no save, makes no folder, takes no lock
        self._folder = store.folder if store is not None else desk.folders.saves
        self._unsaved = store.unsaved if store is not None else ()

    def take(self) -> Today:
        """Read the log, and say what there is today."""
        history = self._history()
        headers = [one for one in self._desk.library.headers(all_of_them=True) if one.problem is None]
        candidates = self._candidates(headers)
        found = schedule(history, self._teaching(headers, candidates), self._now)
        proposal = propose(found, candidates, history, self._language)
        kept = journal(history, found.days, found.today)
        callers: dict[str, Text] = {one.id: one.caller for one in headers}
        promised = ledger(history, callers, self._now.astimezone())
        due = tuple(one for one in promised if one.standing is Standing.DUE)
        return Today(found, proposal, kept, due, candidates, self._desk.registry)

    def _history(self) -> tuple[Played, ...]:
        from callcalm.storage.store import Store  # noqa: PLC0415 - home must not wait for it

        reader = Store(self._desk.player, self._folder, lambda: self._now)
        reader.unsaved = self._unsaved
        return reader.history()

    def _candidates(self, headers: Iterable[Header]) -> tuple[Candidate, ...]:
        calls = [
            Candidate(one.id, one.title, one.language, one.level, one.minutes, one.teaches)
            for one in headers
            if not one.after  # what a promise brings back is begun by going back to it
        ]
        drills = [
            Candidate(f"{DRILL}{one.id}", one.title, one.language, 0, one.minutes, one.teaches, one.items, rungs)
            for one in drill_heads(self._desk)
            if one.problem is None
            for rungs in (frozenset(map(rung_of, one.kinds)),)
        ]
        return (*calls, *drills)

    def _teaching(self, headers: Iterable[Header], candidates: Iterable[Candidate]) -> Teaching:
        from callcalm.content.worked_calls import worked_calls  # noqa: PLC0415 - home must not wait for it

        registry = self._desk.registry
        worked = worked_calls("en", registry).values()
        return Teaching(
            frozenset(one for one in registry.moves if registry.helps(one)),
            frozenset(one for one in registry.moves if registry.costs(one)),
            {**{one.id: one.teaches for one in headers}, **{one.key: one.teaches for one in candidates}},
            {one.key: one.items for one in candidates if one.is_drill},
            {one.move: one.bad_move for one in worked},
        )


def look(desk: Desk) -> Today:
    """What there is today, at once."""
    return Look(desk).take()
