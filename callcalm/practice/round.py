"""One round as it is lived: brief, call, re-read, PRICE, reveal, transfer, done; saved at every change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from callcalm import __version__
from callcalm.core.model import Kept
from callcalm.core.notes import caught, to_catch
from callcalm.core.price import PriceSheet
from callcalm.core.round import Round, reference_sheet
from callcalm.core.text import Text, safe
from callcalm.practice.ears import Ears
from callcalm.practice.playing import Playing
from callcalm.storage import records
from callcalm.storage.convert import action_record, move_record, promise_records
from callcalm.storage.store import Store
from callcalm.storage.trouble import CannotSave

LONGEST_TRANSFER = 300
"""Longest line "next real call I will …", in characters; the rest is cut."""


class Stage(StrEnum):
    """How far a round is."""

    BRIEF = "brief"
    CALL = "call"
    REREAD = "reread"
    PRICE = "price"
    REVEAL = "reveal"
    TRANSFER = "transfer"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Returning:
    """The promise that a round comes back to.

    `follows` names it as records do, `kept` is what has become of it, and `reminder` tells both, in words.
    """

    follows: str
    kept: Kept
    reminder: str


class Practice(Playing):
    """A round in progress.

    `draft` is the self sheet as it stands; `own` the sheet once confirmed; `trouble` why the last save failed,
    None when it worked; `notice` one sentence about how the round came back, empty for a fresh one. `returning` is
    the promise that it comes back to, if it does.
    """

    def __init__(
        self,
        round_: Round,
        store: Store,
        ears: Ears,
        now: Callable[[], datetime],
        *,
        source: str = "",
        record: records.CallRecord | None = None,
        returning: Returning | None = None,
    ) -> None:
        super().__init__(round_, ears)
        self.draft = PriceSheet()
        self.own: PriceSheet | None = None
        self.stage = Stage.BRIEF
        self.transfer = Text("")
        self.returning = returning
        self._store = store
        self._now = now
        self._source = source or round_.opening.scenario.id
        self._started = now()
        self._id = records.new_id(self._started)
        self._extra: records.Extra = {}
        if record is not None:
            self._come_back(record)

    @property
    def source(self) -> str:
        """What the encounter is played by: its id, or the path of its file."""
        return self._source

    @property
    def key(self) -> str:
        """What the log calls the encounter."""
        return self.round.opening.scenario.id

    @property
    def saved_in(self) -> Path:
        """The file that holds the player's rounds."""
        return self._store.path

    def undo(self) -> bool:
        """Take back the last action of the call; False if there is none, or the sheet is already confirmed."""
        if not self.round.turns or self.own is not None:
            return False
        self.round = self.round.undo()
        self.stage = Stage.CALL
        self._save()
        return True

    def go(self, stage: Stage) -> None:
        """Go on to a stage. The call must be over before the re-read, the sheet confirmed before the reveal.

        Raises:
            ValueError: if the round is not that far.
        """
        if stage in _AFTER_CALL and self.round.state.ending is None:
            raise ValueError(f"{stage} comes after the end of the call")
        if stage in _AFTER_SHEET and self.own is None:
            raise ValueError(f"{stage} comes after the self sheet is confirmed")
        if stage is Stage.CALL:
            self._pick_up()
        self.stage = stage
        self._save()

    def sketch(self, sheet: PriceSheet) -> None:
        """Keep the self sheet as it stands; ignored once it is confirmed."""
        if self.own is None:
            self.draft = sheet
            self._save()

    def confirm(self) -> None:
        """Lock the self sheet and go on to the reveal.

        Raises:
            ValueError: if the result question is not answered, or the call is not over.
        """
        if self.draft.got is None:
            raise ValueError("the result question is not answered")
        if self.round.state.ending is None:
            raise ValueError("the call is not over")
        self.own = self.draft
        self.go(Stage.REVEAL)

    def finish(self, transfer: str = "") -> None:
        """Add the round to the player's save. When that fails, `trouble` says why and the round stays at hand.

        Raises:
            ValueError: if the self sheet is not confirmed.
        """
        if self.own is None:
            raise ValueError("the self sheet is not confirmed")
        self.transfer = Text(safe(transfer, multiline=False).strip()[:LONGEST_TRANSFER])
        try:
            self._store.finish(self._round_record())
        except CannotSave as trouble:
            self.trouble = trouble
            return
        self.trouble = None
        self.stage = Stage.DONE

    def move_saves(self, folder: Path) -> CannotSave | None:
        """Carry on in another folder; the trouble there, if it does not work either."""
        try:
            self._store.move_to(folder)
        except CannotSave as trouble:
            self.trouble = trouble
            return trouble
        if self.stage is not Stage.DONE:
            self._save()
        return self.trouble

    def _save(self) -> None:
        try:
            self._store.save_call(self._call_record())
        except CannotSave as trouble:
            self.trouble = trouble
        else:
            self.trouble = None

    def _begun(self) -> dict[str, object]:
        opening = self.round.opening
        return {
            "id": self._id,
            "scenario": opening.scenario.id,
            "started": self._started,
            "title": opening.scenario.title,
            "digest": opening.scenario.digest,
            "language": opening.scenario.language,
            "playbook": opening.playbook.id,
            "seed": opening.seed,
            "coached": self.round.coached,
            "undone": self.round.undone,
            "actions": tuple(action_record(action) for action in self.round.actions),
            "notes": self.round.state.notes,
            "transfer": self.transfer,
            "follows": self.returning.follows if self.returning is not None else "",
            "opening": self.round.way_in,
            "app": __version__,
            "extra": self._extra,
        }

    def _call_record(self) -> records.CallRecord:
        return records.CallRecord(
            **{**self._begun(), "scenario": self._source},  # type: ignore[arg-type]  # the keys are those of `Begun`
            own=self.own or self.draft,
            locked=self.own is not None,
            stage=records.Stage(self.stage.value),
            saved=self._now(),
        )

    def _round_record(self) -> records.RoundRecord:
        state = self.round.state
        assert state.over is not None  # noqa: S101  (a confirmed sheet implies it)
        caller = state.scenario.caller
        held = zip(to_catch(caller), caught(state.notes, caller), strict=True)
        return records.RoundRecord(
            **self._begun(),  # type: ignore[arg-type]  # the keys are those of `records.Begun`
            own=self.own,
            finished=self._now(),
            ending=state.over.id,
            kind=state.over.kind.value,
            composure=state.curve,
            reference=reference_sheet(state).sheet,
            moves=tuple(move_record(seen) for seen in state.seen),
            facts=tuple(fact for fact, is_held in held if is_held),
            promises=promise_records(self.round),
        )

    def _come_back(self, record: records.CallRecord) -> None:
        self._id = record.id
        self._started = record.started or self._started
        self._extra = record.extra
        self.draft = record.own or PriceSheet()
        self.own = record.own if record.locked else None
        self.transfer = record.transfer
        self.stage = Stage(record.stage.value)
        if self.round.state.ending is None and self.stage in _AFTER_CALL:
            self.stage = Stage.CALL
            self.own = None
        if self.own is None and self.stage in _AFTER_SHEET:
            self.stage = Stage.PRICE


_AFTER_CALL = frozenset({Stage.REREAD, Stage.PRICE, Stage.REVEAL, Stage.TRANSFER, Stage.DONE})
_AFTER_SHEET = frozenset({Stage.REVEAL, Stage.TRANSFER, Stage.DONE})
