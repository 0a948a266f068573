"""A session as it is hosted: the room, its file, its live journal, and the lock that keeps a second host out.

What must not be here: screens, servers, and what the room decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import SystemRandom
from typing import TYPE_CHECKING

from callcalm import __version__
from callcalm.core.round import begin, numbered
from callcalm.core.text import Text, safe
from callcalm.language import _
from callcalm.practice.desk import lasting
from callcalm.practice.ears import Ears
from callcalm.room.file import BadSession, Header, Recorded, entry_bytes, header_bytes, read_session
from callcalm.room.floor import MOST_PARTICIPANTS, NotNow, Phase
from callcalm.room.journal import LiveJournal, remembered, said
from callcalm.room.session import Room
from callcalm.room.shelf import find, folder, live_path
from callcalm.room.taking import CALLED_OUT
from callcalm.storage import durable
from callcalm.storage.lock import Holder, WindowLock
from callcalm.storage.trouble import CannotSave

if TYPE_CHECKING:
    from callcalm.practice.desk import Desk

_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_SLUG = re.compile(r"[^a-z0-9]+")


class SessionTaken(Exception):
    """Another host has the session; `holder` is which, as far as it said."""

    def __init__(self, holder: Holder) -> None:
        super().__init__(
            _("This session is hosted in another window (process {pid}).").format(pid=holder.pid or "?")
        )
        self.holder = holder


@dataclass(frozen=True, slots=True)
class Told:
    """A room out of a session's file; `complete` is False if not all of it fits the encounter as it is now."""

    room: Room
    recorded: Recorded
    complete: bool
    notice: str


class Hosted:
    """A session that is open.

    `trouble` is why the last save failed, None when it worked; `notice` one sentence about how it came back, and
    `resumed` whether it did. After each thing the facilitator does, `save()` puts it on the disk.
    """

    def __init__(
        self, room: Room, path: Path, header: Header, lock: WindowLock, now: Callable[[], datetime]
    ) -> None:
        self.room = room
        self.path = path
        self.header = header
        self.journal = LiveJournal(live_path(path))
        self.trouble: CannotSave | None = None
        self.notice = ""
        self.resumed = False
        self._lock = lock
        self._now = now
        self._saved = 0
        self._begun = False

    @classmethod
    def begin(
        cls,
        desk: Desk,
        scenario: str,
        *,
        playbook: str | None = None,
        seed: int = 0,
        hands: bool = False,
        cap: int = MOST_PARTICIPANTS,
    ) -> Hosted:
        """Open a session of an encounter, with a file of its own. Should that fail, `trouble` says why.

        Raises:
            UnknownScenario, BadFile, UnknownPlaybook: as `Desk.begin` does.
        """
        chance = SystemRandom()
        draw = Text("".join(chance.choices(_ALPHABET, k=4)))
        room = _room(desk, scenario, playbook, seed, draw, hands=hands, cap=cap)
        now = desk.now()
        story = room.round.state.scenario
        name = f"{now.astimezone():%Y-%m-%d}-{_slug(story.id)}-{''.join(chance.choices(_ALPHABET, k=4))}"
        header = Header(
            session=Text(name),
            started=now,
            scenario=safe(lasting(scenario), multiline=False),
            title=story.title,
            digest=Text(story.digest),
            language=Text(story.language),
            playbook=Text(room.book.id),
            seed=seed,
            draw=draw,
            hands=hands,
            app=Text(__version__),
        )
        path = folder(desk) / f"{name}.toml"
        made = cls(room, path, header, _lock(path), desk.now)
        try:
            durable.make_folder(path.parent)
            made._lock.take(now)
        except CannotSave as trouble:
            made.trouble = trouble
        else:
            made.save()
        return made

    @classmethod
    def resume(cls, desk: Desk, which: str, *, cap: int = MOST_PARTICIPANTS) -> Hosted:
        """Go on with a session, from its file: a path, a name, or `last`.

        Raises:
            BadSession: it is not there, or cannot be gone on with; nothing has changed then.
            SessionTaken: another window hosts it.
            CannotSave: its folder cannot be written to.
            UnknownScenario, BadFile, UnknownPlaybook: its encounter cannot be played.
        """
        path = find(desk, which)
        lock = _lock(path)
        holder = lock.take(desk.now())
        if holder is not None:
            raise SessionTaken(holder)
        try:
            told = tell(desk, path, cap=cap)
            _mend(path, told)
            made = cls(told.room, path, told.recorded.header, lock, desk.now)
        except BaseException:
            lock.release()
            raise
        made.notice = told.notice
        made.resumed = True
        made._begun = True
        made._saved = len(told.room.entries)
        return made

    def save(self) -> CannotSave | None:
        """Put what the facilitator did since the last time on the disk; the trouble, if that fails."""
        new = self.room.entries[self._saved :]
        at = self._now()
        data = b"" if self._begun else header_bytes(self.header)
        data += b"".join(entry_bytes(self._saved + n, entry, at) for n, entry in enumerate(new, 1))
        if data:
            try:
                durable.append_block(self.path, data)
            except CannotSave as trouble:
                self.trouble = trouble
                return trouble
        self._begun = True
        self._saved += len(new)
        self.trouble = None
        return None

    def called_out(self, text: str) -> int:
        """Add an answer that somebody called out, and keep it; its number. Raises `NotNow` as the room does."""
        number = self.room.add_said(text)
        asked = self.room.question
        assert asked is not None  # noqa: S101  (the room has added to it)
        who = f"{CALLED_OUT}{number}"
        self.journal.append([said(asked.ballot.revision, who, asked.said[who].text)])
        with suppress(CannotSave):  # it waits for the next time, and is in the room meanwhile
            self.journal.commit()
        return number

    def end(self, *, keep: bool) -> bool:
        """End it: the journal is removed, and the file too unless it is kept. Whether that went well."""
        gone = self.journal.remove()
        if not keep:
            with suppress(FileNotFoundError):
                try:
                    self.path.unlink()
                except FileNotFoundError:
                    raise
                except OSError:
                    gone = False
        with suppress(OSError):  # while it is held, so that nobody can take it in between
            self.path.with_suffix(".lock").unlink()
        self._lock.release()
        durable.sync_folder(self.path.parent)
        return gone

    def leave(self) -> None:
        """Let another window go on with the session; everything stays where it is."""
        self._lock.release()


