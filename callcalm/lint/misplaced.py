"""Encounters, drills and campaigns that lie in one another's folders. What must not be here: what is in a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from callcalm.content.kinds import Kind, not_meant
from callcalm.core.text import safe
from callcalm.intake import Code, Source
from callcalm.language import _
from callcalm.report import Diagnostic, Level

_OTHERS: Final = {"drills", "campaigns"}
"""What the folders are called in which no encounter is looked for."""


def misplaced(
    path: Path, kind: Kind, source: Source, shelves: Callable[[], Mapping[Path, Kind]]
) -> Diagnostic | None:
    """That a file lies in a folder, or one level below, in which callcalm looks for files of another kind.

    `shelves` are those folders; they are asked for only where it may be.
    """
    if kind not in (Kind.SCENARIO, Kind.DRILL, Kind.CAMPAIGN):
        return None
    if kind is Kind.SCENARIO and not any(near.name in _OTHERS for near in path.absolute().parents[:2]):
        return None
    near = path.resolve().parents[:2]
    meant = next((read for folder, read in shelves().items() if folder.resolve() in near), kind)
    if meant is kind:
        return None
    right = next(folder for folder, read in shelves().items() if read is kind)
    hint = _("callcalm does not list it here. Put it into {folder}.").format(
        folder=safe(str(right), multiline=False)
    )
    place = source.place(0)
    return Diagnostic(Code.OTHER_KIND.value, Level.ERROR, not_meant(kind, meant), source.name, place, hint=hint)
