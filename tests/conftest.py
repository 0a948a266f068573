from __future__ import annotations

import os
import signal


def pytest_configure() -> None:
    """A shell starts what it puts in the background deaf to Ctrl-C; so would be what a test starts."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_xdist_auto_num_workers() -> int:
    """Half as many workers again as there are processors: the tests of the screens wait more than they work."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return processors + processors // 2
