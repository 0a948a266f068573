"""Words about the preview: where it stands, what its variables hold, what an answer would do. No layout here."""

from __future__ import annotations

from callcalm.core.actions import Choose, IllegalAction
from callcalm.core.condition import Value
from callcalm.core.events import ComposureChanged
from callcalm.core.model import Scenario
from callcalm.core.round import Round
from callcalm.insight.wording import composure_line
from callcalm.language import _

COMPOSURE = "composure"
"""What the meter is called where variables are set."""


def parse_held(scenario: Scenario, line: str) -> tuple[str, Value]:
    """``NAME VALUE`` or ``NAME = VALUE`` as a variable and what it is to hold; words where it holds words.

    Raises:
        ValueError: if it is neither; whether the scenario has such a variable, and it can hold that, is not asked.
    """
    name, _sign, rest = line.strip().replace("=", " ", 1).partition(" ")
    words = rest.strip()
    if not name or not words:
        raise ValueError(_("Write a name and a value, such as “composure 40”."))
    if isinstance(scenario.vars.get(name), str):
        return name, words.strip("\"'")
    if words.lower() in {"true", "false"}:
        return name, words.lower() == "true"
    if words.removeprefix("-").isdecimal() and len(words) < 10:  # noqa: PLR2004 - no meter needs ten digits
        return name, int(words)
    return name, words


def held_words(played: Round) -> str:
    """Each variable that no longer holds what it began with, ``tries = 1, callback = true``; empty if none."""
    began = played.state.scenario.vars
    return ", ".join(
        f"{name} = {_value(held)}" for name, held in played.state.vars.items() if held != began.get(name)
    )


def settable(played: Round) -> list[str]:
    """One line for each thing that can be set: what it holds, and its range."""
    lines = [f"{COMPOSURE} = {played.state.composure} (1 – 100)"]
    ranges = played.state.scenario.ranges
    for name, held in played.state.vars.items():
        span = f" ({ranges[name][0]} – {ranges[name][1]})" if name in ranges else ""
        lines.append(f"{name} = {_value(held)}{span}")
    return lines


def stands_at(played: Round) -> str:
    """The beat or ending the preview stands at."""
    return played.state.ending or played.state.beat


def foreseen(played: Round, reply: str) -> str:
    """What would happen if this reply were given now: the meter with its reasons, and where it leads."""
    try:
        turn = played.take(Choose(reply)).turns[-1]
    except IllegalAction:
        return ""
    said = [
        composure_line(event, played.state.playbook.registry)
        for event in turn.events
        if isinstance(event, ComposureChanged)
    ]
    target = turn.state.ending or turn.state.beat
    return " ".join([_("It leads to `{beat}`.").format(beat=target), *said])


def _value(held: Value) -> str:
    return str(held).lower() if isinstance(held, bool) else str(held)
