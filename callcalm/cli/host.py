"""`callcalm host SCENARIO`: a room decides an encounter together, with phones or with hands."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from callcalm.cli import options
from callcalm.cli.exits import FOUND, OK, UNSAVED, USAGE
from callcalm.cli.help_ import Help
from callcalm.language import _

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from callcalm.practice.desk import Desk
    from callcalm.room.hosting import Hosted


def add(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """The options of `callcalm host`."""
    parser = commands.add_parser(
        "host",
        help=_("let a room decide an encounter together"),
        formatter_class=Help,
        description=_("Examples:")
        + "\n  callcalm host lost-referral --hands           "
        + _("no network: you count hands")
        + "\n  callcalm host lost-referral --hands --plain   "
        + _("the same, line by line")
        + "\n  callcalm host lost-referral --rehearse 30     "
        + _("try it out with thirty people who are not there")
        + "\n  callcalm host --notes                         "
        + _("your notes, on a second terminal")
        + "\n  callcalm host --resume last                   "
        + _("go on with a session, also after a crash"),
        epilog=_("A session's file holds tallies only and is deleted at the end unless it is kept.")
        + "\n"
        + _("Afterwards: “callcalm session” writes the handout.")
        + "\n"
        + _("Exit codes: 0 all well, 1 a file cannot be used, 2 wrong command line, 3 it could not be saved."),
    )
    parser.add_argument("scenario", metavar="SCENARIO", nargs="?", help=_("a scenario's id, or a scenario file"))
    parser.add_argument("--hands", action="store_true", help=_("no phones: you type how many hands went up"))
    parser.add_argument(
        "--resume", metavar="SESSION", help=_("go on with this session: its file, its name, or last")
    )
    parser.add_argument(
        "--notes",
        metavar="SESSION",
        nargs="?",
        const="last",
        help=_("show the notes of a session that runs (default: the last), never on the projector"),
    )
    parser.add_argument(
        "--rehearse", metavar="N", type=_crowd, help=_("a made-up crowd of N votes; nothing of it is kept")
    )
    parser.add_argument("--keep", action="store_true", help=_("keep the session's file at the end without asking"))
    parser.add_argument("--playbook", metavar="ID", help=_("house rules to play by (default: the scenario's own)"))
    parser.add_argument(
        "--phrases",
        metavar="FILE",
        action="append",
        default=[],
        help=_("a phrasebook of your own; may be repeated"),
    )
    options.add_desk(parser)
    options.add_look(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Host, or say why this cannot be hosted."""
    from callcalm.content.library import UnknownScenario
    from callcalm.insight.saving import trouble_line
    from callcalm.intake.problems import BadFile
    from callcalm.practice.desk import UnknownPlaybook
    from callcalm.room.file import BadSession
    from callcalm.room.hosting import SessionTaken
    from callcalm.storage.trouble import CannotSave

    if sum(map(bool, (args.scenario, args.resume, args.notes))) != 1:
        sys.stderr.write(
            _("Name a scenario, or a session to go on with: --resume last. For the notes alone: --notes.") + "\n"
        )
        return USAGE
    desk = options.desk(args)
    try:
        return _host(args, desk)
    except (BadFile, BadSession, SessionTaken) as bad:
        sys.stderr.write(f"{bad}\n")
        return FOUND
    except (UnknownScenario, UnknownPlaybook) as unknown:
        sys.stderr.write(f"{unknown}\n")
        return USAGE
    except CannotSave as trouble:
        sys.stderr.write(f"{trouble_line(trouble)}\n")
        return UNSAVED
    finally:
        desk.close()


def _host(args: argparse.Namespace, desk: Desk) -> int:
    if args.notes:
        return _notes(args, desk)
    hosted = _session(args, desk)
    try:
        return _line_by_line(args, hosted)
    except KeyboardInterrupt:
        hosted.leave()
        resume = f"callcalm host --resume {hosted.path.stem}"
        sys.stderr.write("\n" + _("The session waits: {command}").format(command=resume))
        raise


def _notes(args: argparse.Namespace, desk: Desk) -> int:
    from callcalm.plain.console import Console
    from callcalm.plain.host_notes import run as run_notes

    run_notes(Console(), desk, args.notes)
    return OK


def _session(args: argparse.Namespace, desk: Desk) -> Hosted:
    from callcalm.room.hosting import Hosted

    if args.resume:
        return Hosted.resume(desk, args.resume)
    return Hosted.begin(desk, args.scenario, playbook=args.playbook, hands=args.hands)


def _line_by_line(args: argparse.Namespace, hosted: Hosted) -> int:
    from callcalm.plain.console import Console
    from callcalm.plain.host import run as run_plain
    from callcalm.room.rehearsing import Crowd

    crowd = Crowd(args.rehearse, hosted.header.draw) if args.rehearse else None
    word = run_plain(Console(), hosted, keep=args.keep, crowd=crowd)
    sys.stderr.write(f"{word}\n")
    return OK if hosted.trouble is None else UNSAVED


def _crowd(text: str) -> int:
    from callcalm.room.floor import MOST_PARTICIPANTS

    if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= MOST_PARTICIPANTS):
        raise argparse.ArgumentTypeError(_("a whole number from 1 to {most}").format(most=MOST_PARTICIPANTS))
    return int(text)