def tell(desk: Desk, path: Path, *, cap: int = MOST_PARTICIPANTS) -> Told:
    """The room of a session, from its file and what is in its journal; nothing is written, nothing locked.

    Raises:
        BadSession: as `read_session` does.
        UnknownScenario, BadFile, UnknownPlaybook: its encounter cannot be played.
    """
    recorded = read_session(path)
    head = recorded.header
    room = _room(desk, head.scenario, head.playbook, head.seed, head.draw, hands=head.hands, cap=cap)
    notices = []
    complete = True
    for number, entry in enumerate(recorded.entries, 1):
        try:
            room.obey(entry)
        except NotNow:
            complete = False
            notices.append(
                _("The encounter has changed since: the session fits up to event {n} of {all}.").format(
                    n=number - 1, all=len(recorded.entries)
                )
            )
            break
    if recorded.damage:
        notices.append(
            _("The session can be read up to a place that is damaged. {where}").format(where=recorded.damage)
        )
    if recorded.torn:
        notices.append(_("The last thing was cut off while it was written; the session goes on from before it."))
    if complete and head.digest != room.round.state.scenario.digest:
        notices.append(_("The encounter has changed since; all that was done still fits."))
        if any(numbered(key) for entry in recorded.entries for key in (*entry.keys, entry.reply)):
            notices.append(
                _("Answers without an id go by their number: see whether these are the ones that were given.")
            )
    room.remember(remembered(live_path(path)))
    return Told(room, recorded, complete, " ".join(notices))


def _mend(path: Path, told: Told) -> None:
    """Leave a torn end behind; raise `BadSession` if the session cannot be gone on with."""
    if told.room.phase is Phase.OVER:
        command = f"callcalm session {path.stem}"
        raise BadSession(_("This session is over. Its handout: {command}").format(command=command))
    if told.recorded.damage or not told.complete:
        raise BadSession(told.notice)
    if told.recorded.torn:
        durable.replace_file(path, told.recorded.sound.encode())


def _lock(path: Path) -> WindowLock:
    return WindowLock(path.with_suffix(".lock"), path.with_suffix(".holder.toml"))


def _room(
    desk: Desk,
    name: str,
    playbook: str | None,
    seed: int,
    draw: str,
    *,
    hands: bool,
    cap: int = MOST_PARTICIPANTS,
) -> Room:
    scenario = desk.scenario(name)
    ears = Ears(scenario.language, desk.registry, desk.phrases)
    if not scenario.read:
        scenario = ears.read(scenario)
    rules = desk.playbook(playbook or desk.settings.playbook or scenario.playbook)
    books = {**desk.playbooks, rules.id: rules}
    return Room(begin(scenario, rules, seed), books, hear=ears.hear, cap=cap, draw=draw, hands=hands)


def _slug(name: str) -> str:
    return _SLUG.sub("-", name.casefold()).strip("-")[:40] or "session"
