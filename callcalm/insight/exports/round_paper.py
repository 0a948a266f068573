"""A round as a document. What must not be here: where its facts come from, and how a form writes it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from callcalm.insight.exports.account import Account, Row
from callcalm.insight.exports.answers import Seen, Told
from callcalm.insight.exports.paper import (
    Block,
    Code,
    Heading,
    Items,
    Paper,
    Para,
    Quote,
    Speech,
    Stretch,
    Table,
)
from callcalm.insight.wording import headed, quoted, series, signed
from callcalm.language import _, current


def round_paper(told: Account) -> Paper:
    """The document of a round, in the language of the interface; what was said stays in its own."""
    record = told.record
    title = record.title or record.scenario
    language = record.language if record.language != current() else ""
    return Paper(title, current(), tuple(_blocks(told, title, language)))


def _blocks(told: Account, title: str, lang: str) -> Iterator[Block]:
    record = told.record
    yield Heading(1, title)
    yield from (Para(remark, small=True) for remark in told.remarks)
    if told.about:
        yield Para(told.about)
    yield Items(tuple(_facts(told)))
    if told.replay:
        yield Code(_("Replay code"), told.replay)
    if told.told:
        yield Heading(2, _("What was said"))
        for answer in told.told:
            yield from _answer(answer, told.caller or _("They"), lang)
    if told.steps:
        yield Heading(2, _("What was done"))
        yield Items(told.steps, ordered=True, lang=lang)
    letter = next((action.text for action in reversed(record.actions) if action.do == "letter"), "")
    if letter:
        yield Heading(2, _("The letter as it is now"))
        yield Quote(letter, lang)
    if told.ending_text or told.lesson:
        yield Heading(2, _("How it ended"))
        yield from (Para(text, lang=lang) for text in (told.ending_text,) if text)
        if told.lesson:
            yield Quote(told.lesson, lang)
    yield from _sheets(told)
    if record.composure:
        yield Heading(2, _("Composure"))
        curve = ", ".join(map(str, record.composure))
        yield Para(_("At the start and after each answer: {curve}.").format(curve=curve))
    yield from _lists(told, lang)


def _facts(told: Account) -> Iterator[str]:
    record = told.record
    yield _("Finished: {when}").format(when=_when(record.finished))
    if told.ending_name:
        yield _("It ended: {kind}.").format(kind=told.ending_name)
    if record.playbook:
        yield _("House rules: {name}").format(name=record.playbook)
    yield _("Round: {id}").format(id=record.id)


def _answer(answer: Told, name: str, lang: str) -> Iterator[Block]:
    yield Heading(3, _("Answer {n}").format(n=answer.number))
    if answer.caller:
        who = f"{name} ({answer.mood})" if answer.mood else name
        yield Speech(who, " ".join(answer.caller), lang=lang)
    stretches = tuple(
        Stretch(one.start, one.end, one.costs, one.name)
        for one in answer.seen
        if one.start is not None and one.end is not None
    )
    yield Speech(_("You"), answer.words, stretches, lang)
    lines = [_seen(one) for one in answer.seen]
    if answer.before is not None and answer.after is not None:
        change = _points(answer.after - answer.before)
        lines.append(_("composure {after} ({change})").format(after=answer.after, change=change))
    if lines:
        yield Items(tuple(lines))


def _seen(one: Seen) -> str:
    effect = _("costs") if one.costs else _("helps")
    head = f"{headed(quoted(one.quote))} {one.name}" if one.quote else one.name
    facts = [effect, *([_points(one.points)] if one.points is not None else [])]
    why = f" {one.why}" if one.why else ""
    instead = " " + _("Say instead: {words}").format(words=quoted(one.instead)) if one.instead else ""
    sources = f" [{', '.join(one.sources)}]" if one.sources else ""
    return f"{head} ({', '.join(facts)}).{why}{instead}{sources}"


def _sheets(told: Account) -> Iterator[Block]:
    if not told.rows:
        return
    yield Heading(2, "PRICE")
    heads = (_("Row"), _("you"), _("reference"), _("gap"))
    cells = [(row.name, _points(row.own), _points(row.reference), _points(row.gap)) for row in told.rows]
    yield Table(
        _("Both sheets; the gap is above 0 where you scored higher than the evidence."), heads, tuple(cells)
    )
    reasons = tuple(_reasons(row) for row in told.rows if row.evidence)
    if reasons:
        yield Para(_("Why the reference stands where it does:"))
        yield Items(reasons)


def _reasons(row: Row) -> str:
    return f"{headed(row.name)} {series(row.evidence)}"


def _lists(told: Account, lang: str) -> Iterator[Block]:
    record = told.record
    empty = " " + _("(could not be kept)")
    promises = tuple(
        f"{one.what}{f' ({one.by})' if one.by else ''}{'' if one.keepable else empty}" for one in record.promises
    )
    for title, lines, spoken in (
        (_("Promises"), promises, lang),
        (_("Notes"), record.notes, lang),
        (_("Facts that your notes hold"), record.facts, lang),
        (_("And besides"), told.observations, ""),
    ):
        if lines:
            yield Heading(2, title)
            yield Items(tuple(lines), lang=spoken)
    if told.goal or record.transfer:
        yield Heading(2, _("To take along"))
        if told.goal:
            yield Para(_("The goal: {goal}").format(goal=told.goal))
        if record.transfer:
            yield Para(_("Next real call I will: {line}").format(line=record.transfer))


def _when(moment: datetime) -> str:
    """A moment for people, in their own time zone."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def _points(number: int | None) -> str:
    """Points with their sign; nothing where there are none."""
    return "" if number is None else signed(number)
