"""What a save holds, as types: a finished round, a call in progress, and their parts.

Plain frozen data, complete enough to show a round without its scenario. How it is written is in `recording`; how
it comes from and goes back to the engine is in `convert`. What must not be here: files.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from types import MappingProxyType

from callcalm.core.price import PriceSheet
from callcalm.core.records import NamedTuple
from callcalm.core.text import Text

FORMAT = 1
"""The format of saves that this callcalm writes."""

Extra = Mapping[str, object]
"""Keys that this callcalm does not know, or whose values are not of the right kind: kept as they were read."""

_EMPTY = Text("")
_NOTHING: Extra = MappingProxyType({})


class Stage(StrEnum):
    """How far a player is in a round that is not finished."""

    BRIEF = "brief"
    CALL = "call"
    REREAD = "reread"
    PRICE = "price"
    REVEAL = "reveal"
    TRANSFER = "transfer"


class FindingRecord(NamedTuple):
    """A move seen in words: code points into the action's text, end exclusive."""

    rule: str
    move: str
    start: int
    end: int
    extra: Extra = _NOTHING


class ActionRecord(NamedTuple):
    """One thing the player did. `do` is choose, say, listen, cut-in, breathe, compose, note, or one yet to come.

    `text` is what was said or noted; `reply` the key of the authored reply that it was, or was taken for.
    """

    do: str
    reply: str = ""
    text: Text = _EMPTY
    parts: tuple[int, ...] = ()
    findings: tuple[FindingRecord, ...] = ()
    extra: Extra = _NOTHING


class MoveRecord(NamedTuple):
    """A move that counted, in which answer (from 1), and the words that made it."""

    turn: int
    move: str
    quote: Text = _EMPTY
    extra: Extra = _NOTHING


class PromiseRecord(NamedTuple):
    """Something the player promised, in which answer (from 1)."""

    what: Text
    by: Text | None = None
    keepable: bool = True
    follow_up: str | None = None
    turn: int = 0
    extra: Extra = _NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """What a round is from its beginning.

    `id` is unique (`new_id`), `started` in UTC; `digest` tells whether the scenario's file has changed since;
    `own` is the self sheet, `transfer` the line "next real call I will …". `follows` is the promise that this
    round comes back to: the id of its round, a slash, and its number there (from 1); `opening` the way it begins
    then, which the scenario names.
    """

    id: str
    scenario: str
    started: datetime | None = None
    title: Text = _EMPTY
    digest: str = ""
    language: str = ""
    playbook: str = ""
    seed: int = 0
    coached: bool = False
    undone: int = 0
    actions: tuple[ActionRecord, ...] = ()
    notes: tuple[Text, ...] = ()
    own: PriceSheet | None = None
    transfer: Text = _EMPTY
    follows: str = ""
    opening: str = ""
    app: str = ""
    format: int = FORMAT
    extra: Extra = field(default_factory=dict)

    @property
    def newer(self) -> bool:
        """Whether a later callcalm wrote it: there may be more to it than is shown."""
        return self.format > FORMAT


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundRecord(Begun):
    """A finished round.

    `finished` is in UTC; `kind` the kind of the ending; `composure` the meter at the start and after each answer;
    `facts` those the notes caught. `complete` is False for a round whose last line is missing in the log.
    """

    finished: datetime
    ending: str = ""
    kind: str = ""
    composure: tuple[int, ...] = ()
    reference: PriceSheet | None = None
    moves: tuple[MoveRecord, ...] = ()
    facts: tuple[Text, ...] = ()
    promises: tuple[PromiseRecord, ...] = ()
    complete: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRecord(Begun):
    """A call in progress. `own` and `transfer` are drafts; once `locked`, the self sheet is final.

    `id` is the id of the round it will become; `saved` when it was last written, in UTC.
    """

    stage: Stage = Stage.CALL
    locked: bool = False
    saved: datetime | None = None


def new_id(now: datetime) -> str:
    """An id for a round that starts now: the time in UTC and eight random hexadecimal digits."""
    return f"{stamp(now)}-{os.urandom(4).hex()}"


def stamp(now: datetime) -> str:
    """A moment as it stands in ids and file names.

    >>> stamp(datetime(2026, 11, 21, 9, 5, tzinfo=UTC))
    '20261121T090500Z'
    """
    return now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
