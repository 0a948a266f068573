"""What lint had to say of a file, kept from one run to the next: what has not changed is not looked at anew.

It stands with what Python keeps of our code (see `intake.kept`), one file for each that was looked at. It counts
for the very same text under the same name, as long as all that findings come from is the same: the version, all
code and data that lint is made of, Python, the libraries that lint asks, and the language that it speaks. It is
sealed with the text that it is about: whoever has not that text cannot read a word of it. What must not be
here: any looking.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import sys
from collections.abc import Callable, Collection, Iterable
from functools import cached_property, lru_cache
from importlib.util import find_spec, source_hash
from pathlib import Path
from typing import Any, Final

from callcalm import __version__
from callcalm.content import heard
from callcalm.core.records import NamedTuple
from callcalm.intake import Source
from callcalm.intake.kept import FOLDER, keep, kept, prune, stored
from callcalm.language import CATALOGUES, LANGUAGES, current
from callcalm.report import Diagnostic
from callcalm.report.model import as_plain, from_plain

PLACE: Final = Path(__file__).parent / FOLDER / "told"
"""Where it is kept."""

MOST_FILES: Final = 1_000
"""Files of which it is kept …"""

MOST_BYTES: Final = 10_000_000
"""… and bytes of all together; of more, those looked at longest ago are forgotten."""

MOST: Final = 5_000
"""Findings of one file that are kept; of more, none are."""

_ROOT: Final = Path(__file__).parents[1]
_PARTS: Final = ("core", "language", "intake", "coach", "report", "content", "lint")
_ENDINGS: Final = (".py", ".toml", ".tsv")
_LIBRARIES: Final = ("tomli", "rapidfuzz")
_SEAL: Final = 32
_MARK: Final = 8
_BLOCK: Final = 64


class Last(NamedTuple):
    """What was found, before anything is let pass, and the language of the file as far as it is known."""

    found: list[Diagnostic]
    language: str = ""


class Told:
    """What was found in one file when it was last looked at."""

    def __init__(self, source: Source, file: Path) -> None:
        self._source = source
        self._file = file
        self._place = PLACE / heard.place_of(file).name

    def last(self, encounters: Callable[[], Collection[str]]) -> Last | None:
        """What is kept of this very text; None where nothing is.

        `encounters` gives the ids of those that a promise can come back in; it is asked only where the text names
        some.
        """
        if not self._place.exists():
            return None
        sealed = stored(self._place, self._key[:_MARK])
        if not isinstance(sealed, bytes):
            return None
        with contextlib.suppress(EOFError, ValueError, TypeError):
            # As trusted as the compiled code around it.
            rows, language, named = marshal.loads(_sealed(sealed, self._key))  # noqa: S302
            if named and named != _mark(encounters()):
                return None
            found = [from_plain(*row) for row in rows]
            # What the coach found is wanted after the next edit.
            for place in (self._place, heard.place_of(self._file)):
                with contextlib.suppress(OSError):
                    os.utime(place)
            return Last(found, language)
        return None

    def keep(self, last: Last, encounters: Collection[str] | None = None) -> None:
        """Keep what was found, for the next run; `encounters` where the text names some that come back."""
        if len(last.found) > MOST:
            return
        named = b"" if encounters is None else _mark(encounters)
        with contextlib.suppress(ValueError):
            data = marshal.dumps(([as_plain(one) for one in last.found], last.language, named))
            if keep(self._place, self._key[:_MARK], _sealed(data, self._key)):
                with contextlib.suppress(OSError):
                    prune(self._place.parent, MOST_FILES, MOST_BYTES)

    @cached_property
    def _key(self) -> bytes:
        """What the findings hang on, as a number. The text is part of that, so they can be sealed by it."""
        made = _hash()(_everything(current()), digest_size=_SEAL + _MARK)
        for part in (str(self._file.absolute()), self._source.name, self._source.text):
            data = part.encode("utf-8", "surrogatepass")
            made.update(len(data).to_bytes(_MARK, "little"))
            made.update(data)
        key: bytes = made.digest()
        return key


def _sealed(data: bytes, key: bytes) -> bytes:
    """Data under a key, or sealed data opened by it."""
    made, seal = _hash(), key[_MARK:]
    numbers = [at.to_bytes(_MARK, "little") for at in range(0, len(data), _BLOCK)]
    stream = b"".join([made(number, key=seal).digest() for number in numbers])
    whole = int.from_bytes(data, "little") ^ int.from_bytes(stream[: len(data)], "little")
    return whole.to_bytes(len(data), "little")


@lru_cache
def _hash() -> Any:
    """BLAKE2b, which `hashlib` has too: but that brings OpenSSL, which takes longer to load than lint does."""
    try:
        from _blake2 import blake2b  # noqa: PLC0415 - see above
    except ImportError:
        from hashlib import blake2b  # noqa: PLC0415 - a Python that has it elsewhere
    return blake2b


def _mark(ids: Iterable[str]) -> bytes:
    return source_hash("\n".join(sorted(ids)).encode("utf-8", "surrogatepass"))


@lru_cache
def _everything(language: str) -> bytes:
    """What findings come from besides the text, as a number."""
    sources = _sources()
    # They are megabytes: while nobody has touched them, what they amount to is known.
    amount: bytes = kept("lint", sources, lambda: source_hash(b"\0".join([path.read_bytes() for path in sources])))
    return f"{__version__} {sys.version} {language} ".encode() + amount + _words(language)


def _words(language: str) -> bytes:
    """What messages in this language are taken from besides the code; English ones stand in it."""
    if language == LANGUAGES[0]:
        return b""
    return source_hash((CATALOGUES / language / "LC_MESSAGES" / "callcalm.mo").read_bytes())


def _sources() -> list[Path]:
    found = [_ROOT / "__init__.py"]
    for part in _PARTS:
        for folder, inner, names in os.walk(_ROOT / part):
            inner[:] = sorted(name for name in inner if name != FOLDER)
            found += [Path(folder, name) for name in sorted(names) if name.endswith(_ENDINGS)]
    libraries = [find_spec(name) for name in _LIBRARIES]
    return [*found, *[Path(one.origin) for one in libraries if one is not None and one.origin]]
