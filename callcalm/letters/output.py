"""Writing a run out in the format asked for: as it goes for people and editors, at the end for machines.

What must not be here: what is found, and options as they are typed.
"""

from __future__ import annotations

from collections.abc import Iterator

from callcalm.core.hints import IO, Protocol
from callcalm.core.price import Reference
from callcalm.intake import Source
from callcalm.language import _, ngettext
from callcalm.report import Diagnostic, Level, Report, Sheet


class Writer(Protocol):
    """Where a run goes. `in_trouble` is whether a file could not be checked."""

    in_trouble: bool

    def trouble(self, problems: tuple[Diagnostic, ...], source: Source | None) -> None:
        """What kept a file from being checked."""

    def sheet(self, sheet: Sheet, counted: Reference) -> None:
        """One letter and what was found in it."""

    def end(self, notices: tuple[Diagnostic, ...], suppressed: int) -> None:
        """All is told."""


def writer(form: str, out: IO[str], talk: IO[str], width: int, fold: int = 0) -> Writer:
    """The writer for ``text``, ``unix``, ``json``, ``sarif``, ``github``, or ``none``: only trouble.

    As text, at most `width` cells of a line are shown; with a `fold` what is said is broken at so many.
    """
    if form in {"json", "sarif", "github"}:
        return _Gathered(form, out)
    return _Streamed(form, out, talk, width, fold)


class _News:
    """Which problems are new: a slip in a phrasebook stands in the way of every letter, and is told once."""

    def __init__(self) -> None:
        self._told: set[tuple[object, ...]] = set()

    def of(self, problems: tuple[Diagnostic, ...]) -> Iterator[Diagnostic]:
        """Those that were not here before."""
        for problem in problems:
            key = (problem.file, problem.rule, problem.place, problem.message)
            if key not in self._told:
                self._told.add(key)
                yield problem


class _Streamed:
    """Findings as they come on `out`; trouble, remarks and the sum on `talk`."""

    def __init__(self, form: str, out: IO[str], talk: IO[str], width: int, fold: int) -> None:
        self._form = form
        self._width = width
        self._fold = fold
        self._out = out
        self._talk = talk
        self._found = 0
        self._files = 0
        self._unread = 0
        self._news = _News()
        self._estimates: list[tuple[str, Reference]] = []
        self.in_trouble = False

    def trouble(self, problems: tuple[Diagnostic, ...], source: Source | None) -> None:
        self.in_trouble = True
        self._unread += 1
        for problem in self._news.of(problems):
            self._talk.write(self._told(problem, source))

    def sheet(self, sheet: Sheet, counted: Reference) -> None:
        self._files += 1
        self._found += sum(item.level is not Level.NONE for item in sheet.diagnostics)
        if self._form == "none":
            return
        for remark in sheet.remarks:
            self._talk.write(f"{sheet.source.name}: {remark}\n")
        for item in sheet.diagnostics:
            self._out.write(self._told(item, sheet.source))
        self._estimates.append((sheet.source.name, counted))

    def end(self, notices: tuple[Diagnostic, ...], suppressed: int) -> None:
        for notice in notices:
            self._talk.write(self._told(notice, None))
        if self._form == "text":
            self._sum(suppressed)

    def _told(self, item: Diagnostic, source: Source | None) -> str:
        from callcalm.report.text import full, unix  # noqa: PLC0415

        told = full(item, source, self._width, self._fold) if self._form == "text" else unix(item)
        return f"{told}\n"

    def _sum(self, suppressed: int) -> None:
        from callcalm.letters.wording import estimate_lines  # noqa: PLC0415

        for name, counted in self._estimates:
            if counted.evidence:
                self._out.write("\n" + "".join(f"{line}\n" for line in estimate_lines(name, counted)))
        told = ngettext("{n} finding that costs", "{n} findings that cost", self._found).format(n=self._found)
        files = ngettext("{n} file checked", "{n} files checked", self._files).format(n=self._files)
        unread = ngettext("{n} file could not be checked", "{n} files could not be checked", self._unread)
        more = [unread.format(n=self._unread)] if self._unread else []
        more += [_("{n} let pass").format(n=suppressed)] if suppressed else []
        self._talk.write(_("; ").join((told, files, *more)) + ".\n")


class _Gathered:
    """One document for the whole run, written at its end."""

    def __init__(self, form: str, out: IO[str]) -> None:
        self._form = form
        self._out = out
        self._sheets: list[Sheet] = []
        self._trouble: list[Diagnostic] = []
        self._news = _News()
        self.in_trouble = False

    def trouble(self, problems: tuple[Diagnostic, ...], source: Source | None) -> None:  # noqa: ARG002 - one protocol
        self.in_trouble = True
        self._trouble += self._news.of(problems)

    def sheet(self, sheet: Sheet, counted: Reference) -> None:  # noqa: ARG002 - one protocol
        self._sheets.append(sheet)

    def end(self, notices: tuple[Diagnostic, ...], suppressed: int) -> None:
        report = Report(tuple(self._sheets), tuple(self._trouble), notices, suppressed)
        if self._form == "github":
            from callcalm.report.github import to_github  # noqa: PLC0415

            self._out.writelines(f"{line}\n" for line in to_github(report))
        elif self._form == "sarif":
            from callcalm.report.sarif import to_sarif  # noqa: PLC0415

            self._out.write(to_sarif(report) + "\n")
        else:
            from callcalm.report.machine import json_pieces  # noqa: PLC0415

            self._out.writelines(json_pieces(report))
            self._out.write("\n")
