"""What rounds tell over time, as sections of lines: what `callcalm stats` and plain mode print.

Every picture has its numbers on the line above it, and stands on a line of its own that can be skipped. What must
not be here: computing, and writing anywhere.
"""

from __future__ import annotations

from collections.abc import Sequence

from callcalm.core.moves import Effect, Registry
from callcalm.core.records import NamedTuple
from callcalm.insight.trends_model import Curve, Curves, Heat, HeatRow, PricePoint, Trends, Week
from callcalm.insight.trends_words import (
    calibration_lines,
    count_lines,
    day,
    decimal,
    encounter_line,
    kind_name,
    moves_line,
    part_name,
    rhythm_lines,
    total_words,
)
from callcalm.insight.wording import headed, move_name
from callcalm.language import _, ngettext

WEEKS = 8
"""How many of the last weeks with practice are listed."""

CALLS = 10
"""How many of the last calls are listed with their scores."""

ROWS = 8
"""How many techniques are listed of each effect."""

ENCOUNTERS = 30
"""How many of the encounters played last are listed."""

_BARS = "▁▂▃▄▅▆▇█"
_PLAIN_BARS = "_.:-=+*#"
_ASCII = str.maketrans({"−": "-", "–": "-", "“": '"', "”": '"', "’": "'", "…": "...", "\xa0": " ", "\u202f": " "})
_FEW = 20
_LEAST, _MOST = -50, 50


class Section(NamedTuple):
    """A title and its lines."""

    title: str
    lines: tuple[str, ...]


def sections(trends: Trends, registry: Registry, *, unicode: bool = True) -> tuple[Section, ...]:
    """All of it, in the order to read it; one section with one sentence where there is nothing yet.

    With `unicode` False, pictures, signs and quotation marks are ASCII.
    """
    found = _sections(trends, registry, unicode=unicode)
    if unicode:
        return found
    return tuple(
        Section(title.translate(_ASCII), tuple(line.translate(_ASCII) for line in lines)) for title, lines in found
    )


def _sections(trends: Trends, registry: Registry, *, unicode: bool) -> tuple[Section, ...]:
    if not trends.counts.practice:
        return (Section(_("Practice"), (nothing_yet(), *count_lines(trends.counts)[1:])),)
    found = [
        Section(_("Practice"), (*count_lines(trends.counts), *rhythm_lines(trends.rhythm))),
        Section(_("PRICE over time (from −50 to +50)"), tuple(_price(trends, unicode=unicode))),
        Section(_("How you judge your own calls"), tuple(_calibration(trends, registry))),
        Section(_("Composure (from 0 to 100)"), tuple(_composure(trends.curves, unicode=unicode))),
        Section(_("Moves per ten answers"), tuple(_moves(trends.weeks, unicode=unicode))),
        Section(_("Techniques by week"), tuple(_techniques(trends.heat, registry, unicode=unicode))),
        Section(_("Encounters, the last played first"), tuple(_encounters(trends))),
    ]
    return tuple(section for section in found if section.lines)


def nothing_yet() -> str:
    """What is said where there is no call and no drill."""
    return _("There is nothing to show yet. Your first call will be the first point here.")


def spark(values: Sequence[float | None], low: float, high: float, *, unicode: bool = True) -> str:
    """A small picture of values between `low` and `high`, a character each; a blank where there is none.

    >>> spark([0, 50, None, 100], 0, 100), spark([0, 50, None, 100], 0, 100, unicode=False)
    ('▁▅ █', '_= #')
    """
    bars = _BARS if unicode else _PLAIN_BARS
    span = high - low
    return "".join(
        " "
        if value is None
        else bars[round(max(0.0, min(1.0, (value - low) / span if span else 0)) * (len(bars) - 1))]
        for value in values
    )


def _picture(name: str, values: Sequence[float | None], low: float, high: float, *, unicode: bool) -> list[str]:
    """The line with a picture, named where two stand together, if there are at least two points to compare."""
    if sum(value is not None for value in values) <= 1:
        return []
    bars = spark(values, low, high, unicode=unicode)
    if not name:
        return [_("    picture: [{bars}]").format(bars=bars)]
    return [_("    picture, {name}: [{bars}]").format(name=name, bars=bars)]


def _price(trends: Trends, *, unicode: bool) -> list[str]:
    last = trends.price[-CALLS:]
    if not last:
        return []
    lines = [headed(_("Your last calls, the newest last"))]
    lines += [_point(point) for point in last]
    own = [None if point.own is None else float(point.own) for point in last]
    reference = [None if point.reference is None else float(point.reference) for point in last]
    lines += _picture(_("self"), own, _LEAST, _MOST, unicode=unicode)
    lines += _picture(_("evidence"), reference, _LEAST, _MOST, unicode=unicode)
    weeks = [week for week in trends.weeks if week.own is not None or week.reference is not None][-WEEKS:]
    if len(weeks) > 1:
        lines.append(headed(_("Week by week, on average")))
        lines += [_week(week) for week in weeks]
        lines += _picture(_("self"), [week.own for week in weeks], _LEAST, _MOST, unicode=unicode)
        lines += _picture(_("evidence"), [week.reference for week in weeks], _LEAST, _MOST, unicode=unicode)
    return lines


