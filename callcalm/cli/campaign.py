"""`callcalm campaign [ID]`: the orders through the library, and how far one is in each."""

from __future__ import annotations

import argparse
import sys

from callcalm.cli import options
from callcalm.cli.exits import FOUND, OK, USAGE
from callcalm.cli.help_ import Help
from callcalm.core.hints import TYPE_CHECKING
from callcalm.language import _

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def add(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """The options of `callcalm campaign`."""
    parser = commands.add_parser(
        "campaign",
        help=_("show the orders through the library, and where you stand"),
        formatter_class=Help,
        description=_("Examples:") + "\n  callcalm campaign\n  callcalm campaign first-week",
    )
    parser.add_argument("id", metavar="ID", nargs="?", help=_("a campaign's id; without it, all of them"))
    options.add_desk(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Show one campaign step by step, or each on a line."""
    from callcalm.insight.campaign_words import campaign_line, step_lines
    from callcalm.intake import nearest, shown
    from callcalm.intake.problems import BadFile
    from callcalm.practice.campaigning import progress

    desk = options.desk(args)
    bad: list[BadFile] = []
    every = progress(desk, bad)
    for each in bad:
        sys.stderr.write(f"{each}\n")
    if args.id is None:
        sys.stdout.writelines(f"{campaign_line(one.campaign, one.done)}\n" for one in every)
        return FOUND if bad else OK
    wanted = next((one for one in every if one.campaign.id == args.id), None)
    if wanted is None:
        sys.stderr.write(_("There is no campaign “{name}”.").format(name=shown(args.id)) + "\n")
        near = nearest(args.id, [one.campaign.id for one in every])
        if near:
            sys.stderr.write(_("Did you mean “{word}”?").format(word=near) + "\n")
        return USAGE
    sys.stdout.write(f"{wanted.campaign.title}\n{wanted.campaign.about}\n")
    sys.stdout.writelines(f"{line}\n" for line in step_lines(wanted.campaign, wanted.done))
    return OK
