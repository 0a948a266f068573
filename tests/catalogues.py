"""The interface's catalogues: extract the messages, bring the French catalogue up to date, compile it.

`make catalogues` runs this; tests/language/test_catalogues.py holds the result to it.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
CATALOGUES = ROOT / "callcalm" / "language" / "catalogues"
FRENCH = CATALOGUES / "fr" / "LC_MESSAGES" / "callcalm.po"


def extracted() -> Catalog:
    """Every message in the code."""
    catalogue = Catalog(project="callcalm", charset="utf-8")
    found = extract_from_dir(
        ROOT / "callcalm", method_map=[("**.py", "python")], keywords={"_": None, "ngettext": (1, 2)}
    )
    for filename, _line, message, comments, context in found:
        catalogue.add(message, None, [(filename, 0)], auto_comments=comments, context=context)
    return catalogue


def french() -> Catalog:
    """The French catalogue as it is checked in."""
    with FRENCH.open("rb") as file:
        return read_po(file, locale="fr")


def compiled(catalogue: Catalog) -> bytes:
    """A catalogue as gettext reads it."""
    out = BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def update() -> None:
    """Add new messages to the French catalogue, drop those that are gone, and compile it."""
    catalogue = french() if FRENCH.exists() else Catalog(locale="fr", project="callcalm", charset="utf-8")
    catalogue.update(extracted(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    FRENCH.parent.mkdir(parents=True, exist_ok=True)
    with FRENCH.open("wb") as file:
        write_po(file, catalogue, width=100, omit_header=False, sort_by_file=True, include_lineno=False)
    FRENCH.with_suffix(".mo").write_bytes(compiled(catalogue))


if __name__ == "__main__":
    update()
