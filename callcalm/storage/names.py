"""Players' names, and the names of their files.

A name is what the player typed, made safe to show. A stem is what its files are called: only `a-z`, `0-9`, `-` and
`_`, so that every file system takes it, no path can be smuggled in, and names that differ by case alone are one
player. The name itself stands in the save's header.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from callcalm.core.records import NamedTuple
from callcalm.core.text import Text, safe

DEFAULT_PLAYER = Text("me")
"""Who plays when nobody said so."""

LONGEST_NAME = 60
"""Longest name kept, in code points."""

_LONGEST_STEM = 40
_PLAIN = re.compile(r"[a-z0-9][a-z0-9_-]*")
_OTHER = re.compile(r"[^a-z0-9_-]+")
_RESERVED = frozenset(
    ["settings", "phrasebook", "readme", "con", "prn", "aux", "nul", "conin", "conout"]
    + [f"{port}{number}" for port in ("com", "lpt") for number in range(10)]
)

LAST_SLOT = 9
"""How many windows of one player can save at once."""


def player_name(raw: str) -> Text:
    """The name as it is shown: safe, on one line, NFC, not too long; `DEFAULT_PLAYER` if nothing is left.

    >>> player_name("  Zoe   M. ")
    'Zoe M.'
    """
    clean = unicodedata.normalize("NFC", " ".join(safe(raw, multiline=False).split()))
    return safe(clean[:LONGEST_NAME].rstrip(), multiline=False) or DEFAULT_PLAYER


def file_stem(name: str) -> str:
    """What this player's files are called. Names that differ only by case or by Unicode form have one stem.

    A stem is its own stem, so that a save whose header is gone can still be opened by it.

    >>> file_stem("Maria")
    'maria'
    >>> file_stem("../etc/passwd").startswith("etc-passwd-")
    True
    """
    folded = player_name(name).casefold()
    plain = _PLAIN.fullmatch(folded) and len(folded) <= _LONGEST_STEM
    if plain and folded not in _RESERVED:
        return folded
    from hashlib import sha256  # noqa: PLC0415 - only unusual names need it

    letters = unicodedata.normalize("NFKD", folded)
    slug = _OTHER.sub("-", "".join(char for char in letters if not unicodedata.combining(char)))
    slug = slug.strip("-_")[: _LONGEST_STEM - 9].rstrip("-_") or "player"
    return f"{slug}-{sha256(folded.encode()).hexdigest()[:8]}"


class Slot(NamedTuple):
    """The files of one window of one player; the first has number 1.

    Each window that is open owns one slot, alone. A player's rounds are those of all slots together.
    """

    folder: Path
    stem: str
    number: int = 1

    def _file(self, ending: str) -> Path:
        number = "" if self.number == 1 else f".{self.number}"
        return self.folder / f"{self.stem}{number}{ending}"

    @property
    def log(self) -> Path:
        """The rounds."""
        return self._file(".toml")

    @property
    def call(self) -> Path:
        """The call in progress."""
        return self._file(".call.toml")

    @property
    def lock(self) -> Path:
        """What the window that owns the slot holds locked."""
        return self._file(".lock")

    @property
    def holder(self) -> Path:
        """Who that window is."""
        return self._file(".holder.toml")


def slots(folder: Path, stem: str) -> tuple[Slot, ...]:
    """All slots that a player can have, in order."""
    return tuple(Slot(folder, stem, number) for number in range(1, LAST_SLOT + 1))
