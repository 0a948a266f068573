"""ink's INCLUDE: the other files of a story, read from its own folder and below, and nowhere else.

As in ink, what stands before the first knot of such a file goes where it is included, and its knots go behind all
others; the names of files are seen from the folder of the first. What must not be here: what a line is.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from callcalm.core.text import safe
from callcalm.intake import BadFile, Source, read
from callcalm.language import _
from callcalm.workshop.fitting import one_line
from callcalm.workshop.foreign import without_comments
from callcalm.workshop.stories import Notes

MOST_FILES: Final = 50
"""Most files that a story is read from."""

ENDING: Final = ".ink"

_INCLUDE = re.compile(r"\s*INCLUDE\b:?\s*(.*?)\s*")

Line = tuple[int, str]
"""A line and its number; the lines of included files go on counting, and the notes know where each begins."""


class Files:
    """All the lines of a story, from as many files as it has: at most `most` bytes of them are read."""

    def __init__(self, notes: Notes, folder: Path | None, most: int) -> None:
        self._notes = notes
        self._folder = folder.resolve() if folder is not None else None
        self._left = most
        self._count = 0
        self._seen: set[Path] = set()
        self._knots: list[Line] = []

    def lines(self, source: Source) -> list[Line]:
        """The lines of a story's first file and of all that it includes; comments are gone."""
        if self._folder is not None:
            self._seen.add(self._folder / Path(source.name).name)
        return [*self._of(source.text), *self._knots]

    def _of(self, text: str) -> list[Line]:
        first = self._count + 1
        plain = without_comments(safe(text), ("/*", "*/"), ("//", "\n")).split("\n")
        self._count += len(plain)
        lines: list[Line] = []
        for number, line in enumerate(plain, first):
            found = _INCLUDE.fullmatch(line)
            if found is None:
                lines.append((number, line))
                continue
            there = self._included(found[1], number)
            knots = (at for at, (_number, one) in enumerate(there) if one.lstrip().startswith("=="))
            knot = next(knots, len(there))
            lines += there[:knot]
            self._knots += there[knot:]
        return lines

    def _included(self, name: str, number: int) -> list[Line]:
        """The lines of an included file; none, and a note, if it is not to be read."""
        shown = one_line(name, 60) or "…"
        try:
            path = self._allowed(name)
            source = read(path, self._left)
        except _NotRead as why:
            self._notes.add(_("INCLUDE {name}: {why}").format(name=shown, why=why), number)
            return []
        except BadFile as bad:
            told = _("INCLUDE {name}: {why}").format(name=shown, why=bad.problems[0].message)
            self._notes.add(told, number)
            return []
        self._seen.add(path)
        self._left = max(0, self._left - len(source.text.encode()))
        self._notes.begins(self._count + 1, name)
        return self._of(source.text)

    def _allowed(self, name: str) -> Path:
        """Where an included file is. Raises `_NotRead` for one that is not to be read."""
        if self._folder is None:
            raise _NotRead(_("it was not read"))
        try:
            path = (self._folder / name.replace("\\", "/")).resolve()
        except (OSError, ValueError, RuntimeError):  # links in a circle, names that cannot be
            raise _NotRead(_("there is no such file")) from None
        if not path.is_relative_to(self._folder):
            raise _NotRead(_("only files in the folder of the story are read"))
        if path.suffix.lower() != ENDING:
            raise _NotRead(_("only files that end in {ending} are read").format(ending=ENDING))
        if path in self._seen:
            raise _NotRead(_("it was read already"))
        if len(self._seen) >= MOST_FILES:
            raise _NotRead(_("a story is read from at most {most} files").format(most=MOST_FILES))
        return path


class _NotRead(Exception):
    """A file is not read; `str()` says why."""
