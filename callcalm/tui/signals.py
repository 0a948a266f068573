"""SIGTERM and SIGHUP: leave as if the player had quit, so that the terminal comes back whole.

Everything is saved at every step already; what matters here is that nothing is left half drawn.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable

NAMES = ("SIGTERM", "SIGHUP")
"""A request to end, and a window that was closed; Windows knows no SIGHUP."""


def on_end(leave: Callable[[], None]) -> None:
    """Call `leave` when the system asks this process to end. Must be called in the running event loop."""
    loop = asyncio.get_running_loop()
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
