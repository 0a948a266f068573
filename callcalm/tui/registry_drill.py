"""The part of the registry for drills; see `registry`."""

from __future__ import annotations

from callcalm.tui.command import Command, numbered
from callcalm.tui.command import later as _

DRILL = (
    Command("drill.go-on", "enter", "go_on", _("go on"), _("Go on to what comes next."), bar=True),
    *numbered("drill.answer", "answer", _("line"), _("Choose, pick or mark the line with this number.")),
    Command("drill.mark", "space", "mark", _("mark"), _("Mark the line that the marker stands on."), bar=True),
    Command("drill.judge", "enter", "judge", _("judge"), _("Have your answer judged."), bar=True),
    Command("drill.type", "t", "type", _("type"), _("Answer in your own words."), bar=True),
    Command("drill.choose", "enter", "choose", _("choose"), _("Do what the marker stands on.")),
    Command("drill.unpick", "backspace", "unpick", _("take back"), _("Take back the last part picked.")),
    Command(
        "drill.give-up",
        "a",
        "give_up",
        _("show"),
        _("Show the answer; an item not tried before counts as not right."),
        bar=True,
    ),
    Command("drill.leave", "escape", "leave_drill", _("home"), _("Back to the list; what is done is kept.")),
)
"""The commands of a drill, in the order help shows them."""
