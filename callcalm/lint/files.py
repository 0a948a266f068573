"""Which files lint looks at. What must not be here: what kind a file is (content.kinds), and judgement.

In a folder, files that are not for lint and TOML files of no kind that callcalm knows are left alone; a file that
is named is always looked at, or told what it is.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from callcalm.core.records import dataclass
from callcalm.intake import Code, Problem
from callcalm.intake.endings import is_toml
from callcalm.intake.source import shown_name
from callcalm.language import _

MOST_FILES: Final = 5_000
"""Most files looked at in one folder."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file to look at; `named` is whether it was asked for itself, not by its folder."""

    path: Path
    named: bool


def gather(paths: Iterable[Path], trouble: list[Problem]) -> Iterator[Wanted]:
    """Every file that the paths mean: the files themselves, and every TOML file below the folders, each once.

    Folders that cannot be looked into, or not to their end, go to `trouble`.
    """
    seen: set[tuple[str, str]] = set()
    folders: dict[Path, str] = {}
    for path in paths:
        inside = os.path.isdir(path)  # unlike Path.is_dir, False where the system does not say  # noqa: PTH112
        for file in _below(path, trouble) if inside else iter([path]):
            parent = file.parent
            if parent not in folders:
                folders[parent] = os.path.realpath(parent)
            # Two ways to one folder are no two files of one name.
            if (key := (folders[parent], file.name)) not in seen:
                seen.add(key)
                yield Wanted(file, named=not inside)


def _below(folder: Path, trouble: list[Problem]) -> Iterator[Path]:
    """The TOML files of a folder and all below it, in a steady order, but for what is hidden or linked."""
    found = list(islice(_walk(folder, trouble), MOST_FILES + 1))
    if len(found) > MOST_FILES:
        message = _("there are more than {most} TOML files in this folder: no more were looked at")
        hint = _("Name the folders in it one by one.")
        name = shown_name(str(folder))
        trouble.append(Problem(Code.TOO_LARGE, message.format(most=MOST_FILES), hint=hint, file=name))
    return iter(sorted(found[:MOST_FILES]))


def _walk(folder: Path, trouble: list[Problem]) -> Iterator[Path]:
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as entries:
                there = sorted(
                    (entry.name, _is_folder(entry)) for entry in entries if not entry.name.startswith(".")
                )
        except OSError as error:
            trouble.append(_closed(here, error))
            continue
        for name, is_folder in there:
            if is_folder:
                waiting.append(here / name)
            elif is_toml(name) and not os.path.isdir(here / name):  # a link to a folder  # noqa: PTH112
                yield here / name


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False  # reading it as a file tells


def _closed(folder: Path, error: OSError) -> Problem:
    if isinstance(error, PermissionError):
        message = _("the folder cannot be read: you are not allowed to look into it")
    else:
        code = errno.errorcode.get(error.errno or 0, "?")
        message = _("the folder cannot be read: the system says {code}").format(code=code)
    return Problem(Code.UNREADABLE, message, file=shown_name(str(folder)))
