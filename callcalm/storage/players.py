"""Who plays here: the players whose saves are in a folder. What must not be here: their rounds."""

from __future__ import annotations

import os
import re
from pathlib import Path

from callcalm.core.records import NamedTuple
from callcalm.core.text import Text
from callcalm.storage.names import Slot, file_stem, player_name
from callcalm.storage.roundlog import header

_SAVE = re.compile(r"([a-z0-9][a-z0-9_-]*)(?:\.[2-9])?(?:\.call)?\.toml")


class Player(NamedTuple):
    """A player: the name to show and to open the save by, and what the files are called."""

    name: Text
    stem: str


def players(folder: Path) -> tuple[Player, ...]:
    """Everybody with a save in this folder, by name; nobody if it cannot be read."""
    try:
        with os.scandir(folder) as entries:
            found = {hit[1] for entry in entries if (hit := _SAVE.fullmatch(entry.name)) is not None}
    except OSError:
        return ()
    known = [Player(_name(folder, stem), stem) for stem in found - {"settings", "phrasebook"}]
    return tuple(sorted(known, key=lambda player: (player.name.casefold(), player.stem)))


def _name(folder: Path, stem: str) -> Text:
    """The name in the header, if it belongs to these files; they may have been renamed by hand."""
    said = header(Slot(folder, stem).log).player
    return player_name(said) if said and file_stem(said) == stem else player_name(stem)
