"""One question of an interview: its kinds, and what it takes. What must not be here: which questions there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum

from callcalm.core.text import safe
from callcalm.language import _

Answers = dict[str, str]


class Kind(Enum):
    """What a question takes."""

    LINE = "one line"
    LINES = "lines, until an empty one"
    CHOICE = "one of a few"
    YES = "yes or no"


@dataclass(frozen=True, slots=True)
class Question:
    """One question. An empty answer is `default`; `most` is the longest line, `lines` the most lines.

    `choices` are pairs of what is kept and what is shown; where only so many `first` ones have lines of their own,
    the others are shown together.
    """

    key: str
    text: str
    kind: Kind = Kind.LINE
    example: str = ""
    default: str = ""
    most: int = 60
    lines: int = 1
    choices: tuple[tuple[str, str], ...] = ()
    first: int | None = None


class NotTaken(ValueError):
    """An answer that the question does not take; `str()` says why, in the language of the interface."""


def take(question: Question, raw: str) -> str:
    """What is kept of an answer. Raises `NotTaken`."""
    text = safe(raw).strip()
    if not text:
        return question.default
    if question.kind is Kind.CHOICE:
        return _chosen(question, text)
    if question.kind is Kind.YES:
        if text.casefold() in {"y", "yes", "o", "oui"}:
            return "yes"
        if text.casefold() in {"n", "no", "non"}:
            return "no"
        raise NotTaken(_("Please answer y for yes or n for no."))
    if text.casefold() in {"y", "n", "o"}:
        # After a question of yes or no it is easily typed once more, and would be somebody's only words.
        raise NotTaken(_("This asks for words, not for yes or no. Enter alone takes what is suggested."))
    lines = [line for line in (" ".join(line.split()) for line in text.split("\n")) if line]
    long = next((line for line in lines if len(line) > question.most), None)
    if long is not None:
        message = _("That has {n} characters; at most {most} fit here.")
        raise NotTaken(message.format(n=len(long), most=question.most))
    if len(lines) > question.lines:
        message = _("That is {n} lines; at most {most} fit here.")
        raise NotTaken(message.format(n=len(lines), most=question.lines))
    return "\n".join(lines)


def as_before(question: Question, before: Mapping[str, str]) -> Question:
    """The question with what was answered to it `before` as what Enter takes, if it still takes that."""
    answer = before.get(question.key, "")
    if not answer:
        return question
    try:
        return replace(question, default=take(question, answer))
    except NotTaken:
        return question


def _chosen(question: Question, text: str) -> str:
    word = text.casefold()
    if word.isascii() and word.isdigit() and 1 <= int(word[:3]) <= len(question.choices):
        return question.choices[int(word[:3]) - 1][0]
    for kept, shown in question.choices:
        if word in {kept.casefold(), shown.casefold()}:
            return kept
    near = [kept for kept, shown in question.choices if shown.casefold().startswith(word) or kept.startswith(word)]
    # “inquiet” is enough for “l’air inquiet”.
    near = near or [kept for kept, shown in question.choices if shown.casefold().endswith(f" {word}")]
    if len(near) == 1:
        return near[0]
    raise NotTaken(_("Please type one of the numbers, from 1 to {most}.").format(most=len(question.choices)))
