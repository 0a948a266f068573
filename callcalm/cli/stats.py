"""`callcalm stats`: what the rounds of a player tell over time, as text or as JSON."""

from __future__ import annotations

import argparse
import sys
from datetime import date

from callcalm.cli import options
from callcalm.cli.exits import FOUND, OK, USAGE
from callcalm.cli.help_ import Help
from callcalm.core.hints import TYPE_CHECKING
from callcalm.language import _

if TYPE_CHECKING:
    from argparse import _SubParsersAction
    from collections.abc import Iterable

    from callcalm.insight.trends_model import Trends
    from callcalm.storage.trouble import SaveProblem


def add(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """The options of `callcalm stats`."""
    parser = commands.add_parser(
        "stats",
        help=_("show how your calls go over time"),
        formatter_class=Help,
        description=_("Examples:")
        + "\n  callcalm stats"
        + "\n  callcalm stats --since 2026-01-01"
        + "\n  callcalm stats --encounter lost-referral --json",
    )
    parser.add_argument("--json", action="store_true", help=_("as JSON, with a format number"))
    parser.add_argument("--encounter", metavar="ID", help=_("only the calls of this encounter"))
    parser.add_argument("--since", metavar="DATE", type=_day, help=_("only from this day on, like 2026-01-31"))
    options.add_desk(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print everything that the rounds tell; what is wrong with the save goes to standard error.

    Nothing is written, no window of the same player is disturbed, and no other player's file is opened.
    """
    from callcalm.content.library import UnknownScenario
    from callcalm.practice.trending import chosen, trending
    from callcalm.storage.store import Store

    desk = options.desk(args)
    store = Store(desk.player, desk.folders.saves, desk.now)
    history = store.history()
    problems = (*desk.setting_problems, *store.problems)
    try:
        found = trending(desk, chosen(desk, history, encounter=args.encounter, since=args.since))
    except UnknownScenario as unknown:
        sys.stderr.write(f"{unknown}\n")
        return USAGE
    if args.json:
        _print_json(found, store.player, args, problems)
    else:
        from callcalm.plain.console import Console
        from callcalm.plain.stats import tell

        tell(Console(), found, desk.registry, player=store.player, encounter=args.encounter, since=args.since)
    return _tell_problems(problems)


def _day(raw: str) -> date:
    """A day as it is written on the command line."""
    try:
        found = date.fromisoformat(raw)
    except ValueError:
        found = None
    if found is None or raw != found.isoformat():  # the library takes other ways to write it too
        raise argparse.ArgumentTypeError(_("“{text}” is not a day; write it like 2026-01-31").format(text=raw))
    return found


def _print_json(found: Trends, player: str, args: argparse.Namespace, problems: Iterable[SaveProblem]) -> None:
    import json

    from callcalm.insight.trends_json import as_values

    values = as_values(found)
    asked = {
        "player": player,
        "encounter": args.encounter,
        "since": args.since.isoformat() if args.since else None,
        "problems": [
            {"kind": one.kind.value, "file": one.path.name, "lines": one.lines, "detail": one.detail}
            for one in problems
        ],
    }
    # On one line: with indents, ten thousand rounds take a third longer.
    sys.stdout.write(json.dumps({"format": values.pop("format"), **asked, **values}, ensure_ascii=False) + "\n")


def _tell_problems(problems: Iterable[SaveProblem]) -> int:
    """Say what was met in the save; whether anything of it is damaged."""
    from callcalm.insight.saving import problem_line
    from callcalm.storage.trouble import Trouble

    bad = {Trouble.DAMAGED, Trouble.TORN, Trouble.UNREADABLE, Trouble.TOO_LARGE}
    code = OK
    for problem in problems:
        sys.stderr.write(f"{problem_line(problem)}\n")
        if problem.kind in bad:
            code = FOUND
    return code
