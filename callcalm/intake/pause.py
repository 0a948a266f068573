"""A pause for the garbage collector while much is built that stays. What must not be here: anything that loads."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Do not look for garbage while a large file becomes values: all of it is in use, and each look takes longer.

    What is no longer used is freed as always; only circles wait. Within another pause it does nothing.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
