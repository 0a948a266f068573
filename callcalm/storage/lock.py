"""One window at a time: the lock on a slot, and who holds it.

The lock is the system's own, on a file that is never removed; it ends with the process, however that ends. Who
holds it stands in a file beside it, which says nothing once the lock is free. What must not be here: saves.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from pathlib import Path

from callcalm.core.records import NamedTuple
from callcalm.core.text import safe
from callcalm.storage import emit
from callcalm.storage.fields import Fields
from callcalm.storage.trouble import CannotSave

_TAKEN = {errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES}
_NO_LOCKS = {errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP}
_CAP = 4096


class Holder(NamedTuple):
    """The window that holds a lock, as far as it said: process number, machine, and since when (UTC)."""

    pid: int = 0
    host: str = ""
    since: datetime | None = None


class WindowLock:
    """The lock on one slot. `supported` is False where the file system knows no locks."""

    def __init__(self, path: Path, holder: Path) -> None:
        self._path = path
        self._holder = holder
        self._let_go: Callable[[], object] | None = None
        self.supported = True

    def take(self, now: datetime) -> Holder | None:
        """Take the lock. If another window has it, say which; None means that it is ours.

        On a file system without locks it is ours, for want of anything better, and `supported` says so.

        Raises:
            CannotSave: the folder cannot be written to.
        """
        try:
            self._let_go = _acquire(self._path)
        except OSError as error:
            if error.errno not in _NO_LOCKS:
                raise CannotSave.because(self._path, error) from error
            self.supported = False
        if self._let_go is None and self.supported:
            return read_holder(self._holder)
        try:
            _write_holder(self._holder, now)
        except BaseException:
            self.release()
            raise
        return None

    def release(self) -> None:
        """Let the lock go, if it is held."""
        let_go, self._let_go = self._let_go, None
        if let_go is not None:
            with suppress(OSError):
                self._holder.unlink()
            with suppress(OSError):
                let_go()


@contextmanager
def to_change(path: Path) -> Iterator[bool]:
    """A file that is there, for a moment of one's own: False where another callcalm is changing it just now.

    Who finds its content unchanged in here may replace it whole. Without locks (on Windows, on some file systems)
    it is always one's own. Raises OSError where the file cannot be opened.
    """
    if os.name == "nt":
        yield True
        return
    import fcntl  # noqa: PLC0415 - not on Windows

    handle = os.open(path, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            free = error.errno not in _TAKEN
        else:
            free = True
        yield free
    finally:
        os.close(handle)


def _by_flock(path: Path) -> Callable[[], object] | None:
    """Lock the file; what lets it go again, or None if it is locked already."""
    import fcntl  # noqa: PLC0415 - not on Windows

    handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(handle)
        if error.errno in _TAKEN:
            return None
        raise
    return partial(os.close, handle)


def _by_library(path: Path) -> Callable[[], object] | None:
    """The same for Windows, whose locks have more corners than one would want to know of."""
    import filelock  # noqa: PLC0415 - some 30 ms, and only for Windows

    lock = filelock.FileLock(path, thread_local=False, fallback_to_soft=False, preserve_lock_file=True)
    try:
        lock.acquire(blocking=False)
    except filelock.Timeout:
        return None
    return lock.release


_acquire = _by_library if os.name == "nt" else _by_flock


def read_holder(path: Path) -> Holder:
    """Who wrote the file; an empty `Holder` if that cannot be read."""
    from callcalm.intake import BadFile, parse, read  # noqa: PLC0415 - only a second window needs it

    try:
        fields = Fields(parse(read(path, _CAP)).values)
    except BadFile:
        return Holder()
    return Holder(fields.number("pid"), fields.word("host"), fields.moment("since"))


def _write_holder(path: Path, now: datetime) -> None:
    host = os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")
    pairs = [("pid", os.getpid()), ("host", safe(host, multiline=False)), ("since", now.replace(microsecond=0))]
    try:
        # Not synced: it only has to outlive this process by accident. But a full disk shows here, before a call.
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            os.write(handle, emit.lines(pairs).encode())
        finally:
            os.close(handle)
    except OSError as error:
        raise CannotSave.because(path, error) from error
