"""Which beats and endings no path leads to. What must not be here: which a play can take (lint proves it)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from callcalm.intake import Code, Inbox, Severity
from callcalm.language import _, later

_NOTHING: Final[Mapping[str, Any]] = {}

_STEPS: Final = ("otherwise", "cut_in", "compose")


def check_reach(data: Mapping[str, Any], inbox: Inbox, lost: str) -> None:
    """Warn of beats and endings that no path leads to; for data without errors. `lost` needs no path."""
    beats, endings = data["beats"], data["endings"]
    openings = data.get("openings", _NOTHING).values()
    waiting = [data["start"]["beat"], *[one if isinstance(one, str) else one["beat"] for one in openings]]
    reached = {*waiting, lost}
    while waiting:
        beat = beats[waiting.pop()]
        steps = [*beat.get("replies", ()), *[beat[key] for key in _STEPS if key in beat]]
        for step in steps:
            target = step.get("goto")
            if target is not None and target not in reached:
                reached.add(target)
                if target in beats:
                    waiting.append(target)
    for kind, words, hint in (
        (
            "beats",
            later("no path leads to the beat `{name}`"),
            later('Write goto = "{name}" in a reply that is to lead here, or delete the beat.'),
        ),
        (
            "endings",
            later("no path leads to the ending `{name}`"),
            later('Write goto = "{name}" in a reply that is to end so, or delete the ending.'),
        ),
    ):
        for name in beats if kind == "beats" else endings:
            if name not in reached:
                message = _(words).format(name=name)
                way = _(hint).format(name=name)
                inbox.add(Code.UNREACHED, message, (kind, name), at_key=True, hint=way, severity=Severity.WARNING)
