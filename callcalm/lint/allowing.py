"""Findings that a writer accepts on purpose: a comment in the file, ``# lint: allow CC715, our house rule``.

It stands on the line of the finding or on the lines right above it, and it names codes. Errors are never let pass.
What must not be here: options of the command line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from callcalm.intake import Place, Source
from callcalm.report import Diagnostic, Level

_ALLOW: Final = re.compile(r"#\s*lint:\s*allow\s+(CC\d{3}(?:(?:\s*,\s*|\s+)CC\d{3})*)")
_CODE: Final = re.compile(r"CC\d{3}")
_NOWHERE: Final = Place(0, 0, 0, 0)


def kept(found: Iterable[Diagnostic], source: Source, ignored: frozenset[str]) -> tuple[list[Diagnostic], int]:
    """The findings that are neither `ignored` nor allowed in the file, by place, and how many are left out."""
    marks = "lint:" in source.text
    stay: list[Diagnostic] = []
    left_out = 0
    for item in sorted(found, key=lambda item: (item.place or _NOWHERE, item.rule)):
        passed = item.rule in ignored or (marks and item.level is not Level.ERROR and _allowed(item, source))
        left_out += passed
        if not passed:
            stay.append(item)
    return stay, left_out


def _allowed(item: Diagnostic, source: Source) -> bool:
    if item.place is None:
        return False
    number = item.place.line
    lines = [source.line(number)]
    while (above := source.line(number - 1).lstrip()).startswith("#"):
        lines.append(above)
        number -= 1
    return any(item.rule in _CODE.findall(hit.group(1)) for line in lines for hit in _ALLOW.finditer(line))
