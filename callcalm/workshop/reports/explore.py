"""A survey written out: as text with a map, as Markdown, as a page, as data, as a picture.

What must not be here: finding anything out (see `survey`).
"""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import Final

from callcalm.core.explore import Player, span
from callcalm.core.text import held, let_go
from callcalm.insight.channel import Ways
from callcalm.insight.wording import headed, minutes_words
from callcalm.language import _, ngettext, said
from callcalm.report import Level
from callcalm.workshop.reports import drawing, pages
from callcalm.workshop.reports.mapped import drawing_notes, map_lines, marked_lines
from callcalm.workshop.reports.picture import svg
from callcalm.workshop.reports.survey import Loss, Survey, whole_minutes
from callcalm.workshop.reports.terms import percent, player_name

WIDTH: Final = 78
"""Columns of a report where no terminal is narrower."""


def as_text(survey: Survey, width: int = WIDTH) -> Iterator[str]:
    """Lines for a terminal, at most `width` columns wide but for single long words."""
    for title, lines in _sections(survey):
        yield title
        for line in lines:
            yield from _wrapped(line, width)
        yield ""


def as_markdown(survey: Survey) -> Iterator[str]:
    """The same as a Markdown page."""
    return pages.as_markdown(_blocks(survey))


def as_html(survey: Survey) -> Iterator[str]:
    """The same as a page that stands by itself, with the picture."""
    scenario = survey.scenario
    return pages.as_html(_blocks(survey), scenario.title, scenario.language)


def _blocks(survey: Survey) -> Iterator[pages.Block]:
    """The sections as blocks of a page: the picture at the head of the map, a heading for each layer."""
    mapped = _("The map")
    for number, (title, lines) in enumerate(_sections(survey)):
        yield pages.Block("h2" if number else "h1", title)
        if title == mapped:
            yield pages.Block("map", "\n".join(as_svg(survey)))
        for line in lines:
            layer = title == mapped and not line.startswith(" ")
            yield pages.Block("h3" if layer else "item" if number else "p", line.strip())


def as_mermaid(survey: Survey) -> Iterator[str]:
    """The map as a Mermaid flowchart."""
    return drawing.mermaid(survey.layout, *drawing_notes(survey))


def as_dot(survey: Survey) -> Iterator[str]:
    """The map in the language of Graphviz."""
    return drawing.dot(survey.layout, *drawing_notes(survey), survey.scenario.title)


def as_svg(survey: Survey) -> Iterator[str]:
    """The map as a picture."""
    return svg(survey.layout, *drawing_notes(survey), survey.scenario.title)


def as_data(survey: Survey) -> dict[str, object]:
    """Everything for machines; chances from 0 to 1."""
    scenario, lengths = survey.scenario, survey.lengths
    return {
        "format": 1,
        "id": scenario.id,
        "title": scenario.title,
        "complete": survey.proof.complete,
        "to_fill": survey.to_fill,
        "caveats": list(map(str, survey.caveats)),
        "openings": {name: opening.beat for name, opening in scenario.openings.items()},
        "beats": [
            {
                "id": name,
                "composure": list(stand.composure) if stand.composure else None,
                "visits": {player.value: round(chance, 6) for player, chance in stand.visits.items()},
                "problems": [finding.rule for finding in stand.problems],
                "replies": [
                    {"key": reply.key, "goto": reply.goto, "offered": survey.proof.replies[reply.key].value}
                    for reply in scenario.beats[name].replies
                ],
            }
            for name, stand in survey.stands.items()
        ],
        "endings": [
            {
                "id": name,
                "kind": ending.kind.value,
                "composure": list(span(bits)) if (bits := survey.proof.endings.get(name, 0)) else None,
                "chances": {
                    player.value: round(survey.odds[player].endings.get(name, 0.0), 6) for player in Player
                },
            }
            for name, ending in scenario.endings.items()
            if name in survey.endings
        ],
        "good": {player.value: round(survey.odds[player].good, 6) for player in Player},
        "length": {
            "answers": [lengths.shortest, round(lengths.typical, 2), lengths.longest],
            "words": [lengths.words_shortest, round(lengths.words_typical, 1), lengths.words_longest],
        },
        "losses": [
            {"reply": loss.reply, "before": round(loss.before, 6), "after": round(loss.after, 6)}
            for loss in survey.losses
        ],
    }


