"""Adding rounds to the end of a log, so that they stay there.

A torn end, left by a crash in the middle of a write, is first copied into a file of its own and then cut off. What
must not be here: reading rounds (see `roundlog`).
"""

from __future__ import annotations

import itertools
import os
import stat
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from callcalm.core.text import Text
from callcalm.storage import durable, emit
from callcalm.storage.blocks import MARK, MAX_BLOCK, MAX_LOG, last_block, open_log
from callcalm.storage.recording import round_pairs
from callcalm.storage.records import FORMAT, RoundRecord
from callcalm.storage.roundlog import header, sound_part
from callcalm.storage.trouble import CannotSave, Reason, Saved, SaveProblem, Trouble

FULL_LOG = MAX_LOG // 2
"""A log of so many bytes is not added to: it must stay readable whole."""

_FIRST_LINE = "# The rounds of one player of callcalm: each is added at the end, and nothing else is changed.\n"


def new_header(player: Text, language: str, created: datetime, app: str) -> bytes:
    """What stands at the beginning of a new log."""
    when = created.astimezone(UTC).replace(microsecond=0)
    pairs = [("format", FORMAT), ("app", app), ("player", player), ("language", language), ("created", when)]
    return (_FIRST_LINE + emit.lines(pairs)).encode()


def round_block(record: RoundRecord) -> bytes:
    """A round as it stands in a log, with an empty line before it: so it begins a line, whatever stood there."""
    return b"\n" + MARK + b"\n" + emit.lines(round_pairs(record)).encode()


def can_add(path: Path, problems: list[SaveProblem]) -> bool:
    """Whether rounds may be added to this log; why not goes to `problems`, unless it is only full."""
    try:
        handle = os.open(path, os.O_RDWR | getattr(os, "O_NONBLOCK", 0))
        try:
            info = os.fstat(handle)
        finally:
            os.close(handle)
    except FileNotFoundError:
        return True
    except (OSError, ValueError) as error:
        problems.append(SaveProblem(Trouble.UNREADABLE, path, detail=type(error).__name__))
        return False
    if not stat.S_ISREG(info.st_mode):
        problems.append(SaveProblem(Trouble.UNREADABLE, path, detail="not a regular file"))
        return False
    if info.st_size > FULL_LOG:
        return False
    if header(path).newer:
        problems.append(SaveProblem(Trouble.NEWER, path))
        return False
    return True


def add_blocks(path: Path, first: bytes, added: Iterable[bytes]) -> tuple[Saved, list[SaveProblem]]:
    """Add blocks, each with an end of line before it, to the log; it begins with `first` if it is new.

    They are on the disk then.

    Raises:
        CannotSave: none of them is in the log, but for a torn end at worst.
    """
    parts = list(added)
    data = b"".join(parts)
    if len(data) > FULL_LOG or any(len(part) > MAX_BLOCK for part in parts):
        raise CannotSave(path, Reason.TOO_LARGE)
    size, keep = _end_of(path)
    problems = [_set_aside(path, keep)] if keep < size else []
    certain = durable.append_block(path, data if keep else first + data)
    return Saved(path, certain), problems


def _end_of(path: Path) -> tuple[int, int]:
    """The length of the log, and how much of it to keep."""
    try:
        with open_log(path) as stream:
            last = last_block(stream)
            size = stream.seek(0, os.SEEK_END)
    except FileNotFoundError:
        return 0, 0
    except (OSError, ValueError) as error:
        raise CannotSave.because(path, error) from error
    if last is None or last.ended:
        return size, size
    return size, last.start + sound_part(last)


def _set_aside(path: Path, keep: int) -> SaveProblem:
    """Copy what follows the first `keep` bytes into a file of its own, and then cut it off."""
    try:
        with open_log(path) as stream:
            stream.seek(keep)
            torn = stream.read(MAX_BLOCK)
    except OSError as error:
        raise CannotSave.because(path, error) from error
    for number in itertools.count(1):
        aside = path.with_name(f"{path.stem}.damaged-{number}{path.suffix}")
        try:
            durable.create_file(aside, torn)
        except FileExistsError:
            continue
        break
    durable.shorten(path, keep)
    return SaveProblem(Trouble.SET_ASIDE, path, moved_to=aside)
