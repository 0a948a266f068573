"""Exit codes, as the README writes them down."""

from __future__ import annotations

from callcalm.core.hints import TYPE_CHECKING

if TYPE_CHECKING:
    from callcalm.intake.problems import BadFile

OK = 0
FOUND = 1
"""The command ran and found something wrong, as with a broken scenario."""
USAGE = 2
"""The command line was off, or what it names does not exist or cannot be used to work with."""
UNSAVED = 3
"""What was made could not be kept: a round not be saved, a file not be written."""
INTERRUPTED = 130
"""Ctrl-C."""
BROKEN_PIPE = 141
"""Whoever read the output went away."""


def refused(bad: BadFile) -> int:
    """Say what is wrong with a file on standard error, and give the exit code.

    That is USAGE for one that cannot be read, and for a phrasebook of one's own: no command is about that.
    """
    import sys

    from callcalm.intake.codes import Code
    from callcalm.letters.books import BadPhrases

    sys.stderr.write(f"{bad}\n")
    unread = {Code.NO_FILE, Code.UNREADABLE, Code.NOT_A_FILE}
    return USAGE if isinstance(bad, BadPhrases) or bad.problems[0].code in unread else FOUND
