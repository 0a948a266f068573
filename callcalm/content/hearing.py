"""How the words of a scenario are read as it is loaded. The coach is fetched when the first of them is."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from importlib.util import source_hash
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from callcalm.core.model import Beat, Caller, Part, Reply, Scenario
from callcalm.core.moves import Finding, Registry
from callcalm.core.records import NamedTuple, replace
from callcalm.core.text import Text
from callcalm.intake.aside import aside, hands

if TYPE_CHECKING:
    from callcalm.coach import Hearing, Phrasebook

Spans = tuple[Any, ...]
"""The findings in a text as plain data, one after the other: rule, move, start, end."""

_ENOUGH: Final = 1_000
"""Answers that are worth a process of their own: in less the coach hardly has warmed up …"""

MOST_PARTS: Final = 4
"""… and in more processes than this they take more memory than time is won."""

Said = tuple[Beat, Text]
"""An authored answer, and the beat at which it is given."""


class Scene(NamedTuple):
    """What bears on every answer of a scenario."""

    language: str
    caller: Caller


Reader = Callable[[Scenario, Sequence[Said]], Iterable[tuple[Finding, ...]]]
"""Finds the moves in authored answers of a scenario: those in each, in their order."""


def not_yet(_scenario: Scenario, said: Sequence[Said]) -> Iterable[tuple[Finding, ...]]:
    """For `load_scenario`: leave the answers unread for now, `with_findings` comes later."""
    return [()] * len(said)


def coach_reader(registry: Registry, book: Phrasebook | None = None) -> Reader:
    """The coach, told who calls, what about, what was just said and whether it is hot.

    Without a `book` it reads by the shipped one of the scenario's language.
    """
    return Coach(registry, book)


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
    answers = [(beat, answer) for beat in scenario.beats.values() for answer in _answers(beat)]
    heard = reader(scenario, [(beat, answer.say) for beat, answer in answers])
    put = object.__setattr__
    for (_, answer), findings in zip(answers, heard, strict=True):
        if findings or answer.findings:
            put(answer, "findings", findings)
    put(scenario, "read", True)
    return scenario


def let_go() -> None:
    """Let go of the coach, if it was loaded: after a large file it holds as much memory as a proof needs."""
    loading = sys.modules.get("callcalm.coach.loading")
    if loading is not None and loading.load_phrasebook.cache_info().currsize:
        loading.load_phrasebook.cache_clear()
        # What it made while reading hangs together in circles.
        gc.collect()


class Coach:
    """Reads answers all at once; of many, most are read aside by other processors."""

    def __init__(self, registry: Registry, book: Phrasebook | None) -> None:
        from callcalm.coach import Hearing, load_phrasebook, meet, read_each  # noqa: PLC0415 - headers need no coach

        self._hearing, self._book, self._meet, self._read_each = Hearing, load_phrasebook, meet, read_each
        self._moods = registry.moods
        self._own = book

    def __call__(self, scenario: Scenario, said: Sequence[Said]) -> Iterator[tuple[Finding, ...]]:
        """The moves in each answer; see `Reader`."""
        parts = max(1, min(hands(), MOST_PARTS, len(said) // _ENOUGH))
        size = max(1, -(-len(said) // parts))
        others = [said[start : start + size] for start in range(size, len(said), size)]
        self._meet([text for _, text in said], self._own or self._book(scenario.language))
        waiting = [aside(partial(self.spans, scenario, part)) for part in others]
        yield from self.alone(scenario, said[:size])
        for part, result in zip(others, waiting, strict=True):
            for (_, text), spans in zip(part, result(), strict=True):
                yield findings_of(text, spans)

    def alone(self, scene: Scenario | Scene, said: Sequence[Said]) -> Iterator[tuple[Finding, ...]]:
        """The moves in each answer, none of which is read aside."""
        return self._read_each(self._heard(scene, said), self._own or self._book(scene.language))

    def spans(self, scene: Scenario | Scene, said: Sequence[Said]) -> list[Spans]:
        """`alone`, as plain data."""
        return list(map(spans_of, self.alone(scene, said)))

    def _heard(self, scene: Scenario | Scene, said: Sequence[Said]) -> Iterator[tuple[Text, Hearing]]:
        """Each answer with what is known when it is given, which is put together once a beat."""
        caller = scene.caller
        names = (caller.name, *caller.address)
        for beat, answers in groupby(said, itemgetter(0)):
            hearing = self._hearing(names, caller.facts, beat.caller, self._moods[beat.mood].hot)
            for _, text in answers:
                yield text, hearing


def keys_of(scene: Scenario | Scene, said: Sequence[Said], registry: Registry) -> Iterator[bytes]:
    """For each answer a hash of all that bears on how it is read."""
    caller = scene.caller
    first = repr((scene.language, caller.name, caller.address, caller.facts))
    for beat, answers in groupby(said, itemgetter(0)):
        around = f"{first}{beat.caller!r}{registry.moods[beat.mood].hot}"
        before = around.encode("utf-8", "surrogatepass")
        for _, text in answers:
            yield source_hash(before + text.encode("utf-8", "surrogatepass"))


def _answers(beat: Beat) -> tuple[Reply | Part, ...]:
    """All that may be said at a beat, and the parts of what may be composed there."""
    return beat.replies if beat.compose is None else (*beat.replies, *beat.compose.parts)


def spans_of(findings: tuple[Finding, ...]) -> Spans:
    """Findings as plain data."""
    return tuple([part for one in findings for part in (one.rule, one.move, one.start, one.end)])


def findings_of(text: Text, spans: Spans) -> tuple[Finding, ...]:
    """The findings in a text, from plain data."""
    if not spans:
        return ()
    rest = iter(spans)
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