def _sections(survey: Survey) -> Iterator[tuple[str, list[str]]]:
    scenario = survey.scenario
    yield f"{scenario.title} ({scenario.id})", [_size(survey), *_unfinished(survey)]
    players = _("Kind picks the warmest answer, by the book the one that cites rules; neither looks ahead.")
    yield _("Who comes to a good ending"), [_good(survey), players]
    yield _("How long it takes"), list(length_lines(survey))
    yield _("The map"), list(map_lines(survey))
    losses = [_loss(loss) for loss in survey.losses]
    yield (
        Ways(scenario.channel).where_lost,
        losses or [_("Nowhere for good: from everywhere the best player comes right.")],
    )
    never = [_("never on offer: {reply}").format(reply=key) for key in survey.never()]
    problems = list(_problems(survey))
    if never or problems:
        yield _("Problems (see callcalm lint)"), [*never, *problems]
    yield _("What the proof takes for granted"), [said(each) for each in survey.caveats]


def _size(survey: Survey) -> str:
    scenario = survey.scenario
    replies = sum(len(beat.replies) for beat in scenario.beats.values())
    return _("{beats} beats, {replies} answers, {endings} endings; played by {playbook}").format(
        beats=len(scenario.beats), replies=replies, endings=len(survey.endings), playbook=scenario.playbook
    )


def _unfinished(survey: Survey) -> Iterator[str]:
    """That the chances are those of an encounter that is not written yet, if it is not."""
    if n := survey.to_fill:
        yield ngettext(
            "{n} text is still to be filled in (see callcalm lint): until then the chances below say little.",
            "{n} texts are still to be filled in (see callcalm lint): until then the chances below say little.",
            n,
        ).format(n=n)


def _good(survey: Survey) -> str:
    return ", ".join(f"{player_name(player)} {percent(survey.odds[player].good)}" for player in Player)


def length_lines(survey: Survey) -> Iterator[str]:
    """How long plays are: the shortest, the typical, the longest."""
    lengths = survey.lengths
    rows = (
        (_("shortest"), lengths.shortest, lengths.words_shortest),
        (_("typical"), lengths.typical, lengths.words_typical),
        (_("longest"), lengths.longest, lengths.words_longest),
    )
    for name, answers, words in rows:
        if answers is None or words is None:
            yield _("{name}: no end of it, the story goes round in a loop").format(name=name)
            continue
        about = minutes_words(whole_minutes(words, answers))
        said = ngettext(
            "{name}: {answers} answer, {words} words, {minutes}",
            "{name}: {answers} answers, {words} words, {minutes}",
            round(answers),
        )
        yield said.format(name=name, answers=round(answers), words=round(words), minutes=about)


def _loss(loss: Loss) -> str:
    return _(
        "{reply} “{say}”: the best player's chance falls from {before} to {after}; {seen} come there at random"
    ).format(
        reply=loss.reply,
        say=loss.say,
        before=percent(loss.before),
        after=percent(loss.after),
        seen=percent(loss.seen),
    )


def _problems(survey: Survey) -> Iterator[str]:
    """Everything that lint finds: beat by beat, then what stands elsewhere; of its notes only how many."""
    told = [finding for stand in survey.stands.values() for finding in stand.problems]
    yield from marked_lines(survey)
    notes = 0
    for finding in survey.findings:
        if finding.level is Level.NOTE:
            notes += 1
        elif finding not in told:
            place = _("line {n}").format(n=finding.place.line) if finding.place else finding.file
            yield f"{finding.rule} {headed(place)} {finding.message}"
    if notes:
        yield ngettext("{n} note more: see callcalm lint", "{n} notes more: see callcalm lint", notes).format(
            n=notes
        )


def _wrapped(line: str, width: int) -> list[str]:
    lead = line[: len(line) - len(line.lstrip())] + "  "
    whole = held(line.strip()).replace(" %", "\u00a0%")  # a number keeps its sign
    broken = wrap(whole, width, initial_indent=lead, subsequent_indent=f"{lead}    ", break_on_hyphens=False)
    return [let_go(part.replace("\u00a0%", " %")) for part in broken]
