"""A run over letters: each is read, what is let pass is taken out, and what is left becomes a sheet of a report.

What must not be here: output, and options as they are typed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from callcalm.core.hints import TYPE_CHECKING
from callcalm.core.moves import Factor
from callcalm.core.records import dataclass, field
from callcalm.letters.books import Books
from callcalm.letters.checking import Checked, Found, check
from callcalm.letters.house import House
from callcalm.letters.letter import Letter
from callcalm.letters.sidecars import Sidecars
from callcalm.letters.tongue import AUTO
from callcalm.report import Diagnostic, Sheet

if TYPE_CHECKING:
    from callcalm.letters.baseline import Baseline
    from callcalm.letters.letting import Sidecar


@dataclass()
class Survey:
    """What a run is made with, and what it has seen so far.

    `ignored` are rules and moves that are not told, `helpful` is whether helping findings are; `suppressed` counts
    what was let pass, `known` holds every finding that was not, with its letter.
    """

    books: Books
    rules: House
    language: str = AUTO
    ignored: frozenset[str] = frozenset()
    helpful: bool = False
    baseline: Baseline | None = None
    sidecars: Sidecars = field(default_factory=Sidecars)
    suppressed: int = 0
    costs: list[tuple[Path, Found]] = field(default_factory=list)

    def look(self, letter: Letter, path: Path) -> tuple[Sheet, Checked]:
        """Check one letter that stands at `path` (an absolute path, whether or not there is such a file).

        The estimate counts everything, let pass or not: the reader sees it all. Raises `BadFile` for an own
        phrasebook or a ``callcalm.toml`` that cannot be used.
        """
        sidecar = self.sidecars.of(path)
        checked = check(letter, self.books, self.rules, self.language, helpful=self.helpful)
        if sidecar is not None:
            sidecar.looked_at(path)
        if self.baseline is not None:
            self.baseline.looked_at(path)
        told: list[Diagnostic] = []
        for found in checked.found:
            ignored = found.diagnostic.rule in self.ignored or found.move in self.ignored
            # Asked of what is ignored, too: an entry that has work on other days is not an idle one.
            if found.costs and self._passes(sidecar, path, found):
                self.suppressed += not ignored
            elif not ignored:
                self.costs += [(path, found)] if found.costs else []
                told.append(found.diagnostic)
        points = {factor.value: checked.reference.sheet.factor(factor) for factor in Factor}
        return Sheet(letter.source, tuple(told), checked.language, letter.remarks, points), checked

    def _passes(self, sidecar: Sidecar | None, path: Path, found: Found) -> bool:
        if sidecar is not None and sidecar.lets_pass(path, found):
            return True
        return self.baseline is not None and self.baseline.knows(path, found)

    def notices(self) -> Iterator[Diagnostic]:
        """What was let pass and needed no letting."""
        for sidecar in self.sidecars.all():
            yield from sidecar.unused(self.books.names)
        if self.baseline is not None:
            yield from self.baseline.unused()
