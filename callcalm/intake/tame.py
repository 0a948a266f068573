"""Whether a TOML text is so plain that no parser can choke on it: one look, before the parser sees it.

Nearly every file is: headers and keys without quotes, texts, numbers, lists and tables nested a little. Such a
text is far from every limit, so its places need not be scanned for until somebody asks for one. Anything else goes
the long way, through `scanner`. What must not be here: judgement; a text that is not tame may be perfectly right.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Final

from callcalm.intake.spans import Limits

DEPTH: Final = 12
"""A tame text has no path longer than this …"""

PARTS: Final = 4
"""… no key with more parts …"""

DIGITS: Final = 15
"""… and no number with more digits."""

_NAME = re.compile(r"\[\[?([A-Za-z0-9_.-]++)")


@cache
def _grammar() -> re.Pattern[str]:
    """A section of a tame text: a header, but for the first, and pairs of keys and values.

    Possessive throughout: it never backtracks, so it takes linear time.
    """
    bare = r"[A-Za-z0-9_-]++"
    blank = r"(?:[ \t\n]++|#[^\n]*+)*+"
    end = r"[ \t]*+(?:#[^\n]*+)?+(?:\n|\Z)"
    text = r'"(?!"")[^"\\\n]*+(?:\\[^\n][^"\\\n]*+)*+"'
    long = r'"""[^"\\]*+(?:(?:\\[\s\S]|"(?!""))[^"\\]*+)*+"""(?!")'
    number = rf"[+-]?+[0-9]{{1,{DIGITS}}}+(?:\.[0-9]{{1,{DIGITS}}}+)?+(?![A-Za-z0-9_.:+-])"
    plain = rf"(?:{text}|true|false|{number})"

    def table(value: str) -> str:
        pair = rf"{bare}[ \t]*+=[ \t]*+{value}"
        return rf"\{{[ \t]*+(?:{pair}[ \t]*+(?:,[ \t]*+(?!\}})|(?=\}})))*+\}}"

    def items(value: str) -> str:
        return rf"\[{blank}(?:{value}{blank}(?:,{blank}|(?=\])))*+\]"

    # A list in a table in a list, or a table in a table: as deep as scenarios go.
    inner = rf"(?:{plain}|{items(plain)}|{table(plain)})"
    middle = rf"(?:{plain}|{items(plain)}|{table(inner)})"
    value = rf"(?:{long}|{plain}|{items(middle)}|{table(inner)})"
    name = rf"{bare}(?:\.{bare}){{0,{PARTS - 1}}}+"
    header = rf"(?:\[\[{name}\]\]|\[{name}\]){end}"
    return re.compile(rf"(?:{header})?+{blank}(?:{bare}[ \t]*+=[ \t]*+{value}{end}{blank})*+")


def tame(text: str, limits: Limits) -> bool:
    """Whether `text` (LF line ends) is plain enough to be parsed at once under these limits."""
    return sections(text, limits) is not None


def sections(text: str, limits: Limits) -> list[int] | None:
    """Where the sections of a tame text with a header begin, up to the next each; None if it is not tame."""
    if limits.depth < DEPTH or limits.key_parts < PARTS or limits.digits < DIGITS:
        return None
    section = _grammar().match
    starts: list[int] = []
    at = 0
    while at < len(text):
        if text.startswith("[", at):
            starts.append(at)
        found = section(text, at)
        if found is None or found.end() == at:
            return None
        at = found.end()
    return starts if _fits(text, starts, limits.items) else None


def name_at(text: str, start: int) -> str:
    """What the header at `start` names, its parts with dots between."""
    found = _NAME.match(text, start)
    return "" if found is None else found[1]


def _fits(text: str, starts: list[int], most: int) -> bool:
    """Whether a text of this grammar surely holds at most so many keys and list items."""
    count = text.count("=") + text.count(",") + text.count("[")
    if count + PARTS * len(starts) <= most:
        return True
    headers = [(text.startswith("[[", at), name_at(text, at)) for at in starts]
    if count + PARTS * len(headers) <= most:
        return True
    times = Counter(headers)
    lists = {name for brackets, name in times if brackets}
    tables = set()
    for (_, name), repeated in times.items():
        above = [name.rsplit(".", cut)[0] for cut in range(1, name.count(".") + 1)]
        tables.update(above)
        tables.add(name)
        if not lists.isdisjoint(above):
            # Every item of such a list may hold all of them anew.
            count += repeated * (len(above) + 1)
    return count - len(headers) + len(tables) <= most
