"""Work done aside: by another processor, in a process split off for it, while this one goes on.

`multiprocessing` does this and much else; to load it takes as long as to check a small file. What must not be
here: what the work is.
"""

from __future__ import annotations

import gc
import marshal
import os
from collections.abc import Callable
from contextlib import suppress
from functools import cache

from callcalm.core.hints import Any, Final, NoReturn

_HERE: Final = os.getpid()
"""This process, and no other that was split off it."""

_END: Final = 9
"""The signal that ends a process at once. To load what knows its name takes longer than the system's call."""


@cache
def hands() -> int:
    """How many processors may work for us, 1 or more; 1 where a process cannot safely be split in two."""
    # Windows cannot at all, and on macOS what the system has loaded may not survive it: neither has this function.
    ours = getattr(os, "sched_getaffinity", None)
    return 1 if ours is None else len(ours(0))


def aside(work: Callable[[], Any]) -> Callable[[], Any]:
    """Begin some work; the call of what is returned waits for its result.

    The result may hold numbers, texts, bytes, tuples, lists and dictionaries. The work sees all as it stands now,
    and what it changes nobody else sees. Where it cannot be done aside, or its process comes to nothing, it is
    done when its result is asked for. Whoever has other threads does all himself: what they hold is held for ever
    in a process split off. So does a process split off itself.
    """
    import threading  # noqa: PLC0415 - most runs have nothing to be done aside

    if os.getpid() != _HERE or hands() == 1 or threading.active_count() > 1:
        return work
    try:
        reading, writing = os.pipe()
    except OSError:
        return work
    try:
        process = os.fork()
    except OSError:
        os.close(reading)
        os.close(writing)
        return work
    if not process:
        _tell(work, reading, writing)
    os.close(writing)
    return _Result(work, process, reading)


def _tell(work: Callable[[], Any], reading: int, writing: int) -> NoReturn:
    """All that a process split off does."""
    # Whatever goes wrong does so once more, and is told, where the result is asked for.
    with suppress(BaseException):
        # Only who waits may hold that end: when it is gone, nobody must go on writing to it for ever.
        os.close(reading)
        # Its garbage goes with it; to look for some would only copy what is shared.
        gc.disable()
        data = marshal.dumps(work())
        with open(writing, "wb") as stream:
            stream.write(data)
    # Nothing of what is to be done at the end, or is still to be printed, is for this one to do.
    os._exit(0)


class _Result:
    """What a process tells of its work. One that nobody asks any more is ended."""

    def __init__(self, work: Callable[[], Any], process: int, reading: int) -> None:
        self._work = work
        self._process = process
        self._stream = open(reading, "rb", buffering=0)  # noqa: SIM115 - it is open until somebody asks

    def __call__(self) -> Any:
        """The result."""
        with self._stream:
            data = self._stream.readall()
        self._reap()
        try:
            return marshal.loads(data)  # noqa: S302 - it comes from this very program
        except (EOFError, ValueError, TypeError):
            # Its process ended before it said anything, or while it did.
            return self._work()

    def __del__(self) -> None:
        if not self._stream.closed:
            self._stream.close()
            with suppress(OSError):
                os.kill(self._process, _END)
            self._reap()

    def _reap(self) -> None:
        # Where the system was told to forget processes that end, there is nobody to wait for.
        with suppress(OSError):
            os.waitpid(self._process, 0)
