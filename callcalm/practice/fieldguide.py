"""The field guide for a desk: its moves and schools, with the shipped phrasebooks and the player's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callcalm.insight.fieldguide import FieldGuide
from callcalm.insight.guide import Guide
from callcalm.intake.problems import BadFile
from callcalm.language import _, current
from callcalm.letters.books import Books
from callcalm.letters.tongue import LANGUAGES

if TYPE_CHECKING:
    from callcalm.practice.desk import Desk


def field_guide(desk: Desk) -> tuple[FieldGuide, str]:
    """The guide, the interface's language first, and a sentence where the player's own phrasebook is left out."""
    own = desk.folders.phrasebooks()
    if own:
        try:
            return _guide(desk, Books(own)), ""
        except BadFile as bad:
            left_out = _("Your own phrasebook is left out: {problem}").format(problem=str(bad).split("\n", 1)[0])
            return _guide(desk, Books()), left_out
    return _guide(desk, Books()), ""


def _guide(desk: Desk, books: Books) -> FieldGuide:
    languages = sorted(LANGUAGES, key=lambda code: code != current())
    return FieldGuide([Guide(desk.registry, desk.playbooks.values(), books[code]) for code in languages])
