"""`callcalm paths`: where everything lives."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from callcalm.cli import options
from callcalm.cli.exits import OK
from callcalm.core.hints import TYPE_CHECKING
from callcalm.language import _

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def add(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """The options of `callcalm paths`."""
    parser = commands.add_parser("paths", help=_("where saves, settings and scenarios live"))
    options.add_desk(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print one `name: path` line each."""
    package = Path(__file__).parents[1]
    for name, path in {**options.desk(args).places(), "schemas": package / "content" / "schemas"}.items():
        sys.stdout.write(f"{name}: {path}\n")
    return OK
