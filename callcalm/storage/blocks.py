"""A log of rounds as bytes: where each round begins, without reading what is in it.

A round begins at a line that starts with ``[[rounds]]``, and no text of a player can make such a line: texts stand
in quotes, on the line of their key. So one damaged round never takes another with it. What must not be here: what
a round means.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from errno import EINVAL
from pathlib import Path
from typing import BinaryIO

MARK = b"[[rounds]]"
"""How the first line of a round starts."""

MAX_BLOCK = 4 * 1024 * 1024
"""The longest round that is read, in bytes. The longest call there can be takes less than half of it."""

MAX_LOG = 256 * 1024 * 1024
"""How much of a log is read, in bytes; some 60,000 rounds."""

_CHUNK = 128 * 1024
_LINE_MARK = b"\n" + MARK
_KEEP = len(_LINE_MARK) - 1
_LAST_LINE = re.compile(rb'\nend = "[^"\\\n]*"\s*\Z')
_END_LINE = re.compile(rb'\nend = "[^"\\\n]*"[ \t]*\r?(?:\n|\Z)')
_GLANCE = 512


@dataclass(slots=True)
class Block:
    """A stretch of a log: the header (`header`), or one round with its first line.

    `start` is its offset and `size` its length in bytes; `data` its bytes, cut at `MAX_BLOCK`; `last` whether the
    file ends with it.
    """

    start: int
    size: int
    data: bytes
    header: bool
    last: bool = False

    @property
    def whole(self) -> bool:
        """Whether all of it is in `data`."""
        return self.size == len(self.data)

    @property
    def ended(self) -> bool:
        """Whether its last line says that the round is whole."""
        return _LAST_LINE.search(self.data, max(0, len(self.data) - _GLANCE)) is not None


def open_log(path: Path) -> BinaryIO:
    """The file, to be read; never waits.

    Raises:
        OSError: there is none, or it is no regular file, or it may not be read.
    """
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(EINVAL, "not a regular file")
    return os.fdopen(handle, "rb")


class Lines:
    """The lines of a log, counting from 1, by offset: for offsets that only grow, the file is read once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._offset = 0
        self._line = 1

    def at(self, offset: int) -> int:
        """The line that the byte at `offset` is in."""
        try:
            with open_log(self._path) as stream:
                stream.seek(self._offset)
                while self._offset < offset:
                    data = stream.read(min(_CHUNK, offset - self._offset))
                    if not data:
                        break
                    self._offset += len(data)
                    self._line += data.count(b"\n")
        except OSError:
            pass  # a problem with a line that is a little off is better than none
        return self._line


def blocks(stream: BinaryIO) -> Iterator[Block]:
    """All blocks of a log, in order, the header first (even if it is empty). Reads at most `MAX_LOG` bytes."""
    held = b"\n"  # so that the first line begins like every other
    begin, searched, dropped = 1, 0, 0
    start, header = 0, True
    left = MAX_LOG
    while True:
        chunk = stream.read(min(_CHUNK, left))
        left -= len(chunk)
        held += chunk
        found = held.find(_LINE_MARK, searched)
        while found >= 0:
            size = found + 1 - begin + dropped
            yield Block(start, size, held[begin : min(found + 1, begin + MAX_BLOCK)], header)
            start += size
            begin, searched, dropped, header = found + 1, found + 1, 0, False
            found = held.find(_LINE_MARK, searched)
        if not chunk:
            break
        searched = max(searched, len(held) - _KEEP)
        if searched <= begin:
            continue
        kept = min(begin + MAX_BLOCK, searched)
        # Of a block without end only its beginning is kept.
        dropped += searched - kept
        held, searched, begin = held[begin:kept] + held[searched:], kept - begin, 0
    yield Block(start, len(held) - begin + dropped, held[begin : begin + MAX_BLOCK], header, last=True)


def last_end(data: bytes) -> int:
    """Where the last line that ends a round is over; 0 if there is none."""
    ends = [found.end() for found in _END_LINE.finditer(data)]
    return ends[-1] if ends else 0


def last_block(stream: BinaryIO) -> Block | None:
    """The last block of a log, or None if it is longer than `MAX_BLOCK`. Reads no more than that.

    When the file ends as a finished round does, `data` may be only the end of it.
    """
    size = stream.seek(0, os.SEEK_END)
    glance = _tail(stream, size, _GLANCE)
    if glance.ended:
        return glance
    tail = _tail(stream, size, MAX_BLOCK)
    found = tail.data.rfind(_LINE_MARK) + 1
    if found > 0 or tail.data.startswith(MARK):
        return Block(tail.start + found, tail.size - found, tail.data[found:], header=False, last=True)
    return tail if tail.start == 0 else None


def _tail(stream: BinaryIO, size: int, most: int) -> Block:
    start = max(0, size - most)
    stream.seek(start)
    data = stream.read(size - start)
    return Block(start, len(data), data, header=start == 0, last=True)
