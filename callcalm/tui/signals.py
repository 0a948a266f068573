"""SIGTERM, SIGHUP, a terminal that is gone: leave as if the player had quit. The terminal comes back whole.

Everything is saved at every step already; what matters here is that nothing is left half drawn, or running.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable

NAMES = ("SIGTERM", "SIGHUP")
"""A request to end, and a window that was closed; Windows knows no SIGHUP."""


EVERY = 5.0
"""Seconds after which it is asked again whether the terminal is still there."""


def on_end(leave: Callable[[], None]) -> None:
    """Call `leave` when the system asks this process to end. Must be called in the running event loop."""
    loop = asyncio.get_running_loop()
    if _there():
        loop.call_later(EVERY, _look, loop, leave)
    for name in NAMES:
        number = getattr(signal, name, None)
        if number is None:
            continue
        try:
            loop.add_signal_handler(number, leave)
        except (NotImplementedError, RuntimeError, ValueError):
            # Windows' loop knows no signal handlers, and only the main thread may set any: the default stays.
            return


def off_end() -> None:
    """Give the signals their default meaning back."""
    loop = asyncio.get_running_loop()
    for name in NAMES:
        number = getattr(signal, name, None)
        if number is not None:
            try:
                loop.remove_signal_handler(number)
            except (NotImplementedError, RuntimeError, ValueError):
                return


def _look(loop: asyncio.AbstractEventLoop, leave: Callable[[], None]) -> None:
    """Leave if the terminal is gone. Only the first process in it is told by SIGHUP, and it may be another."""
    if _there():
        loop.call_later(EVERY, _look, loop, leave)
    else:
        leave()


def _there() -> bool:
    """Whether keys come from a terminal."""
    try:
        return sys.__stdin__ is not None and os.isatty(sys.__stdin__.fileno())
    except (OSError, ValueError):
        return False
