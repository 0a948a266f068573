"""What the coach found in a file's answers, kept from one run to the next: only what has changed is read again.

It stands with what Python keeps of our code (see `intake.kept`), one file for each that was read. It holds no word
of theirs: only hashes of the answers, with all that bears on how they are read, and where rules stand in them. It
counts as long as the version, the phrasebook and the coach are the same. What must not be here: any reading.
"""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from importlib.util import source_hash
from pathlib import Path
from typing import Final

from callcalm import __version__
from callcalm.content.hearing import Said
from callcalm.content.remembering import Meanwhile, Remembering
from callcalm.core.model import Scenario
from callcalm.core.moves import Finding, Registry
from callcalm.intake.kept import FOLDER, keep, kept, prune, stored

PLACE: Final = Path(__file__).parent / FOLDER / "heard"
"""Where it is kept."""

MOST_FILES: Final = 100
"""Files of which something is kept; of more, those looked at longest ago are forgotten …"""

MOST_BYTES: Final = 30_000_000
"""… and so are they when all together take more than this."""

_COACH: Final = Path(__file__).parent.parent / "coach"


class Kept(Remembering):
    """The coach for one file, remembering what it found there when it was last looked at."""

    def __init__(self, registry: Registry, file: Path) -> None:
        super().__init__(registry)
        self._place = place_of(file)
        self._digest = b""

    def begin(self, text: str, meanwhile: Meanwhile | None = None) -> None:
        """See `Remembering`: of a file of which something is kept there is little to read."""
        if not self._place.exists():
            super().begin(text, meanwhile)

    def __call__(self, scenario: Scenario, said: Sequence[Said]) -> Iterator[tuple[Finding, ...]]:
        """The moves in each answer; see `hearing.Reader`."""
        self._digest = _digest(scenario.language)
        found = stored(self._place, self._digest)
        self._now = found if isinstance(found, dict) else {}
        # For `hearing.let_go`: what is there before the coach is no garbage of its making.
        gc.freeze()
        yield from super().__call__(scenario, said)

    def keep(self) -> None:
        """Keep what was found, for the next run."""
        if self._now.keys() == self._last.keys():
            with contextlib.suppress(OSError):
                os.utime(self._place)
            return
        alike: dict[object, object] = {}
        # Many answers have the same findings in the same places: those are written once.
        if keep(
            self._place,
            self._digest,
            {key: alike.setdefault(one, one) for key, one in self._now.items()},
        ):
            with contextlib.suppress(OSError):
                prune(self._place.parent, MOST_FILES, MOST_BYTES)


def place_of(file: Path) -> Path:
    """Where it is kept of a file."""
    return PLACE / f"{source_hash(os.fsencode(file.absolute())).hex()}.kept"


@lru_cache
def in_words(language: str) -> frozenset[str]:
    """The moves that the shipped phrasebook of a language can see in words."""
    return frozenset(kept(f"{language}.moves", _sources(language), partial(_moves, language)))


def _moves(language: str) -> tuple[str, ...]:
    from callcalm.coach import load_phrasebook  # noqa: PLC0415 - mostly it is known

    return tuple(sorted({rule.move for rule in load_phrasebook(language).in_order}))


def _sources(language: str) -> list[Path]:
    """All that a reading follows from."""
    book = _COACH / "phrasebooks"
    return [book / f"{language}.toml", book / f"{language}.ear.tsv", *sorted(_COACH.glob("*.py"))]


@lru_cache
def _digest(language: str) -> bytes:
    """What the findings of a language hang on besides the answers."""
    sources = _sources(language)
    # They are megabytes: while nobody has touched them, what they amount to is known.
    coach: bytes = kept(f"{language}.coach", sources, partial(_amount, sources))
    return source_hash(f"{__version__} {sys.implementation.cache_tag} ".encode() + coach)


def _amount(sources: Sequence[Path]) -> bytes:
    return source_hash(b"\0".join([path.read_bytes() for path in sources]))
