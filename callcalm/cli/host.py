"""`callcalm host SCENARIO`: a room decides an encounter together, with phones or with hands."""

from __future__ import annotations

import argparse
import sys
from contextlib import suppress

from callcalm.cli import options
from callcalm.cli.exits import FOUND, OK, UNSAVED, USAGE, refused
from callcalm.cli.help_ import Help
from callcalm.core.hints import TYPE_CHECKING
from callcalm.language import _

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from callcalm.plain.console import Console
    from callcalm.plain.host_lines import Lines
    from callcalm.plain.host_phones import Door
    from callcalm.practice.desk import Desk
    from callcalm.room.hosting import Hosted
    from callcalm.room.rehearsing import Crowd

LOOPBACK = "127.0.0.1"


def add(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """The options of `callcalm host`."""
    from callcalm.room.floor import MOST_PARTICIPANTS

    parser = commands.add_parser(
        "host",
        help=_("let a room decide an encounter together"),
        formatter_class=Help,
        description=_("Examples:")
        + "\n  callcalm host lost-referral                   "
        + _("on the projected screen; phones reach this machine only")
        + "\n  callcalm host lost-referral --lan             "
        + _("the same, for phones on this network")
        + "\n  callcalm host lost-referral --hands           "
        + _("no network: you count hands")
        + "\n  callcalm host lost-referral --hands --plain   "
        + _("the same, line by line")
        + "\n  callcalm host lost-referral --plain --lan     "
        + _("phones on this network, line by line")
        + "\n  callcalm host lost-referral --rehearse 30     "
        + _("try it out with thirty people who are not there")
        + "\n  callcalm host --notes                         "
        + _("your notes, on a second terminal")
        + "\n  callcalm host --resume last                   "
        + _("go on with a session, also after a crash"),
        epilog=_("A session's file holds tallies, and answers that were projected.")
        + "\n"
        + _("It is deleted at the end unless it is kept.")
        + "\n"
        + _("Afterwards: “callcalm session” writes the handout.")
        + "\n"
        + _("Exit codes: 0 all well, 1 a file cannot be used, 2 wrong command line, 3 it could not be saved."),
    )
    parser.add_argument("scenario", metavar="SCENARIO", nargs="?", help=_("a scenario's id, or a scenario file"))
    parser.add_argument("--hands", action="store_true", help=_("no phones: you type how many hands went up"))
    parser.add_argument(
        "--lan", action="store_true", help=_("let phones on the local network join; says first what that opens")
    )
    parser.add_argument(
        "--port",
        metavar="PORT",
        type=options.whole(1, options.MOST_PORT),
        help=_("the port for phones (default: a free one)"),
    )
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
        "--rehearse",
        metavar="N",
        type=options.whole(1, MOST_PARTICIPANTS),
        help=_("a made-up crowd of N votes; nothing of it is kept"),
    )
    parser.add_argument("--keep", action="store_true", help=_("keep the session's file at the end without asking"))
    parser.add_argument("--playbook", metavar="ID", help=_("house rules to play by (default: the scenario's own)"))
    options.add_phrases(parser)
    options.add_desk(parser)
    options.add_look(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Host, or say why this cannot be hosted."""
    from callcalm.content.library import UnknownScenario
    from callcalm.insight.saving import trouble_line
    from callcalm.intake.problems import BadFile
    from callcalm.practice.desk import UnknownPlaybook
    from callcalm.room.file import BadSession, NoSession
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
    except BadFile as bad:
        return refused(bad)
    except (BadSession, SessionTaken) as bad:
        sys.stderr.write(f"{bad}\n")
        return USAGE if isinstance(bad, NoSession) else FOUND
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
    if options.is_plain(args):
        return _line_by_line(args, desk)
    phones, notice = _phones(args, desk)
    return _on_screen(args, desk, _session(args, desk, hands=not phones), notice, phones=phones)


def _notes(args: argparse.Namespace, desk: Desk) -> int:
    if not options.is_plain(args):
        from callcalm.tui.hosting_notes import run_notes as run_screen

        run_screen(desk, args.notes, theme=args.theme)
        return OK
    from callcalm.plain.console import Console
    from callcalm.plain.host_notes import run as run_notes

    run_notes(Console(), desk, args.notes)
    return OK


def _phones(args: argparse.Namespace, desk: Desk, console: Console | None = None) -> tuple[bool, str]:
    """Whether phones are to come in, and why they cannot where that is not what was asked for."""
    if args.hands or args.rehearse or _was_by_hands(args, desk):
        return False, ""
    try:
        import aiohttp  # noqa: F401  (whether it is there is all that matters)
        import segno  # noqa: F401
    except ImportError:
        return False, _("For phones: {command}. It goes on with hands.").format(command=options.ROOM)
    if args.lan and not _agreed(args, console):
        return False, _("Nothing is opened. It goes on with hands.")
    return True, ""


def _was_by_hands(args: argparse.Namespace, desk: Desk) -> bool:
    """Whether the session to go on with was begun with hands."""
    if not args.resume:
        return False
    from callcalm.room.file import read_session
    from callcalm.room.shelf import find

    return read_session(find(desk, args.resume)).header.hands


def _agreed(args: argparse.Namespace, console: Console | None) -> bool:
    """What --lan opens, and whether that is wanted; asked before anything listens on the network."""
    from callcalm.plain.console import Console, InputEnded, Leave
    from callcalm.room.network import CannotListen, lan_address, lan_warning, listen

    address = lan_address()
    if address is None:
        return True  # the server says that there is no network, and goes on with hands
    if args.port is None:
        try:
            with listen(LOOPBACK, None) as probe:
                args.port = int(probe.getsockname()[1])
        except CannotListen:
            return True  # the server says so
    console = console or Console()
    for sentence in lan_warning(address, args.port):
        console.say(sentence)
    try:
        return console.yes(_("Open it? y or n"))
    except (InputEnded, Leave):
        return False


def _on_screen(args: argparse.Namespace, desk: Desk, hosted: Hosted, notice: str, *, phones: bool) -> int:
    from callcalm.tui.hosting import Phones
    from callcalm.tui.hosting import run as run_screen

    word = run_screen(
        desk,
        hosted,
        phones=Phones(lan=args.lan, port=args.port) if phones else None,
        crowd=_crowd_of(args, hosted),
        keep=args.keep,
        theme=args.theme,
        notice=notice,
    )
    sys.stderr.write(f"{word}\n")
    return OK if hosted.trouble is None else UNSAVED


def _session(args: argparse.Namespace, desk: Desk, *, hands: bool) -> Hosted:
    from callcalm.room.hosting import Hosted

    if args.resume:
        return Hosted.resume(desk, args.resume)
    return Hosted.begin(desk, args.scenario, playbook=args.playbook, hands=hands)


def _line_by_line(args: argparse.Namespace, desk: Desk) -> int:
    """Host without a screen. A script hosts by hands, unless it says how phones are to come in."""
    if not (args.lan or args.port or sys.stdin.isatty()) or args.hands or args.rehearse:
        from callcalm.plain.console import Console

        return _plainly(args, Console(), _session(args, desk, hands=True))
    return _with_phones(args, desk)


def _with_phones(args: argparse.Namespace, desk: Desk) -> int:
    """Host without a screen, for phones if they can come in; a server goes on while a line is waited for."""
    from callcalm.plain.console import Console, Ended
    from callcalm.plain.host_lines import Lines
    from callcalm.room.ending import leave

    hosted = None
    try:
        with Lines() as lines:
            console = Console(lines)
            phones, notice = _phones(args, desk, console)
            hosted = _session(args, desk, hands=not phones)
            door, why = _door(args, lines, hosted) if phones else (None, notice)
            return _plainly(args, console, hosted, door=door, notice=why)
    except Ended:
        word = leave(hosted) + "\n" if hosted is not None else ""
        with suppress(OSError):  # a window that was closed hears nothing
            sys.stderr.write(word)
            sys.stderr.flush()
        return OK


def _door(args: argparse.Namespace, lines: Lines, hosted: Hosted) -> tuple[Door | None, str]:
    """Where phones come in, or None and why not."""
    from callcalm.plain.host_phones import Door
    from callcalm.room.network import CannotListen

    try:
        return Door.open(lines, hosted, lan=args.lan, port=args.port), ""
    except CannotListen as no:
        return None, _("{reason} It goes on with hands.").format(reason=no)


def _plainly(
    args: argparse.Namespace, console: Console, hosted: Hosted, *, door: Door | None = None, notice: str = ""
) -> int:
    from callcalm.plain.host import run as run_plain
    from callcalm.room.ending import leave

    crowd = _crowd_of(args, hosted)
    try:
        word = run_plain(console, hosted, keep=args.keep, crowd=crowd, door=door, notice=notice)
    except KeyboardInterrupt:
        sys.stderr.write("\n" + leave(hosted) + "\n")
        raise
    sys.stderr.write(f"{word}\n")
    return OK if hosted.trouble is None else UNSAVED


def _crowd_of(args: argparse.Namespace, hosted: Hosted) -> Crowd | None:
    from callcalm.room.rehearsing import Crowd

    return Crowd(args.rehearse, hosted.header.draw) if args.rehearse else None
