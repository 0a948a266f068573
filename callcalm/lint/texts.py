"""Every text of a scenario that people read, with its place in the file. What must not be here: judgement."""

from __future__ import annotations

from collections.abc import Iterator

from callcalm.intake import Path
from callcalm.lint.subject import Subject


def texts(subject: Subject) -> Iterator[tuple[Path, str]]:
    """The path and the text of each, in the order of the screens."""
    scenario = subject.scenario
    for key in ("title", "setting", "brief"):
        yield (key,), getattr(scenario, key)
    yield ("caller", "wants"), scenario.caller.wants
    for at, fact in enumerate(scenario.caller.facts):
        yield ("caller", "facts", at), fact
    for name, beat in scenario.beats.items():
        here = ("beats", name)
        for at, said in enumerate(beat.caller):
            yield (*here, "caller", at), said
        for at, reply in enumerate(beat.replies):
            yield (*here, "replies", at, "say"), reply.say
        for at, part in enumerate(beat.compose.parts if beat.compose is not None else ()):
            yield (*here, "parts", at, "say"), part.say
    for name, ending in subject.own_endings.items():
        yield ("endings", name, "text"), ending.text
        yield ("endings", name, "lesson"), ending.lesson
