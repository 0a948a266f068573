"""The command line: one file a command; a front end is imported only inside the command that needs it."""

from __future__ import annotations

import gc
import os
import sys
from io import TextIOWrapper

from callcalm import __version__

# As `core.hints` has it, of which the version needs nothing.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import NoReturn


def run() -> NoReturn:
    """Run what the command line asks for, and leave with its exit code.

    The version is answered before anything is built: it is what scripts ask most.
    """
    _open_streams()
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


def _open_streams() -> None:
    """Make the standard streams usable, whoever started us and with whatever settings.

    One that is closed reads or writes nothing. Bytes that are no text are read as U+FFFD. Characters that a
    terminal does not have become question marks; a file or a pipe gets UTF-8, for what we write says that it is,
    unless somebody asks for something else.
    """
    # In this order: each takes the lowest number that is free, which is its own.
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115 - open for as long as we run
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    asked = os.environ.get("PYTHONIOENCODING")
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding=None if asked or sys.stdout.isatty() else "utf-8", errors="replace")
