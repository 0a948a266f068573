"""A finished round as data to be told: from the round lived again where that is possible, else from its record.

The record is the truth: a round that would play otherwise today is told by what its record holds, and says so.
What must not be here: layout.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from callcalm.core.model import EndingKind
from callcalm.core.moves import Factor, Registry
from callcalm.core.playbook import Playbook
from callcalm.core.price import PriceSheet
from callcalm.core.replaycode import ReplayCode, encode, step_of
from callcalm.core.round import Round
from callcalm.insight.exports.answers import Told, lived, recorded
from callcalm.insight.reveal import reveal
from callcalm.insight.wording import factor_name, headed, kind_word
from callcalm.language import _
from callcalm.storage import convert
from callcalm.storage.records import RoundRecord

_DIGEST: Final = 8


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the sheets: the ids are ``result``, the factors, and ``total``; None where there is no score."""

    id: str
    name: str
    own: int | None
    reference: int | None
    evidence: tuple[str, ...]

    @property
    def gap(self) -> int | None:
        """Own minus reference: above 0, scored higher than the evidence supports."""
        return None if self.own is None or self.reference is None else self.own - self.reference


@dataclass(frozen=True, slots=True)
class Account:
    """All that is told of a round.

    `remarks` are sentences about how it can be told: the encounter is gone, a later callcalm wrote it.
    `observations` are those of the reveal. `ending_name` is what the ending amounts to, in words. `steps` is what
    was done in something that was no call. `goal` is what was chosen before it;
    `caller` how the caller is named, empty where nothing says it.
    """

    record: RoundRecord
    caller: str
    about: str
    ending_name: str
    ending_text: str
    lesson: str
    remarks: tuple[str, ...]
    observations: tuple[str, ...]
    told: tuple[Told, ...]
    steps: tuple[str, ...]
    rows: tuple[Row, ...]
    replay: str
    goal: str


def account(
    record: RoundRecord,
    round_: Round | None,
    registry: Registry,
    playbooks: Iterable[Playbook],
    *,
    gone: bool = False,
    changed: bool = False,
    goal: str = "",
) -> Account:
    """What a round tells. `round_` is the round lived again, None where that is not possible any more.

    `gone` is whether its encounter is not there, `changed` whether it plays otherwise now.
    """
    call = "/" not in record.scenario
    state = round_.state if round_ is not None else None
    own = record.own
    shown = reveal(round_, own or PriceSheet(), tuple(playbooks)) if round_ is not None and state else None
    caller = state.scenario.caller if state else None
    evidence = {row.key: row.evidence for row in shown.rows} if shown else {}
    return Account(
        record=record,
        caller=min(caller.address or (caller.name,), key=len) if caller else "",
        about=_("{caller}, {setting}. Wants: {wants}.").format(
            caller=caller.name, setting=state.scenario.setting, wants=caller.wants
        )
        if state and caller
        else "",
        ending_name=_ending(record.kind) if call else "",
        ending_text=state.over.text if state and state.over else "",
        lesson=state.over.lesson if state and state.over else "",
        remarks=_remarks(record, gone=gone and call, changed=changed),
        observations=shown.remarks if shown else (),
        told=lived(round_, registry) if round_ is not None else recorded(record, registry) if call else (),
        steps=() if call else _steps(record),
        rows=_rows(own, record.reference, evidence),
        replay=_code(record) if call else "",
        goal=goal,
    )


def _ending(kind: str) -> str:
    known = {one.value: one for one in EndingKind}
    return kind_word(known[kind]) if kind in known else kind


def _remarks(record: RoundRecord, *, gone: bool, changed: bool) -> tuple[str, ...]:
    said = []
    if gone:
        said.append(
            _("The encounter is not there any more: this is told from your save, which holds your side of it.")
        )
    if changed:
        said.append(
            _("The encounter has changed since: this is told from your save, which holds your side of it.")
        )
    if record.newer:
        said.append(_("A later callcalm wrote this round: there may be more to it than is told here."))
    if not record.complete:
        said.append(_("The save was cut off while this round was written: it may not be whole."))
    if record.coached:
        said.append(_("This was a coached run: the marks were shown as you went."))
    return tuple(said)


def _steps(record: RoundRecord) -> tuple[str, ...]:
    """What was done in a drill, a letter or anything else that was no call, line by line."""
    words = {
        "right": _("right"),
        "wrong": _("not right"),
        "line": _("as it was"),
        "rewrote": _("now"),
        "letter": _("the letter as it is now"),
    }
    told = []
    for action in record.actions:
        if action.do != "letter":
            head = words.get(action.do, action.do) + (f" ({action.reply})" if action.reply else "")
            told.append(f"{headed(head)} {action.text}" if action.text else head)
    return tuple(told)


def _rows(
    own: PriceSheet | None, reference: PriceSheet | None, evidence: Mapping[str, tuple[str, ...]]
) -> tuple[Row, ...]:
    if own is None and reference is None:
        return ()
    sheets = (own, reference)
    asked = any(sheet is not None and sheet.got is not None for sheet in sheets)
    rows = []
    if asked:
        mine, theirs = (sheet.result if sheet else None for sheet in sheets)
        rows.append(Row("result", _("Result"), mine, theirs, evidence.get("result", ())))
    for factor in Factor:
        mine, theirs = (sheet.factor(factor) if sheet else None for sheet in sheets)
        rows.append(Row(factor.value, factor_name(factor), mine, theirs, evidence.get(factor.value, ())))
    mine, theirs = (sheet.total if sheet else None for sheet in sheets)
    return (*rows, Row("total", _("Total"), mine, theirs, ()))


def _code(record: RoundRecord) -> str:
    """The replay code; empty where the record holds something that no code can."""
    actions = convert.actions(record.actions)
    if len(actions) != len(record.actions) or not record.scenario or not record.playbook:
        return ""
    steps = tuple(step for action in actions if (step := step_of(action)) is not None)
    digest = record.digest[:_DIGEST]
    return encode(ReplayCode(record.scenario, digest, record.playbook, record.seed, steps, record.opening))
