"""The reveal: the self sheet beside the reference, factor by factor, and the words that made the difference."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from callcalm.core.composure import Seen
from callcalm.core.model import Beat, Ending
from callcalm.core.moves import Factor, Registry
from callcalm.core.notes import caught, to_catch
from callcalm.core.phases import heart_came_first, phases
from callcalm.core.playbook import Playbook, contested, readings
from callcalm.core.price import MOST_FROM_HELP, PriceSheet, Reference, gap
from callcalm.core.round import Round, reference_sheet
from callcalm.core.state import CallState
from callcalm.core.text import Text
from callcalm.insight.reread import say_instead
from callcalm.insight.wording import factor_name, move_name, reason_words, signed, stance_word
from callcalm.language import _, ngettext, pick

NAME_GOOD = range(1, 5)
"""Using the name so often draws no remark (S0-1)."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the sheets side by side; `gap` above 0 means scored higher than the evidence supports."""

    key: str
    name: str
    own: int
    reference: int
    gap: int
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """Words that earned or cost composure, with what they do and, for a cost, what to say instead."""

    answer: int
    quote: str
    move: str
    name: str
    amount: int
    why: str
    instead: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contest:
    """A move of this call on which the schools differ: each school's name, what it says, and its reason."""

    answer: int
    quote: str
    name: str
    readings: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Reveal:
    """All that the reveal shows."""

    ending: Ending
    rows: tuple[Row, ...]
    own_total: int
    reference_total: int
    cost: tuple[Moment, ...]
    earned: tuple[Moment, ...]
    contests: tuple[Contest, ...]
    notes: tuple[tuple[Text, bool], ...]
    remarks: tuple[str, ...]


def reveal(round_: Round, own: PriceSheet, playbooks: Iterable[Playbook]) -> Reveal:
    """Put the confirmed self sheet beside the reference of a finished round.

    Raises:
        ValueError: if the call is not over.
    """
    state = round_.state
    ref = reference_sheet(state)
    assert state.over is not None  # noqa: S101  (reference_sheet has raised otherwise)
    registry = state.playbook.registry
    moments = [_moment(seen, state) for seen in state.seen if seen.amount]
    return Reveal(
        ending=state.over,
        rows=_rows(own, ref, registry),
        own_total=own.total,
        reference_total=ref.sheet.total,
        cost=tuple(sorted((m for m in moments if m.amount < 0), key=lambda m: m.amount)),
        earned=tuple(sorted((m for m in moments if m.amount > 0), key=lambda m: -m.amount)),
        contests=_contests(round_, tuple(playbooks)),
        notes=tuple(zip(to_catch(state.scenario.caller), caught(state.notes, state.scenario.caller), strict=True)),
        remarks=_remarks(round_),
    )


def _rows(own: PriceSheet, ref: Reference, registry: Registry) -> tuple[Row, ...]:
    gaps = gap(own, ref.sheet)
    got = (
        _("the caller got what they needed")
        if ref.sheet.got
        else _("the caller did not get it; fair: {points} of 25")
    )
    rows = [
        Row(
            "result",
            _("Result"),
            own.result,
            ref.sheet.result,
            gaps["result"],
            (got.format(points=ref.sheet.fair),),
        )
    ]
    for factor in Factor:
        base = ref.base.factor(factor)
        lines = [_("how it ended ({points})").format(points=signed(base))]
        for item in ref.evidence:
            if item.factor is factor:
                seen = Seen(item.move, item.points, 2, item.quote, item.answer)
                lines.append(_("answer {n}, {reason}").format(n=item.answer, reason=reason_words(seen, registry)))
        score = ref.sheet.factor(factor)
        lines += _limits(base, [item.points for item in ref.evidence if item.factor is factor], score)
        rows.append(
            Row(factor.value, factor_name(factor), own.factor(factor), score, gaps[factor.value], tuple(lines))
        )
    return tuple(rows)


def _limits(base: int, points: list[int], score: int) -> list[str]:
    """Why the reasons of a row may add up to something else than its score."""
    helped = sum(each for each in points if each > 0)
    lines = []
    if helped > MOST_FROM_HELP:
        lines.append(_("all that helped together counts {points} at most").format(points=signed(MOST_FROM_HELP)))
    if base + min(helped, MOST_FROM_HELP) + sum(each for each in points if each < 0) != score:
        lines.append(_("the scale ends at {points}").format(points=signed(score)))
    return lines


def _moment(seen: Seen, state: CallState) -> Moment:
    registry = state.playbook.registry
    move = registry.moves.get(seen.move)
    return Moment(
        answer=seen.answer,
        quote=seen.quote,
        move=seen.move,
        name=move_name(seen.move, registry),
        amount=seen.amount,
        why=pick(move.why) if move else "",
        instead=say_instead(move, state.scenario.language) if move and seen.amount < 0 else "",
        sources=move.sources if move else (),
    )


def _contests(round_: Round, playbooks: tuple[Playbook, ...]) -> tuple[Contest, ...]:
    """The moves of this call on which the schools differ, each once.

    A turn that the writer marked as contested shows what it turns on even if the answer kept clear of it: then
    the moves of the other answers there.
    """
    registry = round_.state.playbook.registry
    found: dict[str, Contest] = {}
    before = round_.opening
    for turn in round_.turns:
        made = {seen.move: seen.quote for seen in turn.state.seen[len(before.seen) :]}
        moves = {move: quote for move, quote in made.items() if contested(move, playbooks)}
        if not moves and turn.state.answers > before.answers and before.here.contested:
            moves = {move: "" for move in _at_stake(before.here) if contested(move, playbooks)}
        for move, quote in moves.items():
            if move not in found:
                found[move] = Contest(
                    before.answers + 1, quote, move_name(move, registry), _readings(move, playbooks)
                )
        before = turn.state
    return tuple(found.values())


def _at_stake(beat: Beat) -> list[str]:
    """The moves that the replies of a beat would make, as its writer ordered them."""
    return [
        move for reply in beat.replies for move in (*(finding.move for finding in reply.findings), *reply.moves)
    ]


def _readings(move: str, playbooks: tuple[Playbook, ...]) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (
            pick(reading.playbook.name),
            stance_word(reading.position.stance),
            pick(reading.position.why) if reading.position.why else "",
        )
        for reading in readings(move, playbooks)
    )


def _remarks(round_: Round) -> tuple[str, ...]:
    """What is worth a sentence beside the sheet: the name, the order of heart and head, coaching, undoing."""
    state = round_.state
    remarks = []
    if state.names not in NAME_GOOD:
        remarks.append(
            _("You never used the caller's name.")
            if state.names == 0
            else _("You used the caller's name {n} times; more than four begins to grate.").format(n=state.names)
        )
    first = heart_came_first(phases(state.seen, state.answers, state.playbook.registry))
    if first is True:
        remarks.append(_("Heart came before head: the feeling was met first."))
    elif first is False:
        remarks.append(_("Head came before heart: the problem was taken up before the feeling."))
    if round_.coached:
        remarks.append(_("This was a coached run: the marks were shown as you went."))
    if round_.undone:
        remarks.append(
            ngettext("{n} action was taken back.", "{n} actions were taken back.", round_.undone).format(
                n=round_.undone
            )
        )
    return tuple(remarks)
