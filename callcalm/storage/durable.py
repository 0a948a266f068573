"""Writing so that it stays written: replace a file whole, or add to its end, and know that it is on the disk.

Every function either does its work and says how certain it is, or leaves what was there and raises `CannotSave`.
What must not be here: any knowledge of what the bytes mean.
"""

from __future__ import annotations

import os
import re
import stat
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from callcalm.storage.trouble import CannotSave

STRAY_AGE = 60
"""Seconds after which a temporary file belongs to nobody any more."""

_PRIVATE = 0o600
_BINARY = getattr(os, "O_BINARY", 0)
_STRAY = re.compile(r"\..+\.toml\.[0-9a-f]{8}\.tmp")
_WAITS = (0.05, 0.1, 0.2, 0.4, 0.75, 1.0)
_HELD_BY_ANOTHER = {5, 32, 33}
"""Windows: access denied, sharing violation, lock violation. A scanner or an indexer lets go soon."""


def replace_file(path: Path, data: bytes) -> bool:
    """Make `data` the whole content of the file: a reader sees the old content or the new, never a part.

    A symbolic link keeps pointing where it points. True if the folder is known to be on the disk too.

    Raises:
        CannotSave: the old content is still there.
    """
    try:
        target = Path(os.path.realpath(path))
        temporary = target.with_name(f".{target.name}.{os.urandom(4).hex()}.tmp")
        _write_new(temporary, data)
        try:
            _replace(temporary, target)
        except BaseException:
            _remove(temporary)
            raise
    except (OSError, ValueError) as error:
        raise CannotSave.because(path, error) from error
    return sync_folder(target.parent)


def create_file(path: Path, data: bytes) -> bool:
    """Write a file that must not exist yet. True if the folder is known to be on the disk too.

    Raises:
        FileExistsError: it was there before, and still is.
        CannotSave: there is no such file then.
    """
    try:
        _write_new(path, data)
    except FileExistsError:
        raise
    except (OSError, ValueError) as error:
        raise CannotSave.because(path, error) from error
    return sync_folder(path.parent)


def append_block(path: Path, data: bytes) -> bool:
    """Add `data` to the end of the file, which is made if need be. True if all of it is known to be on the disk.

    Raises:
        CannotSave: the file has its old length again. Should even that fail, what was written of `data` stays
            behind as a torn end.
    """
    try:
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | _BINARY, _PRIVATE)
        try:
            length = os.fstat(handle).st_size
            try:
                _write_all(handle, data)
                _sync(handle)
            except BaseException:
                with suppress(OSError):
                    os.ftruncate(handle, length)
                    _sync(handle)
                raise
        finally:
            os.close(handle)
    except (OSError, ValueError) as error:
        raise CannotSave.because(path, error) from error
    return sync_folder(path.parent) if length == 0 else True


def shorten(path: Path, length: int) -> None:
    """Cut the file off after `length` bytes.

    Raises:
        CannotSave: the file may have either length then.
    """
    try:
        handle = os.open(path, os.O_WRONLY | _BINARY)
        try:
            os.ftruncate(handle, length)
            _sync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        raise CannotSave.because(path, error) from error


def make_folder(folder: Path) -> None:
    """Make the folder, and those above it, for this user alone.

    Raises:
        CannotSave: there is no such folder then.
    """
    try:
        if folder.is_dir():
            return
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise CannotSave.because(folder, error) from error
    sync_folder(folder.parent)


def sync_folder(folder: Path | str) -> bool:
    """Put the folder's list of names on the disk. False where the system cannot say whether that worked."""
    if os.name == "nt":
        return True  # the journal of the file system does it; there is no call for it
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return False
    try:
        os.fsync(handle)
    except OSError:
        return False
    finally:
        os.close(handle)
    return True


def clear_strays(folder: Path, now: float) -> None:
    """Remove temporary files that a killed callcalm of this user left behind. `now` is in seconds since 1970."""
    mine = os.getuid() if sys.platform != "win32" else None
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _STRAY.fullmatch(entry.name) is None:
                continue
            with suppress(OSError):
                info = entry.stat(follow_symlinks=False)
                own = mine is None or info.st_uid == mine
                if own and stat.S_ISREG(info.st_mode) and now - info.st_mtime > STRAY_AGE:
                    Path(entry.path).unlink()


def _write_new(path: Path, data: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, _PRIVATE)
    try:
        try:
            _write_all(handle, data)
            _sync(handle)
        finally:
            os.close(handle)  # before any rename or removal: Windows does neither to an open file
    except BaseException:
        _remove(path)
        raise


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


def _write_all(handle: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


def _sync(handle: int) -> None:
    if sys.platform == "darwin":
        import fcntl  # noqa: PLC0415 - not on Windows

        # There, fsync alone leaves the data in the drive's cache; some network drives know only fsync.
        with suppress(OSError):
            fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
            return
    os.fsync(handle)


def _replace(temporary: Path, target: Path, wait: Callable[[float], None] = time.sleep) -> None:
    for pause in _WAITS:
        try:
            temporary.replace(target)
        except OSError as error:
            if getattr(error, "winerror", None) not in _HELD_BY_ANOTHER:
                raise
            wait(pause)
        else:
            return
    temporary.replace(target)


def is_same(one: Path, other: Path) -> bool:
    """Whether two paths lead to the same file or folder; False if the system cannot tell."""
    try:
        return one.samefile(other)
    except (OSError, ValueError):
        return False
