"""Help: every key of the screen below, from the registry, and how to quit and come back."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from callcalm.language import _
from callcalm.tui.literal import literal, wrapped
from callcalm.tui.reflow import Reflow
from callcalm.tui.registry import EVERYWHERE
from callcalm.tui.screens.reader import Reader
from callcalm.tui.widgets.keybar import Keys, Possible


def help_screen(keys: Keys) -> Reader:
    """Help for the screen whose keys these are."""
    here = [one for one in keys.listed() if one.command not in EVERYWHERE]
    everywhere = [one for one in keys.listed() if one.command in EVERYWHERE]
    return Reader(_("Keys"), Reflow(lambda width: _lines(here, everywhere, keys.name("quit"), width)))


def _lines(here: Sequence[Possible], everywhere: Sequence[Possible], quit_key: str, width: int) -> list[Content]:
    column = max((len(one.key) for one in (*here, *everywhere)), default=0) + 2
    lines = [literal(_("What is possible on this screen now"), "bold $heading")]
    lines += [one for possible in here for one in _key_lines(possible, column, width)]
    lines += [Content(""), literal(_("Everywhere"), "bold $heading")]
    lines += [one for possible in everywhere for one in _key_lines(possible, column, width)]
    lines += [Content(""), literal(_("Stopping and coming back"), "bold $heading")]
    for sentence in (
        _("Press {key} whenever you like: everything is saved at every step.").format(key=quit_key),
        _("Next time, callcalm offers the call that waits first of all."),
        _("Arrows move the marker; every key can be changed in the settings file, under [keys]."),
    ):
        lines += wrapped(literal(sentence), width)
    return lines


def _key_lines(one: Possible, column: int, width: int) -> list[Content]:
    return wrapped(literal(_(one.command.tip)), width, literal(one.key.ljust(column), "bold $heading"))
