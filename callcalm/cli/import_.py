"""`callcalm import FILE`: a story of Twine or ink as a scenario, with honest notes on what did not carry over."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from callcalm.cli import options
from callcalm.cli.exits import refused
from callcalm.cli.help_ import Help
from callcalm.cli.putting import put
from callcalm.core.hints import TYPE_CHECKING
from callcalm.language import _

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def add(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """The options of `callcalm import`."""
    parser = commands.add_parser(
        "import",
        help=_("bring a Twine or ink story over as an encounter"),
        formatter_class=Help,
        description=_("Examples:")
        + "\n  callcalm import story.twee"
        + "\n  callcalm import dialogue.ink -o my-call.toml",
        epilog=_("What did not carry over is told on standard error, and at the top of the file.")
        + "\n"
        + _("Exit codes: 0 written, 1 the file cannot be used, 2 wrong command line."),
    )
    parser.add_argument(
        "file", metavar="FILE", type=options.file_name, help=_("a Twee 3 file (.twee) or an ink file (.ink)")
    )
    parser.add_argument("--from", dest="kind", choices=("twee", "ink"), help=_("what the file is"))
    parser.add_argument("--lang", choices=("en", "fr"), help=_("language of the story"))
    parser.add_argument(
        "-o", "--output", metavar="FILE", type=options.file_path, help=_("where to write it; - is standard output")
    )
    parser.add_argument("--force", action="store_true", help=_("replace a file that is there"))
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Bring it over, and give the exit code."""
    from callcalm.intake import BadFile
    from callcalm.workshop.bringing import bring
    from callcalm.workshop.filing import path_for

    try:
        brought = bring(args.file, args.lang, args.kind)
    except BadFile as bad:
        return refused(bad)
    for note in brought.notes:
        sys.stderr.write(_("Not as it was: {what}").format(what=note) + "\n")
    path = path_for(brought.title, Path(), args.output, "story")
    return put(brought.made.text, path, force=args.force, made_from=Path(args.file))
