"""The projected rest: two schools side by side, the room's PRICE with how many gave what, the debrief, the end.

Drawn from a public view alone, as `host_call` is. What must not be here: the debrief's script, which is a note.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from textual.content import Content

from callcalm.core.moves import Factor
from callcalm.insight.wording import factor_name, factor_question, quoted, signed
from callcalm.language import _, ngettext
from callcalm.room.pricing import ASKED, FAIR, KEYS, RESULT, allowed
from callcalm.room.session import Phase
from callcalm.room.views import PriceRow, PriceView, PublicView, SchoolsView, SideView
from callcalm.room.words import key_name, points_words
from callcalm.tui.literal import beside, cut, line, literal, wrapped
from callcalm.tui.screens.host_call import BLANK, Lines, fitting

COLUMNS_FROM: Final = 76
"""Cells from which two schools stand side by side."""

MOST_REASONS: Final = 3
"""Reasons of a school that are shown, those that differ first."""

_HEIGHTS = "▁▂▃▄▅▆▇█"
_NOBODY = "·"
_ZERO = "┊"
_ROOM: Final = 6
"""Cells of the room's median."""


def schools_lines(schools: SchoolsView, width: int, height: int) -> Lines:
    """The same words under two house rules."""
    said = _("Said: {words}") if schools.given else _("It was on offer: {words}")
    lines = [literal(_("Two schools, the same words"), "bold $heading"), BLANK]
    lines += cut(wrapped(literal(said.format(words=quoted(schools.words)), "bold"), width), 4, width)
    lines.append(BLANK)
    if width < COLUMNS_FROM:
        for side in (schools.left, schools.right):
            lines += [*_side(side, width), BLANK]
    else:
        half = (width - 3) // 2
        left, right = _side(schools.left, half), _side(schools.right, half)
        for index in range(max(len(left), len(right))):
            one = left[index] if index < len(left) else BLANK
            other = right[index] if index < len(right) else BLANK
            lines.append(line(one.pad_right(max(0, half - one.cell_length)), "   ", other))
    return fitting(lines, [], height)


def _side(side: SideView, width: int) -> Lines:
    lines = [literal(side.name, "bold $heading")]
    lines += wrapped(literal(_("composure {points}").format(points=signed(side.points)), "bold"), width)
    for reason in side.reasons[:MOST_REASONS]:
        effect = "$helps" if reason.points > 0 else "$costs" if reason.points < 0 else "$muted"
        points = line((signed(reason.points).rjust(3), f"bold {effect}"), " ")
        words = _("{move}: {stance}").format(move=reason.name, stance=reason.stance)
        lines += cut(wrapped(literal(words), width, points), 2, width)
    return lines


def scoring_lines(view: PublicView, row: str, width: int, height: int) -> Lines:
    """PRICE is open: what everybody is asked; with fingers one row at a time, `row`."""
    title = _("PRICE: score the call as {name} would, having just lived it.").format(name=view.caller)
    lines = [BLANK, *wrapped(literal(title, "bold $heading"), width), BLANK]
    if row:
        lines += wrapped(literal(row_question(row), "bold"), width)
        return fitting(lines, [], height)
    names = max(len(factor_name(factor)) for factor in Factor) + 2
    for factor in Factor:
        name = line((factor_name(factor).ljust(names), "bold"))
        lines += cut(wrapped(literal(factor_question(factor)), width, name), 2, width)
        lines += [BLANK] if height >= 20 else []  # noqa: PLR2004  (the usual window)
    foot = [literal(_scored(view), "bold $heading")]
    return fitting(lines, foot, height)


def row_question(key: str) -> str:
    """What one row of PRICE asks for, with its range."""
    values = allowed(key)
    low, high = values[0], values[-1]
    if key == ASKED:
        return _("Did the caller get what they wanted or needed? Hands up: yes; then no.")
    if key == FAIR:
        return _("Those who said no: how fair was the result, {low} to {high}?").format(low=low, high=high)
    factor = Factor(key)
    return _("{factor}: {sentence} From {low} to +{high}?").format(
        factor=factor_name(factor), sentence=factor_question(factor), low=signed(low), high=high
    )


