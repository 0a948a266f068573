"""`callcalm practise LETTER`: a letter of one's own, rated, read by the coach, made better line by line."""

from __future__ import annotations

import argparse
import sys

from callcalm.cli import options
from callcalm.cli.exits import OK, UNSAVED, USAGE
from callcalm.cli.help_ import Help
from callcalm.core.hints import TYPE_CHECKING
from callcalm.language import _

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from callcalm.practice.desk import Desk
    from callcalm.practice.lettering import Lettering

STDIN = "-"


def add(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """The options of `callcalm practise`."""
    parser = commands.add_parser(
        "practise",
        help=_("make a letter of your own better, line by line"),
        formatter_class=Help,
        description=_("Examples:")
        + "\n  callcalm practise letter.txt"
        + "\n  callcalm practise reply.eml --plain"
        + "\n  pbpaste | callcalm practise -",
        epilog=_("The file is never changed unless you say so; the new letter is written to a file of its own.")
        + "\n"
        + _("Exit codes: 0 all well, 2 the letter cannot be used, 3 your work could not be saved."),
    )
    parser.add_argument(
        "file", metavar="LETTER", type=options.file_name, help=_("text, Markdown or .eml; - is standard input")
    )
    parser.add_argument("--lang", choices=("auto", "en", "fr"), default="auto", help=_("language of the letter"))
    parser.add_argument("--playbook", metavar="ID", default="core", help=_("house rules (default: core)"))
    options.add_phrases(parser)
    options.add_desk(parser)
    options.add_look(parser)
    parser.set_defaults(run=run, parser=parser)


def run(args: argparse.Namespace) -> int:
    """Practise, or say why the letter cannot be used."""
    from callcalm.intake.problems import BadFile

    desk = options.desk(args)
    try:
        lettering = _brought(args, desk)
        if args.file == STDIN and not _listen_to_terminal():
            message = _("There is no terminal to answer on: name the letter's file, and answer on standard input.")
            sys.stderr.write(message + "\n")
            return USAGE
        return _plain(desk, lettering) if options.is_plain(args) else _screen(desk, lettering, args.theme)
    except BadFile as bad:
        sys.stderr.write(f"{bad}\n")
        return USAGE
    finally:
        desk.close()


def _brought(args: argparse.Namespace, desk: Desk) -> Lettering:
    from callcalm.letters.house import playbook_names
    from callcalm.letters.letter import CAP
    from callcalm.practice.lettering import bring

    names = playbook_names()
    if args.playbook not in names:
        message = _("there is no playbook “{name}”; there are: {names}")
        args.parser.error(message.format(name=args.playbook, names=", ".join(names)))
    data = None
    if args.file == STDIN:
        data = sys.stdin.buffer.read(CAP + 1)
    name = "<stdin>" if data is not None else args.file
    return bring(desk, name, data=data, language=args.lang, playbook=args.playbook)


def _listen_to_terminal() -> bool:
    """The letter came in where the keys would: have the keys from the terminal. False if there is none."""
    import os

    try:
        terminal = os.open("CONIN$" if os.name == "nt" else "/dev/tty", os.O_RDWR)
    except OSError:
        return False
    os.dup2(terminal, 0)
    os.close(terminal)
    sys.stdin = open(0, encoding="utf-8", errors="replace", closefd=False)  # noqa: SIM115  (a descriptor)
    return True


def _screen(desk: Desk, lettering: Lettering, theme: str | None) -> int:
    from callcalm.insight.letter_words import kept_line
    from callcalm.practice.lettering import Step
    from callcalm.tui.app import run as run_screen

    word = run_screen(desk, drilling=lettering, theme=theme)
    if word.text:
        sys.stderr.write(f"{word.text}\n")
    elif lettering.saved_in is not None and lettering.written is None and lettering.step is not Step.END:
        sys.stderr.write(f"{kept_line(lettering.round_id)}\n")
    return UNSAVED if word.unsaved else OK


def _plain(desk: Desk, lettering: Lettering) -> int:
    from contextlib import suppress

    from callcalm.plain.console import Console, InputEnded, Leave
    from callcalm.plain.letter import practise

    with suppress(Leave, InputEnded):  # what was done is saved
        practise(Console(), lettering, desk.registry)
    return OK if lettering.trouble is None else UNSAVED
