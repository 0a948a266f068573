"""The interface's catalogues: extract the messages, bring the French catalogue up to date, compile it.

`make catalogues` runs this; tests/language/test_catalogues.py holds the result to it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from callcalm.intake.codes import MEANINGS
from callcalm.lint.examples import examples

ROOT = Path(__file__).parent.parent

_MARKS = {"later": 0, "saying": 0, "Field": 1}
"""Calls that hold such a message, and at which of their arguments."""

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
    for place, message in said_later():
        catalogue.add(message, None, [(place, 0)])
    return catalogue


def said_later() -> Iterator[tuple[str, str]]:
    """Each message that is looked up elsewhere than where it stands, with its file.

    They are marked by `later`, or the core's `saying`; or they say what a `Field` is for, what a code means, why.
    """
    for path in sorted((ROOT / "callcalm").rglob("*.py")):
        place = path.relative_to(ROOT / "callcalm").as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            at = (
                _MARKS.get(node.func.id, -1)
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
                else -1
            )
            if isinstance(node, ast.Call) and 0 <= at < len(node.args):
                message = node.args[at]
                if isinstance(message, ast.Constant):
                    yield place, message.value
    yield from (("intake/codes.py", meaning) for meaning in MEANINGS.values())
    yield from (("lint/data/examples.toml", example.why) for example in examples().values())


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
    # The date of the day would change the file at every run, and stand in the way of whoever else adds a message.
    catalogue.creation_date = catalogue.revision_date
    FRENCH.parent.mkdir(parents=True, exist_ok=True)
    with FRENCH.open("wb") as file:
        write_po(file, catalogue, width=100, omit_header=False, sort_by_file=True, include_lineno=False)
    FRENCH.with_suffix(".mo").write_bytes(compiled(catalogue))


if __name__ == "__main__":
    update()
