"""`callcalm today`: what to play today, what is due when, and how the goals went."""

from __future__ import annotations

import argparse
import sys

from callcalm.cli import options
from callcalm.cli.exits import OK
from callcalm.cli.help_ import Help
from callcalm.core.hints import TYPE_CHECKING
from callcalm.language import _

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from callcalm.practice.today import Today


def add(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """The options of `callcalm today`."""
    parser = commands.add_parser(
        "today",
        help=_("what is due, and what to play for it"),
        formatter_class=Help,
        description=_("Examples:") + "\n  callcalm today\n  callcalm today --json",
    )
    parser.add_argument("--json", action="store_true", help=_("as JSON, with a format number"))
    parser.add_argument(
        "--plain",
        action="store_true",
        default=argparse.SUPPRESS,
        help=_("accepted, as everywhere: it is told in lines anyway"),
    )
    options.add_desk(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the proposal, a line a technique, and the last goals. Nothing is asked and nothing is kept."""
    from callcalm.practice.today import look

    desk = options.desk(args)
    try:
        today = look(desk)
    finally:
        desk.close()
    if args.json:
        _print_json(today)
        return OK
    from callcalm.practice.today_words import begin_line, due_lines, kept_lines, promised_line, proposed_line

    first = (proposed_line(today), begin_line(today), promised_line(today))
    lines = (*first, *due_lines(today), *kept_lines(today.journal))
    sys.stdout.write("".join(f"{line}\n" for line in lines if line))
    return OK


def _print_json(today: Today) -> None:
    import json

    proposal = today.proposal
    techniques = [
        {
            "move": one.move,
            "due": one.due.isoformat(),
            "last": one.last.isoformat(),
            "reviews": one.reviews,
            "grade": one.grade.name.lower(),
            "reached": one.rung.name.lower() if one.rung is not None else None,
        }
        for one in today.schedule.standings
    ]
    goals = [
        {
            "text": one.text,
            "move": one.move or None,
            "chosen": one.chosen.isoformat(),
            "rounds": one.rounds,
            "used": one.used,
            "answer": one.answer or None,
        }
        for one in today.journal.goals
    ]
    lines = [
        {"text": one.text, "after": one.title, "written": one.written.isoformat(), "answer": one.answer or None}
        for one in today.journal.intents
    ]
    found = {
        "format": 1,
        "today": today.schedule.today.isoformat(),
        "proposal": None
        if proposal is None
        else {
            "key": proposal.candidate.key,
            "title": proposal.candidate.title,
            "minutes": proposal.candidate.minutes,
            "techniques": [one.move for one in proposal.focus],
        },
        "techniques": techniques,
        "goals": goals,
        "next_real_call": lines,
    }
    json.dump(found, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")
