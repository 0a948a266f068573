"""`callcalm`: the parser, and which command runs. Nothing heavy is imported here: start-up time is a feature."""

from __future__ import annotations

import argparse
import errno
import gc
import os
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from importlib import import_module

from callcalm import __version__
from callcalm.cli import home
from callcalm.cli.exits import BROKEN_PIPE, INTERRUPTED, UNSAVED, USAGE
from callcalm.cli.help_ import Help
from callcalm.core.hints import Any, NoReturn
from callcalm.core.text import safe
from callcalm.language import _, current, use

COMMANDS = {
    "play": "play",
    "drill": "drill",
    "today": "today",
    "campaign": "campaign",
    "host": "host",
    "session": "session",
    "serve": "serve",
    "stats": "stats",
    "promises": "promises",
    "debrief": "debrief",
    "practise": "practise",
    "check": "check",
    "lint": "lint",
    "explain": "explain",
    "list": "list_",
    "new": "new",
    "write": "write",
    "import": "import_",
    "export": "export",
    "print": "print_",
    "deck": "deck",
    "explore": "explore",
    "book": "book",
    "diff": "diff",
    "replay": "replay",
    "coverage": "coverage",
    "paths": "paths",
    "completion": "completion",
}
"""The module of each command, in the order of the help; each has `add` and is run by the function it sets."""

_CANNOT_WRITE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
"""What the system says where a disk is full, or broken."""


class Parser(argparse.ArgumentParser):
    """Says what was probably meant, where it can, and always how to get help."""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> tuple[Any, list[str]]:
        """As argparse does; but what a command does not know is told by that command, not by the whole."""
        known, rest = super().parse_known_args(args, namespace)
        if rest:
            near = _nearest(rest[0][2:].partition("=")[0], [name[2:] for name in self._option_string_actions])
            near = f"--{near}" if near and rest[0].startswith("--") else ""
            self._leave(_("unrecognized arguments: %s") % " ".join(rest), near)
        return known, rest

    def error(self, message: str) -> NoReturn:
        """Print what is wrong, then leave with the code for usage."""
        from callcalm.cli.parsing_words import mistyped

        said, word, choices = mistyped(message)
        self._leave(said, _nearest(word, choices))

    def _leave(self, message: str, near: str) -> NoReturn:
        self.print_usage(sys.stderr)
        sys.stderr.write(f"{self.prog}: {safe(message, multiline=False)}\n")
        if near:
            sys.stderr.write(_("Did you mean “{word}”?").format(word=near) + "\n")
        sys.stderr.write(_("Try “{command} --help”.").format(command=self.prog) + "\n")
        sys.exit(USAGE)


def parser(wanted: str | None = None) -> argparse.ArgumentParser:
    """The whole command line; only as much of it as the command `wanted` needs, when that is one.

    An empty `wanted` is home, which needs none of them.
    """
    made = Parser(
        prog="callcalm",
        formatter_class=Help,
        description=_("Examples:")
        + "\n  callcalm                              "
        + _("open callcalm: pick an encounter, or go on where you were")
        + "\n  callcalm play lost-referral           "
        + _("play one encounter")
        + "\n  callcalm play lost-referral --plain   "
        + _("the same, line by line")
        + "\n  callcalm list                         "
        + _("what there is to play")
        + "\n\n"
        + _("A flight simulator for difficult conversations. It works offline; nothing leaves this machine."),
        epilog=_(
            "Exit codes: 0 all well, 1 something is wrong in a file, 2 wrong command line, "
            "3 a round could not be saved."
        )
        + "\n"
        + _("Settings and saves: see “callcalm paths”. NO_COLOR, CALLCALM_PLAIN and CALLCALM_SAVES are honoured."),
    )
    made.add_argument(
        "--version",
        action="version",
        version=f"callcalm {__version__}",
        help=_("show program's version number and exit"),
    )
    home.add(made)
    if wanted == "":
        return made
    commands = made.add_subparsers(title=_("commands"), metavar="COMMAND", parser_class=Parser, prog=made.prog)
    for name, module in COMMANDS.items():
        if wanted == name or wanted not in COMMANDS:
            import_module(f"callcalm.cli.{module}").add(commands)
    return made


def main(argv: Sequence[str]) -> int:
    """Run one command; its exit code."""
    use("auto")
    if current() != "en":
        from callcalm.cli.parsing_words import speak

        speak()
    parsed = parser(argv[0] if argv else "").parse_args(argv)
    gc.enable()
    try:
        code: int = parsed.run(parsed)
        sys.stdout.flush()
    except KeyboardInterrupt:
        sys.stderr.write("\n")
        return INTERRUPTED
    except BrokenPipeError:
        _write_no_more()
        return BROKEN_PIPE
    except OSError as failed:
        # Whatever writes files tells of its own trouble: what is left is a disk that standard output goes to.
        if failed.errno not in _CANNOT_WRITE:
            raise
        _write_no_more()
        with suppress(OSError):
            told = _("standard output cannot be written: {reason}").format(reason=os.strerror(failed.errno))
            sys.stderr.write(f"callcalm: {told}\n")
        return UNSAVED
    return code


def _write_no_more() -> None:
    """Let what is still to be written to standard output go nowhere, or Python would try again on its way out."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _nearest(word: str, choices: Iterable[str]) -> str:
    """The command, choice or option that a mistyped word is nearest to, if one is near."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, choices, 1)), "") if word else ""
