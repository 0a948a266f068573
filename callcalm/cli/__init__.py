"""The command line: one file a command; a front end is imported only inside the command that needs it."""

from __future__ import annotations

import gc
import sys

from callcalm import __version__

# As `core.hints` has it, of which the version needs nothing.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import NoReturn


def run() -> NoReturn:
    """Run what the command line asks for, and leave with its exit code.

    The version is answered before anything is built: it is what scripts ask most.
    """
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"callcalm {__version__}\n")
        sys.exit(0)
    # Nothing of what is loaded now is garbage; `main` looks for some again once a command runs.
    gc.disable()
    from callcalm.cli.main import main

    code = main(sys.argv[1:])
    # The system takes all memory back at once; Python would look through it for garbage first.
    gc.freeze()
    sys.exit(code)
