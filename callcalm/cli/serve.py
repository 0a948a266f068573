"""`callcalm serve`: the screens in a browser, for machines without a terminal."""

from __future__ import annotations

import argparse
import sys

from callcalm.cli import options
from callcalm.cli.exits import INTERRUPTED, OK, USAGE
from callcalm.cli.help_ import Help
from callcalm.core.hints import TYPE_CHECKING
from callcalm.language import _

if TYPE_CHECKING:
    import asyncio
    from argparse import _SubParsersAction
    from collections.abc import Callable

    from callcalm.room.learner_server import LearnerServer

NEEDED = ("aiohttp", "segno", "textual_serve")
"""What the extra `room` brings."""

CAP, MOST_CAP = 8, 40
"""As in `room.learner_server`, which needs the extra and so cannot be asked here; a test compares them."""

EACH = 75
"""Megabytes of memory that a learner in a call takes, as benchmarks/serve.py measures it, rounded up."""


def add(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """The options of `callcalm serve`."""
    parser = commands.add_parser(
        "serve",
        help=_("practise in a browser, on machines without a terminal"),
        formatter_class=Help,
        description=_("Examples:")
        + "\n  callcalm serve                  "
        + _("for browsers on this machine")
        + "\n  callcalm serve --lan --cap 4    "
        + _("for four learners on this network"),
        epilog=_("Each learner is a process of about {n} MB. A code lets them in; Ctrl-C stops it all.").format(
            n=EACH
        )
        + "\n"
        + _("Each browser keeps its rounds until it stops; then they are deleted. Your own saves are not touched.")
        + "\n"
        + _("Exit codes: 0 stopped, 2 wrong command line, no free port, or the extra “room” is not there."),
    )
    parser.add_argument("--lan", action="store_true", help=_("for everyone on this network who has the code"))
    parser.add_argument(
        "--port",
        metavar="N",
        type=options.whole(1, options.MOST_PORT),
        help=_("listen on this port (default: a free one)"),
    )
    parser.add_argument(
        "--cap",
        metavar="N",
        type=options.whole(1, MOST_CAP),
        default=CAP,
        help=_("how many learners at once (default: {n})").format(n=CAP),
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Serve until somebody stops it, or say why it cannot be."""
    if _missing():
        sys.stderr.write(
            _("“callcalm serve” needs the extra “room”. Install it with: {command}").format(command=options.ROOM)
            + "\n"
        )
        return USAGE
    import asyncio

    from callcalm.room.network import CannotListen

    try:
        return asyncio.run(_served(args))
    except CannotListen as why:
        sys.stderr.write(f"{why}\n")
        return USAGE


async def _served(args: argparse.Namespace) -> int:
    import asyncio
    import shutil
    import signal
    import textwrap

    from callcalm.room.learner_server import serving_learners

    stopped, code = asyncio.Event(), OK

    def stop(number: int) -> None:
        nonlocal code
        code = INTERRUPTED if number == signal.SIGINT else OK
        stopped.set()

    _on_signals(asyncio.get_running_loop(), stop)

    def told(line: str) -> None:
        sys.stderr.write(_("A session ended badly: {why}").format(why=line) + "\n")

    def opens(address: str, port: int) -> None:
        from callcalm.room.learner_server import lan_words

        width = shutil.get_terminal_size().columns
        wrapped = (line for words in lan_words(address, port) for line in textwrap.wrap(words, width))
        sys.stderr.write("\n".join(wrapped) + "\n\n")

    async with serving_learners(lan=args.lan, port=args.port, cap=args.cap, told=told, opens=opens) as server:
        _show(server, lan=args.lan)
        await stopped.wait()
        sys.stderr.write(_("Stopping: learners are saved out of their calls …") + "\n")
    return code


def _show(server: LearnerServer, *, lan: bool) -> None:
    """The way in, on standard output; a code to scan where it is a terminal and others can reach the address."""
    from callcalm.room.qr import framed, qr_rows

    write = sys.stdout.write
    write(_("Address: {address}").format(address=server.address) + "\n")
    write(_("Code:    {code}").format(code=server.code) + "\n")
    if lan:
        write(_("Link:    {link}").format(link=server.link) + "\n")
        if sys.stdout.isatty():
            write("\n" + "\n".join(framed(qr_rows(server.link))) + "\n")
    write("\n" + _("At most {n} learners at once. Ctrl-C stops it.").format(n=server.places.cap) + "\n")
    sys.stdout.flush()


def _on_signals(loop: asyncio.AbstractEventLoop, stop: Callable[[int], None]) -> None:
    import signal

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is None:
            continue
        try:
            loop.add_signal_handler(number, stop, number)
        except (NotImplementedError, RuntimeError, ValueError):
            return  # Windows: Ctrl-C comes as KeyboardInterrupt, which ends the server as well


def _missing() -> bool:
    from importlib.util import find_spec

    return any(find_spec(name) is None for name in NEEDED)
