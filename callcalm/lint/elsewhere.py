"""Files that are not for lint: what each is, and what does look at it. Which they are: content.kinds."""

from __future__ import annotations

from typing import Final

from callcalm.content.kinds import Kind, told
from callcalm.intake import Code, Source
from callcalm.language import _, later
from callcalm.lint.levels import level_of
from callcalm.report import Diagnostic, Level

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
    what, reads = told(kind)
    message = _("this is {what}: there is nothing in it for lint").format(what=what)
    code = Code.NOT_FOR_LINT
    return [Diagnostic(code.value, level_of(code), message, source.name, hint=reads)]
