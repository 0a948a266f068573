"""What the workshop's panes say: the rows of findings and map, and what is told of the marked one. No widgets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial

from textual.content import Content

from callcalm.core.model import Scenario
from callcalm.insight.wording import headed, quoted, series
from callcalm.language import _, ngettext
from callcalm.report import Diagnostic, Level, level_name
from callcalm.report.text import underlined
from callcalm.tui.literal import beside, line, literal, wrapped
from callcalm.tui.widgets.lines import Row
from callcalm.workshop.charting import Chart, Spot, spot_facts
from callcalm.workshop.reports.terms import percent
from callcalm.workshop.session import Bench

_STYLES = {Level.ERROR: "bold $costs", Level.WARNING: "bold $caller"}
_SIGNS = {Level.ERROR: "✗", Level.WARNING: "!", Level.NOTE: "·", Level.NONE: "+"}
"""Before a finding: told apart without colour; the word for it stands in the panel below."""

WIDE_ROW = 56
"""From so many cells on, a row of the map says who comes there."""

PLAY_MARK = "●"
"""Before the place where the preview stands."""


def counted(findings: Sequence[Diagnostic]) -> str:
    """How many findings there are of each kind."""
    count = Counter(finding.level for finding in findings)
    said = []
    if errors := count[Level.ERROR]:
        said.append(ngettext("{n} error", "{n} errors", errors).format(n=errors))
    if warnings := count[Level.WARNING]:
        said.append(ngettext("{n} warning", "{n} warnings", warnings).format(n=warnings))
    if notes := count[Level.NOTE] + count[Level.NONE]:
        said.append(ngettext("{n} note", "{n} notes", notes).format(n=notes))
    return ", ".join(said) or _("nothing found")


def unread(bench: Bench) -> bool:
    """Whether the file has not been looked at yet."""
    return bench.source is None and not bench.findings


def standing(bench: Bench) -> str:
    """What the panes show if it is not the text on the disk as it is now; else empty."""
    if bench.scenario is None:
        return _("Reading the file…") if unread(bench) else _("It cannot be played yet.")
    return "" if bench.current else _("This is the last version that could be played.")


def finding_rows(findings: Sequence[Diagnostic]) -> list[Row]:
    """One row for each finding; without any, one that says so."""
    if not findings:
        words = literal(_("Nothing to say against it."), "$helps")
        return [Row(lambda _width: words, idle=True)]
    return [Row(partial(_finding_row, finding), key=str(n)) for n, finding in enumerate(findings)]


def marked_after(old: Sequence[Diagnostic], marked: str | None, new: Sequence[Diagnostic]) -> str | None:
    """The key of the row to look at once there are `new` findings and not the `old`, of which one was `marked`.

    It is the first error that was not there before, else what was marked; None where that is gone.
    """
    known = set(map(_same, old))
    for number, finding in enumerate(new):
        if finding.level is Level.ERROR and _same(finding) not in known:
            return str(number)
    was = _same(old[int(marked)]) if marked else None
    return next((str(number) for number, finding in enumerate(new) if _same(finding) == was), None)


def _same(finding: Diagnostic) -> tuple[str, str, str]:
    """What makes a finding the same after an edit, on whatever line it stands now."""
    return finding.rule, finding.message, finding.more.get("path", "")


def _finding_row(finding: Diagnostic, _width: int) -> Content:
    where = f"{finding.place.line}:{finding.place.column}" if finding.place else "–"
    style = _STYLES.get(finding.level, "$muted")
    return line(
        (_SIGNS[finding.level], style), f" {where:>7} ", (finding.rule, "bold"), f" {one_line(finding.message)}"
    )


def finding_lines(finding: Diagnostic, bench: Bench, width: int) -> list[Content]:
    """All of one finding: what, the line with a caret, the hint."""
    style = _STYLES.get(finding.level, "$muted")
    lead = line((f"{level_name(finding.level)} ", style))
    lines = wrapped(literal(finding.message, "bold"), width, lead, rest="")
    shown = list(underlined(finding.place, bench.source))
    shift = _shift(shown, width)
    lines += [literal(f"  {each[shift:]}").truncate(width, ellipsis=True) for each in shown]
    lines += [
        each
        for words in finding.instead
        for each in wrapped(literal(_("say instead: {words}").format(words=words)), width, "  ")
    ]
    return lines + (wrapped(literal(finding.hint, "$helps"), width, "  ") if finding.hint else [])


def _shift(shown: Sequence[str], width: int) -> int:
    """How far an excerpt moves to the left for its first caret to be in sight."""
    caret = min((each.find("^") for each in shown if "^" in each), default=0)
    return max(0, caret - width // 2) if caret > width - 8 else 0


def map_waits() -> list[Row]:
    """What stands for a map that is not there yet: of a large encounter it can take a while."""
    words = literal(_("The map is being worked out…"), "$muted")
    return [Row(lambda _width: words, idle=True)]


def map_rows(chart: Chart, here: str) -> list[Row]:
    """The map, layer by layer; `here` is where the preview stands."""
    rows: list[Row] = []
    for title, spots in chart.layers:
        words = literal(title, "bold $heading")
        rows.append(Row(lambda _width, words=words: words, idle=True))  # type: ignore[misc]  # a name bound early
        rows += [Row(partial(_spot_row, spot, spot.name == here), key=spot.name) for spot in spots]
    return rows


def _spot_row(spot: Spot, here: bool, width: int) -> Content:
    mark = ("×", "bold $costs") if spot.composure is None else ("!", "bold $caller") if spot.codes else (" ", "")
    left = line(
        (PLAY_MARK if here else " ", "bold $player"), " ", mark, " ", (spot.name, "bold"), f" ({spot.word})"
    )
    ends = ", ".join(dict.fromkeys(end for _labels, end in spot.ways))
    if width < WIDE_ROW:
        chance = percent(spot.chance) if spot.composure is not None else ""
        return beside(left, line((" ".join(spot.codes), "bold $caller"), "  ", (chance, "$muted")), width)
    facts = literal(spot_facts(spot), "$muted")
    return beside(line(left, (f" > {ends}", "$muted")) if ends else left, facts, width)


def spot_lines(spot: Spot, scenario: Scenario, width: int) -> list[Content]:
    """All of one beat or ending: who comes there, what is wrong with it, its first words, its ways."""
    lines = wrapped(literal(spot_facts(spot)), width, line((f"{headed(spot.name)} ", "bold")), rest="  ")
    if spot.codes:
        lines += wrapped(literal(", ".join(spot.codes), "bold $caller"), width, line("! "), rest="  ")
    if spot.name in scenario.beats:
        said = scenario.beats[spot.name].caller
        lines.append(literal(quoted(one_line(said[0])) if said else "").truncate(width, ellipsis=True))
    else:
        lines.append(literal(one_line(scenario.endings[spot.name].text)).truncate(width, ellipsis=True))
    ways = series(f"{labels} > {end}" for labels, end in spot.ways)
    return lines + (wrapped(literal(ways, "$muted"), width) if ways else [])


def one_line(text: str) -> str:
    """Words without their line breaks."""
    return " ".join(text.split())
