"""`callcalm list`: what there is to play."""

from __future__ import annotations

import argparse
import sys

from callcalm.cli import options
from callcalm.cli.exits import FOUND, OK
from callcalm.cli.help_ import Help
from callcalm.core.hints import TYPE_CHECKING
from callcalm.language import _

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from callcalm.content.headers import Header


def add(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """The options of `callcalm list`."""
    parser = commands.add_parser(
        "list",
        help=_("list the encounters"),
        formatter_class=Help,
        description=_("Examples:") + "\n  callcalm list\n  callcalm list --json",
    )
    parser.add_argument("--json", action="store_true", help=_("as JSON, with a format number"))
    options.add_desk(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print one line an encounter; files that are broken or replaced go to standard error."""
    desk = options.desk(args)
    headers = desk.library.headers(all_of_them=True)
    good = [header for header in headers if header.problem is None]
    broken = [header for header in headers if header.problem is not None]
    if args.json:
        _print_json(good)
    else:
        _print_lines([header for header in good if not header.after])
        returning = [header for header in good if header.after]
        if returning:
            sys.stdout.write("\n" + _("They come back by a promise made elsewhere (callcalm promises):") + "\n")
            _print_lines(returning)
    for header in broken:
        sys.stderr.write(f"{header.trouble}\n")
    # That a file of one's own takes a shipped one's place is said, for it may be a slip; nothing is wrong with it.
    return FOUND if any(not header.replaced for header in broken) else OK


def _print_lines(headers: list[Header]) -> None:
    width = max((len(header.id) for header in headers), default=0)
    for header in headers:
        sys.stdout.write(
            f"{header.id:<{width}}  {header.language}  "
            + _("level {n}, {minutes} min").format(n=header.level, minutes=header.minutes)
            + f"  {header.title} ({header.setting})\n"
        )


def _print_json(headers: list[Header]) -> None:
    import json

    rows = [
        {
            "id": header.id,
            "title": header.title,
            "language": header.language,
            "channel": header.channel,
            "setting": header.setting,
            "level": header.level,
            "minutes": header.minutes,
            "caller": header.caller,
            "after": header.after or None,
        }
        for header in headers
    ]
    json.dump({"format": 1, "scenarios": rows}, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")
