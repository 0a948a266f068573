"""Drills: short rounds of one skill, an item at a time, each judged at once. Pure: no files, no words read here.

An item is of one kind, and the kinds are a ladder: choose the better words, put parts in order, spot what costs,
say it yourself. What must not be here: how an item is asked, and where drills come from.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import StrEnum
from random import Random

from callcalm.core.moves import Finding, Registry
from callcalm.core.records import dataclass
from callcalm.core.text import Text


class ItemKind(StrEnum):
    """What an item asks for."""

    CHOOSE = "choose"
    ORDER = "order"
    SPOT = "spot"
    SAY = "say"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose from, and why it is right or what it does instead."""

    say: Text
    right: bool
    why: Text


@dataclass(frozen=True, slots=True)
class Item:
    """One task.

    `scene` is what goes before, `given` the words to work on (either may be empty), `why` what to take from it.
    CHOOSE has `options`; ORDER has `parts` in the right order and `decoys` that belong nowhere; SPOT has the
    `lines` of a text and `costs`, the (line, start, end) of what costs, in code points; SAY has `wants`, moves of
    which one must be heard, and `takes`, model answers.
    """

    kind: ItemKind
    scene: Text
    given: Text
    why: Text
    options: tuple[Option, ...] = ()
    parts: tuple[Text, ...] = ()
    decoys: tuple[Text, ...] = ()
    lines: tuple[Text, ...] = ()
    costs: tuple[tuple[int, int, int], ...] = ()
    wants: tuple[str, ...] = ()
    takes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Drill:
    """Items on one skill. `teaches` are moves, `sources` their ids, `rule` the skill as an if-then rule."""

    id: str
    title: Text
    language: str
    about: Text
    rule: Text
    minutes: int
    teaches: tuple[str, ...]
    sources: tuple[str, ...]
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of an answer.

    `right` is whether it did all that was asked. For SPOT `missed` and `false` are lines (from 0); for ORDER
    `out_of_place` are places in the answer (from 0) that hold the wrong part; for SAY `helped` and `cost` are the
    moves heard, `wanted` whether one of those asked for is among them.
    """

    right: bool
    why: Text
    missed: tuple[int, ...] = ()
    false: tuple[int, ...] = ()
    out_of_place: tuple[int, ...] = ()
    helped: tuple[str, ...] = ()
    cost: tuple[str, ...] = ()
    wanted: bool = True


def order_of(drill: Drill, seed: int) -> tuple[int, ...]:
    """The items in the order of this round: as written for seed 0, else a fixed shuffle."""
    places = list(range(len(drill.items)))
    if seed:
        Random(f"{seed}/{drill.id}").shuffle(places)
    return tuple(places)


def laid_out(drill: Drill, item: int, seed: int) -> tuple[int, ...]:
    """Options, or parts and then decoys, of an item by index, in the order to show them.

    Options keep the writer's order for seed 0. Parts are always shuffled, since
    as written they are the answer.
    """
    task = drill.items[item]
    count = len(task.options) or len(task.parts) + len(task.decoys)
    places = list(range(count))
    if seed or task.parts:
        for turn in range(8):
            Random(f"{seed}/{drill.id}/{item}/{turn}").shuffle(places)
            if places[: len(task.parts)] != list(range(len(task.parts))) or not task.parts:
                break
    return tuple(places)


def choose(item: Item, option: int) -> Verdict:
    """Judge the choice of an option, by its index as written.

    Raises:
        IndexError: if there is no such option.
    """
    chosen = item.options[option]
    return Verdict(chosen.right, chosen.why)


def arrange(item: Item, picked: Sequence[int]) -> Verdict:
    """Judge parts put in order, by index: parts as written, then decoys.

    Raises:
        ValueError: unless there are as many different ones as the answer has parts.
    """
    count = len(item.parts) + len(item.decoys)
    if len(picked) != len(item.parts) or len(set(picked)) != len(picked) or not set(picked) <= set(range(count)):
        raise ValueError(f"an answer has {len(item.parts)} different parts")
    wrong = tuple(place for place, part in enumerate(picked) if part != place)
    return Verdict(not wrong, item.why, out_of_place=wrong)


def spot(item: Item, picked: Collection[int]) -> Verdict:
    """Judge lines picked out as costing, by index.

    Raises:
        ValueError: if there is no such line.
    """
    if not set(picked) <= set(range(len(item.lines))):
        raise ValueError(f"the text has {len(item.lines)} lines")
    costly = {line for line, _start, _end in item.costs}
    missed, false = sorted(costly - set(picked)), sorted(set(picked) - costly)
    return Verdict(not missed and not false, item.why, missed=tuple(missed), false=tuple(false))


def say(item: Item, findings: Sequence[Finding], registry: Registry) -> Verdict:
    """Judge own words by what the coach heard in them: one of the moves asked for, and nothing that costs."""
    heard = dict.fromkeys(finding.move for finding in findings)
    helped = tuple(move for move in heard if registry.helps(move))
    cost = tuple(move for move in heard if registry.costs(move))
    wanted = any(move in helped for move in item.wants)
    return Verdict(wanted and not cost, item.why, helped=helped, cost=cost, wanted=wanted)
