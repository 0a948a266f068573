"""`callcalm export SCENARIO --format twee`: an encounter as a story that Twine opens."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from callcalm.cli.exits import FOUND, OK, USAGE
from callcalm.cli.help_ import Help
from callcalm.cli.putting import put
from callcalm.language import _

if TYPE_CHECKING:
    from argparse import _SubParsersAction

STDOUT = "-"


def add(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """The options of `callcalm export`."""
    parser = commands.add_parser(
        "export",
        help=_("write an encounter as a Twine story"),
        formatter_class=Help,
        description=_("Examples:")
        + "\n  callcalm export lost-referral"
        + "\n  callcalm export ./my-call.toml --format twee -o my-call.twee"
        + "\n  callcalm export refill-blame -o -",
        epilog=_("In Twine: Library, Import, and choose the file. “callcalm import” brings it back.")
        + "\n"
        + _("Exit codes: 0 written, 1 the file cannot be used, 2 wrong command line."),
    )
    parser.add_argument("scenario", metavar="SCENARIO", help=_("a scenario's id, or a scenario file"))
    parser.add_argument("--format", choices=("twee",), default="twee", help=_("what to write (default: twee)"))
    parser.add_argument(
        "-o", "--output", metavar="FILE", type=Path, help=_("where to write it; - is standard output")
    )
    parser.add_argument("--force", action="store_true", help=_("replace a file that is there"))
    parser.add_argument("--saves", metavar="DIR", type=Path, help=_("where your own scenarios are"))
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write it, and give the exit code."""
    from callcalm.content.hearing import not_yet
    from callcalm.content.library import UnknownScenario
    from callcalm.content.scenario_shape import scenario_record
    from callcalm.content.scenarios import CAP, read_scenario, scenario_id
    from callcalm.content.shapes import FORMAT
    from callcalm.intake import BadFile, load_source, read
    from callcalm.workshop.finishing import shipped_rules
    from callcalm.workshop.twee_out import twee_text

    try:
        path = _path(args)
        source = read(path, CAP)
        rules = shipped_rules()
        read_scenario(source, scenario_id(path), rules.rulebook, rules.playbooks, not_yet)
        data = load_source(source, scenario_record(), number=FORMAT).data
    except UnknownScenario as unknown:
        sys.stderr.write(f"{unknown}\n")
        return USAGE
    except BadFile as bad:
        sys.stderr.write(f"{bad}\n")
        return FOUND
    text, notes = twee_text(data, scenario_id(path))
    for note in notes.lines():
        sys.stderr.write(_("Otherwise in Twine: {what}").format(what=note) + "\n")
    if str(args.output) == STDOUT:
        sys.stdout.write(text)
        return OK
    return put(text, args.output or Path(f"{scenario_id(path)}.twee"), force=args.force)


def _path(args: argparse.Namespace) -> Path:
    """The file that the command line names: an id of the library, or a path."""
    import os

    from callcalm.content.library import Library, is_path
    from callcalm.storage.folders import find

    if is_path(args.scenario):
        return Path(args.scenario)
    return Library.standard(find(args.saves, os.environ, Path.cwd()).scenarios).find(args.scenario)
