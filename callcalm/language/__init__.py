"""The language of the interface: gettext catalogues, and which text of a pair to show.

Messages are written in English in the code, so English needs no catalogue; others are read when first used.
The language of a scenario is its own and is not decided here.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

# As `core.hints` has it, which is no floor below.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from gettext import NullTranslations
    from typing import Protocol, TypeVar

    class Saying(Protocol):
        """What `core.saying.Saying` is."""

        @property
        def words(self) -> str:
            """The sentence in English, with names in braces."""

        @property
        def fields(self) -> tuple[tuple[str, object], ...]:
            """What stands at the names."""

    _Str = TypeVar("_Str", bound=str)

LANGUAGES = ("en", "fr")
"""Languages the interface speaks, English first."""

CATALOGUES = Path(__file__).parent / "catalogues"


class _Spoken:
    """The language in use, and its catalogue once one is needed."""

    code: str = "en"
    catalogue: NullTranslations | None = None


def use(code: str) -> None:
    """Speak this language from now on; ``auto`` asks the environment, an unknown code means English."""
    _Spoken.code = from_environment() if code == "auto" else code if code in LANGUAGES else "en"
    _Spoken.catalogue = None


def current() -> str:
    """The code of the language in use."""
    return _Spoken.code


def from_environment() -> str:
    """The first language of LANGUAGE, LC_ALL, LC_MESSAGES, LANG that the interface speaks, else English."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        for wish in os.environ.get(name, "").split(":"):
            if wish[:2].lower() in LANGUAGES and not wish[2:3].isalpha():
                return wish[:2].lower()
    return "en"


def _(message: str) -> str:
    """The message in the language in use."""
    if _Spoken.code == "en":
        return message
    return _catalogue().gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """The message for this count in the language in use."""
    if _Spoken.code == "en":
        return one if count == 1 else many
    return _catalogue().ngettext(one, many, count)


def later(message: str) -> str:
    """The message as it is written: for the catalogue's eyes, where it is said only later, by `_`."""
    return message


def said(saying: Saying) -> str:
    """A sentence of the core in the language in use."""
    fields = {name: grouped(value) if type(value) is int else value for name, value in saying.fields}
    return _(saying.words).format(**fields)


def grouped(count: int) -> str:
    """A whole number, its thousands apart as in the language in use: ``10,000``, ``10 000``."""
    return f"{count:,}" if _Spoken.code == "en" else f"{count:,}".replace(",", "\u202f")


def pick(words: Mapping[str, _Str]) -> _Str:
    """The text in the language in use, else in English, else in whichever there is."""
    return words.get(_Spoken.code) or words.get("en") or next(iter(words.values()))


def _catalogue() -> NullTranslations:
    if _Spoken.catalogue is None:
        from gettext import translation  # noqa: PLC0415  (English, the common case, never needs it)

        _Spoken.catalogue = translation("callcalm", CATALOGUES, [_Spoken.code], fallback=True)
    return _Spoken.catalogue
