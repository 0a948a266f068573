"""Ways through an encounter: which gotos lead where, and how a way is told in words.

What must not be here: findings.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from callcalm.core.actions import Action, Breathe, Choose, Compose, CutIn, Say
from callcalm.core.explore import Way
from callcalm.core.model import Beat

_LONG_WAY: Final = 12
"""Steps of a way that are written out at most."""


def in_words(way: Iterable[Action] | None) -> str:
    """A way in words, ``opening 1 > walls-up 3``; empty when there is none, or none worth telling."""
    steps = [word for action in way or () if (word := _step(action))]
    if isinstance(way, Way) and way.opening:
        steps.insert(0, f"(opening {way.opening})")
    if len(steps) > _LONG_WAY:
        steps = [*steps[: _LONG_WAY // 2], "…", *steps[-_LONG_WAY // 2 :]]
    return " > ".join(steps)


def _step(action: Action) -> str:
    match action:
        case Choose(reply):
            return reply.replace("/", " ", 1)
        case Breathe():
            return "breathe"
        case CutIn():
            return "cut in"
        case Say(_, _, reply):
            return reply.replace("/", " ", 1) if reply else "say something else"
        case Compose(parts):
            return f"compose {' '.join(str(part + 1) for part in parts)}"
    return ""


def targets(beat: Beat, never: Collection[str] = ()) -> Iterator[str]:
    """Where a beat leads, leaving out the replies whose keys are in `never`."""
    yield from (reply.goto for reply in beat.replies if reply.key not in never)
    if beat.compose is not None:
        yield beat.compose.goto
    for step in (beat.otherwise, beat.cut_in):
        if step is not None and step.goto is not None:
            yield step.goto


def turned_round(ways: Mapping[str, Collection[str]]) -> dict[str, set[str]]:
    """From where each place can be come to, given where each place leads."""
    found: dict[str, set[str]] = {}
    for name, leads in ways.items():
        for target in leads:
            found.setdefault(target, set()).add(name)
    return found


def leading_to(ends: Iterable[str], came_from: Mapping[str, Collection[str]]) -> set[str]:
    """The ends themselves, and every place from which one of them can be come to."""
    found = set(ends)
    waiting = list(found)
    while waiting:
        for name in came_from.get(waiting.pop(), ()):
            if name not in found:
                found.add(name)
                waiting.append(name)
    return found
