"""Help: every key of the screen below, from the registry, and how to quit and come back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from textual.content import Content

from callcalm.language import _
from callcalm.tui.literal import literal, wrapped
from callcalm.tui.reflow import Reflow
from callcalm.tui.registry import EVERYWHERE, PLACES, Command
from callcalm.tui.screens.reader import Reader
from callcalm.tui.widgets.keybar import Keys, key_name


def help_screen(keys: Keys, place: str, remapped: Mapping[str, str]) -> Reader:
    """Help for a screen: its keys that are possible now, its others, and those of everywhere.

    `place` is the screen's in the registry, `remapped` are the keys of the settings.
    """
    now = {one.command.id for one in keys.listed()}
    others = [one for one in PLACES.get(place, ()) if one.listed and one.id not in now]
    everywhere = {one.id for one in EVERYWHERE}
    # Where quitting means another thing, there is no call that callcalm would offer again.
    saves = not any(one.command.speaks_for for one in keys.listed())
    sections = [
        (
            _("What is possible on this screen now"),
            [(one.key, one.command) for one in keys.listed() if one.command.id not in everywhere],
        ),
        (
            _("At other moments"),
            [(key_name(remapped.get(one.id, one.shown or one.key.split(",")[0])), one) for one in others],
        ),
        (_("Everywhere"), [(one.key, one.command) for one in keys.listed() if one.command.id in everywhere]),
    ]
    return Reader(_("Keys"), Reflow(partial(_lines, sections, keys.name("quit"), saves)))


def _lines(
    sections: Sequence[tuple[str, Sequence[tuple[str, Command]]]], quit_key: str, saves: bool, width: int
) -> list[Content]:
    column = max((len(key) for _title, pairs in sections for key, _command in pairs), default=0) + 2
    lines: list[Content] = []
    for title, pairs in sections:
        if not pairs:
            continue
        lines.append(literal(title, "bold $heading"))
        for key, command in pairs:
            lines += wrapped(literal(_(command.tip)), width, literal(key.ljust(column), "bold $heading"))
        lines.append(Content(""))
    told = [_("Arrows move the marker; every other key can be changed in the settings.")]
    if saves:
        lines.append(literal(_("Stopping and coming back"), "bold $heading"))
        told[:0] = [
            _("Press {key} whenever you like: everything is saved at every step.").format(key=quit_key),
            _("Next time, callcalm offers the call that waits first of all."),
        ]
    for sentence in told:
        lines += wrapped(literal(sentence), width)
    return lines
