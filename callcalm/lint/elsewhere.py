"""Files that are not for lint: what each is, and what does look at it. Which they are: files."""

from __future__ import annotations

from typing import Final

from callcalm.intake import Code, Source
from callcalm.language import _, later
from callcalm.lint.files import Kind
from callcalm.lint.levels import level_of
from callcalm.report import Diagnostic, Level

_TOLD: Final = {
    Kind.SAVE: (
        later("this is a player's save, with the rounds that were played: there is nothing in it for lint"),
        later("“callcalm stats” tells what is in a save."),
    ),
    Kind.CALL: (
        later("this is a call in progress: there is nothing in it for lint"),
        later("callcalm offers to go on with it when it is opened."),
    ),
    Kind.WINDOW: (
        later("this says which window is open: there is nothing in it for lint"),
        later("callcalm writes it, and takes it away when the window is closed."),
    ),
    Kind.SESSION: (
        later("this is a session that a room has played: there is nothing in it for lint"),
        later("“callcalm session FILE” writes its handout."),
    ),
    Kind.ALLOWED: (
        later("this says what is let pass in letters: there is nothing in it for lint"),
        later("“callcalm check” reads it with the letters of its folder and of those below."),
    ),
    Kind.BASELINE: (
        later("this is a baseline, with what was found in letters: there is nothing in it for lint"),
        later("“callcalm check LETTER --baseline FILE” reads it."),
    ),
    Kind.PART: (
        later("this file is a part of callcalm: there is nothing in it for lint"),
        later("Its tests look at it."),
    ),
}


_LETTERS: Final = later(
    "“callcalm check” looks at letters; “callcalm new --from-transcript” makes an encounter of a conversation."
)
_STORIES: Final = later("“callcalm import” makes an encounter of a story.")
_READ: Final = {
    **dict.fromkeys((".txt", ".text", ".md", ".markdown", ".eml", ".srt", ".vtt"), _LETTERS),
    **dict.fromkeys((".twee", ".tw", ".tw3", ".twee3", ".ink"), _STORIES),
}
TEXTS: Final = frozenset(_READ)
"""Endings of files that other commands read."""


def lint_text(source: Source, ending: str) -> list[Diagnostic]:
    """That a letter, a transcript or a story is no TOML file."""
    message = _("this is not a TOML file, and lint reads no others")
    return [Diagnostic(Code.SYNTAX.value, Level.ERROR, message, source.name, hint=_(_READ[ending]))]


def lint_elsewhere(source: Source, kind: Kind) -> list[Diagnostic]:
    """That a file of this kind is not for lint."""
    message, hint = _TOLD[kind]
    return [
        Diagnostic(Code.NOT_FOR_LINT.value, level_of(Code.NOT_FOR_LINT), _(message), source.name, hint=_(hint))
    ]
