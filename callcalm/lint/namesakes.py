"""Two files of one name, which is the id of their encounters. What must not be here: what is in a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from callcalm.content.library import Library, shipped_folder
from callcalm.core.text import safe
from callcalm.intake import Code, Source
from callcalm.language import _
from callcalm.report import Diagnostic, Level


def beside(first: Path, source: Source) -> Diagnostic:
    """That the file `first` has the name of this one, too."""
    message = _("`{path}` has the same name: only one of the two can be played")
    message = message.format(path=safe(str(first), multiline=False))
    hint = _("The name of a file is the id of its scenario. Give one of the two another name.")
    return _told(message, hint, source)


def among(path: Path, source: Source, own: Iterable[Path]) -> Diagnostic | None:
    """That of the encounters in the folders of one's own another has the name of this one.

    None for a file that is not among them: nobody plays it by its name.
    """
    files = Library(own).named(safe(path.stem, multiline=False))
    where = path.resolve()
    others = [file for file in files if file.resolve() != where]
    return beside(others[0], source) if 0 < len(others) < len(files) else None


def hiding(path: Path, source: Source, own: Callable[[], Iterable[Path]]) -> Diagnostic | None:
    """That a file in a folder of one's own has the name of a shipped encounter, and takes its place.

    The folders are asked for only where the names are the same.
    """
    shipped = Library([shipped_folder()])
    if path.stem not in shipped.ids or (where := path.resolve()) == shipped.find(path.stem).resolve():
        return None
    if not any(where.is_relative_to(folder.resolve()) for folder in own()):
        return None
    name = safe(path.stem, multiline=False)
    message = _("an encounter that comes with callcalm is called `{name}`, too: this one is played instead")
    message = message.format(name=name)
    hint = _("The name of a file is the id of its scenario. Give it another name, or both have one history.")
    return _told(message, hint, source)


def _told(message: str, hint: str, source: Source) -> Diagnostic:
    return Diagnostic(Code.SAME_NAME.value, Level.WARNING, message, source.name, source.place(0), hint=hint)
