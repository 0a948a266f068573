"""The part of the registry for the progress screen; see `registry`."""

from __future__ import annotations

from dataclasses import replace

from callcalm.tui.command import Command, numbered
from callcalm.tui.command import later as _

PARTS = 7
"""How many parts the screen has."""

_FIRST, *_REST = numbered("progress.part", "part", _("part"), _("To the part with this number."))

PROGRESS = (
    Command("progress.next", "right", "turn(1)", _("next"), _("To the next part."), bar=True),
    Command("progress.before", "left", "turn(-1)", _("before"), _("To the part before."), bar=True),
    replace(_FIRST, bar=False, shown=f"1-{PARTS}"),
    *_REST[: PARTS - 1],
    Command("progress.read-on", "enter,space", "read_on", _("read on"), _("Read on, to the end."), bar=True),
    Command("progress.back", "escape,q", "back", _("back"), _("Back to the list."), bar=True),
)
"""The commands of the progress screen, in the order help shows them."""
