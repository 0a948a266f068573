"""What each part of the progress screen shows: a picture where there is room, and always its numbers.

What must not be here: computing (see `insight.trends`), widgets, and keys.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from textual.content import Content

from callcalm.core.moves import Effect, Registry
from callcalm.insight.trends_model import FactorGap, HeatRow, PricePoint, Trends, Week
from callcalm.insight.trends_text import nothing_yet
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
from callcalm.insight.wording import headed, move_name, signed
from callcalm.language import _, ngettext
from callcalm.tui.literal import line, literal, wrapped
from callcalm.tui.widgets.plot import LINE, Scale, Series, legend, picture
from callcalm.tui.widgets.plot_cells import CELL, bar, counts

CALLS = 40
"""The most calls that are drawn one by one; beyond, weeks are."""

LISTED = 12
"""How many of the last calls or weeks are listed with their numbers."""

WEEKS = 52
"""How many of the last weeks are drawn."""

ENCOUNTERS = 60
"""How many of the encounters played last are listed."""

ROWS = 14
"""How many techniques of each effect are shown."""

_NAME, _LONGEST = 22, 40
_PRICE = {-50: "−50", -25: "−25", 0: "0", 25: "+25", 50: "+50"}
_PERCENT = {0: "0", 25: "25", 50: "50", 75: "75", 100: "100"}
_RESULT, _FACTOR = 25.0, 15.0


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the screen: its title, a short name, and its lines for a width and a height of its picture."""

    title: str
    short: str
    lines: Callable[[int, int], Iterator[Content]]


def parts(trends: Trends, registry: Registry) -> tuple[Part, ...]:
    """All parts, in order."""
    return (
        Part(_("Practice"), _("Practice"), lambda width, _height: _practice(trends, registry, width)),
        Part(_("PRICE over time"), _("PRICE"), lambda width, height: _price(trends, width, height)),
        Part(
            _("How you judge your own calls"),
            _("Judging"),
            lambda width, _height: _judging(trends, registry, width),
        ),
        Part(_("Composure"), _("Composure"), lambda width, height: _composure(trends, width, height)),
        Part(_("Moves per ten answers"), _("Moves"), lambda width, height: _moves(trends, width, height)),
        Part(
            _("Techniques by week"), _("Techniques"), lambda width, _height: _techniques(trends, registry, width)
        ),
        Part(_("Encounters"), _("Calls"), lambda width, _height: _encounters(trends, width)),
    )


def _practice(trends: Trends, registry: Registry, width: int) -> Iterator[Content]:
    if not trends.counts.practice:
        yield from wrapped(literal(nothing_yet(), "bold"), width)
        for words in count_lines(trends.counts)[1:]:
            yield from wrapped(literal(words), width)
        return
    first, *odd = count_lines(trends.counts)
    yield from wrapped(literal(first, "bold"), width)
    for words in rhythm_lines(trends.rhythm):
        yield from wrapped(literal(words), width)
    yield Content("")
    for words in calibration_lines(trends.calibration, registry):
        yield from wrapped(literal(words), width, "• ")
    words = moves_line(trends.weeks)
    if words:
        yield from wrapped(literal(words), width, "• ")
    if odd:
        yield Content("")
    for words in odd:
        yield from wrapped(literal(words, "$muted"), width)


def _price(trends: Trends, width: int, height: int) -> Iterator[Content]:
    points = trends.price
    if not points:
        yield from _not_yet(width)
        return
    weeks = [week for week in trends.weeks if week.own is not None or week.reference is not None][-WEEKS:]
    by_week = len(points) > CALLS and len(weeks) > 1
    if by_week:
        own: list[float | None] = [week.own for week in weeks]
        reference: list[float | None] = [week.reference for week in weeks]
        places = _days([week.monday for week in weeks])
    else:
        shown = points[-CALLS:]
        own, reference = [one.own for one in shown], [one.reference for one in shown]
        places = _days([one.when for one in shown])
    evidence = Series(reference, LINE, "$caller")
    self_sheet = Series(own, "●", "$player")
    drawn = picture((evidence, self_sheet), Scale(-50, 50, _PRICE, places), width, height)
    if drawn:
        about = _("each point a week, on average") if by_week else _("each point a call")
        yield from _legend(((self_sheet, _("self")), (evidence, _("evidence"))), about, width)
        yield from drawn
        yield Content("")
    yield from _points(points, width)
    if by_week:
        yield Content("")
        yield from _week_rows(weeks)


