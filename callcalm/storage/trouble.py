"""What can go wrong with saves, as types with fields: front ends put it into words.

What must not be here: sentences for players, or anything that touches a disk.
"""

from __future__ import annotations

import errno
from enum import StrEnum
from pathlib import Path

from callcalm.core.records import NamedTuple


class Reason(StrEnum):
    """Why something cannot be saved."""

    FULL = "full"
    READ_ONLY = "read-only"
    DENIED = "denied"
    DISK = "disk"
    NO_FOLDER = "no-folder"
    NAME = "name"
    IN_USE = "in-use"
    TOO_LARGE = "too-large"
    OTHER = "other"


_REASONS = {
    errno.ENOSPC: Reason.FULL,
    errno.EDQUOT: Reason.FULL,
    errno.EFBIG: Reason.FULL,
    errno.EROFS: Reason.READ_ONLY,
    errno.EACCES: Reason.DENIED,
    errno.EPERM: Reason.DENIED,
    errno.EIO: Reason.DISK,
    errno.ENOENT: Reason.NO_FOLDER,
    errno.ENOTDIR: Reason.NO_FOLDER,
    errno.EEXIST: Reason.NO_FOLDER,
    errno.ENAMETOOLONG: Reason.NAME,
    errno.EINVAL: Reason.NAME,
    errno.ELOOP: Reason.NAME,
}


class CannotSave(Exception):
    """Something could not be written; what stood on the disk before stands there still.

    `path` is the file or folder, `code` the system's errno (0 if it was not the system that refused).
    """

    def __init__(self, path: Path, reason: Reason, code: int = 0) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason
        self.code = code

    @classmethod
    def because(cls, path: Path, error: OSError | ValueError) -> CannotSave:
        """From what the system said; a ValueError is a name that no file can have."""
        if not isinstance(error, OSError):
            return cls(path, Reason.NAME)
        code = error.errno or 0
        return cls(path, _REASONS.get(code, Reason.OTHER), code)


class Saved(NamedTuple):
    """A save that worked. `certain` is False when the system could not say that it would outlive a power cut."""

    path: Path
    certain: bool = True


class Trouble(StrEnum):
    """What was met in a save. Nothing of it was dropped: it is where `SaveProblem` says."""

    DAMAGED = "damaged"
    """A stretch of the log that cannot be read. It stays in its place."""
    TORN = "torn"
    """The end of the log, cut off in the middle of a write. The next save sets it aside."""
    SET_ASIDE = "set-aside"
    """A torn end was moved to `moved_to`."""
    FIELDS = "fields"
    """A round or a setting was read, but for some values that are not of the right kind."""
    SETTINGS = "settings"
    """Settings that are not TOML: the defaults count. Once a setting changes, the file is in `moved_to`."""
    NEWER = "newer"
    """Written by a later callcalm: left as it is, and not added to."""
    CALL_CORRUPT = "call-corrupt"
    """A call in progress that cannot be read; it was moved to `moved_to`."""
    CALL_NEWER = "call-newer"
    """A call in progress of a later callcalm; `moved_to` says where, once another call took its place."""
    UNREADABLE = "unreadable"
    """A file that the system does not let us read or write; it is left alone."""
    TOO_LARGE = "too-large"
    """A file so large that only its beginning is read."""
    AWAY = "away"
    """The folder of the saves that the settings name is not there: saves go to `moved_to` until it is."""
    NO_LOCKS = "no-locks"
    """The file system knows no locks: two windows of one player would not notice each other."""


class SaveProblem(NamedTuple):
    """One thing met in a save.

    `lines` are the first and last line concerned, counting from 1; `detail` is the reader's own message, in
    English and safe to show.
    """

    kind: Trouble
    path: Path
    lines: tuple[int, int] | None = None
    detail: str = ""
    moved_to: Path | None = None
