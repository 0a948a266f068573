"""How the words of a scenario are read as it is loaded. The coach is fetched when the first of them is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from callcalm.core.model import Beat, Scenario
from callcalm.core.moves import Finding, Registry
from callcalm.core.text import Text

if TYPE_CHECKING:
    from callcalm.coach import Phrasebook

Reader = Callable[[Text, Scenario, Beat], tuple[Finding, ...]]
"""Finds the moves in one authored answer, given the scenario and the beat at which it is given."""


def not_yet(_text: Text, _scenario: Scenario, _beat: Beat) -> tuple[Finding, ...]:
    """For `load_scenario`: leave the answers unread for now, `with_findings` comes later."""
    return ()


def coach_reader(registry: Registry, book: Phrasebook | None = None) -> Reader:
    """The coach, told who calls, what about, what was just said and whether it is hot.

    Without a `book` it reads by the shipped one of the scenario's language.
    """
    return partial(_read, registry, book)


def with_findings(scenario: Scenario, reader: Reader) -> Scenario:
    """The scenario with every authored reply and part read; as it is if the reader is `not_yet`."""
    if reader is not_yet:
        return scenario
    beats = {name: _heard(beat, scenario, reader) for name, beat in scenario.beats.items()}
    return replace(scenario, beats=beats, read=True)


def _read(
    registry: Registry, book: Phrasebook | None, text: Text, scenario: Scenario, beat: Beat
) -> tuple[Finding, ...]:
    from callcalm.coach import Hearing, load_phrasebook, read  # noqa: PLC0415 - headers need no coach

    caller = scenario.caller
    hearing = Hearing((caller.name, *caller.address), caller.facts, beat.caller, registry.moods[beat.mood].hot)
    return read(text, book or load_phrasebook(scenario.language), hearing)


def _heard(beat: Beat, scenario: Scenario, reader: Reader) -> Beat:
    replies = tuple(replace(one, findings=reader(one.say, scenario, beat)) for one in beat.replies)
    task = beat.compose
    if task is not None:
        parts = tuple(replace(part, findings=reader(part.say, scenario, beat)) for part in task.parts)
        task = replace(task, parts=parts)
    return replace(beat, replies=replies, compose=task)
