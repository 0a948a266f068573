"""`callcalm promises`: what was promised in rounds, what is due, and going back to it."""

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

    from callcalm.insight.promises import Entry


def add(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """The options of `callcalm promises`."""
    parser = commands.add_parser(
        "promises",
        help=_("show what you promised in your rounds, and go back to what is due"),
        formatter_class=Help,
        description=_("Examples:")
        + "\n  callcalm promises"
        + "\n  callcalm promises --play 1"
        + "\n  callcalm promises --json",
    )
    parser.add_argument(
        "--play", metavar="N", type=int, help=_("go back to the due promise with this number in the list")
    )
    parser.add_argument("--json", action="store_true", help=_("as JSON, with a format number"))
    options.add_desk(parser)
    options.add_look(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """List the ledger, or begin the encounter in which a promise comes back."""
    from callcalm.practice.promises import ledger

    desk = options.desk(args)
    try:
        entries = ledger(desk)
    finally:
        desk.close()
    if args.play is not None:
        return _play(args, entries)
    if args.json:
        _print_json(entries)
    else:
        from callcalm.insight.promise_words import ledger_lines

        sys.stdout.writelines(f"{line}\n" for line in ledger_lines(entries))
    return OK


def _play(args: argparse.Namespace, entries: tuple[Entry, ...]) -> int:
    from callcalm.cli.front import open_front
    from callcalm.content.library import UnknownScenario
    from callcalm.insight.promises import Standing
    from callcalm.intake.problems import BadFile
    from callcalm.practice.desk import UnknownPlaybook
    from callcalm.practice.promises import come_back

    due = [entry for entry in entries if entry.standing is Standing.DUE]
    if not 1 <= args.play <= len(due):
        sys.stderr.write(
            _("No promise with the number {n} is due; “callcalm promises” lists them.").format(n=args.play)
        )
        sys.stderr.write("\n")
        return USAGE
    try:
        return open_front(args, made=lambda desk: come_back(desk, due[args.play - 1]))
    except (BadFile, UnknownScenario, UnknownPlaybook) as problem:
        sys.stderr.write(f"{problem}\n")
        return FOUND


def _print_json(entries: tuple[Entry, ...]) -> None:
    import json

    rows = [
        {
            "round": entry.round,
            "number": entry.number,
            "scenario": entry.scenario,
            "to": entry.to,
            "what": entry.what,
            "by": entry.by,
            "made": entry.made.isoformat(),
            "due": entry.due.isoformat(),
            "keepable": entry.keepable,
            "follow_up": entry.follow_up,
            "standing": entry.standing.value,
            "kept": entry.kept.value,
        }
        for entry in entries
    ]
    json.dump({"format": 1, "promises": rows}, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")
