"""`callcalm completion SHELL`: a completion script for the shell."""

from __future__ import annotations

import argparse
import sys

from callcalm.cli.exits import OK
from callcalm.cli.help_ import Help
from callcalm.core.hints import TYPE_CHECKING
from callcalm.language import _

if TYPE_CHECKING:
    from argparse import _SubParsersAction

SHELLS = ("bash", "zsh", "tcsh")


def add(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """The options of `callcalm completion`."""
    parser = commands.add_parser(
        "completion",
        help=_("print a completion script for your shell"),
        formatter_class=Help,
        description=_("Examples:")
        + "\n  callcalm completion bash > ~/.local/share/bash-completion/completions/callcalm"
        + "\n  callcalm completion zsh > ~/.zfunc/_callcalm",
    )
    parser.add_argument("shell", choices=SHELLS, metavar="SHELL", help=", ".join(SHELLS))
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the script."""
    import shtab

    from callcalm.cli.main import parser

    sys.stdout.write(shtab.complete(parser(), args.shell) + "\n")
    return OK
