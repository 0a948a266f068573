"""Which files lint looks at. What must not be here: what kind a file is (content.kinds), and judgement.

In a folder, files that are not for lint and TOML files of no kind that callcalm knows are left alone; a file that
is named is always looked at, or told what it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from callcalm.core.records import dataclass

MOST_FILES: Final = 5_000
"""Most files looked at in one folder."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file to look at; `named` is whether it was asked for itself, not by its folder."""

    path: Path
    named: bool


def gather(paths: Iterable[Path]) -> Iterator[Wanted]:
    """Every file that the paths mean: the files themselves, and every ``*.toml`` below the folders, each once."""
    seen: set[Path] = set()
    for path in paths:
        inside = path.is_dir()
        for file in _below(path) if inside else iter([path]):
            if file not in seen:
                seen.add(file)
                yield Wanted(file, named=not inside)


def _below(folder: Path) -> Iterator[Path]:
    """The TOML files of a folder and all below it, in a steady order, but for what is hidden or linked."""
    return iter(sorted(islice(_walk(folder), MOST_FILES)))


def _walk(folder: Path) -> Iterator[Path]:
    waiting = [folder]
    while waiting:
        try:
            entries = sorted(waiting.pop().iterdir())
        except OSError:
            continue
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.suffix == ".toml" and not entry.is_dir():
                yield entry
            elif entry.is_dir() and not entry.is_symlink():
                waiting.append(entry)
