"""`callcalm drill [ID]`: a short round of one skill; without an id, the drills there are."""

from __future__ import annotations

import argparse
import sys

from callcalm.cli import options
from callcalm.cli.exits import FOUND, OK, UNSAVED, USAGE, refused
from callcalm.cli.help_ import Help
from callcalm.core.hints import TYPE_CHECKING
from callcalm.language import _

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from callcalm.practice.desk import Desk
    from callcalm.practice.drilling import Drilling, Shelf


def add(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """The options of `callcalm drill`."""
    parser = commands.add_parser(
        "drill",
        help=_("practise one skill for a few minutes"),
        formatter_class=Help,
        description=_("Examples:")
        + "\n  callcalm drill"
        + "\n  callcalm drill ultimatum-to-offer"
        + "\n  callcalm drill ./my-drill.toml --plain",
    )
    parser.add_argument(
        "id", metavar="ID", nargs="?", help=_("a drill's id, or a drill file; without it, the list")
    )
    parser.add_argument(
        "--seed",
        metavar="N",
        type=options.whole(0, options.MOST_SEED),
        help=_("order of the items: 0 is the writer's"),
    )
    options.add_phrases(parser)
    options.add_desk(parser)
    options.add_look(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Play a drill or list them."""
    from callcalm.content.drills import UnknownDrill
    from callcalm.intake.problems import BadFile
    from callcalm.practice.drilling import Shelf

    desk = options.desk(args)
    shelf = Shelf(desk)
    try:
        if args.id is None:
            return _list(shelf)
        drilling = shelf.begin(args.id, seed=0 if args.seed is None and not sys.stdin.isatty() else args.seed)
        return _plain(desk, drilling) if options.is_plain(args) else _screen(desk, drilling, args.theme)
    except BadFile as bad:
        return refused(bad)
    except UnknownDrill as unknown:
        sys.stderr.write(f"{_encounter(desk, args.id) or unknown}\n")
        return USAGE
    finally:
        desk.close()


def _encounter(desk: Desk, name: str) -> str:
    """That what was asked for is an encounter, and how it is played; empty where it is none."""
    from shlex import quote

    if name not in desk.library.ids:
        return ""
    told = _("“{name}” is an encounter, not a drill.").format(name=name)
    return f"{told} " + _("Play it: {command}").format(command=f"callcalm play {quote(name)}")


def _list(shelf: Shelf) -> int:
    from callcalm.intake.problems import BadFile
    from callcalm.plain.console import Console
    from callcalm.plain.drill import list_drills

    bad: list[BadFile] = []
    list_drills(Console(), shelf.drills.all(bad))
    for each in bad:
        sys.stderr.write(f"{each}\n")
    return FOUND if bad else OK


def _screen(desk: Desk, drilling: Drilling, theme: str | None) -> int:
    from callcalm.tui.app import run

    word = run(desk, drilling=drilling, theme=theme)
    if word.text:
        sys.stderr.write(f"{word.text}\n")
    return UNSAVED if word.unsaved else OK


def _plain(desk: Desk, drilling: Drilling) -> int:
    from contextlib import suppress

    from callcalm.plain.console import Console, InputEnded, Leave
    from callcalm.plain.drill import play_drill

    with suppress(Leave, InputEnded):  # what was done is saved
        play_drill(Console(), drilling, desk.registry)
    return OK if drilling.trouble is None else UNSAVED
