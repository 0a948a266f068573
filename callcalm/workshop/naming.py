"""Names for what is written: ids of beats and endings, names of files. No path can come out of a title."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from callcalm.content.shapes import ID

LONGEST: Final = 60
"""Longest id, in code points, as scenarios allow it."""

LONGEST_FILE: Final = 48

_ID = re.compile(ID)
_OTHER = re.compile(r"[^a-z0-9]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d", "ł": "l"})
_RESERVED: Final = frozenset(
    ["con", "prn", "aux", "nul", "conin", "conout", "settings", "phrasebook", "readme"]
    + [f"{port}{number}" for port in ("com", "lpt") for number in range(10)]
)


def slug(text: str, most: int = LONGEST) -> str:
    """Small letters, digits and hyphens of the text; empty when it has none.

    >>> slug("Où est ma sœur ?"), slug("../../etc/passwd")
    ('ou-est-ma-soeur', 'etc-passwd')
    """
    plain = unicodedata.normalize("NFKD", text[: most * 4].casefold().translate(_LIGATURES))
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    cut = _OTHER.sub("-", letters).strip("-")
    if len(cut) > most:
        whole = cut[: most + 1].rpartition("-")[0]
        cut = whole if len(whole) > most // 2 else cut[:most]
    return cut.strip("-")


def file_stem(title: str, fallback: str) -> str:
    """What a file with this title is called, without its ending: a name that every system takes.

    >>> file_stem("Con", "call"), file_stem("???", "call")
    ('con-call', 'call')
    """
    stem = slug(title, LONGEST_FILE) or fallback
    return f"{stem}-call" if stem in _RESERVED else stem


class Ids:
    """Gives each thing an id of its own, near to what it was called."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)

    def give(self, text: str, fallback: str, *, letter_first: bool = False) -> str:
        """An id that nothing has yet. With `letter_first` it begins with a letter, as ids of replies must."""
        base = text if len(text) <= LONGEST and _ID.fullmatch(text) else slug(text) or fallback
        if letter_first and not base[0].isalpha():
            base = f"{fallback}-{base}"[:LONGEST].rstrip("-")
        found, number = base, 2
        while found in self._taken:
            tail = f"-{number}"
            found, number = base[: LONGEST - len(tail)].rstrip("-") + tail, number + 1
        self._taken.add(found)
        return found
