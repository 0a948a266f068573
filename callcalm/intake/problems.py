"""What is wrong in a file: the one diagnostic type, how it is written out, and the error that carries them.

What must not be here: anything that looks for problems.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from enum import StrEnum

from callcalm.core.hints import TYPE_CHECKING
from callcalm.core.records import NamedTuple, dataclass
from callcalm.core.text import safe
from callcalm.intake.source import Place, Source
from callcalm.language import _, later, ngettext

if TYPE_CHECKING:
    # A millisecond of start-up that only those need who have something to tell.
    from callcalm.intake.codes import Code
    from callcalm.intake.mending import Gap

WIDTH = 100
"""Most terminal cells of a source line that are shown."""

_USUAL = 75
"""What a terminal of the usual width shows of a line, margin and all."""

SHOWN = 50
"""Most problems that the text of a `BadFile` lists."""

_BEFORE = 60
"""Cells shown before the place on a line that is too long to show whole."""


class Severity(StrEnum):
    """How bad: an error keeps the file from being used, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


_SEVERITIES = {Severity.ERROR: later("error"), Severity.WARNING: later("warning")}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a file. `message` and `hint` are safe to show; `file` is the name for messages."""

    code: Code
    message: str
    place: Place | None = None
    hint: str | None = None
    file: str = ""
    severity: Severity = Severity.ERROR


class Rest(NamedTuple):
    """A text that was not TOML, without the statements that are broken, all else in its place.

    `firsts` are where in it stands, the first time, what is written twice.
    """

    source: Source
    gaps: tuple[Gap, ...]
    firsts: frozenset[int]


class BadFile(Exception):
    """A file that cannot be used. It carries all that is wrong with it, in the order of the file.

    `source` is None when not even its text could be had; `rest` is what is left of a text that is not TOML,
    if that is certain. `str()` is the whole list, ready to show.
    """

    def __init__(
        self, problems: Iterable[Problem], source: Source | None = None, rest: Rest | None = None
    ) -> None:
        self.problems = in_order(problems)
        self.source = source
        self.rest = rest
        super().__init__(self.problems, source)

    def __str__(self) -> str:
        return render_all(self.problems, self.source)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems by place; those without a place come first."""
    nowhere = Place(0, 0, 0, 0)
    return tuple(sorted(problems, key=lambda problem: problem.place or nowhere))


def render_all(problems: Iterable[Problem], source: Source | None) -> str:
    """All problems as `render` writes them, at most `SHOWN` of them and the number of the rest."""
    listed = list(problems)
    parts = [render(problem, source) for problem in listed[:SHOWN]]
    if len(listed) > SHOWN:
        more = len(listed) - SHOWN
        parts.append(ngettext("and {n} more", "and {n} more", more).format(n=more))
    return "\n".join(parts)


def render(problem: Problem, source: Source | None = None) -> str:
    """One problem as ``file:line:column: error CC021: message``, the line, a row of carets, and the hint.

    The line and its carets are left out without a place, or when the problem is of another file than `source`.
    """
    place = problem.place
    where = problem.file or (source.name if source else "")
    if place is not None:
        where = f"{where}:{place.line}:{place.column}"
    head = headline(_(_SEVERITIES[problem.severity]), problem.code.value, problem.message)
    lines = [f"{where}: {head}" if where else head]
    if place is not None and source is not None and problem.file in {"", source.name}:
        lines += excerpt(source.line(place.line), place, _USUAL)
    if problem.hint is not None:
        lines.append(hinted(problem.hint))
    return "\n".join(lines)


def in_one_line(problem: Problem) -> str:
    """Where in its file and what, for lists that have one line for a file."""
    if problem.place is None:
        return problem.message
    line = _("line {line}, column {column}: {message}")
    return line.format(line=problem.place.line, column=problem.place.column, message=problem.message)


def headline(level: str, code: str, message: str) -> str:
    """How the telling of a problem begins: ``error CC021: message``."""
    return _("{level} {code}: {message}").format(level=level, code=code, message=message)


def hinted(hint: str) -> str:
    """The line with a hint."""
    return "  " + _("hint: {hint}").format(hint=hint)


def cells(text: str) -> int:
    """How many terminal cells safe text takes: wide characters two, marks and joiners none."""
    if text.isascii():
        return len(text)
    return sum(_cells_of(char) for char in text)


def _cells_of(char: str) -> int:
    if unicodedata.east_asian_width(char) in "WF":
        return 2
    return 0 if unicodedata.category(char) in {"Mn", "Me", "Cf"} else 1


def excerpt(line: str, place: Place, width: int = WIDTH) -> list[str]:
    """The neighbourhood of a place on its line and a row of carets under it; nothing of an empty line.

    At most `width` cells of the line are shown, after a margin of four.
    """
    first = place.column - 1
    last = place.end_column - 1 if place.end_line == place.line else len(line)
    # Cut before making safe: a line may be megabytes long, and only its neighbourhood is shown.
    before: str = safe(line[max(0, first - width) : first], multiline=False)
    marked: str = safe(line[first : min(last, first + width)], multiline=False)
    after: str = safe(line[last : last + width], multiline=False)
    near = first <= width and last - first <= width and len(line) - last <= width
    if not near or cells(before + marked + after) > width:
        room = width - 2  # for the two marks that say that something is left out
        kept = _last_cells(before, max(min(_BEFORE, width // 2), room - cells(marked) - cells(after)))
        fits = _first_cells(marked, room - cells(kept))
        rest = _first_cells(after, room - cells(kept + fits)) if fits == marked else ""
        before = kept if kept == before and first <= width else f"…{kept}"
        after = rest if rest == after and len(line) - last <= width and fits == marked else f"{rest}…"
        marked = fits
    shown = f"    {before}{marked}{after}".rstrip()
    return [shown, f"    {' ' * cells(before)}{'^' * max(1, cells(marked))}"] if shown else []


def _first_cells(text: str, room: int) -> str:
    for index, char in enumerate(text):
        room -= _cells_of(char)
        if room < 0:
            return text[:index]
    return text


def _last_cells(text: str, room: int) -> str:
    for index in range(len(text) - 1, -1, -1):
        room -= _cells_of(text[index])
        if room < 0:
            return text[index + 1 :]
    return text
