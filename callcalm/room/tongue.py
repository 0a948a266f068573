"""The language a phone is spoken to in: the room's own by default, another where its holder asks for it.

The interface speaks one language at a time (`callcalm.language`); a room speaks several at once. What must not be
here: pages.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from gettext import NullTranslations, translation

from callcalm.language import CATALOGUES, LANGUAGES


@dataclass(frozen=True, slots=True)
class Tongue:
    """Messages in one language. `_` and `ngettext` are named so that the catalogue finds what they are given."""

    code: str
    _: Callable[[str], str]
    ngettext: Callable[[str, str, int], str]

    @property
    def others(self) -> tuple[str, ...]:
        """Codes of the other languages."""
        return tuple(code for code in LANGUAGES if code != self.code)


NAMES = {"en": "English", "fr": "Français"}
"""Languages by their own names."""


@cache
def tongue(code: str) -> Tongue:
    """The tongue of this language; English for one that the interface does not speak."""
    if code not in LANGUAGES:
        code = "en"
    if code == "en":
        plain = NullTranslations()
        return Tongue(code, plain.gettext, plain.ngettext)
    found = translation("callcalm", CATALOGUES, [code], fallback=True)
    return Tongue(code, found.gettext, found.ngettext)
