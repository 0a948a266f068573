"""Where a written scenario goes: its name, and writing it without ever harming what is there.

What must not be here: questions to the writer.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from stat import S_IMODE

from callcalm.storage import durable
from callcalm.workshop.naming import file_stem

ENDING = ".toml"
_ANY_FILE = 0o666


def path_for(title: str, folder: Path, asked: Path | None = None, fallback: str = "call") -> Path:
    """The file for a scenario: the one `asked` for (a folder means: in there), else one named after its title.

    A new file of a name without an ending gets the ending of scenarios: without it no folder is searched for them.
    ``-``, standard output, stays that.
    """
    name = file_stem(title, fallback) + ENDING
    if asked is None:
        return folder / name
    if str(asked) == "-":
        return asked
    target = folder / asked
    # Unlike those of Path, the questions of os.path are answered with no where a name is too long.
    if os.path.isdir(target):  # noqa: PTH112
        return target / name
    named = target.suffix or os.path.exists(target)  # noqa: PTH110
    return target if named else target.with_name(target.name + ENDING)


def is_there(path: Path) -> bool:
    """Whether anything has this name, be it a link that leads nowhere; nothing has one that no file can have."""
    return os.path.lexists(path)


def free(path: Path) -> Path:
    """The path itself, or the first of ``name-2.toml``, ``name-3.toml`` … that nothing has."""
    number, found = 2, path
    while is_there(found):
        found, number = path.with_name(f"{path.stem}-{number}{path.suffix}"), number + 1
    return found


def write(path: Path, text: str, *, over: bool = False) -> None:
    """Write the whole file, or nothing. Only with `over` does it take the place of what is there.

    Who may read and write it stays as it was; a new one is as any file that the writer makes.
    Raises `FileExistsError`, and `callcalm.storage.trouble.CannotSave`.
    """
    data = text.encode("utf-8")
    mode = _mode(path) if over else None
    if over:
        durable.replace_file(path, data)
    else:
        durable.create_file(path, data)
    # A scenario is for others to read, as a save is not.
    with suppress(OSError):
        path.chmod(_ANY_FILE & ~_masked() if mode is None else mode)


def _mode(path: Path) -> int | None:
    """Who may do what with a file; None where there is none."""
    try:
        return S_IMODE(path.stat().st_mode)
    except OSError:
        return None


def _masked() -> int:
    """What nobody else may do with files that the writer makes. The system tells only whoever sets it anew."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
