"""What the registry is made of: a command, and nine of them on the keys 1 to 9.

A command's `id` is what a player's settings remap. What must not be here: the commands themselves.
"""

from __future__ import annotations

from dataclasses import dataclass


def later(message: str) -> str:
    """A message where it is written, marked for the extractor as `_`; it is translated where it is shown."""
    return message


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a key does.

    `label` is one or two words for the key bar, `tip` a sentence for help and palette. `bar` is whether the key
    bar shows it, `listed` whether help and palette do; `shown` replaces the name of the key ("1-9").
    Where it is possible, the command with the id `speaks_for` is told in its words: quitting means another thing
    there.
    """

    id: str
    key: str
    action: str
    label: str
    tip: str
    bar: bool = False
    listed: bool = True
    shown: str = ""
    priority: bool = False
    speaks_for: str = ""


def numbered(ident: str, action: str, label: str, tip: str) -> tuple[Command, ...]:
    """Nine commands on the keys 1 to 9; the first speaks for all."""
    first = Command(f"{ident}-1", "1", f"{action}(1)", label, tip, bar=True, shown="1-9")
    rest = (Command(f"{ident}-{n}", str(n), f"{action}({n})", label, tip, listed=False) for n in range(2, 10))
    return (first, *rest)
