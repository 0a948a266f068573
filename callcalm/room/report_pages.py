"""A handout written out: Markdown, HTML that stands by itself, plain text, and the numbers as CSV.

Text is data: no sign of any of these formats works in it. What must not be here: what stands in a handout.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from callcalm.core.text import safe
from callcalm.insight.wording import headed, series
from callcalm.room.hosting import Told
from callcalm.room.pearls import worked
from callcalm.room.report import Part, handout, told_text
from callcalm.room.views import price_view
from callcalm.workshop.reports.terms import escaped

_STYLE = (
    "body{font:17px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#111;"
    "background:#fff}h1,h2,h3{line-height:1.25}blockquote{margin:.5rem 0;padding-left:1rem;border-left:4px solid "
    "#555}table{border-collapse:collapse;margin:.75rem 0}th,td{border:1px solid #555;padding:.3rem .6rem;"
    "text-align:left;vertical-align:top}@media print{tr,blockquote,li{break-inside:avoid}}"
)
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


def written(told: Told, kind: str, language: str) -> str:
    """The handout as `md`, `html`, `txt` or `csv`.

    Raises:
        ValueError: for any other kind.
    """
    if kind == "csv":
        return _csv(told)
    parts = handout(told)
    if kind == "md":
        return "\n".join(_markdown(parts)) + "\n"
    if kind == "txt":
        return "\n".join(_text(parts)) + "\n"
    if kind == "html":
        return "\n".join(_html(parts, language)) + "\n"
    raise ValueError(kind)


def _markdown(parts: Iterable[Part]) -> Iterator[str]:
    last = ""
    for part in parts:
        if last and not last == part.kind == "item":
            yield ""
        text = escaped(told_text(part))
        match part.kind:
            case "h1" | "h2" | "h3":
                yield f"{'#' * int(part.kind[1])} {text}"
            case "quote":
                yield f"> {text}"
            case "item":
                yield f"- {text}"
            case "table":
                yield _row(part.head)
                yield _row("---" for _column in part.head)
                yield from (_row(escaped(" ".join(cell.split())) for cell in row) for row in part.rows)
                if text:
                    yield f"\n{text}"
            case _:
                yield text
        last = part.kind


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _text(parts: Iterable[Part]) -> Iterator[str]:
    last = ""
    for part in parts:
        if last and not last == part.kind == "item":
            yield ""
        text = told_text(part)
        match part.kind:
            case "h1" | "h2":
                yield text
                yield ("=" if part.kind == "h1" else "-") * len(text)
            case "quote":
                yield f"    {text}"
            case "item":
                yield f"- {text}"
            case "table":
                for row in part.rows:
                    named = [f"{headed(name)} {cell}" for name, cell in zip(part.head[2:], row[2:], strict=True)]
                    yield "  " + series([". ".join(row[:2]) if not part.head[0] else _named(part, row), *named])
                if text:
                    yield f"  {text}"
            case _:
                yield text
        last = part.kind


def _named(part: Part, row: tuple[str, ...]) -> str:
    return series((row[0], f"{headed(part.head[1])} {row[1]}"))


def _html(parts: Iterable[Part], language: str) -> Iterator[str]:
    parts = tuple(parts)
    title = escape(told_text(parts[0]))
    yield f'<!doctype html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">'
    yield f'<meta name="viewport" content="width=device-width">\n<title>{title}</title>'
    yield f"<style>{_STYLE}</style>\n</head>\n<body>\n<main>"
    inside = False
    for part in parts:
        if inside != (part.kind == "item"):
            yield "</ul>" if inside else "<ul>"
            inside = not inside
        text = escape(told_text(part))
        match part.kind:
            case "quote":
                yield f"<blockquote>{text}</blockquote>"
            case "item":
                yield f"<li>{text}</li>"
            case "table":
                yield from _html_table(part, text)
            case _:
                yield f"<{part.kind}>{text}</{part.kind}>"
    if inside:
        yield "</ul>"
    yield "</main>\n</body>\n</html>"


def _html_table(part: Part, note: str) -> Iterator[str]:
    yield "<table>"
    if note:
        yield f"<caption>{note}</caption>"
    cells = (f'<th scope="col">{escape(cell)}</th>' if cell else "<td></td>" for cell in part.head)
    yield f"<thead><tr>{''.join(cells)}</tr></thead>\n<tbody>"
    for first, *rest in part.rows:
        cells = (f"<td>{escape(cell)}</td>" for cell in rest)
        yield f'<tr><th scope="row">{escape(first)}</th>{"".join(cells)}</tr>'
    yield "</tbody>\n</table>"


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
