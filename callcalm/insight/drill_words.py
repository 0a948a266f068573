"""What a drill says, in sentences that every front end uses. What must not be here: layout."""

from __future__ import annotations

from callcalm.core.drill import Drill, Item, ItemKind, Verdict
from callcalm.core.moves import Registry
from callcalm.insight.wording import move_name
from callcalm.language import _, ngettext


def task_words(item: Item) -> str:
    """What to do with an item, in a sentence."""
    match item.kind:
        case ItemKind.CHOOSE:
            return _("Which one fits best?")
        case ItemKind.ORDER:
            count = len(item.parts)
            return ngettext(
                "Pick the {n} part that belongs here.",
                "Pick the {n} parts that belong here, in the order to say them.",
                count,
            ).format(n=count)
        case ItemKind.SPOT:
            return _("Which lines hold words that cost?")
    return _("Say it in your own words.")


def verdict_line(item: Item, verdict: Verdict, registry: Registry) -> str:
    """What became of the answer, in a sentence or two."""
    if verdict.right:
        return _("Yes.")
    match item.kind:
        case ItemKind.CHOOSE:
            return _("Not that one.")
        case ItemKind.ORDER:
            places = ", ".join(str(place + 1) for place in verdict.out_of_place)
            return _("Not yet; out of place: {places}.").format(places=places)
        case ItemKind.SPOT:
            return _spotted(verdict)
    return _said(item, verdict, registry)


def result_line(drill: Drill, right: int, answered: int) -> str:
    """How the round went: no score, no praise, the count and the rule."""
    count = ngettext(
        "{right} of {n} item right the first time.", "{right} of {n} items right the first time.", answered
    )
    return count.format(right=right, n=answered) + " " + drill.rule


def _spotted(verdict: Verdict) -> str:
    parts = []
    if verdict.missed:
        lines = ", ".join(str(line + 1) for line in verdict.missed)
        parts.append(_("Missed: {lines}.").format(lines=lines))
    if verdict.false:
        lines = ", ".join(str(line + 1) for line in verdict.false)
        parts.append(_("Innocent: {lines}.").format(lines=lines))
    return " ".join(parts)


def _said(item: Item, verdict: Verdict, registry: Registry) -> str:
    parts = []
    if verdict.cost:
        names = ", ".join(move_name(move, registry) for move in verdict.cost)
        parts.append(_("This costs: {moves}.").format(moves=names))
    if verdict.helped:
        names = ", ".join(move_name(move, registry) for move in verdict.helped)
        parts.append(_("This helps: {moves}.").format(moves=names))
    if not verdict.wanted:
        names = ", ".join(move_name(move, registry) for move in item.wants)
        parts.append(_("Not heard yet: {moves}.").format(moves=names))
    return " ".join(parts)