def _points(points: Sequence[PricePoint], width: int) -> Iterator[Content]:
    yield line((_row(_("call"), _("self"), _("evidence"), _("gap")), "$muted"))
    for point in reversed(points[-LISTED:]):
        gap = "" if point.own is None or point.reference is None else signed(point.own - point.reference)
        numbers = _row(day(point.when), total_words(point.own), total_words(point.reference), gap)
        yield line(numbers, "  ", point.title).truncate(width, ellipsis=True)


def _week_rows(weeks: Sequence[Week]) -> Iterator[Content]:
    yield line((_row(_("week of"), _("self"), _("evidence"), _("calls")), "$muted"))
    for week in reversed(weeks[-LISTED:]):
        own, reference = decimal(week.own, sign=True), decimal(week.reference, sign=True)
        yield literal(_row(day(week.monday), own, reference, str(week.calls)))


def _judging(trends: Trends, registry: Registry, width: int) -> Iterator[Content]:
    found = trends.calibration
    for words in calibration_lines(found, registry):
        yield from wrapped(literal(words, "bold"), width, "• ")
    if not found.parts:
        return
    about = ngettext(
        "Self minus evidence over your last {n} scored call; above 0 is scored too high",
        "Self minus evidence over your last {n} scored calls, on average; above 0 is scored too high",
        found.rounds,
    )
    yield Content("")
    yield from wrapped(literal(about.format(n=found.rounds), "$muted"), width)
    room = min(41, width - _NAME - 1)
    for gap in found.parts:
        yield _gap(gap, room)


def _gap(gap: FactorGap, room: int) -> Content:
    name = literal(part_name(gap.part)).truncate(_NAME - 7, ellipsis=True, pad=True)
    reach = _RESULT if gap.part == "result" else _FACTOR
    style = "$helps" if abs(gap.mean) < 1 else "$caller"
    return line(name, f"{decimal(gap.mean, sign=True):>6} ", bar(gap.mean, reach, room, style))


def _composure(trends: Trends, width: int, height: int) -> Iterator[Content]:
    curves = trends.curves
    if not curves.last:
        yield from _not_yet(width)
        return
    newest = curves.last[-1]
    typical = Series([float(value) for value in curves.typical], LINE, "$caller")
    last = Series([float(value) for value in newest.composure], "●", "$player")
    longest = max(len(curves.typical), len(newest.composure))
    places = _places([str(number) for number in range(longest)])
    drawn = picture((typical, last), Scale(0, 100, _PERCENT, places), width, height)
    names = [(last, _("your last call"))]
    if curves.typical:
        names.append((typical, _("the typical one of {n}").format(n=curves.rounds)))
    if drawn:
        yield from _legend(names, _("after each answer"), width)
        yield from drawn
        yield Content("")
    for head, values in ((_("Last:"), newest.composure), (_("Typical:"), curves.typical)):
        if values:
            yield from wrapped(literal(", ".join(map(str, values))), width, line((head, "bold"), " "))
    yield Content("")
    for curve in reversed(curves.last):
        words = _("began at {first}, lowest {least}, ended at {last}").format(
            first=curve.composure[0], least=min(curve.composure), last=curve.composure[-1]
        )
        head = headed(f"{day(curve.when)}  {curve.title} ({kind_name(curve.kind)})")
        yield from wrapped(line(head, " ", (words, "bold")), width, "", "  ")


