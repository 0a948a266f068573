"""The live journal: what participants sent, kept until the session is over, so that no vote goes with the server.

A private file beside the session's, one line each, of random participant numbers and nothing else that could tell
who somebody is. It is removed at the end, always. What must not be here: what a vote counts for.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Final

from callcalm.core.price import PriceSheet
from callcalm.core.text import Text
from callcalm.room.taking import Remembered
from callcalm.storage import durable
from callcalm.storage.trouble import CannotSave

CAP: Final = 64 * 1024 * 1024
"""How much of a journal is read, in bytes: some two million votes."""

_HEAD = re.compile(r"callcalm-live 1 ([0-9a-f]{64})")
_LINE = re.compile(r"([jvsp]) (\d{1,9}) ([A-Za-z0-9_-]{1,64})(?: (.*))?")
_SHEET = re.compile(r"([01])((?: -?\d{1,2}){6})")


class LiveJournal:
    """A journal that is open. `secret` outlives a restart; `found` is what was in it when it was opened.

    Lines are taken from any thread; one `commit` puts all that were taken on the disk, at once.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.found: tuple[Remembered, ...] = ()
        self._taking = Lock()
        self._writing = Lock()
        self._waiting: list[str] = []
        secret, self.found, sound = _read(path)
        self.secret = secret or os.urandom(32)
        if secret is None:
            self._waiting.append(f"callcalm-live 1 {self.secret.hex()}")
        self._cut = sound

    def append(self, lines: Iterable[str]) -> None:
        """Take lines; they are on the disk after the next `commit`."""
        with self._taking:
            self._waiting.extend(lines)

    def commit(self) -> None:
        """Put every line taken so far on the disk.

        Raises:
            CannotSave: none of them is; they wait for the next time.
        """
        with self._writing:
            with self._taking:
                lines, self._waiting = self._waiting, []
            if not lines:
                return
            try:
                if self._cut is not None:
                    durable.shorten(self.path, self._cut)
                    self._cut = None
                durable.append_block(self.path, "".join(f"{line}\n" for line in lines).encode())
            except CannotSave:
                with self._taking:
                    self._waiting = [*lines, *self._waiting]
                raise

    def remove(self) -> bool:
        """Remove the journal; whether it is gone."""
        with suppress(FileNotFoundError):
            try:
                self.path.unlink()
            except FileNotFoundError:
                raise
            except OSError:
                return False
            durable.sync_folder(self.path.parent)
        return True


def joined(who: str) -> str:
    """The line of somebody who joined."""
    return f"j 0 {who}"


def voted(revision: int, who: str, letter: str) -> str:
    """The line of a vote."""
    return f"v {revision} {who} {letter}"


def said(revision: int, who: str, text: Text) -> str:
    """The line of an answer in somebody's own words, made safe already and without ends of line."""
    return f"s {revision} {who} {text}"


def rated(revision: int, who: str, sheet: PriceSheet) -> str:
    """The line of a sheet."""
    points = (sheet.fair, sheet.priority, sheet.respect, sheet.involvement, sheet.communication, sheet.effort)
    return f"p {revision} {who} {int(bool(sheet.got))} {' '.join(map(str, points))}"


def remembered(path: Path) -> tuple[Remembered, ...]:
    """What a journal holds, read without touching it; nothing if there is none."""
    return _read(path)[1]


def _read(path: Path) -> tuple[bytes | None, tuple[Remembered, ...], int | None]:
    """The secret, what was sent, and where a torn end begins (None if the end is whole)."""
    try:
        with path.open("rb") as stream:
            data = stream.read(CAP)
    except OSError:
        return None, (), None
    whole = data.rfind(b"\n") + 1
    head, *lines = data[:whole].decode("utf-8", "replace").split("\n")
    match = _HEAD.fullmatch(head)
    if match is None:
        return None, (), 0
    found = tuple(one for one in map(_remembered, lines) if one is not None)
    return bytes.fromhex(match[1]), found, whole if whole < len(data) else None


def _remembered(line: str) -> Remembered | None:
    match = _LINE.fullmatch(line)
    if match is None:
        return None
    kind, revision, who, rest = match[1], int(match[2]), match[3], match[4] or ""
    if kind == "j":
        return Remembered(who)
    if kind == "v":
        return Remembered(who, revision, letter=rest[:1])
    if kind == "s":
        return Remembered(who, revision, text=rest)
    sheet = _sheet(rest)
    return Remembered(who, revision, sheet=sheet) if sheet is not None else None


def _sheet(text: str) -> PriceSheet | None:
    match = _SHEET.fullmatch(text)
    if match is None:
        return None
    fair, *factors = map(int, match[2].split())
    try:
        return PriceSheet(match[1] == "1", fair, *factors)
    except ValueError:
        return None
