"""The map of a survey in words: line by line, and what stands in the boxes of a picture.

What must not be here: finding anything out (see `survey`), and the rest of the report (see `explore`).
"""

from __future__ import annotations

from collections.abc import Iterator

from callcalm.core.explore import Player, span
from callcalm.insight.wording import headed, kind_word, series
from callcalm.language import _, ngettext
from callcalm.workshop.reports import shorthand
from callcalm.workshop.reports.layers import Layout
from callcalm.workshop.reports.survey import Falls, Survey
from callcalm.workshop.reports.terms import composure_words, percent, player_name


def map_lines(survey: Survey) -> Iterator[str]:
    """The map, layer by layer: each beat with its chance, composure, ways on and problems."""
    layout = survey.layout
    ways = _ways(layout)
    if survey.scenario.openings:
        openings = shorthand.openings(survey.scenario)
        yield _("brought back by a promise it begins otherwise: {openings}").format(openings=openings)
    for depth, layer in enumerate(layout.layers):
        yield (
            ngettext("after {n} answer", "after {n} answers", depth).format(n=depth)
            if depth
            else _("to begin with")
        )
        for name in layer:
            yield "  " + _beat_line(survey, name, ways.get(name, ""))
    if layout.endings:
        yield _("endings")
        for name in layout.endings:
            yield "  " + _ending_line(survey, name)
    if layout.cut_off:
        yield _("nothing leads here")
        yield from (f"  {name}" for name in layout.cut_off)


def drawing_notes(survey: Survey) -> tuple[dict[str, tuple[str, ...]], frozenset[str]]:
    """What stands in each box of a picture, and which boxes have problems."""
    notes: dict[str, tuple[str, ...]] = {}
    for name, stand in survey.stands.items():
        if stand.composure is None:
            notes[name] = (stand.mood, _("nobody comes here"))
        else:
            low, high = stand.composure
            held = f"{low}–{high}" if low < high else str(low)
            notes[name] = (stand.mood, f"{percent(stand.visits[Player.RANDOM])}, {held}")
    for name, ending in survey.scenario.endings.items():
        chance = percent(survey.odds[Player.RANDOM].endings.get(name, 0.0))
        why = falls_words(survey, name)
        notes[name] = (f"{kind_word(ending.kind)}, {chance}", why[0]) if why else (kind_word(ending.kind), chance)
    marked = frozenset(name for name, stand in survey.stands.items() if stand.problems or stand.composure is None)
    return notes, marked


def _beat_line(survey: Survey, name: str, ways: str) -> str:
    stand = survey.stands[name]
    if stand.composure is None:
        facts = [_("nobody comes here")]
    else:
        facts = [
            percent(stand.visits[Player.RANDOM]),
            composure_words(*stand.composure),
        ]
    codes = sorted({finding.rule for finding in stand.problems})
    marks = f" ! {', '.join(codes)}" if codes else ""
    head = headed(f"{name} ({stand.mood})")
    return f"{head} {series((', '.join(facts) + marks, ways))}"


def _ending_line(survey: Survey, name: str) -> str:
    ending = survey.scenario.endings[name]
    bits = survey.proof.endings.get(name, 0)
    why = falls_words(survey, name)
    if not bits and not why:
        return _("{name} ({kind}): nobody comes here").format(name=name, kind=kind_word(ending.kind))
    chances = ", ".join(
        f"{player_name(player)} {percent(survey.odds[player].endings.get(name, 0.0))}"
        for player in Player
        if survey.odds[player].endings.get(name, 0.0) > 0
    )
    chances = chances or _("no such player")
    if why:
        head = headed(f"{name} ({kind_word(ending.kind)})")
        return f"{head} {series((chances, *why))}"
    head = headed(f"{name} ({kind_word(ending.kind)})")
    return f"{head} {series((chances, composure_words(*span(bits))))}"


def falls_words(survey: Survey, name: str) -> tuple[str, ...]:
    """Where calls come from at an ending to which no answer leads, if they can; short enough for a box."""
    falls = survey.falls() if name == survey.scenario.lost else Falls()
    told = (
        (falls.composure, _("where composure is gone")),
        (falls.patience, _("where patience is gone")),
        (falls.replies, _("where no reply is on offer")),
        (falls.answers, _("where no answers are left")),
    )
    return tuple(words for true, words in told if true)


def _ways(layout: Layout) -> dict[str, str]:
    ways: dict[str, list[str]] = {}
    for edge in layout.edges:
        ways.setdefault(edge.start, []).append(f"{', '.join(edge.labels)} > {edge.end}")
    return {name: series(each) for name, each in ways.items()}


def marked_lines(survey: Survey) -> Iterator[str]:
    """What stands behind the marks on the map, in words, beat by beat."""
    for name, stand in survey.stands.items():
        yield from (f"{finding.rule} {headed(name)} {finding.message}" for finding in stand.problems)
