"""The sentences of the solved debrief, and of a ghost beside the round it left; plain strings, one a line.

What must not be here: what is worked out (see `debrief`), and layout.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from math import floor

from callcalm.core.explore.hopes import Hope
from callcalm.core.model import EndingKind
from callcalm.core.round import Round, reference_sheet
from callcalm.insight.debrief import Better, Debrief, Kind, Turning, Verdict
from callcalm.insight.wording import headed, kind_word, quoted, series, signed
from callcalm.language import _, pick


def of_100(hope: Hope) -> int:
    """The chance of a good ending, in whole calls of 100: 0 and 100 only where they are certain."""
    if not hope.can:
        return 0
    return 100 if hope.likely == 1 else min(99, max(1, floor(round(hope.likely * 100, 6) + 0.5)))


def verdict_lines(told: Debrief) -> list[str]:
    """Where the call was decided, in a sentence or two."""
    lines = []
    first = told.turnings[0] if told.turnings else None
    if first is not None and not first.before.can:
        return [_("By these house rules no good ending can be reached in this call.")]
    if told.gone is not None:
        where = _where(told.gone)
        lines.append(_("After {turn} no good ending was possible any more.").format(turn=where))
    if told.fell_most is not None and told.fell_most is not told.gone:
        lines.append(
            _("A good ending became less likely most with {turn}: from {before} to {after} of 100.").format(
                turn=_where(told.fell_most),
                before=of_100(told.fell_most.before),
                after=of_100(told.fell_most.after),
            )
        )
    if not lines:
        lines.append(
            _("No single answer took much away: a good ending stayed within reach to the end.")
            if told.good
            else _("No single answer decided it: a good ending slipped away little by little.")
        )
    return lines


def meaning_lines(told: Debrief) -> list[str]:
    """What the numbers mean, and what “best” is."""
    lines = [
        _(
            "“64 of 100” means: if 100 people with some practice went on from there, 64 would come to a good "
            "ending (resolved, or a fair no). Three of their answers in four are the best there are; the fourth "
            "is any that is on offer."
        ),
        _(
            "“Best” is best by these house rules, {rules}: it keeps the best ending within reach and likely, and "
            "then keeps you calmest. It is no judgement between the schools."
        ).format(rules=pick(told.rules.name)),
    ]
    if not told.complete:
        lines.append(_("This encounter is too large to follow every call of it: take the numbers as rough."))
    if told.undone:
        lines.append(_("What you took back is not counted here."))
    return lines


def turning_head(one: Turning) -> str:
    """Which turn it is, and what was done."""
    match one.kind:
        case Kind.ANSWER:
            number = _("Answer {n}").format(n=one.answer)
            return f"{headed(number)} {quoted(one.text)}"
        case Kind.LISTEN:
            return _("Before answer {n}: you listened on.").format(n=one.answer)
        case Kind.CUT_IN:
            return _("Before answer {n}: you cut in.").format(n=one.answer)
        case Kind.BREATH:
            return _("Before answer {n}: you took a breath.").format(n=one.answer)


def turning_lines(one: Turning) -> list[str]:
    """What a turn did to the call, and what the best one would have done."""
    lines = [_chance(one)]
    if one.before.settles and one.after.can and not one.after.settles:
        lines.append(_("It could not be resolved any more after that; a fair no was the most that was left."))
    better = _better(one)
    if better:
        lines.append(better)
    if one.best is not None and one.best.does and one.verdict in {Verdict.WORSE, Verdict.CALMER}:
        lines.append(_("What it does: {moves}.").format(moves=series(pick(move.name) for move in one.best.does)))
    if one.contested:
        lines.append(_("The schools differ on this turn: what is best here is so by these house rules only."))
    return lines


def _where(one: Turning) -> str:
    if one.kind is Kind.ANSWER:
        return _("answer {n}").format(n=one.answer)
    if one.kind is Kind.CUT_IN:
        return _("cutting in before answer {n}").format(n=one.answer)
    if one.kind is Kind.LISTEN:
        return _("listening on before answer {n}").format(n=one.answer)
    return _("the breath before answer {n}").format(n=one.answer)


def _chance(one: Turning) -> str:
    if one.before.can and one.after.can:
        return _("Chance of a good ending: {before} of 100 before, {after} after.").format(
            before=of_100(one.before), after=of_100(one.after)
        )
    if one.before.can:
        return _("Chance of a good ending: {before} of 100 before, none after.").format(before=of_100(one.before))
    if one.after.can:
        return _("Chance of a good ending: none before by what was on offer, {after} of 100 after.").format(
            after=of_100(one.after)
        )
    return _("A good ending was out of reach already.")


def _better(one: Turning) -> str:
    best = one.best
    if one.verdict is Verdict.ABOVE:
        return _("Nothing that was on offer would have done as well.")
    if best is None or one.verdict is Verdict.HOPELESS:
        return ""
    if one.verdict is Verdict.BEST:
        if one.kind is not Kind.ANSWER:
            return _("That was the best to do.")
        return _("That was the best answer here.") if one.text == best.text else _("Nothing on offer was better.")
    now, then = one.after.composure, best.hope.composure
    if one.verdict is Verdict.CALMER:
        return _("As likely, and calmer: {words} Composure {then} instead of {now}.").format(
            words=_best_words(best), then=then, now=now
        )
    words, n = _best_words(best), of_100(best.hope)
    if then == now:
        return _("Best by these house rules: {words} It leaves a chance of {n} of 100.").format(words=words, n=n)
    return _(
        "Best by these house rules: {words} It leaves a chance of {n} of 100, "
        "and composure {then} instead of {now}."
    ).format(words=words, n=n, then=then, now=now)


def _best_words(best: Better) -> str:
    if best.kind is Kind.CUT_IN:
        return _("to cut in here, for this could not wait.")
    if best.kind is Kind.LISTEN:
        return _("to hear them out.")
    return _("a breath first, then {words}").format(words=quoted(best.text)) if best.breath else quoted(best.text)


@dataclass(frozen=True, slots=True)
class Beside:
    """A ghost beside the round it left.

    `lines` are the composures by answer (from 0, the start): as lived, and the other way; None where there was no
    such answer. `parted` is the number of the first answer that may differ.
    """

    parted: int
    lines: tuple[tuple[int | None, int | None], ...]
    told: tuple[str, ...]


def beside(lived: Round, ghost: Round, parted: int) -> Beside:
    """Put two finished calls of one encounter side by side.

    Raises:
        ValueError: if one of them is not over.
    """
    one, other = reference_sheet(lived.state).sheet.total, reference_sheet(ghost.state).sheet.total
    told = [
        _("As you lived it: {kind}, composure {composure} at the end, evidence {total} of 50.").format(
            kind=_kind(lived), composure=lived.state.composure, total=signed(one)
        ),
        _("The other way: {kind}, composure {composure} at the end, evidence {total} of 50.").format(
            kind=_kind(ghost), composure=ghost.state.composure, total=signed(other)
        ),
        _difference(other - one),
    ]
    curves = zip_longest(lived.state.curve, ghost.state.curve)
    return Beside(parted, tuple(curves), tuple(told))


def _kind(played: Round) -> str:
    over = played.state.over
    return kind_word(over.kind if over is not None else EndingKind.LOST)


def _difference(points: int) -> str:
    if points > 0:
        return _("By the evidence the other way is {n} points better for the caller.").format(n=points)
    if points < 0:
        return _("By the evidence the other way is {n} points worse for the caller.").format(n=-points)
    return _("By the evidence both come to the same for the caller.")
