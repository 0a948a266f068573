"""The part of the registry for the workshop, `callcalm write`; see `registry`."""

from __future__ import annotations

from callcalm.tui.command import Command, numbered
from callcalm.tui.command import later as _

WRITE = (
    Command(
        "write.open",
        "enter",
        "open",
        _("edit"),
        _("Open the file in your editor (VISUAL or EDITOR), at this line where it knows how."),
        bar=True,
    ),
    Command(
        "write.play-from",
        "enter",
        "play_from",
        _("play from"),
        _("Put the preview here, by the shortest real way."),
        bar=True,
    ),
    Command(
        "write.play-under",
        "c",
        "play_under",
        _("composure"),
        _("Put the preview here with a composure under a number, by a real way."),
        bar=True,
    ),
    Command("write.next-pane", "tab", "turn(1)", _("pane"), _("To the next pane."), bar=True),
    Command("write.pane-before", "shift+tab", "turn(-1)", _("pane before"), _("To the pane before.")),
    Command(
        "write.find",
        "slash",
        "find",
        _("find"),
        _("To the next finding or place that has these words: a name, a code, what is said."),
    ),
    Command("write.undo", "u", "undo", _("undo"), _("Take the last action of the preview back."), bar=True),
    Command(
        "write.set",
        "v",
        "set",
        _("set"),
        _("Set a variable or the composure in the preview as it stands."),
    ),
    Command("write.restart", "r", "restart", _("restart"), _("Begin the preview again.")),
    Command("write.findings", "f", "pane('findings')", _("findings"), _("To what was found in the file.")),
    Command("write.map", "m", "pane('map')", _("map"), _("To the map of the encounter.")),
    Command("write.preview", "p", "pane('preview')", _("preview"), _("To the call in the preview.")),
    Command("write.edit", "e", "edit", _("edit"), _("Open the file in your editor (VISUAL or EDITOR).")),
    Command("write.reload", "ctrl+r", "reload", _("read again"), _("Read the file again now.")),
    Command("write.page-down", "pagedown", "page(1)", _("page down"), _("Further down, one page.")),
    Command("write.page-up", "pageup", "page(-1)", _("page up"), _("Further up, one page.")),
    Command(
        "write.quit",
        "q",
        "app.leave",
        _("quit"),
        _("Leave the workshop; your file stays as it is."),
        speaks_for="quit",
    ),
)
"""The commands of the workshop, in the order help shows them."""

PREVIEW = (
    *numbered("preview.answer", "answer", _("choose"), _("Choose the line with this number.")),
    Command(
        "preview.compose", "enter", "compose", _("say it"), _("Say the picked parts, in this order."), bar=True
    ),
    Command("preview.choose", "enter", "choose", _("choose"), _("Do what the marker stands on.")),
    Command("preview.listen", "space", "listen", _("listen"), _("Let the caller go on."), bar=True),
    Command("preview.cut-in", "x", "cut_in", _("cut in"), _("Cut the caller off.")),
    Command("preview.breathe", "b", "breathe", _("breathe"), _("Take a breath.")),
    Command(
        "preview.other",
        "o",
        "other",
        _("something else"),
        _("Say something that fits none of the answers: the way of `otherwise`."),
    ),
    Command("preview.unpick", "backspace", "unpick", _("take back"), _("Take back the last part picked.")),
)
"""The commands of the call in the preview."""

WRITING = {"preview": PREVIEW, "write": WRITE}
"""The places of the workshop."""
