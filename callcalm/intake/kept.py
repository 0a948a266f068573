"""Data made from shipped files, kept beside them as Python keeps compiled code: a start need not make it anew.

What is kept stands in ``__pycache__``, or with the user's own caches where that cannot be written, and counts only
as long as every byte that it was made from is the same. Wherever it cannot be read or written, it is simply made.
What must not be here: any knowledge of the data.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import stat
import sys
from collections.abc import Callable, Sequence
from importlib.util import source_hash
from pathlib import Path
from typing import Any, Final

FOLDER: Final = "__pycache__"

Bulk = bytes | memoryview
"""Bytes that are too many to be read at every start: they stay on the disk until they are looked at."""

_MARK: Final = 8
"""Bytes of a hash, and of a length."""

_LARGE: Final = 100_000
"""Bytes of a file from which on it is not read whole."""


def kept(name: str, sources: Sequence[Path], make: Callable[[], Any]) -> Any:
    """What `make` gives, kept under `name` beside the first of `sources`, or with the user's caches.

    `sources` are the files that it is made from, the code that makes it among them: when one changes it is made
    anew. It may hold numbers, texts, tuples, lists and dictionaries. Nothing is written where Python is told not
    to write compiled code either.
    """
    return kept_with_bulk(name, sources, lambda: (make(), b""))[0]


def kept_with_bulk(name: str, sources: Sequence[Path], make: Callable[[], tuple[Any, Bulk]]) -> tuple[Any, Bulk]:
    """`kept`, for data that `make` gives with a bulk beside it."""
    try:
        digest = source_hash(b"".join([source_hash(_bytes(path)) for path in sources]))
    except OSError:
        return make()  # not on a disk: in an archive, say
    file = f"{name}.{sys.implementation.cache_tag}.kept"
    beside = sources[0].parent / FOLDER / file
    found = _found(beside, digest)
    if found is not None:
        return found
    own = None if _writable(beside.parent) else _own_folder()
    if own is None:
        found = make()
        _keep(beside, digest, *found)
        return found
    found = _found(own / file, digest) if _ours(own / file) else None
    if found is None:
        found = make()
        _keep(own / file, digest, *found)
    return found


def can_keep(source: Path) -> bool:
    """Whether what is made from a file can be kept, beside it or elsewhere: much may be made only for that."""
    return not sys.dont_write_bytecode and (_writable(source.parent / FOLDER) or _own_folder() is not None)


def stored(place: Path, digest: bytes) -> Any:
    """What `keep` kept at a place under this digest; None where that is not there, or a byte of it changed."""
    with contextlib.suppress(OSError, EOFError, ValueError, TypeError):
        whole = _bytes(place)
        data = memoryview(whole)[2 * _MARK :]
        if whole.startswith(digest + source_hash(data)):
            return marshal.loads(data)  # noqa: S302 - as trusted as the compiled code around it
    return None


def keep(place: Path, digest: bytes, made: Any) -> bool:
    """Keep what was made; whether that could be done."""
    data = marshal.dumps(made)
    return _write(place, digest, source_hash(data), data)


def _found(place: Path, digest: bytes) -> tuple[Any, Bulk] | None:
    """What was kept with a bulk at a place under this digest; None where there is nothing of the kind."""
    with contextlib.suppress(OSError, EOFError, ValueError, TypeError):
        whole = _mapped(place)
        size, bulk = (int.from_bytes(whole[_MARK * at : _MARK * (at + 1)], "little") for at in (1, 2))
        # What was cut short is not taken, even where that is only the bulk.
        if whole[:_MARK] == digest and size == len(whole):
            # As trusted as the compiled code around it.
            return marshal.loads(whole[3 * _MARK : size - bulk]), whole[size - bulk :]  # noqa: S302
    return None


def _keep(place: Path, digest: bytes, made: Any, bulk: Bulk) -> bool:
    data = marshal.dumps(made)
    sizes = (3 * _MARK + len(data) + len(bulk), len(bulk))
    return _write(place, digest, *[size.to_bytes(_MARK, "little") for size in sizes], data, bulk)


def _writable(folder: Path) -> bool:
    return os.access(folder if folder.exists() else folder.parent, os.W_OK)


def _bytes(path: Path) -> bytes:
    with open(path, "rb", buffering=0) as stream:  # noqa: PTH123 - half the time of Path.read_bytes
        return stream.readall()


def _mapped(path: Path) -> memoryview:
    """A file of which only what is looked at is read."""
    with open(path, "rb", buffering=0) as stream:  # noqa: PTH123 - as above
        if os.fstat(stream.fileno()).st_size < _LARGE:
            return memoryview(stream.readall())
        from mmap import ACCESS_READ, mmap  # noqa: PLC0415 - few starts need it

        return memoryview(mmap(stream.fileno(), 0, access=ACCESS_READ))


def _write(place: Path, *parts: Bulk) -> bool:
    """Under another name first: whoever reads sees all of it or nothing. Whether it could be done."""
    if sys.dont_write_bytecode:
        return False
    new = place.with_name(f"{place.name}.{os.getpid()}")
    with contextlib.suppress(OSError):
        place.parent.mkdir(exist_ok=True, parents=True)
        try:
            with new.open("wb") as stream:
                stream.writelines(parts)
            new.replace(place)
        except OSError:
            new.unlink(missing_ok=True)
            raise
        return True
    return False


def _own_folder() -> Path | None:
    """Where this user's caches are, made where it is not there; None where it is not theirs alone to write."""
    try:
        import platformdirs  # noqa: PLC0415 - only where our own folder cannot be written

        folder = platformdirs.PlatformDirs("callcalm", appauthor=False).user_cache_path
        if not sys.dont_write_bytecode:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder if _ours(folder) else None
    except (OSError, RuntimeError):  # Python raises the latter where nobody has a home
        return None


def _ours(path: Path) -> bool:
    """Whether nobody but this user can have written a file or folder: what is read there is trusted as code is."""
    if sys.platform == "win32":
        return True  # a user's folder is closed to others there
    try:
        about = path.lstat()
    except OSError:
        return False
    if stat.S_ISLNK(about.st_mode) or about.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        return False
    return about.st_uid == os.geteuid()
