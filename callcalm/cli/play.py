"""`callcalm play ID`: one encounter, from its brief to the save."""

from __future__ import annotations

import argparse
import sys

from callcalm.cli import options
from callcalm.cli.exits import USAGE, refused
from callcalm.cli.front import open_front
from callcalm.cli.help_ import Help
from callcalm.core.hints import TYPE_CHECKING
from callcalm.language import _

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def add(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """The options of `callcalm play`."""
    parser = commands.add_parser(
        "play",
        help=_("play one encounter"),
        formatter_class=Help,
        description=_("Examples:")
        + "\n  callcalm play refill-blame"
        + "\n  callcalm play rdv-annule --playbook callmed-fr"
        + "\n  printf '\\n2\\n1\\n' | callcalm play lost-referral --plain"
        + "\n  callcalm play ./my-call.toml",
    )
    parser.add_argument("id", metavar="ID", help=_("a scenario's id (see “callcalm list”), or a scenario file"))
    parser.add_argument("--playbook", metavar="ID", help=_("house rules to play by (default: the scenario's own)"))
    parser.add_argument(
        "--opening",
        choices=("kept", "late", "broken"),
        help=_("begin as if a promise brought it back: kept, late or broken"),
    )
    parser.add_argument(
        "--seed",
        metavar="N",
        type=options.whole(0, options.MOST_SEED),
        help=_("order of the answers: 0 is the writer's"),
    )
    options.add_phrases(parser)
    options.add_desk(parser)
    options.add_look(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Play, or say why this cannot be played."""
    from callcalm.content.library import UnknownScenario
    from callcalm.intake.problems import BadFile
    from callcalm.practice.desk import UnknownPlaybook

    try:
        if args.opening is None:
            return open_front(args, args.id)
        from callcalm.core.model import Kept
        from callcalm.practice.round import Returning

        way_in = Returning("", Kept(args.opening), "")
        return open_front(
            args,
            made=lambda desk: desk.begin(args.id, playbook=args.playbook, seed=args.seed, returning=way_in),
        )
    except BadFile as bad:
        return refused(bad)
    except UnknownScenario as unknown:
        sys.stderr.write(f"{_drill(args) or unknown}\n")
        return USAGE
    except UnknownPlaybook as unknown:
        sys.stderr.write(f"{unknown}\n")
        return USAGE


def _drill(args: argparse.Namespace) -> str:
    """That what was asked for is a drill, and how it is played; empty where it is none."""
    from shlex import quote

    from callcalm.content.drill_heads import drill_paths
    from callcalm.practice.shelves import drill_folders

    if args.id not in drill_paths(drill_folders(options.desk(args))):
        return ""
    told = _("“{name}” is a drill, not an encounter.").format(name=args.id)
    return f"{told} " + _("Play it: {command}").format(command=f"callcalm drill {quote(args.id)}")
