"""Work done aside: by another processor, in a process split off for it, while this one goes on.

What must not be here: what the work is.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from functools import cache, partial

from callcalm.core.hints import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_Plain = TypeVar("_Plain")


@cache
def hands() -> int:
    """How many processors may work for us, 1 or more; 1 where a process cannot safely be split in two."""
    # Windows cannot at all, and on macOS what the system has loaded may not survive it: neither has this function.
    ours = getattr(os, "sched_getaffinity", None)
    return 1 if ours is None else len(ours(0))


def aside(work: Callable[[], _Plain]) -> Callable[[], _Plain]:
    """Begin some work; the call of what is returned waits for its result, which must be plain data.

    The work sees all as it stands now, and what it changes nobody else sees. Where it cannot be done aside, or its
    process comes to nothing, it is done when its result is asked for. Whoever has other threads does all himself:
    what they hold is held for ever in a process split off. So does a process split off itself.
    """
    import threading  # noqa: PLC0415 - most runs have nothing to be done aside
    from multiprocessing import current_process, get_context  # noqa: PLC0415 - as above

    if hands() == 1 or threading.active_count() > 1 or current_process().daemon:
        return work
    context = get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(work, receiving, sending), daemon=True)
    try:
        process.start()
    except OSError:
        receiving.close()
        return work
    finally:
        sending.close()
    return partial(_result, work, receiving)


def _send(work: Callable[[], object], receiving: Connection, sending: Connection) -> None:
    # Only who waits may hold that end: when it is gone, nobody must go on sending to it for ever.
    receiving.close()
    # Whatever goes wrong does so once more, and is told, where the result is asked for.
    with suppress(BaseException):
        sending.send(work())


def _result(work: Callable[[], _Plain], receiving: Connection) -> _Plain:
    try:
        with receiving:
            found: _Plain = receiving.recv()
    except (EOFError, OSError):
        # Its process ended before it said anything, or while it did.
        return work()
    return found
