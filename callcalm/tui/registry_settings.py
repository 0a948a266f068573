"""The part of the registry for the screen of keys and the first run; see `registry`."""

from __future__ import annotations

from callcalm.tui.command import Command
from callcalm.tui.command import later as _

KEYS = (
    Command(
        "keys.change", "enter", "change", _("new key"), _("Press a new key for the marked command."), bar=True
    ),
    Command("keys.reset", "r", "reset", _("reset"), _("Give the marked command its usual key."), bar=True),
    Command("keys.reset-all", "a", "reset_all", _("reset all"), _("Give every command its usual key."), bar=True),
    Command("keys.page-down", "pagedown", "page(1)", _("page down"), _("Further down, one page.")),
    Command("keys.page-up", "pageup", "page(-1)", _("page up"), _("Further up, one page.")),
    Command("keys.back", "escape", "back", _("back"), _("Back to the settings; changes are kept."), bar=True),
)
"""The commands of the screen of keys, in the order help shows them."""

FIRST = (
    Command("first.go-on", "enter", "go_on", _("go on"), _("Take this, and go on to the next page."), bar=True),
    Command("first.play", "enter", "play", _("play it"), _("Begin this call."), bar=True),
    Command("first.before", "left", "before", _("back"), _("Back to the page before."), bar=True),
    Command("first.skip", "escape", "skip", _("skip"), _("Skip all of this; it is not shown again."), bar=True),
    Command("first.list", "escape", "skip", _("to the list"), _("To the list of all that there is."), bar=True),
)
"""The commands of the first run, in the order help shows them."""

FIRST_NAME = (
    Command("first-name.done", "enter", "submit", _("go on"), _("Take this name, and go on."), bar=True),
)
"""The commands of its field."""
