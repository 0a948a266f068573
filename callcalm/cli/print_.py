"""`callcalm print SCENARIO`: an encounter as a handout for two people and a sheet of paper."""

from __future__ import annotations

import argparse
import sys

from callcalm.cli import options
from callcalm.cli.exits import USAGE, refused
from callcalm.cli.help_ import Help
from callcalm.cli.putting import by_ending, give
from callcalm.core.hints import TYPE_CHECKING
from callcalm.language import _

if TYPE_CHECKING:
    from argparse import _SubParsersAction

FORMS = ("md", "html", "txt")


def add(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """The options of `callcalm print`."""
    parser = commands.add_parser(
        "print",
        help=_("write an encounter as a handout to play on paper"),
        formatter_class=Help,
        description=_("Examples:")
        + "\n  callcalm print lost-referral > lost-referral.md"
        + "\n  callcalm print lost-referral -o handout.html"
        + "\n  callcalm print my-call.toml --format txt | lp",
        epilog=_("The brief, a script for two people, an empty PRICE sheet, and the key on its own page.")
        + "\n"
        + _("Exit codes: 0 written, 1 the file cannot be used, 2 wrong command line, 3 it cannot be written."),
    )
    parser.add_argument("file", metavar="SCENARIO", help=_("a scenario's id, or a scenario file"))
    parser.add_argument(
        "--format", choices=FORMS, help=_("how to write it (default: by the ending of the file, else md)")
    )
    options.add_output(parser)
    options.add_desk(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the handout, or say why the file cannot be used."""
    from callcalm.content.library import UnknownScenario
    from callcalm.content.sources import load_sources
    from callcalm.insight.exports.writing import written
    from callcalm.intake.problems import BadFile
    from callcalm.practice.ears import Ears
    from callcalm.workshop.reports.handout import handout
    from callcalm.workshop.reports.handout_key import key
    from callcalm.workshop.reports.handout_script import Script

    desk = options.desk(args)
    try:
        scenario = desk.scenario(args.file)
        scenario = (
            scenario if scenario.read else Ears(scenario.language, desk.registry, desk.phrases).read(scenario)
        )
    except BadFile as bad:
        return refused(bad)
    except UnknownScenario as unknown:
        sys.stderr.write(f"{unknown}\n")
        return USAGE
    script = Script(scenario, desk.playbooks[scenario.playbook])
    text = written(handout(script, key(script, load_sources())), args.format or by_ending(args.output, FORMS))
    return give(text, args.output, force=args.force)
