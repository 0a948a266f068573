"""What the keys of the field guide can do; the rest of the table is in `registry`."""

from __future__ import annotations

from callcalm.tui.command import Command
from callcalm.tui.command import later as _

GUIDE_LIST = (
    Command("guide.open", "enter", "submit", _("open"), _("Open the page of the marked move."), bar=True),
    Command("guide.back", "escape", "back", _("back"), _("Back to where you were."), bar=True),
    Command("guide.down", "down", "cursor(1)", _("next"), _("The next move."), bar=True),
    Command("guide.up", "up", "cursor(-1)", _("before"), _("The move before.")),
    Command("guide.page-down", "pagedown", "page(1)", _("page down"), _("Further down, one page.")),
    Command("guide.page-up", "pageup", "page(-1)", _("page up"), _("Further up, one page.")),
)
"""The list of moves."""

MOVE = (
    Command("move.read-on", "enter,space", "read_on", _("read on"), _("Read on, to the end."), bar=True),
    Command("move.next", "right", "turn(1)", _("next"), _("The page of the next move."), bar=True),
    Command("move.before", "left", "turn(-1)", _("before"), _("The page of the move before.")),
    Command("move.all", "slash", "all", _("all moves"), _("To the list of moves, to search it."), bar=True),
    Command("move.back", "escape,q", "back", _("back"), _("Back to where you were."), bar=True),
)
"""The page of one move."""
