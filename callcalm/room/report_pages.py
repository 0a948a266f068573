"""A handout in the form that was asked for; and the numbers of a session as CSV.

Text is data: no cell works as a formula. What must not be here: what stands in a handout.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from callcalm.core.text import safe
from callcalm.insight.exports.writing import FORMS
from callcalm.insight.exports.writing import written as exported
from callcalm.room.hosting import Told
from callcalm.room.pearls import worked
from callcalm.room.report import handout
from callcalm.room.views import price_view

CSV: Final = "csv"
FORMATS: Final = (*FORMS, CSV)
"""What a session can be written as, the default first."""

_COLUMNS = (
    "section",
    "question",
    "kind",
    "attempt",
    "letter",
    "text",
    "votes",
    "played",
    "picked_by",
    "composure_before",
    "composure_after",
    "factor",
    "value",
    "count",
    "median",
    "reference",
)
_FORMULA = ("=", "+", "-", "@", "\t")
"""What a spreadsheet would take for the beginning of a formula."""


def written(told: Told, kind: str) -> str:
    """The handout in one of `FORMATS`, in the language in use. Raises `KeyError` for another."""
    return _csv(told) if kind == CSV else exported(handout(told), kind)


def _csv(told: Told) -> str:
    """Every tally and every spread, one number a row."""
    import csv  # noqa: PLC0415  (only this format needs it)
    from io import StringIO  # noqa: PLC0415

    sink = StringIO()
    sheet = csv.DictWriter(sink, _COLUMNS, lineterminator="\r\n")
    sheet.writeheader()
    for row in (*_vote_rows(told), *_price_rows(told)):
        sheet.writerow({key: _cell(value) for key, value in row.items()})
    return sink.getvalue()


def _vote_rows(told: Told) -> Iterator[dict[str, object]]:
    found = {one.asked.number: one for one in worked(told.room)}
    for asked in told.room.history:
        if not asked.standing:
            continue
        one = found.get(asked.number)
        common: dict[str, object] = {"section": "vote", "question": asked.number, "kind": asked.kind.value}
        if one is not None:
            common |= {"composure_before": one.before, "composure_after": one.after}
        if asked.answer:
            yield {**common, "text": asked.answer, "played": 1, "picked_by": asked.by}
        for attempt, tally in enumerate((*asked.earlier, asked.ballot.tally), 1):
            for choice in asked.choices:
                played = choice.letter == asked.chosen and attempt == asked.attempt
                yield {
                    **common,
                    "attempt": attempt,
                    "letter": choice.letter,
                    "text": choice.text,
                    "votes": tally.get(choice.letter, 0),
                    "played": int(played),
                    "picked_by": asked.by if played else "",
                }


def _price_rows(told: Told) -> Iterator[dict[str, object]]:
    price = price_view(told.room)
    for row in price.rows if price else ():
        for value, count in row.counts.items():
            yield {
                "section": "price",
                "factor": row.key,
                "value": value,
                "count": count,
                "median": row.median,
                "reference": row.reference,
            }


def _cell(value: object) -> object:
    """A cell that no spreadsheet takes for a formula."""
    if not isinstance(value, str):
        return value
    text = " ".join(safe(value, multiline=False).split())
    return f"'{text}" if text.startswith(_FORMULA) else text
