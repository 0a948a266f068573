"""The values of a tame text, section by section: what most sections hold is taken at once, by one pattern.

A section of texts on lines of their own needs no parser; any other is given to it alone. What is not certain at a
glance (a table written twice, or filled from two places) is left to the parser as a whole. What must not be here:
what is tame, and what is wrong with a text.
"""

from __future__ import annotations

import re
from typing import Any, Final

from callcalm.intake.tame import Tame

_HEADER: Final = re.compile(r"\[\[?[A-Za-z0-9_.-]++\]\]?")

Table = dict[str, Any]


def values(text: str, tame: Tame) -> Table | None:
    """All that a tame text holds, as the parser gives it; None where that is for the parser to say."""
    import tomli  # noqa: PLC0415 - see `intake.toml`

    edges = [*tame.starts, len(text)]
    reader = _Reader()
    try:
        reader.root.update(tomli.loads(text[: edges[0]]))
        for start, end, name, plain in zip(tame.starts, edges[1:], tame.names, tame.plain, strict=True):
            table: Table | None = plain
            if table is None:
                header = _HEADER.match(text, start)
                table = tomli.loads(text[header.end() : end]) if header else {}
            if not reader.take(name, table, item=text.startswith("[[", start)):
                return None
    except tomli.TOMLDecodeError:
        return None
    return reader.root


class _Reader:
    """Puts tables where their headers say; each name is filled once, or is a list that gets one more item."""

    def __init__(self) -> None:
        self.root: Table = {}
        self._tables: dict[str, Table] = {"": self.root}
        self._lists: dict[str, list[Table]] = {}
        self._above: set[str] = set()

    def take(self, name: str, table: Table, *, item: bool) -> bool:
        """Put in one table; whether that is as plain as all here has to be."""
        items = self._lists.get(name)
        if items is not None:
            if not item or name in self._above:
                return False  # what stands below its last item must not be taken for what is below this one
            items.append(table)
            self._tables[name] = table
            return True
        above, _, key = name.rpartition(".")
        parent = self._tables.get(above)
        if parent is None:
            parent = self._implied(above)
        if parent is None or key in parent:
            return False
        if item:
            self._lists[name] = parent[key] = [table]
        else:
            parent[key] = table
        self._tables[name] = table
        self._above.add(above)
        return True

    def _implied(self, name: str) -> Table | None:
        """A table that is there only because others stand in it."""
        table: Table = {}
        above, _, key = name.rpartition(".")
        parent = self._tables.get(above)
        if parent is None:
            parent = self._implied(above)
        if parent is None or key in parent:
            return None
        parent[key] = self._tables[name] = table
        self._above.add(above)
        return table
