"""Where scenarios live, and which file an id means. Ids are looked up among the files there are, never made paths.

What must not be here: what is in a file.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from callcalm.core.text import safe
from callcalm.intake import nearest, shown
from callcalm.intake.endings import is_toml
from callcalm.language import _

if TYPE_CHECKING:
    from callcalm.content.headers import Header
    from callcalm.content.hearing import Reader
    from callcalm.content.registry import Rulebook
    from callcalm.core.model import Scenario
    from callcalm.core.playbook import Playbook

ENVIRONMENT: Final = "CALLCALM_SCENARIOS"
"""The variable that may name a folder of scenarios."""

MOST_FILES: Final = 5_000
"""Most files looked at in one folder; the rest are not listed."""


def _lies_here(name: str) -> bool:
    """Whether there is a file of that name where one is: its path is needed to play it."""
    try:
        return Path(f"{name}.toml").is_file()
    except (OSError, ValueError):
        return False


class UnknownScenario(LookupError):
    """There is no scenario of that id. `str()` says so, with the id or the file that was likely meant."""

    def __init__(self, name: str, near: str | None) -> None:
        self.near = near
        if _lies_here(name):
            message = _("There is no encounter “{name}”. If you mean the file here, write ./{name}.toml.")
            message = message.format(name=shown(name))
        elif near is None:
            message = _("There is no encounter “{name}”.").format(name=shown(name))
        else:
            message = _("There is no encounter “{name}”. Did you mean “{near}”?").format(
                name=shown(name), near=near
            )
        super().__init__(message)


class Library:
    """The scenarios in some folders, and one level below each. Of two with one id the earlier folder's counts."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self.folders = tuple(folders)

    @classmethod
    def standard(cls, own: Path | None = None, environ: Mapping[str, str] = os.environ) -> Library:
        """The folder that the environment names, the player's own, then the shipped ones."""
        named = environ.get(ENVIRONMENT)
        return cls([*([Path(named)] if named else []), *([own] if own else []), shipped_folder()])

    def load(
        self, name: str, rulebook: Rulebook, playbooks: Mapping[str, Playbook], reader: Reader | None = None
    ) -> Scenario:
        """The scenario of an id; a `name` with a separator or ending in ``.toml`` is the path of a file itself.

        Raises:
            UnknownScenario: if there is none of that id.
            BadFile: if it cannot be played, with everything that is wrong with it.
        """
        from callcalm.content.scenarios import load_scenario  # noqa: PLC0415 - a list needs no scenario

        return load_scenario(Path(name) if is_path(name) else self.find(name), rulebook, playbooks, reader)

    def find(self, name: str) -> Path:
        """The file of an id. Raises `UnknownScenario`."""
        if name in self._by_id:
            return self._by_id[name]
        raise UnknownScenario(name, nearest(name, self._by_id))

    def named(self, name: str) -> list[Path]:
        """Every file of an id, the one that counts first."""
        return [path for path in self._files if _id(path) == name]

    @property
    def ids(self) -> Collection[str]:
        """The id of every file."""
        return self._by_id.keys()

    def headers(self, *, all_of_them: bool = False) -> list[Header]:
        """A header for every file, by level, then id; broken ones last, and those hidden by one of the same id.

        Encounters that a promise brings back are left out, unless `all_of_them` are asked for.
        """
        from callcalm.content.headers import Header, read_header  # noqa: PLC0415

        headers = [read_header(path) for path in self._by_id.values()]
        headers = [header for header in headers if all_of_them or not header.after]
        for path in self._files:
            kept = self._by_id[_id(path)]
            if kept != path:
                message = _("replaced by {path}, which has the same name").format(
                    path=safe(str(kept), multiline=False)
                )
                headers.append(Header(safe(_id(path)), path, problem=message, replaced=True))
        return sorted(headers, key=lambda header: (header.problem is not None, header.level, header.id))

    @cached_property
    def _files(self) -> tuple[Path, ...]:
        return tuple(path for folder in self.folders for path in _scenario_files(folder))

    @cached_property
    def _by_id(self) -> dict[str, Path]:
        found: dict[str, Path] = {}
        for path in self._files:
            found.setdefault(_id(path), path)
        return found


def is_path(name: str) -> bool:
    """Whether this names a file itself and not an encounter by its id."""
    return is_toml(name) or "/" in name or os.sep in name


def shipped_folder() -> Path:
    """Where the scenarios that come with callcalm are: in the package, or beside it in a checkout."""
    package = Path(__file__).parents[1]
    inside = package / "scenarios"
    return inside if inside.is_dir() else package.parent / "scenarios"


def _id(path: Path) -> str:
    return safe(path.stem, multiline=False)


def _scenario_files(folder: Path) -> Iterator[Path]:
    """The TOML files of a folder and of the folders in it, in a steady order. What cannot be read is skipped."""
    entries = _entries(folder)
    # Unlike Path.is_dir, this is False where the system does not let it be asked.
    inner = [path for path in entries if not path.suffix and os.path.isdir(path)]  # noqa: PTH112
    below = (path for each in inner for path in _entries(each))
    return (path for path in islice(chain(entries, below), MOST_FILES) if is_toml(path.name))


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError:
        return []
