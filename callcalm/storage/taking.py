"""Which of a player's slots a window takes for itself, and the call that a window left behind.

What must not be here: what is written into a slot.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from callcalm.storage import addition, durable
from callcalm.storage.lock import Holder, WindowLock
from callcalm.storage.names import Slot
from callcalm.storage.trouble import CannotSave, Reason, SaveProblem, Trouble


def take_slot(
    slots: Sequence[Slot], now: datetime, holders: list[Holder], met: list[SaveProblem]
) -> tuple[Slot, WindowLock]:
    """The first slot that is free and can be written to, and its lock.

    The windows that have a slot before it go to `holders`, what was met to `met`.

    Raises:
        CannotSave: all are held, none can be written to, or locks cannot be made here.
    """
    durable.clear_strays(slots[0].folder, now.timestamp())
    for slot in slots:
        lock = WindowLock(slot.lock, slot.holder)
        holder = lock.take(now)
        if holder is not None:
            holders.append(holder)
            continue
        if addition.can_add(slot.log, met):
            if not lock.supported:
                met.append(SaveProblem(Trouble.NO_LOCKS, slot.folder))
            return slot, lock
        lock.release()
    raise CannotSave(slots[0].log, Reason.IN_USE if holders else Reason.DENIED)


def adopt_call(slots: Sequence[Slot], own: Slot, now: datetime) -> None:
    """Take over the call in progress of a second window that is gone, unless there is one in the `own` slot."""
    for other in slots[own.number :]:
        if own.call.exists() or not other.call.exists():
            continue
        lock = WindowLock(other.lock, other.holder)
        with suppress(CannotSave, OSError):
            if lock.take(now) is None:
                other.call.rename(own.call)
        lock.release()