def _point(point: PricePoint) -> str:
    return _("  {day}: self {own}, evidence {reference}, {title}").format(
        day=day(point.when),
        own=total_words(point.own),
        reference=total_words(point.reference),
        title=point.title,
    )


def _week(week: Week) -> str:
    calls = ngettext("{n} call", "{n} calls", week.calls).format(n=week.calls)
    return _("  week of {day}: self {own}, evidence {reference}, {calls}").format(
        day=day(week.monday),
        own=decimal(week.own, sign=True),
        reference=decimal(week.reference, sign=True),
        calls=calls,
    )


def _calibration(trends: Trends, registry: Registry) -> list[str]:
    found = trends.calibration
    lines = calibration_lines(found, registry)
    if found.parts:
        about = ngettext(
            "Self minus evidence over your last {n} scored call; above 0 is scored too high",
            "Self minus evidence over your last {n} scored calls, on average; above 0 is scored too high",
            found.rounds,
        )
        lines.append(headed(about.format(n=found.rounds)))
        lines += [f"  {headed(part_name(gap.part))} {decimal(gap.mean, sign=True)}" for gap in found.parts]
    return lines


def _composure(curves: Curves, *, unicode: bool) -> list[str]:
    lines: list[str] = []
    for curve in curves.last:
        lines.append(_curve(curve))
        lines += _picture("", curve.composure, 0, 100, unicode=unicode)
    if curves.typical:
        head = _("The typical call of your last {n}: {numbers}")
        lines.append(head.format(n=curves.rounds, numbers=_numbers(curves.typical)))
        lines += _picture("", curves.typical, 0, 100, unicode=unicode)
    return lines


def _curve(curve: Curve) -> str:
    return _("  {day}, {title} ({kind}): {numbers}").format(
        day=day(curve.when), title=curve.title, kind=kind_name(curve.kind), numbers=_numbers(curve.composure)
    )


def _numbers(composure: Sequence[int]) -> str:
    """Every number; of a long call only where it began, was lowest and ended."""
    if len(composure) <= _FEW:
        return ", ".join(map(str, composure))
    return _("began at {first}, lowest {least}, ended at {last}").format(
        first=composure[0], least=min(composure), last=composure[-1]
    )


def _moves(weeks: Sequence[Week], *, unicode: bool) -> list[str]:
    shown = [week for week in weeks if week.answers][-WEEKS:]
    if not shown:
        return []
    lines = [
        _("  week of {day}: {helping} helping, {costing} costing, in {answers}").format(
            day=day(week.monday),
            helping=decimal(week.helping_per_ten),
            costing=decimal(week.costing_per_ten),
            answers=ngettext("{n} answer", "{n} answers", week.answers).format(n=week.answers),
        )
        for week in shown
    ]
    helping, costing = [w.helping_per_ten for w in shown], [w.costing_per_ten for w in shown]
    most = max(number for number in (*helping, *costing) if number is not None)
    lines += _picture(_("helping"), helping, 0, most, unicode=unicode)
    lines += _picture(_("costing"), costing, 0, most, unicode=unicode)
    return [moves_line(weeks), *lines]


def _techniques(heat: Heat, registry: Registry, *, unicode: bool) -> list[str]:
    if not heat.rows:
        return []
    lines = [headed(_("How often, in the weeks of")) + " " + ", ".join(map(day, heat.weeks))]
    names = {
        Effect.HELPS.value: _("Helping"),
        Effect.COSTS.value: _("Costing"),
        Effect.NEUTRAL.value: _("Neither"),
        "unknown": _("Not known to this callcalm"),
    }
    for effect, name in names.items():
        rows = [row for row in heat.rows if row.effect == effect]
        if not rows:
            continue
        lines.append(headed(name))
        for row in rows[:ROWS]:
            lines.append(_row(row, registry))
            lines += _picture("", row.counts, 0, max(row.counts), unicode=unicode)
        lines += _more(len(rows) - ROWS)
    return lines


def _row(row: HeatRow, registry: Registry) -> str:
    counts = ", ".join(map(str, row.counts))
    return _("  {technique}: {counts}; {total} in all").format(
        technique=move_name(row.move, registry), counts=counts, total=row.total
    )


def _encounters(trends: Trends) -> list[str]:
    lines = [f"  {encounter_line(encounter)}" for encounter in trends.encounters[:ENCOUNTERS]]
    return [*lines, *_more(len(trends.encounters) - ENCOUNTERS)]


def _more(count: int) -> list[str]:
    """That so many are not listed; they are in the JSON."""
    if count <= 0:
        return []
    words = ngettext("  and {n} more; “--json” has it", "  and {n} more; “--json” has them", count)
    return [words.format(n=count)]
