"""Looking for the ``callcalm.toml`` that holds for a letter, from its folder upwards. What it holds: `letting`."""

from __future__ import annotations

from pathlib import Path

from callcalm.core.hints import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from callcalm.letters.letting import Sidecar

NAME: Final = "callcalm.toml"

_MOST_FOLDERS: Final = 100


class Sidecars:
    """The ``callcalm.toml`` of each folder, looked for upwards, each read once."""

    def __init__(self) -> None:
        self._by_folder: dict[Path, Sidecar | None] = {}
        self._read: dict[Path, Sidecar] = {}

    def of(self, letter: Path) -> Sidecar | None:
        """The nearest one above a letter (an absolute path). Raises `BadFile` for one that cannot be used."""
        return self._in(letter.parent)

    def all(self) -> tuple[Sidecar, ...]:
        """Those that were read."""
        return tuple(self._read.values())

    def _in(self, folder: Path) -> Sidecar | None:
        if folder in self._by_folder:
            return self._by_folder[folder]
        found = None
        for level in (folder, *folder.parents)[:_MOST_FOLDERS]:
            path = level / NAME
            if path.is_file():
                found = self._read.get(path)
                if found is None:
                    from callcalm.letters.letting import load_sidecar  # noqa: PLC0415 - most letters have none

                    found = self._read[path] = load_sidecar(path)
                break
        self._by_folder[folder] = found
        return found
