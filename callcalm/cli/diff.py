"""`callcalm diff OLD NEW`: what changed between two versions of an encounter, as a learner would notice it."""

from __future__ import annotations

import argparse
import sys

from callcalm.cli import options
from callcalm.cli.exits import FOUND, OK, USAGE
from callcalm.cli.help_ import Help, page_width
from callcalm.core.hints import TYPE_CHECKING
from callcalm.language import _

if TYPE_CHECKING:
    from argparse import _SubParsersAction

FORMATS = ("text", "md", "json")


def add(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """The options of `callcalm diff`."""
    parser = commands.add_parser(
        "diff",
        help=_("say what changed between two versions of an encounter"),
        formatter_class=Help,
        description=_("Examples:")
        + "\n  callcalm diff lost-referral.old.toml lost-referral.toml"
        + "\n  callcalm diff --format md before.toml after.toml > changes.md",
        epilog=_("Exit codes: 0 nothing changed for the learner, 1 something did, 2 a file cannot be read."),
    )
    parser.add_argument("old", metavar="OLD", help=_("the earlier version: a file, or a scenario's id"))
    parser.add_argument("new", metavar="NEW", help=_("the later version: a file, or a scenario's id"))
    parser.add_argument("--format", choices=FORMATS, default="text", help=_("how to write it (default: text)"))
    options.add_desk(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Compare, and give the exit code."""
    from callcalm.content.library import UnknownScenario
    from callcalm.intake.problems import BadFile
    from callcalm.workshop.reports import diff as diff_report
    from callcalm.workshop.reports.differences import compare

    desk = options.desk(args)
    try:
        old, new = (desk.library.load(name, desk.rulebook, desk.playbooks) for name in (args.old, args.new))
    except (BadFile, UnknownScenario) as trouble:
        sys.stderr.write(f"{trouble}\n")
        return USAGE
    difference = compare(old, new, desk.playbooks)
    if args.format == "json":
        import json

        json.dump(diff_report.as_data(difference), sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
    else:
        lines = (
            diff_report.as_text(difference, old, new, page_width())
            if args.format == "text"
            else diff_report.as_markdown(difference, old, new)
        )
        sys.stdout.writelines(f"{line}\n" for line in lines)
    return OK if difference.same else FOUND
