"""What is said about a letter that is practised, in sentences that every front end uses.

What must not be here: layout, and what becomes of the letter (see `practice.lettering`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from callcalm.core.moves import Factor, Registry
from callcalm.core.price import PriceSheet, Reference
from callcalm.insight.wording import factor_name, headed, move_name, quoted, signed
from callcalm.language import _, ngettext

MOST_QUOTES = 3
"""How many words are named for one factor."""


@dataclass(frozen=True, slots=True)
class Row:
    """One factor: the own score, the coach's estimate, and the words behind it."""

    name: str
    own: int
    coach: int
    evidence: tuple[str, ...]

    @property
    def gap(self) -> int:
        """Own minus estimate: above 0, scored higher than the words support."""
        return self.own - self.coach


def privacy() -> str:
    """What is kept, before anything is asked."""
    return _(
        "Nothing leaves this machine. Your save keeps your sheet, the lines you go through, and the letter if you "
        "change it; the file itself stays as it is."
    )


def rows(own: PriceSheet, coach: Reference, registry: Registry) -> tuple[Row, ...]:
    """The five factors, the own sheet beside the coach's estimate."""
    return tuple(
        Row(
            factor_name(factor), own.factor(factor), coach.sheet.factor(factor), _evidence(factor, coach, registry)
        )
        for factor in Factor
    )


def _evidence(factor: Factor, coach: Reference, registry: Registry) -> tuple[str, ...]:
    """The words that count most for a factor."""
    items = sorted(
        (item for item in coach.evidence if item.factor is factor),
        key=lambda item: (-abs(item.points), item.points),
    )
    told = [
        f"{headed(quoted(' '.join(item.quote.split())))} {move_name(item.move, registry)} ({signed(item.points)})"
        for item in items[:MOST_QUOTES]
    ]
    more = len(items) - MOST_QUOTES
    return (*told, *([ngettext("and {n} more", "and {n} more", more).format(n=more)] if more > 0 else []))


def gap_words(points: int) -> str:
    """A gap between the own score and what the words support, as a person would say it."""
    if points == 0:
        return _("as the words have it")
    if points > 0:
        return ngettext("{n} point higher than the words", "{n} points higher than the words", points).format(
            n=points
        )
    return ngettext("{n} point lower than the words", "{n} points lower than the words", -points).format(n=-points)


def total_line(own: PriceSheet, coach: Reference) -> str:
    """Both totals of the treatment."""
    return _("Together: you {own}, the words {coach}, on a scale from −50 to +25.").format(
        own=signed(own.total), coach=signed(coach.sheet.total)
    )


def costs_line(costs: int) -> str:
    """How many places cost, before any is changed."""
    if not costs:
        return _("The coach finds nothing in it that costs.")
    return ngettext(
        "The coach finds {n} place in it that costs.", "The coach finds {n} places in it that cost.", costs
    ).format(n=costs)


def change_line(before: int, after: int) -> str:
    """How many places cost, as it came and now."""
    return _("Places that cost: {before} as it came, {after} now.").format(before=before, after=after)


def judged_line(costs: int) -> str:
    """What the coach says of a line that was rewritten."""
    if not costs:
        return _("Nothing in it costs now.")
    return ngettext("{n} place in it still costs.", "{n} places in it still cost.", costs).format(n=costs)


def said(words: str, move: str, registry: Registry, *, costs: bool) -> str:
    """Some words of a line, and what they do."""
    effect = _("costs") if costs else _("helps")
    return f"{headed(quoted(words))} {move_name(move, registry)} ({effect})."


def points_lines(before: Reference, after: Reference) -> Iterator[str]:
    """The factors that the changes moved."""
    for factor in Factor:
        was, now = before.sheet.factor(factor), after.sheet.factor(factor)
        if was != now:
            yield _("{factor}: {before} as it came, {after} now.").format(
                factor=factor_name(factor), before=signed(was), after=signed(now)
            )


def kept_line(round_id: str) -> str:
    """How to see again what is kept."""
    return _("What you did is kept. To see it, with the letter as it is now: {command}").format(
        command=f"callcalm export {round_id}"
    )