def _moves(trends: Trends, width: int, height: int) -> Iterator[Content]:
    weeks = [week for week in trends.weeks if week.answers][-WEEKS:]
    if not weeks:
        yield from _not_yet(width)
        return
    helping = Series([week.helping_per_ten for week in weeks], LINE, "$helps")
    costing = Series([week.costing_per_ten for week in weeks], "×", "$costs")
    values = [value for one in (helping, costing) for value in one.values if value is not None]
    top = max(2, 2 * -(-round(max(values) + 0.499) // 2))
    heights = {0: "0", top // 2: str(top // 2), top: str(top)}
    places = _days([week.monday for week in weeks])
    yield from wrapped(literal(moves_line(trends.weeks), "bold"), width)
    drawn = picture((helping, costing), Scale(0, top, heights, places), width, height)
    if drawn:
        yield from _legend(((helping, _("helping")), (costing, _("costing"))), _("each point a week"), width)
        yield from drawn
    yield Content("")
    yield line((_row(_("week of"), _("helping"), _("costing"), _("answers")), "$muted"))
    for week in reversed(weeks[-LISTED:]):
        numbers = (decimal(week.helping_per_ten), decimal(week.costing_per_ten), str(week.answers))
        yield literal(_row(day(week.monday), *numbers))


def _techniques(trends: Trends, registry: Registry, width: int) -> Iterator[Content]:
    heat = trends.heat
    if not heat.rows:
        yield from _not_yet(width)
        return
    fitting = max(1, min(len(heat.weeks), (width - _NAME - CELL) // CELL))
    room = min(_LONGEST, width - (fitting + 1) * CELL)
    heads = [_short(week).rjust(CELL) for week in heat.weeks[-fitting:]]
    yield line(" " * room, ("".join(heads) + _("all").rjust(CELL), "$muted"))
    for effect, name, sign, style in (
        (Effect.HELPS.value, _("Helping"), "▲", "$helps"),
        (Effect.COSTS.value, _("Costing"), "▼", "$costs"),
        (Effect.NEUTRAL.value, _("Neither"), "•", "$muted"),
        ("unknown", _("Not known to this callcalm"), "?", "$muted"),
    ):
        rows = [row for row in heat.rows if row.effect == effect]
        if not rows:
            continue
        yield line((f"{sign} {name}", f"bold {style}"))
        most = max(max(row.counts) for row in rows)
        for row in rows[:ROWS]:
            yield _technique(row, (room, fitting), most, style, registry)
        if len(rows) > ROWS:
            more = len(rows) - ROWS
            yield literal("  " + ngettext("and {n} more", "and {n} more", more).format(n=more), "$muted")


def _technique(row: HeatRow, cells: tuple[int, int], most: int, style: str, registry: Registry) -> Content:
    room, fitting = cells
    name = literal(f"  {move_name(row.move, registry)}").truncate(room, ellipsis=True, pad=True)
    return line(name, counts(row.counts[-fitting:], most, style), (f"{row.total:>{CELL}}", "bold"))


def _encounters(trends: Trends, width: int) -> Iterator[Content]:
    if not trends.encounters:
        yield from _not_yet(width)
    for encounter in trends.encounters[:ENCOUNTERS]:
        yield from wrapped(literal(encounter_line(encounter)), width, "• ")
    more = len(trends.encounters) - ENCOUNTERS
    if more > 0:
        yield literal(ngettext("and {n} more", "and {n} more", more).format(n=more), "$muted")


def _not_yet(width: int) -> Iterator[Content]:
    yield from wrapped(literal(_("Nothing yet: this begins with your first call.")), width)


def _legend(names: Sequence[tuple[Series, str]], about: str, width: int) -> list[Content]:
    return wrapped(line(legend(names), "   ", (about, "$muted")), width)


def _row(first: str, *numbers: str) -> str:
    return first.ljust(10) + "".join(f"{number:>9}" for number in numbers)


def _short(when: date) -> str:
    return day(when)[5:]


def _days(dates: Sequence[date]) -> dict[int, str]:
    """The first, the middle and the last, with the year where it is not the same for all."""
    same = bool(dates) and dates[0].year == dates[-1].year
    return _places([_short(one) if same else day(one) for one in dates])


def _places(names: Sequence[str]) -> dict[int, str]:
    """The first, the middle and the last by name."""
    last = len(names) - 1
    return {place: names[place] for place in sorted({0, last // 2, last})} if names else {}
