"""One learner's screens for a browser: `python -m callcalm.tui.served FOLDER`, started by `callcalm serve` alone.

The process limits itself before anything else is loaded. What must not be here: the server (`room`).
"""

from __future__ import annotations

import sys
from pathlib import Path

MEMORY = 512 * 2**20
"""Bytes of data a session may hold; it needs a seventh of that."""

FILE = 16 * 2**20
"""Bytes that a file it writes may have; a save of ten thousand rounds has less."""

FILES = 64
"""Files it may hold open."""

COMPUTING = 30 * 60
"""Seconds of computing; a day of practice takes some minutes."""


def limit() -> None:
    """Take from this process what it never needs, where the system knows such limits."""
    if sys.platform == "win32":
        return
    import resource

    wanted = {"RLIMIT_DATA": MEMORY, "RLIMIT_FSIZE": FILE, "RLIMIT_NOFILE": FILES, "RLIMIT_CPU": COMPUTING}
    for name, most in {**wanted, "RLIMIT_CORE": 0}.items():
        which = getattr(resource, name)
        hard = resource.getrlimit(which)[1]
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(which, (bound, bound))


def main(folder: Path) -> int:
    """Play in this folder until the learner leaves."""
    limit()
    from callcalm.language import use
    from callcalm.practice.desk import Desk
    from callcalm.tui.app import run

    use("auto")
    desk = Desk.open(saves=folder, served=True)
    try:
        run(desk)
    finally:
        desk.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