def price_lines(price: PriceView | None, width: int, height: int) -> Lines:
    """The room's PRICE: how many gave what, the median, and the reference."""
    if price is None:
        return fitting([BLANK, literal(_("Nobody has scored the call."), "bold")], [], height)
    counted = ngettext("{n} has scored", "{n} have scored", price.total).format(n=price.total)
    lines = [
        beside(
            literal(_("PRICE: the room, and the reference"), "bold $heading"), literal(counted, "$muted"), width
        ),
        *wrapped(
            literal(
                _("The caller got what they needed: {yes} say yes, {no} say no.").format(
                    yes=price.got, no=price.not_got
                )
            ),
            width,
        ),
    ]
    names = max(len(key_name(key)) for key in KEYS) + 1
    columns = [_("room"), _("reference")]
    across = max(len(allowed(RESULT)), 16)
    head = line(
        " " * (names + across),
        (columns[0].rjust(_ROOM), "bold $heading"),
        (columns[1].rjust(len(columns[1]) + 1), "$muted"),
    )
    lines += [BLANK, head.truncate(width)]
    gap = len(lines) + 2 * len(price.rows) + 2 <= height
    for row in price.rows:
        lines += [*([BLANK] if gap else []), _row(row, names, across, len(columns[1]) + 1).truncate(width)]
    low, high = allowed(Factor.RESPECT.value)[0], allowed(Factor.RESPECT.value)[-1]
    scale = _("Each from {low} to +{high}; the result from 0 to {most}.").format(
        low=signed(low), high=high, most=allowed(RESULT)[-1]
    )
    return fitting(lines, [literal(scale, "$muted")], height)


def _row(row: PriceRow, names: int, across: int, last: int) -> Content:
    scale = "" if row.median is None else spread(row.key, row.counts)
    middle = "" if row.median is None else points_words(row.median)
    if row.key == RESULT:
        middle = middle.removeprefix("+")
    reference = str(row.reference) if row.key == RESULT else signed(row.reference)
    return line(
        (key_name(row.key).ljust(names), "bold"),
        (scale.ljust(across), "$heading"),
        (middle.rjust(_ROOM), "bold"),
        (reference.rjust(last), "$muted"),
    )


def spread(key: str, counts: Mapping[int, int]) -> str:
    """How many gave each value, one sign each from the lowest to the highest; zero has a sign of its own.

    >>> spread("respect", {-10: 1, 5: 4, 4: 2})
    '▂·········┊···▄█'
    """
    most = max(counts.values(), default=0)
    signs = []
    for value in allowed(key):
        votes = counts.get(value, 0)
        signs.append(
            _HEIGHTS[max(0, round(votes * len(_HEIGHTS) / most) - 1)] if votes else _NOBODY if value else _ZERO
        )
    return "".join(signs)


def debrief_lines(view: PublicView, width: int, height: int) -> Lines:
    """One page of the debrief: its name and its question."""
    page = view.page
    if page is None:
        return []
    number = literal(_("{n} of {all}").format(n=page.number, all=page.of), "$muted")
    title = beside(literal(page.title, "bold $heading"), number, width)
    ask = wrapped(literal(page.ask, "bold"), width)
    above = max(1, (height - len(ask)) // 3)
    return fitting([title, *([BLANK] * above), *ask], [], height)


def over_lines(view: PublicView, width: int, height: int) -> Lines:
    """The session is over."""
    lines = [BLANK, literal(_("Thank you."), "bold $heading"), BLANK]
    if view.ending is not None:
        lines += wrapped(literal(view.ending.lesson, "bold"), width)
    return fitting(lines, [], height)


def _scored(view: PublicView) -> str:
    if view.joined >= view.voted and view.joined:
        return _("{n} of {all} have scored the call.").format(n=view.voted, all=view.joined)
    return _("The sheet is open.") if view.phase is Phase.PRICE else ""
