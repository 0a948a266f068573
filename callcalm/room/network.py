"""Addresses and ports of this machine, and what opening them means.

What must not be here: the web server itself.
"""

from __future__ import annotations

import errno
import ipaddress
import socket
import sys
from contextlib import suppress

from callcalm.core.text import Text, safe
from callcalm.language import _

LOOPBACK = "127.0.0.1"

FIRST_PORT = 8700
"""Where the search for a free port begins, when none is asked for."""

PORTS_TRIED = 20

BACKLOG = 1024
"""Connections that may wait to be taken: a room scans the code within seconds."""

_NOBODY = "192.0.2.1"
"""An address for documentation: asking the way there sends nothing."""


class CannotListen(Exception):
    """No port to listen on; the message says why and what to do."""


def lan_address() -> str | None:
    """The address other machines of the local network reach this one at, or None without a network.

    Sends nothing: the system is only asked which of its addresses it would send from. A network without a way out
    is found by this machine's own name. Where there are several networks the first may be the wrong one.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((_NOBODY, 9))
            found = [str(probe.getsockname()[0])]
        except OSError:
            found = []
    with suppress(OSError):  # its own name may mean nothing here
        found += socket.gethostbyname_ex(socket.gethostname())[2]
    return next((address for address in found if _is_of_a_network(address)), None)


def listen(host: str, port: int | None) -> socket.socket:
    """A listening socket on this host; without a port, on the first free one from `FIRST_PORT` on.

    Raises:
        CannotListen: the port asked for is taken or not allowed, or none of those tried is free.
    """
    if port is not None:
        try:
            return _bound(host, port)
        except OSError as error:
            raise CannotListen(_why(host, port, error)) from error
    for candidate in range(FIRST_PORT, FIRST_PORT + PORTS_TRIED):
        try:
            return _bound(host, candidate)
        except OSError as error:
            if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
                raise CannotListen(_why(host, candidate, error)) from error
    raise CannotListen(
        _("All ports from {first} to {last} are taken. Name a free one with --port.").format(
            first=FIRST_PORT, last=FIRST_PORT + PORTS_TRIED - 1
        )
    )


def lan_warning(address: str, port: int) -> tuple[Text, ...]:
    """What --lan opens, one sentence a line: to be shown, and agreed to, before anything listens."""
    return tuple(
        safe(sentence)
        for sentence in (
            _("--lan opens {address}, port {port}, to everyone on this network, until callcalm ends.").format(
                address=address, port=port
            ),
            _("Whoever has the code or the link can vote and can send text to your screen."),
            _("It is plain HTTP: who runs or listens on this network can read the votes and answers sent."),
            _("Only the voting page is served: no file of this machine, no keys, no notes."),
            _("Use it on a network you trust, and never on an address that the internet reaches."),
        )
    )


def room_for_files(needed: int) -> int:
    """Let this process hold `needed` files and connections open if the system allows; how many it may hold now."""
    if sys.platform == "win32":
        return needed
    import resource  # noqa: PLC0415 - not on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= needed:
        return needed
    wanted = needed if hard == resource.RLIM_INFINITY else min(needed, hard)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    except (OSError, ValueError):
        return soft
    return wanted


def _is_of_a_network(address: str) -> bool:
    found = ipaddress.ip_address(address)
    return not (found.is_loopback or found.is_unspecified)


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        if sys.platform == "win32":
            # There, SO_REUSEADDR would let two hosts share one port.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(BACKLOG)
        listener.setblocking(False)
    except (OSError, OverflowError) as error:
        listener.close()
        if isinstance(error, OverflowError):
            raise OSError(errno.EINVAL, "no such port") from error
        raise
    return listener


def _why(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return _("Port {port} is taken, perhaps by another host. Name another with --port.").format(port=port)
    if error.errno == errno.EACCES:
        return _("The system does not allow port {port}. Name one from 1024 up with --port.").format(port=port)
    if error.errno == errno.EADDRNOTAVAIL:
        return _("This machine has no address {host} (any more).").format(host=host)
    return _("Cannot listen on {host}, port {port}: {reason}").format(
        host=host, port=port, reason=safe(error.strerror or str(error), multiline=False)
    )
