"""Where the problems of one file are put while it is looked at, each with its place. It finds none itself."""

from __future__ import annotations

from collections.abc import Iterable

from callcalm.intake.codes import Code
from callcalm.intake.positions import Positions
from callcalm.intake.problems import BadFile, Problem, Severity, in_order
from callcalm.intake.source import Place, Source
from callcalm.intake.spans import Path
from callcalm.intake.toml import Document
from callcalm.intake.words import alternatives, nearest, shown
from callcalm.language import _

_MOST_GUESSES = 100
_MOST_KNOWN = 2_000
_FEW = 12


class Inbox:
    """The problems of one document so far."""

    def __init__(self, document: Document) -> None:
        self.source: Source = document.source
        self.positions: Positions = document.positions
        self.problems: list[Problem] = []
        self._guesses = 0
        if document.source.marked:
            self.add(
                Code.BYTE_ORDER_MARK,
                _("the file begins with a byte order mark, which is skipped"),
                place=self.source.place(0),
                hint=_("In the editor, choose “Save as” and the encoding UTF-8 without BOM."),
                severity=Severity.WARNING,
            )

    def add(
        self,
        code: Code,
        message: str,
        path: Path = (),
        *,
        at_key: bool = False,
        within: tuple[int, int] | None = None,
        place: Place | None = None,
        hint: str | None = None,
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Put in one problem: at the value of `path`, or its key, or code points `within` its text, or `place`."""
        if place is None:
            if within is not None:
                place = self.positions.inside(path, *within)
            else:
                place = self.positions.key(path) if at_key else self.positions.value(path)
        self.problems.append(Problem(code, message, place, hint, self.source.name, severity))

    def guess(self, word: str, known: Iterable[str], likeness: float = 0.6) -> str | None:
        """The hint "Did you mean …?" when a known word is near; else the known words when they are few."""
        self._guesses += 1
        words = list(known)
        near = (
            nearest(word, words, likeness)
            if self._guesses <= _MOST_GUESSES and len(words) <= _MOST_KNOWN
            else None
        )
        if near is not None:
            return _("Did you mean `{name}`?").format(name=shown(near))
        if 0 < len(words) <= _FEW:
            return _("It may be {words}.").format(words=alternatives([f"`{shown(word)}`" for word in words]))
        return None

    @property
    def failed(self) -> bool:
        """Whether there is an error among the problems."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)

    def warnings(self) -> tuple[Problem, ...]:
        """All that is there, in the order of the file. Raises `BadFile` with all of it if any is an error."""
        if self.failed:
            raise BadFile(self.problems, self.source)
        return in_order(self.problems)
