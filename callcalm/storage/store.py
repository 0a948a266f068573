"""One player's saves, as front ends use them: open, save the call at every turn, finish rounds, read them.

Opening always works. Where nothing can be written the store keeps what it is given in memory, says so (`trouble`),
and tries again at every save. Not for several threads at once. What must not be here: how anything is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from callcalm import __version__
from callcalm.intake.pause import collector_paused
from callcalm.storage import addition, callfile, durable, emit, roundlog
from callcalm.storage.gathering import gathered
from callcalm.storage.history import Played
from callcalm.storage.lock import Holder, WindowLock
from callcalm.storage.names import Slot, file_stem, player_name, slots
from callcalm.storage.recording import call_pairs
from callcalm.storage.records import CallRecord, RoundRecord
from callcalm.storage.roundlog import Head
from callcalm.storage.summary import Summary, summed_up
from callcalm.storage.taking import adopt_call, take_slot
from callcalm.storage.trouble import CannotSave, Saved, SaveProblem, Trouble

_Read = TypeVar("_Read")

Clock = Callable[[], datetime]
"""Gives the time now, with its offset."""


class Store:
    """One player's saves in one folder.

    `lock_holder` is the window that was there first, if there is one: this one then saves beside it. `trouble` is
    why the last save failed, None if all is saved. `unsaved` are the rounds that are in memory only.
    """

    def __init__(self, player: str, folder: Path, clock: Clock, language: str = "") -> None:
        self.player = player_name(player)
        self.folder = folder
        self.lock_holder: Holder | None = None
        self.trouble: CannotSave | None = None
        self.unsaved: tuple[RoundRecord, ...] = ()
        self._language = language
        self._clock = clock
        self._slots = slots(folder, file_stem(player))
        self._slot: Slot | None = None
        self._lock: WindowLock | None = None
        self._problems: dict[SaveProblem, None] = {}
        self._finished: set[str] = set()
        self._unsaved_call: CallRecord | None = None
        self._looked = False

    @classmethod
    def open(cls, player: str, folder: Path, clock: Clock, *, language: str = "") -> Store:
        """The saves of this player in this folder, which is made if need be.

        Never raises for what the disk does: see `trouble`, `lock_holder` and `problems`. `language` goes into the
        header of a new save.
        """
        store = cls(player, folder, clock, language)
        with suppress(CannotSave):
            store._ready()
        return store

    def close(self) -> None:
        """Let another window have the save. The store can still be read."""
        lock, self._lock, self._slot = self._lock, None, None
        if lock is not None:
            lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """The file that this window adds rounds to."""
        return (self._slot or self._slots[0]).log

    @property
    def problems(self) -> tuple[SaveProblem, ...]:
        """What was met in the save so far. Reading the rounds may add to it."""
        return tuple(self._problems)

    def save_call(self, record: CallRecord) -> Saved:
        """Write the call in progress. It replaces any other.

        Raises:
            CannotSave: `trouble` says the same; the call is kept in memory until the next save.
        """
        self._unsaved_call = record
        saved = self._write_call(record)
        with suppress(CannotSave):
            self._flush()
        return saved

    def load_call(self) -> CallRecord | None:
        """The call in progress, if there is one; a call whose round is in the log already is cleared away."""
        slot = self._slot or (None if self.lock_holder else self._slots[0])
        if slot is None:
            return None
        self._looked = True
        met: list[SaveProblem] = []
        record = callfile.load_call(slot.call, self._clock(), met)
        self._note(met)
        if any(problem.kind is Trouble.CALL_NEWER or problem.moved_to is None for problem in met):
            self._looked = False
        if record is not None and record.id in self._ids():
            with suppress(CannotSave):
                callfile.clear_call(slot.call)
            return None
        return record

    def clear_call(self) -> None:
        """Give up the call in progress.

        Raises:
            CannotSave: it is still there.
        """
        self._unsaved_call = None
        if self._slot is not None:
            callfile.clear_call(self._slot.call)

    def set_call_aside(self) -> Path | None:
        """Move a call that cannot be gone on with out of the way; None if there is none, or it cannot be moved."""
        if self._slot is None or not self._slot.call.exists():
            return None
        return callfile.set_aside(self._slot.call, "kept", self._clock())

    def finish(self, record: RoundRecord, *, of_call: bool = True) -> Saved:
        """Add a finished round to the log, with any that could not be added before, and clear the call.

        A round that was no call (`of_call` is False) leaves the call in progress where it is.

        Once this returns, the round is on the disk. Finishing the same round again does no harm.

        Raises:
            CannotSave: `trouble` says the same; the round is in `unsaved`, and the next save tries again.
        """
        if record.id in self._finished:
            return Saved(self.path)
        self.unsaved = (*(other for other in self.unsaved if other.id != record.id), record)
        saved = self._flush() or Saved(self.path)
        if of_call:
            with suppress(CannotSave):  # a call whose round is in the log is not offered again
                self.clear_call()
        return saved

    def retry(self) -> None:
        """Try again to save what is in memory only.

        Raises:
            CannotSave: it still does not work.
        """
        self._flush()
        if self._unsaved_call is not None:
            self._write_call(self._unsaved_call)

    def unsaved_text(self) -> str:
        """All that is in memory only, as TOML to copy; empty if everything is saved."""
        parts = [addition.round_block(record).decode() for record in self.unsaved]
        if self._unsaved_call is not None:
            parts.append("\n[call]\n" + emit.lines(call_pairs(self._unsaved_call)))
        return "".join(parts).lstrip("\n")

    def rounds(self) -> tuple[RoundRecord, ...]:
        """Every round that can be read, oldest first, with those in memory. What was met goes to `problems`."""
        return gathered(self._read(roundlog.rounds), self.unsaved)

    def history(self) -> tuple[Played, ...]:
        """The same rounds, as far as what they tell over time needs them, and much faster."""
        with collector_paused():
            return gathered(self._read(roundlog.history), map(Played.of, self.unsaved))

    def heads(self) -> tuple[Head, ...]:
        """The same rounds, as far as home needs them, and faster still: only their first lines are read."""
        return gathered(self._read(roundlog.heads), map(Head.of, self.unsaved))

    def summaries(self) -> Mapping[str, Summary]:
        """What home shows of each scenario played, by scenario id."""
        return summed_up(self.heads())

    def move_to(self, folder: Path) -> None:
        """Go on in another folder: the rounds that are not there yet are added there, with what is unsaved.

        The old files stay where they are.

        Raises:
            CannotSave: that folder does not work either; nothing has changed.
        """
        if durable.is_same(folder, self.folder):
            self.retry()
            return
        there = Store(self.player, folder, self._clock, self._language)
        there.unsaved = self.unsaved
        there._unsaved_call = self._unsaved_call or self.load_call()
        try:
            there._write(there._ready(), self._missing_in(there))
            there.retry()
        except CannotSave:
            there.close()
            raise
        with suppress(CannotSave):
            self.clear_call()
        self.close()
        there._finished |= self._finished
        vars(self).update(vars(there))

    def _read(self, read: Callable[[Path, list[SaveProblem]], Iterable[_Read]]) -> list[list[_Read]]:
        """What a reader finds in each of the files."""
        met: list[SaveProblem] = []
        found = [list(read(slot.log, met)) for slot in self._slots]
        self._note(met)
        return found

    def _ready(self) -> Slot:
        """The slot that is this window's own."""
        if self._slot is None:
            holders: list[Holder] = []
            met: list[SaveProblem] = []
            try:
                durable.make_folder(self.folder)
                self._slot, self._lock = take_slot(self._slots, self._clock(), holders, met)
            except CannotSave as trouble:
                self.trouble = trouble
                raise
            finally:
                self.lock_holder = next(iter(holders), None)
                self._note(met)
            self.trouble = None
            adopt_call(self._slots, self._slot, self._clock())
        return self._slot

    def _write_call(self, record: CallRecord) -> Saved:
        try:
            slot = self._ready()
            if not self._looked:
                met: list[SaveProblem] = []
                try:
                    callfile.make_way(slot.call, self._clock(), met)
                finally:
                    self._note(met)
                self._looked = True
            saved = callfile.save_call(slot.call, record, self.player)
        except CannotSave as trouble:
            self.trouble = trouble
            raise
        self._unsaved_call = None
        self.trouble = None
        return saved

    def _flush(self) -> Saved | None:
        """Add the rounds that are in memory only; None if there are none."""
        if not self.unsaved:
            return None
        try:
            saved = self._write(self._ready(), [addition.round_block(record) for record in self.unsaved])
        except CannotSave as trouble:
            self.trouble = trouble
            raise
        self._finished |= {record.id for record in self.unsaved}
        self.unsaved = ()
        self.trouble = None
        return saved

    def _write(self, slot: Slot, added: list[bytes]) -> Saved:
        if not added:
            return Saved(slot.log)
        header = addition.new_header(self.player, self._language, self._clock(), __version__)
        saved, met = addition.add_blocks(slot.log, header, added)
        self._note(met)
        return saved

    def _missing_in(self, there: Store) -> list[bytes]:
        """The rounds of this save that another lacks, as they stand in their files."""
        known = there._ids()
        raw = (pair for slot in self._slots for pair in roundlog.raw_rounds(slot.log))
        return [b"\n" + data.rstrip() + b"\n" for ids, data in raw if not known.issuperset(ids)]

    def _ids(self) -> set[str]:
        return {head.id for head in self.heads() if head.complete}

    def _note(self, met: Iterable[SaveProblem]) -> None:
        self._problems.update(dict.fromkeys(met))
