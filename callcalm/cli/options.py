"""Options that several commands share, and opening a desk from them."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from callcalm.core.hints import TYPE_CHECKING, Any
from callcalm.language import _

if TYPE_CHECKING:
    from callcalm.practice.desk import Desk

ROOM = "pip install 'callcalm[room]'"
"""What brings the libraries for phones and for learners in a browser."""

MOST_PORT = 65_535
MOST_SEED = 2**31 - 1

THEMES = ("calm", "contrast", "projector", "ansi-dark", "ansi-light")
"""The themes of the screens, named here too so that a command line needs no Textual; a test compares them."""


def add_desk(parser: argparse.ArgumentParser, *, top: bool = False) -> None:
    """Who plays, and where it is kept.

    They may stand before a command or after it, and so only the `top` has defaults: one of the command's own would
    undo what stood before.
    """
    rest: Any = {} if top else {"default": argparse.SUPPRESS}
    parser.add_argument(
        "--player", metavar="NAME", **rest, help=_("whose save to use (default: the one in the settings)")
    )
    parser.add_argument("--saves", metavar="DIR", type=Path, **rest, help=_("keep saves in this folder"))


def add_look(parser: argparse.ArgumentParser, *, top: bool = False) -> None:
    """How it looks; `top` as for `add_desk`."""
    rest: Any = {} if top else {"default": argparse.SUPPRESS}
    parser.add_argument(
        "--plain", action="store_true", **rest, help=_("line by line: for screen readers, pipes, any terminal")
    )
    parser.add_argument(
        "--theme",
        metavar="THEME",
        choices=THEMES,
        **rest,
        help=_("colours for this time: {names}").format(names=", ".join(THEMES)),
    )


def add_phrases(parser: argparse.ArgumentParser) -> None:
    """Whose words count besides the shipped ones."""
    parser.add_argument(
        "--phrases",
        metavar="FILE",
        type=file_name,
        action="append",
        default=[],
        help=_("a phrasebook of your own; may be repeated"),
    )


def add_output(parser: argparse.ArgumentParser) -> None:
    """Where what is made goes (see `putting.give`)."""
    parser.add_argument(
        "-o", "--output", metavar="FILE", type=file_path, help=_("where to write it (default: standard output)")
    )
    parser.add_argument("--force", action="store_true", help=_("replace a file that is there"))


def file_name(text: str) -> str:
    """For an option's `type`: the name of a file, which is not empty; as a path that would be this folder."""
    if not text:
        raise argparse.ArgumentTypeError(_("the name of a file cannot be empty"))
    return text


def file_path(text: str) -> Path:
    """The same as a path."""
    return Path(file_name(text))


def whole(least: int, most: int) -> Callable[[str], int]:
    """For an option's `type`: a whole number in this range. Anything else is told, with the range."""

    def read(text: str) -> int:
        if not (
            text.isascii() and text.isdecimal() and len(text) <= len(str(most)) and least <= int(text) <= most
        ):
            raise argparse.ArgumentTypeError(
                _("a whole number from {least} to {most}").format(least=least, most=most)
            )
        return int(text)

    return read


def desk(args: argparse.Namespace) -> Desk:
    """The desk these options ask for, speaking the language of its settings."""
    from callcalm.practice.desk import Desk

    phrases = getattr(args, "phrases", [])
    return Desk.open(player=args.player, saves=args.saves, phrases=tuple(map(Path, phrases)))


def is_plain(args: argparse.Namespace) -> bool:
    """Whether to run line by line: asked for, or no terminal that a screen could be drawn on."""
    if args.plain or os.environ.get("CALLCALM_PLAIN", "") not in {"", "0"}:
        return True
    if os.environ.get("TERM", "") == "dumb":
        return True
    return not (sys.stdin.isatty() and sys.stdout.isatty())
