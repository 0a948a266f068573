"""Data made from shipped files, kept beside them as Python keeps compiled code: a start need not make it anew.

What is kept stands in ``__pycache__`` and counts only as long as every byte that it was made from is the same.
Wherever it cannot be read or written, it is simply made. What must not be here: any knowledge of the data.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import sys
from collections.abc import Callable, Sequence
from importlib.util import source_hash
from pathlib import Path
from typing import Any, Final

FOLDER: Final = "__pycache__"


def kept(name: str, sources: Sequence[Path], make: Callable[[], Any]) -> Any:
    """What `make` gives, kept under `name` beside the first of `sources`.

    `sources` are the files that it is made from, the code that makes it among them: when one changes it is made
    anew. It may hold numbers, texts, tuples, lists and dictionaries. Nothing is written where Python is told not
    to write compiled code either.
    """
    try:
        digest = source_hash(b"\0".join(_bytes(path) for path in sources))
    except OSError:
        return make()  # not on a disk: in an archive, say
    place = sources[0].parent / FOLDER / f"{name}.{sys.implementation.cache_tag}.kept"
    found = stored(place, digest)
    if found is None:
        found = make()
        keep(place, digest, found)
    return found


def stored(place: Path, digest: bytes, *, checked: bool = False) -> Any:
    """What `keep` kept at a place under this digest; None where there is nothing of the kind."""
    with contextlib.suppress(OSError, EOFError, ValueError, TypeError):
        whole = _bytes(place)
        if whole.startswith(digest):
            data = memoryview(whole)[len(digest) :]
            if checked:
                mark, data = data[:_MARK], data[_MARK:]
                if source_hash(data) != mark:
                    return None
            return marshal.loads(data)  # noqa: S302 - as trusted as the compiled code around it
    return None


def keep(place: Path, digest: bytes, made: Any, *, checked: bool = False) -> bool:
    """Keep what was made; whether that could be done. What is `checked` is not taken when a byte of it changed."""
    if sys.dont_write_bytecode:
        return False
    data = marshal.dumps(made)
    with contextlib.suppress(OSError):
        _write(place, digest + (source_hash(data) if checked else b"") + data)
        return True
    return False


_MARK: Final = 8
"""Bytes of a hash."""


def _bytes(path: Path) -> bytes:
    with open(path, "rb", buffering=0) as stream:  # noqa: PTH123 - half the time of Path.read_bytes
        return stream.readall()


def _write(place: Path, data: bytes) -> None:
    """Under another name first: whoever reads sees all of it or nothing."""
    place.parent.mkdir(exist_ok=True, parents=True)
    new = place.with_name(f"{place.name}.{os.getpid()}")
    try:
        new.write_bytes(data)
        new.replace(place)
    except OSError:
        new.unlink(missing_ok=True)
        raise
