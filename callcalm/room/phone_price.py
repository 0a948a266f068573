"""PRICE on a phone (S3-p): the sheet to fill in, and how the room scored, median first and beside the reference.

What must not be here: the other phases, requests.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from callcalm.core.moves import Factor
from callcalm.core.price import FACTOR_RANGE, FAIR_RANGE, PriceSheet
from callcalm.insight.wording import signed
from callcalm.room.pricing import KEYS, RESULT
from callcalm.room.tongue import Tongue
from callcalm.room.views import PriceRow, PriceView
from callcalm.room.words import points_words

_BAR, _TALL = 10, 40
"""Size of one column of a histogram, in its own units."""


def questions(tongue: Tongue) -> Mapping[Factor, tuple[str, str]]:
    """The name of each treatment factor, and what a caller who scores it high would say."""
    _ = tongue._
    return {
        Factor.PRIORITY: (_("Priority"), _("“They listened, and my matter came first.”")),
        Factor.RESPECT: (_("Respect"), _("“I was treated with respect, as the person I am.”")),
        Factor.INVOLVEMENT: (_("Involvement"), _("“They cared about my problem.”")),
        Factor.COMMUNICATION: (_("Communication"), _("“I was told what was going on and what comes next.”")),
        Factor.EFFORT: (_("Effort"), _("“They really tried to get me what I needed.”")),
    }


def sheet_form(sheet: PriceSheet | None, tongue: Tongue, typed: Mapping[str, str]) -> str:
    """The fields of a sheet: as it was sent, as it was typed, or empty."""
    _ = tongue._
    given = {**_fields(sheet), **typed}
    answers = "".join(
        f'<label class="pick" for="got-{value}"><input type="radio" name="got" id="got-{value}" value="{value}" '
        f"required{' checked' if given.get('got') == value else ''}> <span>{escape(words)}</span></label>"
        for value, words in (("yes", _("Yes")), ("no", _("No")))
    )
    result = _("Result: “I got what I wanted or needed.”")
    fair = _("Fair, only after a no: “I did not get it, but the outcome was fair.”")
    low, high = FACTOR_RANGE
    scale = _("From {low}, the worst, to {high}, the best.").format(low=signed(low), high=signed(high))
    colon = _("{head}:")
    rows = "".join(
        _select(factor.value, f"{colon.format(head=name)} {words}", FACTOR_RANGE, given, tongue)
        for factor, (name, words) in questions(tongue).items()
    )
    return (
        f"<fieldset><legend>{escape(result)}</legend>{answers}</fieldset>"
        + _select("fair", fair, FAIR_RANGE, given, tongue, needed=False)
        + f'<p class="small">{escape(scale)}</p>{rows}'
    )


def spreads_shown(price: PriceView, tongue: Tongue) -> str:
    """Every row: median and reference, then who gave what, in words and in columns."""
    _ = tongue._
    names = {RESULT: _("Result"), **{factor.value: name for factor, (name, _words) in questions(tongue).items()}}
    got = _("Got what they needed: yes {yes}, no {no}.").format(yes=price.got, no=price.not_got)
    rows = "".join(_row(row, names[row.key], tongue) for row in price.rows if row.key in KEYS)
    return f"<p>{escape(got)}</p>{rows}"


def _fields(sheet: PriceSheet | None) -> dict[str, str]:
    if sheet is None:
        return {}
    result = {"got": "yes"} if sheet.got else {"got": "no", "fair": str(sheet.fair)}
    return result | {factor.value: str(sheet.factor(factor)) for factor in Factor}


def _select(
    name: str,
    words: str,
    span: tuple[int, int],
    given: Mapping[str, str],
    tongue: Tongue,
    *,
    needed: bool = True,
) -> str:
    chosen = given.get(name, "")
    choose = tongue._("choose")
    low, high = span
    values = "".join(
        f'<option value="{points}"{" selected" if chosen == str(points) else ""}>{signed(points)}</option>'
        for points in range(high, low - 1, -1)
    )
    return (
        f'<p><label for="score-{name}">{escape(words)}</label><select id="score-{name}" name="{name}"'
        f'{" required" if needed else ""}><option value="">{escape(choose)}</option>{values}</select></p>'
    )


def _row(row: PriceRow, name: str, tongue: Tongue) -> str:
    _ = tongue._
    head = (
        _("Nobody scored this; reference {reference}.").format(reference=signed(row.reference))
        if row.median is None
        else _("Median {median}, reference {reference}.").format(
            median=points_words(row.median, _), reference=signed(row.reference)
        )
    )
    spread = ", ".join(
        _("{points} from {count}").format(points=signed(points), count=count)
        for points, count in row.counts.items()
    )
    return f"<h2>{escape(name)}</h2><p>{escape(head)}</p>{_columns(row)}" + (
        f'<p class="small">{escape(spread)}</p>' if spread else ""
    )


def _columns(row: PriceRow) -> str:
    if not row.counts:
        return ""
    low, high = FAIR_RANGE if row.key == RESULT else FACTOR_RANGE
    most = max(row.counts.values())
    columns = "".join(
        f'<rect class="now" x="{(points - low) * _BAR + 1}" y="{_TALL - _TALL * count / most:.0f}" '
        f'width="{_BAR - 2}" height="{_TALL * count / most:.0f}"/>'
        for points, count in row.counts.items()
    )
    wide = (high - low + 1) * _BAR
    return (
        f'<svg class="tall" viewBox="0 0 {wide} {_TALL}" preserveAspectRatio="none" aria-hidden="true">'
        f"{columns}</svg>"
    )
