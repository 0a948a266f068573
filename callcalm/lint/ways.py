"""Ways through an encounter: which gotos lead where, and how a way is told in words.

What must not be here: findings.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from callcalm.core.actions import Action, Breathe, Choose, Compose, CutIn, Say
from callcalm.core.explore import Way
from callcalm.core.model import Beat
from callcalm.language import _

_LONG_WAY: Final = 12
"""Steps of a way that are written out at most."""


def in_words(way: Iterable[Action] | None) -> str:
    """A way in words, ``opening 1 > walls-up 3``; empty when there is none, or none worth telling."""
    steps = [word for action in way or () if (word := _step(action))]
    if isinstance(way, Way) and way.opening:
        steps.insert(0, _("(opening {name})").format(name=way.opening))
    if len(steps) > _LONG_WAY:
        steps = [*steps[: _LONG_WAY // 2], "…", *steps[-_LONG_WAY // 2 :]]
    return " > ".join(steps)


def with_way(message: str, way: str) -> str:
    """A message, and the way that leads to what it tells, where there is one."""
    return _("{message}; to get here: {way}").format(message=message, way=way) if way else message


def _step(action: Action) -> str:
    match action:
        case Choose(reply):
            return reply.replace("/", " ", 1)
        case Breathe():
            return _("breathe")
        case CutIn():
            return _("cut in")
        case Say(_, _, reply):
            return reply.replace("/", " ", 1) if reply else _("say something else")
        case Compose(parts):
            return _("compose {parts}").format(parts=" ".join(str(part + 1) for part in parts))
    return ""


def targets(beat: Beat, never: Collection[str] = ()) -> list[str]:
    """Where a beat leads, leaving out the replies whose keys are in `never`."""
    found = [reply.goto for reply in beat.replies if reply.key not in never]
    if beat.compose is not None:
        found.append(beat.compose.goto)
    if beat.otherwise or beat.cut_in:
        steps = (beat.otherwise, beat.cut_in)
        found += [step.goto for step in steps if step is not None and step.goto is not None]
    return found


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
