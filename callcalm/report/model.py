"""What every writer writes: diagnostics with places, a sheet for each file, the whole report. No output here."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from callcalm.core.hints import Any, Final
from callcalm.core.records import NamedTuple
from callcalm.core.text import Text
from callcalm.intake import Place, Problem, Severity, Source
from callcalm.language import _, later


class Level(StrEnum):
    """How much a diagnostic matters, in the words that SARIF has for it; `NONE` is not a fault at all."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    NONE = "none"


class Diagnostic(NamedTuple):
    """One thing to tell about a file.

    `rule` is its lasting name, ``why-did-you`` or ``CC021``, and `message` what is said of it. `matched` are the
    words it stands on. `instead` are better words; `more` holds further facts for machines (move, source,
    language). All texts are safe to show.
    """

    rule: str
    level: Level
    message: str
    file: str
    place: Place | None = None
    matched: str = ""
    instead: tuple[str, ...] = ()
    hint: str = ""
    more: Mapping[str, str] = MappingProxyType({})


def as_plain(one: Diagnostic) -> tuple[Any, ...]:
    """A diagnostic as plain data: texts, numbers, tuples and a dictionary."""
    place = None if one.place is None else tuple(one.place)
    return (*one[:1], one.level.value, *one[2:4], place, *one[5:8], dict(one.more))


def from_plain(rule: str, level: str, message: str, file: str, place: Any, *rest: Any) -> Diagnostic:
    """The diagnostic that `as_plain` made this of."""
    return Diagnostic(rule, Level(level), message, file, place and Place(*place), *rest)


class Sheet(NamedTuple):
    """One file that was looked at: its text, what was found, remarks, an estimate if there is one.

    `estimate` has points by factor, ``{"respect": -4}``; `remarks` are sentences about the file as a whole.
    """

    source: Source
    diagnostics: tuple[Diagnostic, ...]
    language: str = ""
    remarks: tuple[str, ...] = ()
    estimate: Mapping[str, int] | None = None


class Report(NamedTuple):
    """Everything a run has to tell. `trouble` is what kept a file from being looked at, `notices` the rest."""

    sheets: tuple[Sheet, ...]
    trouble: tuple[Diagnostic, ...] = ()
    notices: tuple[Diagnostic, ...] = ()
    suppressed: int = 0


_WORDS: Final = {
    Level.ERROR: later("error"),
    Level.WARNING: later("warning"),
    Level.NOTE: later("note"),
    Level.NONE: later("helps"),
}


def level_name(level: Level) -> str:
    """A level in the language in use, for people."""
    return _(_WORDS[level])


def say_instead(words: str) -> str:
    """What to say instead, as a sentence."""
    return _("Say instead: {words}").format(words=words)


def about(problem: Problem) -> Diagnostic:
    """A problem of a file as a diagnostic."""
    level = Level.ERROR if problem.severity is Severity.ERROR else Level.WARNING
    return Diagnostic(
        problem.code.value, level, problem.message, problem.file, problem.place, hint=problem.hint or ""
    )


def name_of(diagnostic: Diagnostic) -> Text:
    """``file:line:column``, as far as it is known."""
    place = diagnostic.place
    return Text(f"{diagnostic.file}:{place.line}:{place.column}" if place else diagnostic.file)
