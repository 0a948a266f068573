"""`callcalm session SESSION`: the handout after a room has decided an encounter."""

from __future__ import annotations

import argparse
import sys

from callcalm.cli import options
from callcalm.cli.exits import FOUND, USAGE, refused
from callcalm.cli.help_ import Help
from callcalm.cli.putting import by_ending, give
from callcalm.core.hints import TYPE_CHECKING
from callcalm.language import _

if TYPE_CHECKING:
    from argparse import _SubParsersAction

FORMATS = ("md", "html", "txt", "csv")


def add(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """The options of `callcalm session`."""
    parser = commands.add_parser(
        "session",
        help=_("the handout of a session that a room has played"),
        formatter_class=Help,
        description=_("Examples:")
        + "\n  callcalm session last"
        + "\n  callcalm session last --format html -o debrief.html"
        + "\n  callcalm session 2026-11-22-lost-referral-k7q2 --format csv -o votes.csv",
        epilog=_("The turns, the votes before and after the talk, the room’s PRICE, what to try next.")
        + "\n"
        + _("Exit codes: 0 written, 1 the file cannot be used, 2 wrong command line, 3 it cannot be written."),
    )
    parser.add_argument("session", metavar="SESSION", help=_("a session's file, its name, or last"))
    parser.add_argument(
        "--format", choices=FORMATS, help=_("what to write (default: by the file's name, else md)")
    )
    options.add_output(parser)
    options.add_desk(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the handout, and give the exit code."""
    from callcalm.content.library import UnknownScenario
    from callcalm.intake.problems import BadFile
    from callcalm.practice.desk import UnknownPlaybook
    from callcalm.room.file import BadSession, NoSession
    from callcalm.room.hosting import tell
    from callcalm.room.report_pages import written
    from callcalm.room.shelf import find

    desk = options.desk(args)
    try:
        told = tell(desk, find(desk, args.session))
    except BadFile as bad:
        return refused(bad)
    except BadSession as bad:
        sys.stderr.write(f"{bad}\n")
        return USAGE if isinstance(bad, NoSession) else FOUND
    except (UnknownScenario, UnknownPlaybook) as unknown:
        sys.stderr.write(_("The encounter of this session is not there any more.") + f" {unknown}\n")
        return FOUND
    finally:
        desk.close()
    if told.notice:
        sys.stderr.write(f"{told.notice}\n")
    text = written(told, args.format or by_ending(args.output, FORMATS))
    return give(text, args.output, force=args.force)
