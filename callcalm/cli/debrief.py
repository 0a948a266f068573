"""`callcalm debrief [ROUND]`: a finished round solved, turn by turn."""

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
    """The options of `callcalm debrief`."""
    parser = commands.add_parser(
        "debrief",
        help=_("show turn by turn what a finished round could have become"),
        formatter_class=Help,
        description=_("Examples:")
        + "\n  callcalm debrief\n  callcalm debrief -2\n  callcalm debrief 20261121T0905",
        epilog=_("Exit codes: 0 shown, 1 the round can no longer be played again, 2 wrong command line."),
    )
    parser.add_argument(
        "round",
        metavar="ROUND",
        nargs="?",
        default="last",
        help=_("last (the default), -2 for the one before it, or a round's id or how it begins"),
    )
    options.add_desk(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Show it, or say why that cannot be done."""
    from callcalm.insight.debrief import debrief
    from callcalm.insight.debrief_words import meaning_lines, turning_head, turning_lines, verdict_lines
    from callcalm.practice.finding_rounds import UnknownRound, find_round, relive

    desk = options.desk(args)
    try:
        record = find_round(desk, args.round)
    except UnknownRound as unknown:
        sys.stderr.write(f"{unknown}\n")
        return USAGE
    again = relive(desk, record)
    if again.round is None:
        why = (
            _("Its encounter is not here any more, so this round cannot be solved.")
            if again.gone
            else _("Its encounter has changed since and would now go another way, so this round cannot be solved.")
        )
        sys.stderr.write(f"{why}\n")
        return FOUND
    told = debrief(again.round, tuple(desk.playbooks.values()))
    lines = [f"{record.title} · {record.id}", "", *verdict_lines(told)]
    for one in told.turnings:
        lines += ["", turning_head(one), *(f"  {line}" for line in turning_lines(one))]
    lines += ["", *meaning_lines(told)]
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return OK
