"""Data made from shipped files, kept beside them as Python keeps compiled code: a start need not make it anew.

What is kept stands in ``__pycache__``, or with the user's own caches where that cannot be written, and counts only
as long as every byte that it was made from is the same. Files that the system says nobody has touched since need
not be read for that. Wherever it cannot be read or written, it is simply made. What must not be here: any
knowledge of the data.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import stat
import sys
import time
from collections.abc import Callable, Sequence
from functools import cached_property
from importlib.util import source_hash
from pathlib import Path

from callcalm.core.hints import Any, Final

FOLDER: Final = "__pycache__"

Bulk = bytes | memoryview
"""Bytes that are too many to be read at every start: they stay on the disk until they are looked at."""

_MARK: Final = 8
"""Bytes of a hash, and of a length."""

_HEAD: Final = 4 * _MARK
"""Bytes before what is kept: the digest of what it was made from, its stamp, and two sizes."""

_LARGE: Final = 100_000
"""Bytes of a file from which on it is not read whole."""

_SETTLED: Final = 3_000_000_000
"""Nanoseconds for which nobody touched a file before it is known by its times: no system's are coarser."""


class _Sources:
    """The files that something is made from: known at a glance by their stamp, for certain by their digest.

    The stamp is made of what the system says of each: where it is, its size, when it was written, and when it was
    last touched in any way. The last cannot be set by whoever copies, unpacks or checks out a file of another
    time, so the same stamp means the same bytes. There is none (it is empty) while a file was touched just now: it
    could be touched again, and get the same times. Raises `OSError` where a file is not on a disk.
    """

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = paths
        now = time.time_ns()
        told: list[tuple[object, ...]] = []
        settled = True
        for path in paths:
            about = os.stat(path)  # noqa: PTH116 - half the time of Path.stat
            told.append((about.st_dev, about.st_ino, about.st_size, about.st_mtime_ns, about.st_ctime_ns))
            settled = settled and max(about.st_mtime_ns, about.st_ctime_ns) < now - _SETTLED
        self.stamp = source_hash(repr(told).encode()) if settled else b""

    @cached_property
    def digest(self) -> bytes:
        """What stands in the files, as a number."""
        return source_hash(b"".join([source_hash(_bytes(path)) for path in self._paths]))


def kept(name: str, sources: Sequence[Path], make: Callable[[], Any]) -> Any:
    """What `make` gives, kept under `name` beside the first of `sources`, or with the user's caches.

    `sources` are the files that it is made from, the code that makes it among them: when one changes it is made
    anew. It may hold numbers, texts, tuples, lists and dictionaries. Nothing is written where Python is told not
    to write compiled code either.
    """
    return kept_with_bulk(name, sources, lambda: (make(), b""))[0]


def kept_with_bulk(name: str, sources: Sequence[Path], make: Callable[[], tuple[Any, Bulk]]) -> tuple[Any, Bulk]:
    """`kept`, for data that `make` gives with a bulk beside it."""
    file = f"{name}.{sys.implementation.cache_tag}.kept"
    beside = sources[0].parent / FOLDER / file
    try:
        # Before anything is read: what changes meanwhile has another stamp the next time.
        known = _Sources(sources)
        found = _found(beside, known)
        if found is not None:
            return found
        own = None if _writable(beside.parent) else _own_folder()
        place = beside if own is None else own / file
        if own is not None and _ours(place):
            found = _found(place, known)
        digest = known.digest
    except OSError:
        return make()  # not on a disk: in an archive, say
    if found is None:
        found = make()
        _keep(place, digest, known.stamp, *found)
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


def prune(folder: Path, most_files: int, most_bytes: int) -> None:
    """Forget what was kept longest ago in a folder, where there is too much. Raises `OSError`."""
    with os.scandir(folder) as entries:
        files = sorted(((one.stat().st_mtime, one.stat().st_size, one.path) for one in entries), reverse=True)
    whole = 0
    for number, (_, size, path) in enumerate(files):
        whole += size
        if number >= most_files or whole > most_bytes:
            Path(path).unlink(missing_ok=True)


def _found(place: Path, known: _Sources) -> tuple[Any, Bulk] | None:
    """What was kept with a bulk at a place, made from these files as they are; None where there is nothing so."""
    try:
        whole = _mapped(place)
    except (OSError, ValueError):
        return None
    size, bulk = (int.from_bytes(whole[_MARK * at : _MARK * (at + 1)], "little") for at in (2, 3))
    # What was cut short is not taken, even where that is only the bulk.
    if len(whole) < _HEAD or size != len(whole):
        return None
    if not known.stamp or whole[_MARK : 2 * _MARK] != known.stamp:
        if whole[:_MARK] != known.digest:
            return None
        _stamp(place, known.stamp)
    with contextlib.suppress(EOFError, ValueError, TypeError):
        # As trusted as the compiled code around it.
        return marshal.loads(whole[_HEAD : size - bulk]), whole[size - bulk :]  # noqa: S302
    return None


def _keep(place: Path, digest: bytes, stamp: bytes, made: Any, bulk: Bulk) -> bool:
    data = marshal.dumps(made)
    sizes = (_HEAD + len(data) + len(bulk), len(bulk))
    numbers = [size.to_bytes(_MARK, "little") for size in sizes]
    return _write(place, digest, stamp.ljust(_MARK, b"\0"), *numbers, data, bulk)


def _stamp(place: Path, stamp: bytes) -> None:
    """Write the stamp of the same files as they are now into what is kept: the next start need not read them."""
    if not stamp or sys.dont_write_bytecode:
        return
    # In its place: whoever reads meanwhile sees an old stamp, a new one or a mixed one, and looks at the digest.
    with contextlib.suppress(OSError), place.open("r+b", buffering=0) as stream:
        stream.seek(_MARK)
        stream.write(stamp)


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
