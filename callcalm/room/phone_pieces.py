"""Pieces that several phases show on a phone: the caller's words, lettered choices, bars, two schools.

Every text is escaped where it is put in, and marked with its language where that is not the page's. What must
not be here: what a phase is made of.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

from callcalm.insight.wording import headed
from callcalm.language import current
from callcalm.room.questions import Kind
from callcalm.room.tongue import Tongue
from callcalm.room.views import PhoneView, QuestionView, SideView


@dataclass(frozen=True, slots=True)
class Page:
    """What is drawn: whose view, in which language, at which address; what was typed into a form refused."""

    view: PhoneView
    tongue: Tongue
    base: str
    typed: Mapping[str, str] = field(default_factory=dict)


def asked_of(page: Page) -> QuestionView:
    """The question at hand, in a phase that has one."""
    question = page.view.public.question
    assert question is not None  # noqa: S101  (the phase implies it)
    return question


def choices(page: Page, question: QuestionView) -> dict[str, str]:
    """The words of each letter, marked with their language."""
    _ = page.tongue._
    if question.kind is Kind.LISTEN:
        ways = {"A": _("Listen on"), "B": _("Cut in")}
        return {letter: f"<span>{escape(words)}</span>" for letter, words in ways.items()}
    breath = _("(after a breath)")
    locked = f' <span class="small">{escape(breath)}</span>'
    marked = f' lang="{current()}"' if question.kind is Kind.SCHOOLS else foreign(page)
    return {
        choice.letter: f"<span><span{marked}>{escape(choice.text)}</span>{locked if choice.locked else ''}</span>"
        for choice in question.choices
    }


def heard(page: Page) -> str:
    """What the caller said last."""
    public = page.view.public
    words = "<br>".join(escape(line) for line in public.heard)
    return f"<p>{escape(public.caller)}</p><blockquote{foreign(page)}>{words}</blockquote>" if words else ""


def so_far(page: Page, question: QuestionView) -> str:
    """The parts of a composed answer that are picked already."""
    if not question.so_far:
        return ""
    parts = "".join(f"<li>{escape(part)}</li>" for part in question.so_far)
    return para(page.tongue._("The answer so far:")) + f"<ol{foreign(page)}>{parts}</ol>"


def compared(page: Page) -> str:
    """The same words as two schools count them."""
    _ = page.tongue._
    schools = page.view.public.schools
    if schools is None:
        return ""
    said = _("What was said:") if schools.given else _("What could have been said:")
    return (
        f"{para(said)}<blockquote{foreign(page)}>{escape(schools.words)}</blockquote>"
        + _side(page, schools.left)
        + _side(page, schools.right)
    )


def _side(page: Page, side: SideView) -> str:
    _ = page.tongue._
    meter = _("Composure {before}, then {after}.").format(before=side.before, after=side.after)
    why = ""
    for reason in side.reasons:
        more = f". {reason.why}" if reason.why else ""
        why += f"<li>{escape(headed(reason.name))} {escape(reason.stance + more)}</li>"
    host = current()
    return f'<h2 lang="{host}">{escape(side.name)}</h2>{para(meter)}<ul lang="{host}">{why}</ul>'


def bars(page: Page) -> str:
    """Every choice with its votes in words and as a bar; an earlier vote above it."""
    _, ngettext = page.tongue._, page.tongue.ngettext
    public = page.view.public
    if public.tally is None:
        return ""
    total = max(1, sum(public.tally.values()), sum((public.before or {}).values()))
    rows = ""
    for letter, words in choices(page, asked_of(page)).items():
        votes = public.tally.get(letter, 0)
        count = ngettext("{n} vote", "{n} votes", votes).format(n=votes)
        notes = [count]
        bars = _bar(votes, total, "now")
        if public.before is not None:
            earlier = public.before.get(letter, 0)
            notes.append(_("before: {n}").format(n=earlier))
            bars = _bar(earlier, total, "past") + bars
        if letter in public.leading and votes:
            notes.append(_("most votes"))
        if letter == page.view.vote:
            notes.append(_("your vote"))
        rows += f"<li><b>{letter}</b> {words}{bars}<span>{escape(' · '.join(notes))}</span></li>"
    return f'<ul class="bars">{rows}</ul>'


def _bar(votes: int, total: int, kind: str) -> str:
    return (
        '<svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="{kind}" width="{100 * votes / total:.1f}" height="1"/></svg>'
    )


def form(page: Page, place: str) -> str:
    """The beginning of a form that is sent to this place, for the ballot at hand and no other."""
    ballot = page.view.public.revision
    return (
        f'<form id="{place}" data-ballot="{ballot}" method="post" action="{escape(page.base)}{place}">'
        f'<input type="hidden" name="ballot" value="{ballot}">'
    )


def send(words: str) -> str:
    """The button that sends a form, and the form's end."""
    return f'<button id="send">{escape(words)}</button></form>'


def foreign(page: Page) -> str:
    """The language of the encounter, which need not be the page's."""
    return f' lang="{escape(page.view.public.language)}"'


def para(words: str) -> str:
    """A paragraph; nothing of nothing."""
    return f"<p>{escape(words)}</p>" if words else ""
