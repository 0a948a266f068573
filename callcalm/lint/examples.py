"""The examples of each code: read from `data/examples.toml` and put into the encounter of `data/base.toml`.

What must not be here: how an example is shown (pages), and looking at it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

from callcalm.core.records import dataclass

DATA: Final = Path(__file__).parent / "data"

_HEADER: Final = re.compile(r"^\[+([^\[\]]+)\]+\s*$", re.MULTILINE)
_KEY: Final = re.compile(r"^([a-z_]+) *=", re.MULTILINE)
_NAMED: Final = frozenset({"beats", "endings"})
"""Tables whose tables have names of their own."""


@dataclass(frozen=True, slots=True)
class Example:
    """What is told of one code besides its meaning.

    `bad` and `good` are pieces of a scenario, or with `whole`, the kind of a file, files of their own. `also` are
    codes that the bad one cannot be without.
    """

    code: str
    why: str
    bad: str
    good: str
    whole: str = ""
    also: frozenset[str] = frozenset()

    def files(self) -> tuple[str, str]:
        """The bad and the good example as whole files."""
        if self.whole:
            return self.bad, self.good
        return merged(self.bad), merged(self.good)


@lru_cache(maxsize=1)
def examples() -> Mapping[str, Example]:
    """Every example by its code."""
    import tomli  # noqa: PLC0415 - our own file, asked for only by those who want an explanation

    found = tomli.loads((DATA / "examples.toml").read_text("utf-8"))["codes"]
    return {
        item["code"]: Example(
            item["code"],
            item["why"],
            item["bad"].strip(),
            item["good"].strip(),
            item.get("whole", ""),
            frozenset(item.get("also", ())),
        )
        for item in found
    }


def merged(piece: str) -> str:
    """The base encounter with a piece of another put into it.

    A table of the piece takes the place of the table of the same name, with all below it; a key at its top takes
    the place of that key.
    """
    top, tables = _split(piece)
    base_top, base_tables = _split((DATA / "base.toml").read_text("utf-8"))
    for key in _KEY.findall(top):
        base_top = re.sub(rf"^{key} *=.*\n", "", base_top, flags=re.MULTILINE)
    new = {_group(name) for name, _ in tables}
    kept = [text for name, text in base_tables if _group(name) not in new]
    return "".join([base_top.rstrip("\n") + "\n", top.rstrip("\n") + "\n\n", *kept, *(text for _, text in tables)])


def _split(text: str) -> tuple[str, list[tuple[str, str]]]:
    """What stands before the first table, and each table with its name."""
    heads = list(_HEADER.finditer(text))
    if not heads:
        return text, []
    ends = [*(head.start() for head in heads[1:]), len(text)]
    tables = [
        (head.group(1), text[head.start() : end].rstrip("\n") + "\n\n")
        for head, end in zip(heads, ends, strict=True)
    ]
    return text[: heads[0].start()], tables


def _group(name: str) -> tuple[str, ...]:
    parts = name.split(".")
    return tuple(parts[:2] if parts[0] in _NAMED else parts[:1])
