"""The phrasebooks that a command reads with: the shipped ones, the player's own, and those of `--phrases`."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from callcalm.cli import options
from callcalm.core.hints import TYPE_CHECKING
from callcalm.language import _

if TYPE_CHECKING:
    from callcalm.intake.problems import BadFile
    from callcalm.letters.books import Books


def add(parser: argparse.ArgumentParser) -> None:
    """The options."""
    options.add_phrases(parser)
    parser.add_argument("--saves", metavar="DIR", type=Path, help=_("where your own phrasebook.toml is"))


def books(args: argparse.Namespace) -> Books:
    """The phrasebooks these options ask for; the player's own counts wherever there is one."""
    from callcalm.letters.books import Books
    from callcalm.storage.folders import find

    return Books((*find(args.saves, os.environ, Path.cwd()).phrasebooks(), *map(Path, args.phrases)))


def unread(files: tuple[Path, ...]) -> BadFile | None:
    """The first of these phrasebooks that is no file or cannot be read; what is written in it is not looked at."""
    if not files:
        return None
    from callcalm.coach.loading import CAP
    from callcalm.intake import read
    from callcalm.intake.problems import BadFile

    for file in files:
        try:
            read(file, CAP)
        except BadFile as bad:
            return bad
    return None
