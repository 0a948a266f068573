"""How the words of a scenario are read as it is loaded. The coach is fetched when the first of them is."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from functools import cached_property
from importlib.util import source_hash
from typing import TYPE_CHECKING, Any

from callcalm.core.model import Beat, Part, Reply, Scenario
from callcalm.core.moves import Finding, Registry
from callcalm.core.records import replace
from callcalm.core.text import Text

if TYPE_CHECKING:
    from callcalm.coach import Phrasebook

Spans = tuple[Any, ...]
"""The findings in a text as plain data, one after the other: rule, move, start, end."""

Reader = Callable[[Text, Scenario, Beat], tuple[Finding, ...]]
"""Finds the moves in one authored answer, given the scenario and the beat at which it is given."""


def not_yet(_text: Text, _scenario: Scenario, _beat: Beat) -> tuple[Finding, ...]:
    """For `load_scenario`: leave the answers unread for now, `with_findings` comes later."""
    return ()


def coach_reader(registry: Registry, book: Phrasebook | None = None) -> Reader:
    """The coach, told who calls, what about, what was just said and whether it is hot.

    Without a `book` it reads by the shipped one of the scenario's language.
    """
    return _Coach(registry, book)


def with_findings(scenario: Scenario, reader: Reader) -> Scenario:
    """The scenario with every authored reply and part read; as it is if the reader is `not_yet`."""
    if reader is not_yet:
        return scenario
    beats = {name: _copied(beat) for name, beat in scenario.beats.items()}
    return put_findings(replace(scenario, beats=beats), reader)


def put_findings(scenario: Scenario, reader: Reader) -> Scenario:
    """`with_findings` for a scenario that nobody else has yet: it is written into, which saves all the copies."""
    if reader is not_yet:
        return scenario
    if isinstance(reader, _Coach | Remembering):
        reader.meet(scenario)
    put = object.__setattr__
    for beat in scenario.beats.values():
        answers: tuple[Reply | Part, ...] = beat.replies
        if beat.compose is not None:
            answers = (*answers, *beat.compose.parts)
        for answer in answers:
            findings = reader(answer.say, scenario, beat)
            if findings or answer.findings:
                put(answer, "findings", findings)
    put(scenario, "read", True)
    return scenario


def let_go() -> None:
    """Let go of the coach, if it was loaded: after a large file it holds as much memory as a proof needs."""
    loading = sys.modules.get("callcalm.coach.loading")
    if loading is not None:
        loading.load_phrasebook.cache_clear()
        # What it made while reading hangs together in circles.
        gc.collect()


class _Coach:
    """Reads the answers of one beat after another; what is heard there is put together once."""

    def __init__(self, registry: Registry, book: Phrasebook | None) -> None:
        from callcalm.coach import Hearing, load_phrasebook, meet, read  # noqa: PLC0415 - headers need no coach

        self._hearing, self._book, self._meet, self._read = Hearing, load_phrasebook, meet, read
        self._moods = registry.moods
        self._own = book
        self._at: tuple[Scenario, Beat] | None = None

    def meet(self, scenario: Scenario) -> None:
        """Get ready for all that will be read of a scenario."""
        beats = scenario.beats.values()
        replies = [reply.say for beat in beats for reply in beat.replies]
        parts = [part.say for beat in beats if beat.compose is not None for part in beat.compose.parts]
        self._meet((*replies, *parts), self._own or self._book(scenario.language))

    def __call__(self, text: Text, scenario: Scenario, beat: Beat) -> tuple[Finding, ...]:
        if self._at is None or self._at[0] is not scenario or self._at[1] is not beat:
            caller = scenario.caller
            names = (caller.name, *caller.address)
            self._heard = self._hearing(names, caller.facts, beat.caller, self._moods[beat.mood].hot)
            self._by = self._own or self._book(scenario.language)
            self._at = (scenario, beat)
        return self._read(text, self._by, self._heard)


class Remembering:
    """The coach for a file that is read again and again: an answer that stands as it stood is not read anew.

    It remembers the last version of the file, and no other.
    """

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._last: dict[bytes, Spans] = {}
        self._now: dict[bytes, Spans] = {}
        self._at: tuple[Scenario, Beat] | None = None
        self._scene = ""
        self._around = b""

    @cached_property
    def _coach(self) -> _Coach:
        return _Coach(self._registry, None)

    def meet(self, scenario: Scenario) -> None:
        """Get ready for a version of the file."""
        self._last, self._now = self._now, {}
        if not self._last:
            self._coach.meet(scenario)

    def __call__(self, text: Text, scenario: Scenario, beat: Beat) -> tuple[Finding, ...]:
        """The moves in one answer; see `Reader`."""
        if self._at is None or self._at[0] is not scenario or self._at[1] is not beat:
            if self._at is None or self._at[0] is not scenario:
                caller = scenario.caller
                self._scene = repr((scenario.language, caller.name, caller.address, caller.facts))
            around = f"{self._scene}{beat.caller!r}{self._registry.moods[beat.mood].hot}"
            self._around = around.encode("utf-8", "surrogatepass")
            self._at = (scenario, beat)
        key = source_hash(self._around + text.encode("utf-8", "surrogatepass"))
        found = self._now.get(key)
        if found is None:
            found = self._last.get(key)
            if found is None:
                fresh = self._coach(text, scenario, beat)
                self._now[key] = tuple(
                    [part for one in fresh for part in (one.rule, one.move, one.start, one.end)]
                )
                return fresh
            self._now[key] = found
        if not found:
            return ()
        rest = iter(found)
        return tuple(
            [
                Finding(rule, move, start, end, text[start:end])
                for rule, move, start, end in zip(rest, rest, rest, rest, strict=True)
            ]
        )


def _copied(beat: Beat) -> Beat:
    task = beat.compose
    return Beat(
        beat.id,
        beat.mood,
        beat.caller,
        tuple([replace(reply) for reply in beat.replies]),
        beat.otherwise,
        replace(task, parts=tuple([replace(part) for part in task.parts])) if task is not None else None,
        beat.cut_in,
        beat.cut_in_right,
        beat.contested,
    )
