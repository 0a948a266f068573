"""What is let pass, written down beside the letters so that they stay clean: ``callcalm.toml``, with reasons.

What must not be here: baselines (`baseline`), and finding anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from callcalm.core.hints import TYPE_CHECKING, Final
from callcalm.language import _
from callcalm.report import Diagnostic, Level

if TYPE_CHECKING:
    from callcalm.intake import Place, Record
    from callcalm.letters.checking import Found

FORMAT: Final = 1
CAP: Final = 256 * 1024
"""Largest such file, in bytes."""

_MOST: Final = 1_000


@dataclass(slots=True)
class Entry:
    """One thing that is let pass: rules or moves, in files that a pattern fits. It knows which names served."""

    files: tuple[str, ...]
    names: frozenset[str]
    reason: str
    place: Place
    applied: bool = False
    served: set[str] = field(default_factory=set)

    def fits(self, file: str) -> bool:
        """Whether it is about this file, named from the folder of the ``callcalm.toml``."""
        return not self.files or any(_pattern(glob).fullmatch(file) for glob in self.files)


@dataclass(frozen=True)
class Sidecar:
    """The ``callcalm.toml`` that holds for a folder and all below it."""

    path: Path
    name: str
    entries: tuple[Entry, ...]

    def lets_pass(self, letter: Path, found: Found) -> bool:
        """Whether this finding is let pass; remembers what served."""
        file = letter.relative_to(self._folder).as_posix()
        passed = False
        for entry in self.entries:
            if entry.fits(file):
                entry.applied = True
                named = entry.names & {found.diagnostic.rule, found.move}
                entry.served |= named
                passed = passed or bool(named)
        return passed

    def looked_at(self, letter: Path) -> None:
        """Note that the letter was checked, whatever was found: entries about it should have served."""
        file = letter.relative_to(self._folder).as_posix()
        for entry in self.entries:
            entry.applied = entry.applied or entry.fits(file)

    @cached_property
    def _folder(self) -> Path:
        return self.path.parent

    def unused(self, known: Callable[[], frozenset[str]]) -> Iterator[Diagnostic]:
        """Each name of an entry about the files checked that no finding needed.

        `known` gives the names of all rules and moves; it is asked only when there is something to tell.
        """
        for entry in self.entries:
            for name in sorted(entry.names - entry.served) if entry.applied else ():
                message, hint = _idle(name, known())
                yield Diagnostic("unused-ignore", Level.WARNING, message, self.name, entry.place, hint=hint)


def load_sidecar(path: Path) -> Sidecar:
    """The entries of a ``callcalm.toml``. Raises `BadFile` with all that is wrong with it."""
    from callcalm.intake import load  # noqa: PLC0415 - most letters have none

    loaded = load(_short(path), record(), cap=CAP, number=FORMAT)
    loaded.inbox.warnings()
    positions = loaded.document.positions
    entries = tuple(
        Entry(tuple(item["files"]), frozenset(item["rules"]), item["reason"], positions.value(("ignore", index)))
        for index, item in enumerate(loaded.data["ignore"])
    )
    return Sidecar(path, _short(path), entries)


def record() -> Record:
    """The shape of a ``callcalm.toml``."""
    from callcalm.intake import Field, Int, ListOf, Record, Str  # noqa: PLC0415

    entry = Record(
        {
            "files": Field(ListOf(Str(300), 1, 100), "Which files, from this folder: letters/*.txt.", default=[]),
            "rules": Field(ListOf(Str(60), 1, 100), "Rules or moves that are let pass.", required=True),
            "reason": Field(Str(400, strip=True), "Why, for whoever reads this in a year.", required=True),
        },
        example='rules = ["our-policy"], reason = "…"',
    )
    return Record(
        {
            "format": Field(Int(1, FORMAT), "The format of the file.", required=True),
            "ignore": Field(ListOf(entry, most=_MOST), "What is let pass.", default=[]),
        }
    )


def _idle(name: str, known: frozenset[str]) -> tuple[str, str]:
    if name in known:
        message = _("`{name}` is let pass here, and nothing needed it").format(name=name)
        return message, _("Take it out.")
    from callcalm.intake.words import nearest, shown  # noqa: PLC0415 - only for a slip

    near = nearest(name, known)
    hint = _("Did you mean `{name}`?").format(name=near) if near else _("“callcalm explain” lists the moves.")
    return _("there is no rule or move `{name}`").format(name=shown(name)), hint


def _short(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


@lru_cache(maxsize=_MOST)
def _pattern(glob: str) -> re.Pattern[str]:
    """`*` and `?` stay within a folder, `**` does not; without a slash it is the name of a file in any folder."""
    parts: list[str] = [] if "/" in glob else ["(?:.*/)?"]
    at = 0
    glob = glob.removeprefix("./")
    while at < len(glob):
        if glob.startswith("**", at):
            at += 2
            parts.append("(?:.*/)?" if glob.startswith("/", at) else ".*")
            at += glob.startswith("/", at)
            continue
        parts.append({"*": "[^/]*", "?": "[^/]"}.get(glob[at], re.escape(glob[at])))
        at += 1
    return re.compile("".join(parts), re.DOTALL)
