"""Where things live: saves, settings, a player's own scenarios.

First what was asked for (``--saves``), then ``CALLCALM_SAVES``, then ``./saves`` when callcalm runs from its own
folder, then the folder that the settings name, then the platform's. Nothing is made or written here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from callcalm.core.records import dataclass, replace

VARIABLE = "CALLCALM_SAVES"
"""The environment variable that says where saves live."""

OWN_PHRASES = "phrasebook.toml"
"""The name of a player's own phrasebook, beside the settings; it adds to and overrides the shipped rules."""

_GLANCE = 4096
_PROJECT = r'(?m)^name\s*=\s*"callcalm"\s*$'
_MARKER = r"(?i)callcalm"


class Origin(StrEnum):
    """Why saves live where they do."""

    ARGUMENT = "argument"
    ENVIRONMENT = "environment"
    PORTABLE = "portable"
    SETTING = "setting"
    PLATFORM = "platform"


@dataclass(frozen=True, slots=True)
class Folders:
    """Where saves live (a folder), the settings (a file), and the player's own scenarios (a folder)."""

    saves: Path
    settings: Path
    scenarios: Path
    origin: Origin

    @property
    def drills(self) -> Path:
        """The player's own drills (a folder)."""
        return self.scenarios.parent / "drills"

    @property
    def campaigns(self) -> Path:
        """The player's own campaigns (a folder)."""
        return self.scenarios.parent / "campaigns"

    def paths(self) -> dict[str, Path]:
        """Those that can be chosen, by name, in the order to be shown."""
        return {"saves": self.saves, "settings": self.settings, "scenarios": self.scenarios}

    def phrasebooks(self) -> tuple[Path, ...]:
        """The player's own phrasebook, where anything at all stands under its name beside the settings.

        A folder, a pipe, a link to nowhere, what may not be looked at: whoever reads it is told, and not left to
        wonder why nothing in it counts.
        """
        own = self.settings.parent / OWN_PHRASES
        try:
            own.lstat()
        except (FileNotFoundError, NotADirectoryError, ValueError):
            return ()
        except OSError:
            pass
        return (own,)


def find(asked: str | Path | None, environ: Mapping[str, str], here: Path, package: Path | None = None) -> Folders:
    """The folders for this run.

    `asked` is the value of ``--saves``, `here` the current folder, `package` the folder of the package (given by
    tests only). Settings and scenarios live with the saves, but for the platform's folders, which are three.
    """
    if asked:
        return _together(here / _at_home(Path(asked)), Origin.ARGUMENT)
    if environ.get(VARIABLE):
        return _together(here / _at_home(Path(environ[VARIABLE])), Origin.ENVIRONMENT)
    checkout = (package or Path(__file__).resolve().parent.parent).parent
    for root in (here, checkout):
        if _is_own_folder(root):
            return _together(root / "saves", Origin.PORTABLE)
    import platformdirs  # noqa: PLC0415 - only here, and not free to load

    dirs = platformdirs.PlatformDirs("callcalm", appauthor=False)
    data = dirs.user_data_path
    return Folders(data / "saves", dirs.user_config_path / "settings.toml", data / "scenarios", Origin.PLATFORM)


def moved(places: Folders, setting: str) -> Folders:
    """The same with saves where the settings say; as they are, where something of more weight says so.

    Only the platform's own folder gives way, and only to one that is there: a disk that is not plugged in must
    not be made anew as an empty folder. Settings and scenarios stay where they are.
    """
    if not setting or places.origin is not Origin.PLATFORM:
        return places
    there = _at_home(Path(setting))
    try:
        usable = there.is_absolute() and there.is_dir()
    except (OSError, ValueError):
        usable = False
    return replace(places, saves=there, origin=Origin.SETTING) if usable else places


def _at_home(path: Path) -> Path:
    try:
        return path.expanduser()
    except RuntimeError:
        return path  # nobody's home: a folder whose name begins with a tilde


def _together(saves: Path, origin: Origin) -> Folders:
    return Folders(saves, saves / "settings.toml", saves / "scenarios", origin)


def _is_own_folder(root: Path) -> bool:
    """Whether this is a folder of callcalm's own: with `saves/`, and a sign that these saves are its."""
    try:
        if not (root / "saves").is_dir():
            return False
    except OSError:
        return False
    return _says(root / "pyproject.toml", _PROJECT) or _says(root / "saves" / "README.md", _MARKER)


def _says(path: Path, sign: str) -> bool:
    try:
        if not path.is_file():
            return False
        with path.open(encoding="utf-8", errors="replace") as stream:
            return re.search(sign, stream.read(_GLANCE)) is not None
    except OSError:
        return False
