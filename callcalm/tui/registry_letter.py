"""The part of the registry for letters of one's own; see `registry`."""

from __future__ import annotations

from collections.abc import Mapping

from callcalm.tui.command import Command
from callcalm.tui.command import later as _


def _leave(place: str) -> Command:
    """Leaving, which every one of these screens has, last in its key bar."""
    tip = _("Leave the letter; what you have done is kept.")
    return Command(f"{place}.leave", "escape", "leave_letter", _("leave"), tip, bar=True)


_READ = (
    Command("letter.rate", "enter", "go_on", _("rate it"), _("Rate the letter as its reader would."), bar=True),
    _leave("letter-read"),
)

_SHEET = (
    Command("letter.next-row", "down", "row(1)", _("next"), _("To the next row."), bar=True),
    Command("letter.row-before", "up", "row(-1)", _("before"), _("To the row before.")),
    Command(
        "letter.lower", "left", "step(-1)", _("lower"), _("One point lower (or press minus and type a number).")
    ),
    Command("letter.higher", "right", "step(1)", _("higher"), _("One point higher (or type a number)."), bar=True),
    Command(
        "letter.confirm", "enter", "confirm", _("confirm"), _("Confirm the sheet; it is locked then."), bar=True
    ),
    _leave("letter-sheet"),
)

_COMPARE = (
    Command("letter.lines", "enter", "go_on", _("go on"), _("Go on to the lines that cost."), bar=True),
    _leave("letter-compare"),
)

_LINE = (
    Command("letter.choose", "enter", "choose", _("choose"), _("Do what the marker stands on."), bar=True),
    Command("letter.rewrite", "t", "rewrite", _("rewrite"), _("Write the line anew.")),
    Command("letter.keep", "k", "keep", _("go on"), _("Leave the line as it is now, and go on.")),
    _leave("letter"),
)

_BOX = (
    Command(
        "rewriting.take",
        "enter",
        "say",
        _("take it"),
        _("Have the coach read the line you wrote."),
        bar=True,
        priority=True,
    ),
    Command(
        "rewriting.back", "escape", "back", _("back"), _("Back to the letter; what you wrote stays."), bar=True
    ),
)

_END = (
    Command(
        "letter.done", "enter", "go_on", _("done"), _("Back to the list; your work is in your save."), bar=True
    ),
    Command("letter.write", "w", "write", _("write it"), _("Write the new letter to a file."), bar=True),
    Command("letter.copy", "y", "copy", _("copy"), _("Show the new letter as text, to copy."), bar=True),
    _leave("letter-end"),
)


def letter_places(
    read_on: Command, scroll: tuple[Command, ...], guide: Command
) -> Mapping[str, tuple[Command, ...]]:
    """The places of a letter, with the commands that other screens have too."""
    return {
        "letter-read": (read_on, *_READ, *scroll),
        "letter-sheet": _SHEET,
        "letter-compare": (read_on, *_COMPARE, guide, *scroll),
        "letter": (*_LINE, guide, *scroll[:2]),
        "rewriting": _BOX,
        "letter-end": (read_on, *_END, *scroll),
    }
