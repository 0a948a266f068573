"""The projected lobby: what is called, how to join, how many have. Also shown later, for who comes late.

What must not be here: the server, and what a key does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from textual.content import Content

from callcalm.insight.channel import Ways
from callcalm.language import _, ngettext
from callcalm.room.views import PublicView
from callcalm.tui.literal import line, literal, wrapped
from callcalm.tui.screens.host_call import BLANK, Lines, fitting

_BESIDE: Final = 3
_LEAST_WORDS: Final = 20


@dataclass(frozen=True, slots=True)
class Door:
    """How phones come in: the address to type, the code, and the rows of the code to scan with their style.

    `here` is whether only this machine reaches it, `alone` whether nobody has joined for a minute, `key` what then
    goes on with hands.
    """

    address: str
    code: str
    rows: tuple[str, ...]
    style: str
    here: bool = False
    alone: bool = False
    key: str = "h"

    @property
    def bare(self) -> str:
        """The address as short as browsers take it."""
        return self.address.removeprefix("http://").rstrip("/")


def lobby_lines(view: PublicView, door: Door | None, rehearsal: int, width: int, height: int) -> Lines:
    """Before the call: with phones how to join, with hands how to vote."""
    if door is not None:
        return door_lines(view, door, width, height)
    lines = [BLANK, literal(view.title, "bold $heading"), BLANK]
    lines += wrapped(literal(Ways(view.channel).met(view.caller), "bold $caller"), width)
    lines += [BLANK, *wrapped(literal(_("You decide what is said, together."), "bold"), width), BLANK]
    if rehearsal:
        crowd = ngettext(
            "A rehearsal with {n} made-up person; nothing of it is kept.",
            "A rehearsal with {n} made-up people; nothing of it is kept.",
            rehearsal,
        )
        lines += wrapped(literal(crowd.format(n=rehearsal)), width)
    else:
        lines += wrapped(literal(_("Each answer has a letter. Put your hand up for one of them.")), width)
    lines += [BLANK, *wrapped(literal(_("House rules: {name}").format(name=view.rules), "$muted"), width)]
    return fitting(lines, [], height)


def door_lines(view: PublicView, door: Door, width: int, height: int) -> Lines:
    """How to join: the code to scan, and beside or below it the address and its code."""
    across = max((len(row) for row in door.rows), default=0)
    side = width - across - _BESIDE
    scannable = bool(door.rows) and len(door.rows) <= height
    if scannable and side >= _LEAST_WORDS:
        words = _words(view, door, side)
        if len(words) <= height:
            rows = [line((row, door.style)) for row in door.rows]
            above = max(0, (len(rows) - len(words)) // 2)
            words = [*([BLANK] * above), *words]
            tall = max(len(rows), len(words))
            rows += [literal(" " * across)] * (tall - len(rows))
            words += [BLANK] * (tall - len(words))
            return fitting(
                [line(row, " " * _BESIDE, said) for row, said in zip(rows, words, strict=True)], [], height
            )
    return fitting([BLANK, *_words(view, door, width)], [], height)


def _words(view: PublicView, door: Door, width: int) -> Lines:
    lines: list[Content] = [*wrapped(literal(view.title, "bold $heading"), width), BLANK]
    lines += wrapped(literal(_("Scan, or type into a browser:")), width)
    lines += wrapped(literal(door.address if len(door.address) <= width else door.bare, "bold"), width)
    lines += [BLANK, literal(_("The code:")), literal("  ".join(door.code), "bold $heading"), BLANK]
    joined = ngettext("{n} has joined", "{n} have joined", view.joined).format(n=view.joined)
    lines.append(literal(joined, "bold"))
    if door.here:
        hint = _("Only this machine reaches it. For phones, start with --lan. {key} counts hands.").format(
            key=door.key
        )
    elif door.alone:
        hint = _("Nobody yet? Venue Wi-Fi often keeps phones apart. Press {key} for hands.").format(key=door.key)
    else:
        hint = ""
    return [*lines, BLANK, *wrapped(literal(hint.format(key=door.key), "$muted"), width)] if hint else lines
