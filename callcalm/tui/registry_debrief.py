"""The part of the registry for the solved debrief and for ghosts; see `registry`."""

from __future__ import annotations

from callcalm.tui.command import Command
from callcalm.tui.command import later as _

ANOTHER_WAY = Command(
    "debrief.another-way",
    "w",
    "another_way",
    _("another way"),
    _("Take up the call at one of its turns and play on otherwise; your round stays as it was."),
    bar=True,
)

REVEAL = (
    Command(
        "reveal.debrief",
        "d",
        "debrief",
        _("debrief"),
        _("Turn by turn: what it left, and what the best answer would have left."),
        bar=True,
    ),
    Command(
        "reveal.another-way",
        "w",
        "another_way",
        _("another way"),
        _("Take up the call at one of its turns and play on otherwise; your round stays as it was."),
    ),
)
"""What the reveal offers of it."""

_DONE = Command("debrief.done", "enter", "go_on", _("back"), _("Back to the reveal."), bar=True)
_READ_ON = Command("read-on", "enter", "read_on", _("read on"), _("Read on, to the end."), bar=True)

DEBRIEF = (
    _READ_ON,
    _DONE,
    ANOTHER_WAY,
    Command("debrief.back", "escape,q", "back", _("back"), _("Back to the reveal."), bar=True),
)
"""The commands of the debrief."""

GHOST = (
    Command(
        "ghost.compare",
        "enter",
        "compare",
        _("compare"),
        _("Put both ways side by side, when the call is over."),
        bar=True,
    ),
    Command(
        "ghost.back",
        "escape",
        "back",
        _("back"),
        _("Back to your round; the other way is not kept."),
    ),
)
"""The commands of a ghost, besides those of a call."""

BESIDE = (
    _READ_ON,
    Command("beside.done", "enter", "go_on", _("back"), _("Back to your round."), bar=True),
    Command("beside.back", "escape,q", "back", _("back"), _("Back to your round."), bar=True),
)
"""The commands of two ways side by side."""
