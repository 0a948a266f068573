"""Looking at files: each is read, told by its kind, and given to the checks that it needs. All findings at once.

What must not be here: single checks, options as they are typed, and how findings are written out.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from callcalm.content.kinds import OUR_OWN, TOP, Kind, kind_of
from callcalm.core.records import NamedTuple
from callcalm.core.text import Text, safe
from callcalm.intake import BadFile, Code, Problem, Source, from_bytes, read, read_bytes
from callcalm.lint.allowing import kept
from callcalm.lint.elsewhere import TEXTS, lint_elsewhere, lint_text
from callcalm.lint.files import Wanted, gather
from callcalm.lint.misplaced import misplaced
from callcalm.report import Diagnostic, Level, Report, Sheet, about

if TYPE_CHECKING:
    from callcalm.content.registry import Rulebook
    from callcalm.core.explore import Course
    from callcalm.core.model import Scenario
    from callcalm.core.playbook import Playbook
    from callcalm.lint.told import Last

CAP: Final = 4 * 1024 * 1024
"""Largest file that is looked at, in bytes: the largest that any kind may be."""

_LARGE: Final = 1_000_000
"""Code points of a file from which on memory counts for more than the time that it takes to free some."""

_TROUBLE: Final = frozenset({Code.NO_FILE, Code.UNREADABLE, Code.NOT_A_FILE})
"""What keeps a file from being looked at; all else is a finding about what is in it."""


_LEFT_ALONE: Final = OUR_OWN | {Kind.OTHER}
"""What is passed over in a folder."""


class Looked(NamedTuple):
    """A file that was looked at: its sheet, and how many findings were let pass."""

    sheet: Sheet
    left_out: int = 0


class Linter:
    """Looks at files with the shipped moves, playbooks and phrasebooks: a file is judged the same everywhere.

    `ignored` are the codes that are left out. With `keep`, what the coach found in the answers of a file is kept
    for the next run. `own` gives the folders whose encounters are played before those that come with callcalm, and
    is asked only about a file with the name of one of those. `shelves` gives the player's own folders, by the kind
    of files that is looked for in each, and is asked only where a file may lie in the wrong one, or names others.
    """

    def __init__(
        self,
        ignored: frozenset[str] = frozenset(),
        *,
        keep: bool = False,
        own: Callable[[], Iterable[Path]] = tuple,
        shelves: Callable[[], Mapping[Path, Kind]] = dict,
    ) -> None:
        self._ignored = ignored
        self._own = own
        self._shelves = shelves
        self._keep = keep
        self._near: dict[Path, Collection[str]] = {}

    def report(self, paths: Iterable[Path]) -> Report:
        """All that is to tell of the files and folders at `paths`."""
        sheets: list[Sheet] = []
        trouble: list[Diagnostic] = []
        left_out = 0
        scenarios: dict[str, Path] = {}
        unread: list[Problem] = []
        for wanted in gather(paths, unread):
            try:
                source = _text(wanted)
            except BadFile as bad:
                if bad.problems[0].code in _TROUBLE:
                    trouble += map(about, bad.problems)
                else:
                    sheets.append(
                        Sheet(bad.source or Source(str(wanted.path), ""), tuple(map(about, bad.problems)))
                    )
                continue
            kind = kind_of(source.text)
            if kind in _LEFT_ALONE and not wanted.named:
                continue
            looked = self.look(source, wanted.path, kind)
            left_out += looked.left_out
            sheet = looked.sheet
            about_place = [misplaced(wanted.path, kind, source, self._shelves)]
            if kind is Kind.SCENARIO:
                about_place.append(self._twin(wanted, scenarios, source))
            if placed := [item for item in about_place if item is not None]:
                stay, passed = kept(placed, source, self._ignored)
                left_out += passed
                sheet = sheet._replace(diagnostics=(*stay, *sheet.diagnostics))
            sheets.append(sheet)
        trouble += map(about, unread)
        return Report(tuple(sheets), tuple(trouble), suppressed=left_out)

    def report_bytes(self, data: bytes, name: str) -> Report:
        """All that is to tell of one file that was read already, and is called `name`."""
        try:
            source = from_bytes(data, name, CAP)
        except BadFile as bad:
            return Report((Sheet(bad.source or Source(name, ""), tuple(map(about, bad.problems))),))
        looked = self.look(source, Path(name))
        return Report((looked.sheet,), suppressed=looked.left_out)

    def look(self, source: Source, path: Path, kind: Kind | None = None) -> Looked:
        """All that is to tell of one text; `path` gives its name, and where its neighbours are."""
        kind = kind or kind_of(source.text)
        name = safe(path.stem, multiline=False)
        if kind is Kind.PHRASEBOOK:
            from callcalm.lint.others import lint_phrasebook  # noqa: PLC0415 - mostly there are only scenarios

            found, language = lint_phrasebook(source), ""
        elif kind is Kind.PLAYBOOK:
            from callcalm.lint.others import lint_playbook  # noqa: PLC0415 - as above

            found, language = lint_playbook(source, name, self._rulebook.registry, path.parent), ""
        elif kind is Kind.MOVES:
            from callcalm.lint.others import lint_moves  # noqa: PLC0415 - as above

            found, language = lint_moves(source), ""
        elif kind is Kind.DRILL:
            from callcalm.lint.others import lint_drill  # noqa: PLC0415 - as above

            found, language = lint_drill(source, name, self._rulebook.registry), ""
        elif kind is Kind.CAMPAIGN:
            from callcalm.lint.campaign import lint_campaign  # noqa: PLC0415 - as above

            found, language = lint_campaign(source, path.parent, self._shelves()), ""
        elif kind in OUR_OWN:
            found, language = lint_elsewhere(source, kind), ""
        elif kind is Kind.OTHER and path.suffix.lower() in TEXTS:
            found, language = lint_text(source, path.suffix.lower()), ""
        elif kind is Kind.SETTINGS:
            from callcalm.lint.others import lint_settings  # noqa: PLC0415 - as above

            found, language = lint_settings(source), ""
        else:
            found, language = self._scenario(source, name, path)
        stay, left_out = kept(found, source, self._ignored)
        return Looked(Sheet(source, tuple(stay), language), left_out)

    def _scenario(self, source: Source, name: Text, path: Path) -> Last:
        """The findings about a scenario, and its language as far as it is known."""
        if not self._keep:
            last, _ = self._looked(source, name, path)
            return last
        from callcalm.lint.told import Told  # noqa: PLC0415 - other files need none of it

        told = Told(source, path)
        known = told.last(lambda: self._encounters(path.parent))
        if known is None:
            known, asks = self._looked(source, name, path)
            told.keep(known, self._encounters(path.parent) if asks else None)
        return known

    def _looked(self, source: Source, name: Text, path: Path) -> tuple[Last, bool]:
        """What is found in a scenario, and whether it names other encounters: then it hangs on which there are."""
        from callcalm.content import scenarios  # noqa: PLC0415 - as above
        from callcalm.content.heard import Kept  # noqa: PLC0415
        from callcalm.content.hearing import let_go  # noqa: PLC0415
        from callcalm.content.remembering import Remembering  # noqa: PLC0415
        from callcalm.lint.told import Last  # noqa: PLC0415

        registry = self._rulebook.registry
        heard = Kept(registry, path) if self._keep else Remembering(registry)
        course: Course | None = None

        def meanwhile(scenario: Scenario) -> None:
            from callcalm.core.explore import course_of  # noqa: PLC0415 - as above

            nonlocal course
            if len(source.text) > _LARGE:
                let_go()
            course = course_of(scenario, self._playbooks[scenario.playbook])

        heard.begin(source.text, meanwhile)
        try:
            if not source.text.isascii() or "\0" in source.text or len(source.text) > scenarios.CAP:
                from_bytes(source.text.encode("utf-8"), source.name, scenarios.CAP)
            file = scenarios.read_scenario(source, name, self._rulebook, self._playbooks, heard, digest=False)
        except BadFile as bad:
            from callcalm.content.remaining import with_rest  # noqa: PLC0415 - most files are without errors
            from callcalm.content.standing import standing  # noqa: PLC0415 - as above
            from callcalm.lint.coming_back import comes_back  # noqa: PLC0415 - as above
            from callcalm.lint.scenario import lint_standing  # noqa: PLC0415 - as above

            bad = with_rest(bad, self._rulebook, self._playbooks)
            told = [about(problem) for problem in bad.problems]
            stands = standing(source, name, self._rulebook, bad, heard)
            if stands is None:
                return Last(told), False
            more = lint_standing(stands, self._playbooks, self._encounters(path.parent))
            scenario = stands.file.scenario
            return Last([*told, *more], scenario.language), comes_back(scenario)
        if isinstance(heard, Kept):
            heard.keep()
        del heard  # in a large file it is as large as the findings
        if len(source.text) > _LARGE:
            let_go()
        gc.unfreeze()
        from callcalm.lint.coming_back import comes_back  # noqa: PLC0415 - a file that does not load needs none
        from callcalm.lint.scenario import lint_scenario  # noqa: PLC0415

        found = lint_scenario(file, self._playbooks, self._encounters(path.parent), course)
        return Last(list(found), file.scenario.language), comes_back(file.scenario)

    def _twin(self, wanted: Wanted, scenarios: dict[str, Path], source: Source) -> Diagnostic | None:
        """That another file has the same id, if one has: among those looked at, or of those for everybody."""
        from callcalm.lint.namesakes import beside, hiding  # noqa: PLC0415 - other files need none of it

        first = scenarios.setdefault(wanted.path.stem, wanted.path)
        return hiding(wanted.path, source, self._own) if first == wanted.path else beside(first, source)

    def _encounters(self, folder: Path) -> Collection[str]:
        """The ids of the encounters in a folder, beside those that are there for everybody."""
        if folder not in self._near:
            from callcalm.content.library import Library  # noqa: PLC0415 - other files need none of it

            self._near[folder] = Library([folder, *Library.standard().folders]).ids
        return self._near[folder]

    @cached_property
    def _rulebook(self) -> Rulebook:
        from callcalm.content.registry import load_rulebook  # noqa: PLC0415 - settings need none

        return load_rulebook()

    @cached_property
    def _playbooks(self) -> Mapping[str, Playbook]:
        from callcalm.content.playbooks import load_playbooks  # noqa: PLC0415 - as above

        return load_playbooks(self._rulebook.registry)


def _text(wanted: Wanted) -> Source:
    """The text of a file; only the beginning of one that is too large, where there is nothing in it for lint."""
    try:
        return read(wanted.path, CAP)
    except BadFile as bad:
        if bad.problems[0].code is not Code.TOO_LARGE:
            raise
        top = Source(bad.problems[0].file, read_bytes(wanted.path, TOP).decode("utf-8", "replace"))
        if kind_of(top.text) not in (OUR_OWN if wanted.named else _LEFT_ALONE):
            raise
        return top


def worst(report: Report) -> Level | None:
    """The highest level among the findings of a report; None when there are none."""
    order = (Level.ERROR, Level.WARNING, Level.NOTE)
    levels = {item.level for sheet in report.sheets for item in sheet.diagnostics}
    return next((level for level in order if level in levels), None)
