"""What a projected screen holds: six lines of dialogue and four replies at 80 columns, in characters that fit.

What must not be here: how the screen is drawn (tui).
"""

from __future__ import annotations

import unicodedata
from typing import Final

from callcalm.core.condition import holds
from callcalm.core.model import Beat
from callcalm.intake import Code
from callcalm.intake.problems import cells
from callcalm.language import _
from callcalm.lint.domain import Domain
from callcalm.lint.subject import Subject
from callcalm.lint.texts import texts

LINES: Final = 6
"""Lines of dialogue that are read from the back of a room."""

COLUMNS: Final = 66
"""Cells of one such line: 80 without the speaker's name and the edges."""

REPLIES: Final = 4
"""Replies that fit below."""

_AS_PICTURE: Final = "\ufe0f"
"""Says that the character before it is drawn as a picture; terminals differ on what room it takes then."""


def check_screen(subject: Subject) -> None:
    """Put in where more replies can be on offer than a projected screen holds."""
    domain = subject.domain
    for beat in subject.scenario.beats.values():
        if len(beat.replies) > REPLIES and (most := _at_once(beat, domain)) > REPLIES:
            message = _("{n} replies can be on offer at once; a projected screen holds {most}")
            message = message.format(n=most, most=REPLIES)
            hint = _("Take one out, or give some of them conditions that exclude each other.")
            subject.add(Code.MANY_REPLIES, message, ("beats", beat.id), at_key=True, hint=hint)


def check_signs(subject: Subject) -> None:
    """Put in what is too long or too wide to be shown well, whatever way the call takes."""
    for beat in subject.scenario.beats.values():
        for number, said in enumerate(beat.caller):
            lines = _lines(said)
            if lines > LINES:
                message = _("what is said at `{beat}` takes {n} lines of a projected screen, which holds {most}")
                message = message.format(beat=beat.id, n=lines, most=LINES)
                hint = _(
                    "Cut it, or split it into parts, each in quotes of its own: the player listens on between."
                )
                subject.add(Code.LONG_LINES, message, ("beats", beat.id, "caller", number), hint=hint)
    if not subject.source.text.isascii():
        _wide(subject)


def _lines(text: str) -> int:
    if len(text) < COLUMNS * 4 and "\n" not in text:
        return 1 + len(text) // COLUMNS
    import textwrap  # noqa: PLC0415 - few texts are that long

    return sum(len(textwrap.wrap(line, COLUMNS)) or 1 for line in text.split("\n"))


def _at_once(beat: Beat, domain: Domain) -> int:
    free = sum(reply.when is None for reply in beat.replies)
    asked = [reply.when for reply in beat.replies if reply.when is not None]
    if free > REPLIES or not asked:
        return free
    return free + max((sum(holds(when, names) for when in asked) for names in domain.cases(asked)), default=0)


def _wide(subject: Subject) -> None:
    """One finding for each text with wide characters, at the first of them."""
    for path, text in texts(subject):
        if text.isascii() or (cells(text) <= len(text) and _AS_PICTURE not in text):
            continue
        at = next((at for at, char in enumerate(text) if unicodedata.east_asian_width(char) in "WF"), len(text))
        picture = text.find(_AS_PICTURE)
        if 0 < picture < at:
            message = _("“{sign}” is drawn one cell wide here and two there")
            message = message.format(sign=text[picture - 1 : picture + 1])
            subject.add(Code.WIDE, message, path, within=(picture - 1, picture + 1), hint=_("Say it in words."))
        elif at < len(text):
            message = _("“{sign}” is two cells wide, and not every terminal draws it so").format(sign=text[at])
            subject.add(Code.WIDE, message, path, within=(at, at + 1), hint=_("Say it in words."))
