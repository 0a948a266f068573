"""Finished rounds in short, made for a test: a call, a drill, an entry of the journal."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count

from callcalm.core.text import Text
from callcalm.storage.history import Played

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
_NUMBERS = count(1)


def entry(
    scenario: str,
    *,
    day: int = 0,
    kind: str = "",
    ending: str = "",
    coached: bool = False,
    undone: int = 0,
    moves: tuple[tuple[int, str], ...] = (),
    ways: tuple[str, ...] = (),
    transfer: str = "",
    language: str = "en",
    ident: str = "",
) -> Played:
    """Anything that a log keeps, finished so many days after `NOON`."""
    return Played(
        id=ident or f"r{next(_NUMBERS)}",
        finished=NOON + timedelta(days=day),
        scenario=scenario,
        kind=kind or scenario.partition("/")[0],
        ending=ending,
        started=None,
        title=Text(scenario.title()),
        digest="",
        language=language,
        playbook="core",
        coached=coached,
        undone=undone,
        composure=(70,),
        own=None,
        reference=None,
        moves=moves,
        promises=(),
        transfer=Text(transfer),
        follows="",
        newer=False,
        complete=True,
        ways=ways,
    )


def call(
    scenario: str,
    *moves: str,
    way: str = "choose",
    day: int = 0,
    kind: str = "resolved",
    coached: bool = False,
    undone: int = 0,
    transfer: str = "",
    language: str = "en",
) -> Played:
    """A call with one answer a move, each given in this way."""
    return entry(
        scenario,
        day=day,
        kind=kind,
        coached=coached,
        undone=undone,
        moves=tuple(enumerate(moves, 1)),
        ways=(way,) * len(moves),
        transfer=transfer,
        language=language,
    )


def drill(name: str, *answers: str, right: int, day: int = 0, language: str = "en") -> Played:
    """A drill; an answer is its kind and the moves it showed, ``say:offer,own-it``; none if it was wrong."""
    split = [answer.partition(":") for answer in answers]
    moves = tuple(
        (number, move) for number, (_way, _colon, told) in enumerate(split, 1) for move in told.split(",") if move
    )
    return entry(
        f"drill/{name}",
        day=day,
        ending=f"{right}-of-{len(answers)}",
        moves=moves,
        ways=tuple(way for way, _colon, _told in split),
        language=language,
    )
