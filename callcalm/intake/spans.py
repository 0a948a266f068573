"""What the scanner finds, and the limits it holds a file to. Types only."""

from __future__ import annotations

from callcalm.core.records import NamedTuple
from callcalm.intake.codes import Code

Path = tuple[str | int, ...]
"""Where a value is in a document: keys, and indexes (from 0) into lists."""

Span = tuple[int, int, int, int]
"""Code points: start and end of the key, start and end of the value; the ends are exclusive."""


class Limits(NamedTuple):
    """What a file may hold. `depth` counts the parts of a path, list indexes among them."""

    depth: int = 16
    key_parts: int = 8
    items: int = 200_000
    digits: int = 19
    number: int = 100
    """Longest number or date as written, in code points."""


LIMITS = Limits()
"""The limits for every file that callcalm reads."""


class Refusal(NamedTuple):
    """Why the scanner refuses the text, and the code points concerned."""

    code: Code
    message: str
    start: int
    end: int


class Twice(NamedTuple):
    """A key or table that is written a second time: what it is called, and both places, in code points."""

    name: str
    first: int
    start: int
    end: int


class Scan:
    """What one pass found.

    `spans` has every table, list and value up to `end`, the offset where scanning stopped. A table's value span
    is its header, or its first mention. The root, ``()``, is not among them. `statement` is where the statement
    begins in which it stopped, if it did.
    """

    def __init__(self) -> None:
        self.spans: dict[Path, Span] = {}
        self.twice: list[Twice] = []
        self.refusal: Refusal | None = None
        self.end = 0
        self.statement = 0
