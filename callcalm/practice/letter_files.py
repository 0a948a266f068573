"""The files of a letter that is practised: where the new one may go, and writing it without harming any other.

What must not be here: questions to the writer.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from callcalm.storage import durable

_GLANCE: Final = 50_000
"""Bytes of a file in which its first line end is looked for."""


def improved(path: Path | None, *, plain: bool) -> Path:
    """A file for the new letter: beside the old one, of a name that nothing has; `plain` makes it a text."""
    stem, ending = (path.stem, path.suffix) if path else ("letter", ".txt")
    folder = path.parent if path else Path()
    number, found = 1, folder / f"{stem}-improved{'.txt' if plain else ending}"
    while is_there(found):
        number += 1
        found = found.with_name(f"{stem}-improved-{number}{found.suffix}")
    return found


def write(path: Path, text: str, *, over: bool, windows: bool) -> None:
    """Write a letter; only with `over` does it take the place of what is there. `windows` ends lines in CR and LF.

    Raises:
        FileExistsError: something is there.
        CannotSave: it cannot be written.
    """
    data = (text.replace("\n", "\r\n") if windows else text).encode("utf-8", "replace")
    if over:
        durable.replace_file(path, data)
    else:
        durable.create_file(path, data)


def is_there(path: Path) -> bool:
    """Whether anything is there, also a link that leads nowhere; a name that no file can have is not."""
    return os.path.lexists(path)


def path_named(words: str) -> Path:
    """The path somebody wrote; a tilde is their home, where there is such a home."""
    path = Path(words.strip())
    try:
        return path.expanduser()
    except RuntimeError:
        return path


def ends_as_windows(path: Path) -> bool:
    """Whether the lines of a file that has just been read end in CR and LF."""
    try:
        with path.open("rb") as stream:
            return stream.read(_GLANCE).partition(b"\n")[0].endswith(b"\r")
    except OSError:  # gone since
        return False
