"""`callcalm`: open callcalm at home."""

from __future__ import annotations

import argparse

from callcalm.cli import options
from callcalm.cli.front import open_front


def add(parser: argparse.ArgumentParser) -> None:
    """The options of `callcalm` alone."""
    options.add_desk(parser, top=True)
    options.add_look(parser, top=True)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Home, in whichever front end fits."""
    return open_front(args)
