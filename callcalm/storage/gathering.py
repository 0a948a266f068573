"""The rounds of several files as one list. What must not be here: reading them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import TypeVar

from callcalm.storage.history import Played
from callcalm.storage.records import RoundRecord
from callcalm.storage.roundlog import Head

_Read = TypeVar("_Read", RoundRecord, Played, Head)


def gathered(files: list[list[_Read]], waiting: Iterable[_Read]) -> tuple[_Read, ...]:
    """The rounds of all files, oldest first, and then those that wait in memory; each once."""
    return tuple(_distinct(chain(_in_order(files), waiting)))


def _in_order(found: list[list[_Read]]) -> list[_Read]:
    """The rounds of all slots: in the order of the file where there is one, else by time."""
    filled = [part for part in found if part]
    if len(filled) <= 1:
        return filled[0] if filled else []
    return sorted((item for part in filled for item in part), key=lambda item: item.finished)


def _distinct(found: Iterable[_Read]) -> list[_Read]:
    """Each round once: a write that failed late may have left a first copy, whole or not."""
    kept: dict[str, _Read] = {}
    more: list[_Read] = []
    for item in found:
        first = kept.setdefault(item.id, item)
        if first is item:
            continue
        if not first.complete:
            kept[item.id] = item
        elif item.complete and item != first:
            more.append(item)
    return list(kept.values()) + more
