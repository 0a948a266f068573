"""Waiting until a file is saved, however its editor saves: in place, by renaming another over it, or anew.

What must not be here: reading the file, and anything shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Final

STEP: Final = 5
"""Milliseconds between two looks at what the system has told; a save is settled when one brings nothing."""

LONGEST: Final = 100
"""Milliseconds after which a save that never settles is taken as it is."""

AGAIN: Final = 1_000
"""Milliseconds after which the file is looked at though nothing was told: some network folders never tell."""

POLL: Final = 300
"""Milliseconds between two looks where the system cannot tell at all."""


def saves(path: Path, stop: Event, *beside: Path) -> Iterator[None]:
    """One step at once, and one whenever the file may have changed, until `stop` is set; it may be missing.

    Files `beside` it, in its folder, count as well.
    """
    files = (path, *beside)
    seen = tuple(map(_stamp, files))
    yield
    for told in _signs(files, stop):
        now = tuple(map(_stamp, files))
        if told or now != seen:
            seen = now
            yield


def _signs(files: tuple[Path, ...], stop: Event) -> Iterator[bool]:
    """True where the system says that one of the files changed, False where it is time to look."""
    from watchfiles import watch  # noqa: PLC0415 - 50 ms, and the first reading need not wait for them

    names = {name for path in files for name in (path.name, path.resolve().name)}
    folders = {folder for path in files for folder in (path.absolute().parent, path.resolve().parent)}
    try:
        for changes in watch(
            *folders,
            watch_filter=lambda _change, name: Path(name).name in names,
            debounce=LONGEST,
            step=STEP,
            stop_event=stop,
            rust_timeout=AGAIN,
            yield_on_timeout=True,
            raise_interrupt=False,
            recursive=False,
        ):
            yield bool(changes)
    except OSError:
        # No watch to be had: too many files are watched already, or the folder is gone.
        while not stop.wait(POLL / 1000):
            yield False


def _stamp(path: Path) -> tuple[int, ...]:
    """What changes when the file does; empty while there is none."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return ()
    return found.st_mtime_ns, found.st_size, found.st_ino
