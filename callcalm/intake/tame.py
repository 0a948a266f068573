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

_HEADER = re.compile(r"^[ \t]*+(\[\[?)([A-Za-z0-9_.-]++)", re.MULTILINE)


@cache
def _grammar() -> re.Pattern[str]:
    """What a tame text is made of. Possessive throughout: it never backtracks, so it takes linear time."""
    bare = r"[A-Za-z0-9_-]++"
    blank = r"(?:[ \t\n]++|#[^\n]*+)*+"
    end = r"[ \t]*+(?:#[^\n]*+)?+(?:\n|\Z)"
    text = r'"(?!"")[^"\\\n]*+(?:\\[^\n][^"\\\n]*+)*+"'
    long = r'"""[^"\\]*+(?:(?:\\[\s\S]|"(?!""))[^"\\]*+)*+"""(?!")'
    number = rf"[+-]?+[0-9]{{1,{DIGITS}}}+(?:\.[0-9]{{1,{DIGITS}}}+)?+(?![A-Za-z0-9_.:+-])"
    plain = rf"(?:{text}|true|false|{number})"

    def table(value: str) -> str:
        pair = rf"{bare}[ \t]*+=[ \t]*+{value}"
        return rf"\{{[ \t]*+(?:{pair}[ \t]*+(?:,[ \t]*+{pair}[ \t]*+)*+)?+\}}"

    def items(value: str) -> str:
        return rf"\[{blank}(?:{value}{blank}(?:,{blank}{value}{blank})*+(?:,{blank})?+)?+\]"

    # A list in a table in a list, or a table in a table: as deep as scenarios go.
    inner = rf"(?:{plain}|{items(plain)}|{table(plain)})"
    middle = rf"(?:{plain}|{items(plain)}|{table(inner)})"
    value = rf"(?:{long}|{plain}|{items(middle)}|{table(inner)})"
    name = rf"{bare}(?:\.{bare}){{0,{PARTS - 1}}}+"
    line = rf"(?:{bare}[ \t]*+=[ \t]*+{value}|\[\[{name}\]\]|\[{name}\])"
    return re.compile(rf"{blank}(?:{line}{end}{blank})*+\Z")


def tame(text: str, limits: Limits) -> bool:
    """Whether `text` (LF line ends) is plain enough to be parsed at once under these limits."""
    within = limits.depth >= DEPTH and limits.key_parts >= PARTS and limits.digits >= DIGITS
    return within and _grammar().match(text) is not None and _fits(text, limits.items)


def _fits(text: str, most: int) -> bool:
    """Whether a text of this grammar surely holds at most so many keys and list items."""
    count = text.count("=") + text.count(",") + text.count("[")
    headers = _HEADER.findall(text)
    if count + PARTS * len(headers) <= most:
        return True
    times = Counter(headers)
    lists = {name for brackets, name in times if brackets == "[["}
    tables = set()
    for (_, name), repeated in times.items():
        above = [name.rsplit(".", cut)[0] for cut in range(1, name.count(".") + 1)]
        tables.update(above)
        tables.add(name)
        if not lists.isdisjoint(above):
            # Every item of such a list may hold all of them anew.
            count += repeated * (len(above) + 1)
    return count - len(headers) + len(tables) <= most
