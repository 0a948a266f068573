"""Exit codes, as the README writes them down."""

from __future__ import annotations

OK = 0
FOUND = 1
"""The command ran and found something wrong, as with a broken scenario."""
USAGE = 2
"""The command line was off, or what it names does not exist."""
UNSAVED = 3
"""The round was played but could not be saved."""
INTERRUPTED = 130
"""Ctrl-C."""
BROKEN_PIPE = 141
"""Whoever read the output went away."""
