"""Whether a TOML text is so plain that no parser can choke on it: one look, before the parser sees it.

Nearly every file is: headers and keys without quotes, texts, numbers, lists and tables nested a little. Such a
text is far from every limit, so its places need not be scanned for until somebody asks for one. Anything else goes
the long way, through `scanner`. What must not be here: judgement; a text that is not tame may be perfectly right.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Final

from callcalm.core.records import NamedTuple
from callcalm.intake.possessive import steady
from callcalm.intake.spans import Limits

DEPTH: Final = 12
"""A tame text has no path longer than this …"""

PARTS: Final = 4
"""… no key with more parts …"""

DIGITS: Final = 15
"""… and no number with more digits."""

_NAME = re.compile(r"\[\[?([A-Za-z0-9_.-]++)")


class Tame(NamedTuple):
    """Where the sections of a tame text with a header begin, what their headers name, and what the `plain` hold.

    Names have dots between their parts. A plain section holds a few texts without escapes, each with its key on a
    line of its own; of the others there is None.
    """

    starts: Sequence[int]
    names: Sequence[str]
    plain: Sequence[dict[str, str] | None]


@cache
def _plain() -> re.Pattern[str]:
    """A plain section, as far as it goes: what it is called, and its keys and texts. Possessive, as below."""
    shown = r"[^\x00-\x08\x0a-\x1f\x7f"
    blank = rf"(?:[ \t\n]++|#{shown}]*+)*+"
    end = rf"[ \t]*+(?:#{shown}]*+)?+(?:\n|\Z)"
    name = rf"[A-Za-z0-9_-]++(?:\.[A-Za-z0-9_-]++){{0,{PARTS - 1}}}+"
    pair = rf'(?:([A-Za-z0-9_-]++)[ \t]*+=[ \t]*+"(?!"")((?:{shown}"\\])*+)"{end}\n*+)?'
    return re.compile(steady(rf"(?:\[\[({name})\]\]|\[({name})\]){end}\n*+{pair * 3}{blank}(?=\[|\Z)"))


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
    return re.compile(steady(rf"(?:{header})?+{blank}(?:{bare}[ \t]*+=[ \t]*+{value}{end}{blank})*+"))


def tame(text: str, limits: Limits) -> bool:
    """Whether `text` (LF line ends) is plain enough to be parsed at once under these limits."""
    return sections(text, limits) is not None


def sections(text: str, limits: Limits) -> Tame | None:
    """The sections of a tame text with a header, up to the next each; None if it is not tame."""
    if limits.depth < DEPTH or limits.key_parts < PARTS or limits.digits < DIGITS:
        return None
    section, quick = _grammar().match, _plain().match
    starts, names, plain = array("L"), list[str](), list[dict[str, str] | None]()
    at = 0
    while at < len(text):
        found = quick(text, at)
        if found is not None:
            item, name, *pairs = found.groups()
            starts.append(at)
            names.append(item or name)
            plain.append(_held(*pairs))
        else:
            header = _NAME.match(text, at)
            if header is not None:
                starts.append(at)
                names.append(header[1])
                plain.append(None)
            found = section(text, at)
            if found is None or found.end() == at:
                return None
        at = found.end()
    tame = Tame(starts, names, plain)
    return tame if _fits(text, tame, limits.items) else None


def _held(
    first: str | None, one: str, second: str | None, two: str, third: str | None, three: str
) -> dict[str, str] | None:
    """What a plain section holds; None where a key is written twice."""
    if first is None:
        return {}
    if second is None:
        return {first: one}
    if third is None:
        return {first: one, second: two} if first != second else None
    twice = first == second or third in {first, second}
    return None if twice else {first: one, second: two, third: three}


def _fits(text: str, tame: Tame, most: int) -> bool:
    """Whether a text of this grammar surely holds at most so many keys and list items."""
    count = text.count("=") + text.count(",") + text.count("[")
    if count + PARTS * len(tame.names) <= most:
        return True
    often = Counter(tame.names)
    above, last = set[str](), set(often)
    for _ in range(PARTS - 1):
        last = {name.rpartition(".")[0] for name in last if "." in name}
        above |= last
    lists = {name for name, at in zip(tame.names, tame.starts, strict=True) if text.startswith("[[", at)}
    if not lists.isdisjoint(above):
        # Every item of such a list may hold all of them anew.
        for name, repeated in often.items():
            over = [name.rsplit(".", cut)[0] for cut in range(1, name.count(".") + 1)]
            if not lists.isdisjoint(over):
                count += repeated * (len(over) + 1)
    return count - len(tame.names) + len(above.union(often)) <= most
