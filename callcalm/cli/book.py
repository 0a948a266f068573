"""`callcalm book FILE`: the review book of an encounter, for somebody who opens no terminal."""

from __future__ import annotations

import argparse
import sys

from callcalm.cli import options
from callcalm.cli.exits import OK, USAGE, refused
from callcalm.cli.help_ import Help
from callcalm.core.hints import TYPE_CHECKING
from callcalm.language import _

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def add(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """The options of `callcalm book`."""
    parser = commands.add_parser(
        "book",
        help=_("write an encounter as a book to review"),
        formatter_class=Help,
        description=_("Examples:")
        + "\n  callcalm book lost-referral > lost-referral.md"
        + "\n  callcalm book my-call.toml --format html > my-call.html",
    )
    parser.add_argument("file", metavar="FILE", help=_("a scenario file, or a scenario's id"))
    parser.add_argument("--format", choices=("md", "html"), default="md", help=_("how to write it (default: md)"))
    options.add_desk(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the book, or say why the file cannot be read."""
    from callcalm.content.library import UnknownScenario
    from callcalm.intake.problems import BadFile
    from callcalm.workshop.reports import pages
    from callcalm.workshop.reports.book import book
    from callcalm.workshop.surveying import surveyed

    desk = options.desk(args)
    try:
        found = surveyed(args.file, desk.library, desk.rulebook, desk.playbooks)
    except BadFile as bad:
        return refused(bad)
    except UnknownScenario as unknown:
        sys.stderr.write(f"{unknown}\n")
        return USAGE
    blocks = book(found, desk.playbooks[found.scenario.playbook])
    if args.format == "html":
        lines = pages.as_html(blocks, found.scenario.title, found.scenario.language)
    else:
        lines = pages.as_markdown(blocks)
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return OK
