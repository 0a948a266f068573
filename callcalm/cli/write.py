"""`callcalm write FILE`: the workshop, where a file is checked, mapped and played as it is written."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from callcalm.cli import options, own_words
from callcalm.cli.exits import OK, USAGE
from callcalm.cli.help_ import Help
from callcalm.core.hints import TYPE_CHECKING
from callcalm.language import _

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def add(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """The options of `callcalm write`."""
    parser = commands.add_parser(
        "write",
        help=_("check, map and try out a scenario file while you write it"),
        formatter_class=Help,
        description=_("Examples:")
        + "\n  callcalm write my-call.toml"
        + "\n  callcalm write my-call.toml --plain"
        + "\n  EDITOR=nano callcalm write my-call.toml"
        + "\n\n"
        + _("Write in an editor of your choice; every save is read at once. “callcalm new” makes a first file."),
    )
    parser.add_argument(
        "file", metavar="FILE", type=options.file_path, help=_("a scenario file; it need not be there yet")
    )
    options.add_desk(parser)
    options.add_look(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Open the workshop, or say that there is no such folder."""
    path: Path = args.file
    if not path.absolute().parent.is_dir():
        from callcalm.core.text import safe

        folder = safe(str(path.absolute().parent), multiline=False)
        sys.stderr.write(_("There is no folder {folder}.").format(folder=folder) + "\n")
        return USAGE
    desk = options.desk(args)
    unread = own_words.unread(desk.phrases)
    if unread is not None:
        sys.stderr.write(f"{unread}\n")
        return USAGE
    if options.is_plain(args):
        from callcalm.plain.write import run as run_plain

        run_plain(desk, path)
    else:
        from callcalm.tui.workshop import run as run_screen

        run_screen(desk, path, theme=args.theme)
    return OK
