"""Answers of an interview that is not finished: one small file, so that nobody tells a call twice.

What must not be here: what is asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from callcalm.storage import durable, emit
from callcalm.storage.parsing import NotRead, read_values

NAME: Final = "call-i-had.answers"
"""Not a .toml: the folder may hold players' saves, and this is none."""

MOST_ASIDE: Final = 1_000
"""Interviews that can be put aside."""

CAP: Final = 256 * 1024


def keep(folder: Path, answers: Mapping[str, str]) -> Path:
    """Write the answers; the file. Raises `callcalm.storage.trouble.CannotSave`."""
    durable.make_folder(folder)
    path = folder / NAME
    durable.replace_file(path, emit.lines(answers.items()).encode("utf-8"))
    return path


def saved(folder: Path) -> Mapping[str, object]:
    """The answers that were kept; none when there is no such file, or it cannot be read."""
    try:
        return read_values(folder / NAME, CAP)
    except NotRead:
        return {}


def put_aside(folder: Path) -> Path | None:
    """Leave them, and keep others from now on; where they are now. None where they cannot be moved."""
    for number in range(1, MOST_ASIDE):
        place = folder / f"{NAME}.{number}"
        if not place.exists():
            with suppress(OSError):
                return (folder / NAME).replace(place)
    return None


def drop(folder: Path) -> None:
    """Forget them: the scenario is written."""
    with suppress(OSError):
        (folder / NAME).unlink()
