"""The phrasebooks that a command reads with: the shipped ones, the player's own, and those of `--phrases`."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from callcalm.cli import options
from callcalm.language import _

if TYPE_CHECKING:
    from callcalm.letters.books import Books


def add(parser: argparse.ArgumentParser) -> None:
    """The options."""
    options.add_phrases(parser)
    parser.add_argument("--saves", metavar="DIR", type=Path, help=_("where your own phrasebook.toml is"))


def books(args: argparse.Namespace) -> Books:
    """The phrasebooks these options ask for; the player's own counts wherever there is one."""
    from callcalm.letters.books import OWN, Books
    from callcalm.storage.folders import find

    own = find(args.saves, os.environ, Path.cwd()).settings.parent / OWN
    return Books((*([own] if own.is_file() else []), *map(Path, args.phrases)))
