"""Values out of a table that anybody may have edited: the right kind, or nothing and a fault.

What is not taken, or is not of the right kind, stays in `left`, so that nothing unknown is ever dropped. Strings
are made safe here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TypeVar

from callcalm.core.text import Text, safe

_T = TypeVar("_T")


class Fields:
    """One table being read. `faults` are short messages in English, safe to show."""

    def __init__(self, table: Mapping[str, object], where: str = "") -> None:
        self.left = dict(table)
        self.faults: list[str] = []
        self._where = f"{where}." if where else ""

    def word(self, key: str) -> Text:
        """A string on one line; empty if there is none."""
        return self._string(key, multiline=False)

    def text(self, key: str) -> Text:
        """A string that may have several lines; empty if there is none."""
        return self._string(key, multiline=True)

    def number(self, key: str) -> int:
        """A whole number; 0 if there is none."""
        found = self.left.get(key, 0)
        if isinstance(found, bool) or not isinstance(found, int):
            self.fault(key, "a whole number")
            return 0
        self.left.pop(key, None)
        return found

    def flag(self, key: str) -> bool:
        """True or false; False if there is neither."""
        found = self.left.get(key, False)
        if not isinstance(found, bool):
            self.fault(key, "true or false")
            return False
        self.left.pop(key, None)
        return found

    def moment(self, key: str) -> datetime | None:
        """A date with a time, to the second; in UTC if it does not say otherwise."""
        found = self.left.get(key)
        if found is None:
            return None
        if isinstance(found, datetime):
            try:
                moment = found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
            except OverflowError:  # at either end of the calendar
                moment = found.replace(tzinfo=UTC)
            del self.left[key]
            return moment.replace(microsecond=0)
        self.fault(key, "a date with a time")
        return None

    def texts(self, key: str) -> tuple[Text, ...]:
        """A list of strings."""
        return tuple(safe(item) for item in self._list(key, str, "strings"))

    def numbers(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers."""
        return tuple(self._list(key, int, "whole numbers"))

    def tables(self, key: str) -> tuple[Fields, ...]:
        """A list of tables, each to be read in turn."""
        found: list[dict[str, object]] = self._list(key, dict, "tables")
        return tuple(Fields(item, f"{self._where}{key}[{number}]") for number, item in enumerate(found, 1))

    def fault(self, key: str, wanted: str) -> None:
        """Say that the value of a key is not what it should be."""
        self.faults.append(safe(f"{self._where}{key} is not {wanted}", multiline=False))

    def _string(self, key: str, *, multiline: bool) -> Text:
        found = self.left.get(key, "")
        if not isinstance(found, str):
            self.fault(key, "a string")
            return Text("")
        self.left.pop(key, None)
        return safe(found, multiline=multiline)

    def _list(self, key: str, kind: type[_T], called: str) -> list[_T]:
        found = self.left.get(key, [])
        if not isinstance(found, list) or any(
            not isinstance(item, kind) or isinstance(item, bool) for item in found
        ):
            self.fault(key, f"a list of {called}")
            return []
        self.left.pop(key, None)
        return found
