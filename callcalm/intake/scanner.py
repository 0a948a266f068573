"""Where every key and value of a TOML text stands: one pass of our own, before any parser sees the text.

It also refuses what no callcalm file needs and what makes parsers hang: deep nesting, long dotted keys, too many
items, numbers without end. It judges nothing else: at what it cannot read it stops, and the parser says why.
What must not be here: values.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable

from callcalm.intake.codes import Code
from callcalm.intake.possessive import steady
from callcalm.intake.spans import LIMITS, Limits, Path, Refusal, Scan, Span, Twice
from callcalm.language import _, grouped

# Possessive throughout: nothing here may ever backtrack, however the text was made.
_BLANK = re.compile(steady(r"(?:[ \t\n]++|#[^\n]*+)*+"))
_SPACE = re.compile(r"[ \t]*+")
_END = re.compile(steady(r"[ \t]*+(?:#[^\n]*+)?+(?:\n|\Z)"))
_BARE = re.compile(r"[A-Za-z0-9_-]++")
_BARES = re.compile(steady(r"[A-Za-z0-9_-]++(?:\.[A-Za-z0-9_-]++)*+(?![ \t]*+\.)"))
# The line that most files are made of, whole: a bare key and a text on one line.
_USUAL = re.compile(
    steady(
        r'([A-Za-z0-9_-]++)[ \t]*+=[ \t]*+("(?!"")[^"\\\n]*+(?:\\[^\n][^"\\\n]*+)*+")'
        r"[ \t]*+(?:#[^\n]*+)?+(?:\n|\Z)"
    )
)
_DOT = re.compile(r"[ \t]*+\.[ \t]*+")
_EQUALS = re.compile(r"[ \t]*+=[ \t]*+")
_BASIC = re.compile(steady(r'"[^"\\\n]*+(?:\\[^\n][^"\\\n]*+)*+"'))
_LITERAL = re.compile(r"'[^'\n]*+'")
_LONG_BASIC = re.compile(steady(r'"""[^"\\]*+(?:(?:\\.|"(?!""))[^"\\]*+)*+"""(?:""?+)?+'), re.DOTALL)
_LONG_LITERAL = re.compile(steady(r"'''[^']*+(?:'(?!'')[^']*+)*+'''(?:''?+)?+"))
_SCALAR = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[^\s,\]}#]*+|[^\s,\]}#\[{\"'=]++")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|x([0-9A-Fa-f]{2})|(.))", re.DOTALL)
_SIMPLE = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b", '"': '"', "\\": "\\"}


def scan(text: str, limits: Limits = LIMITS) -> Scan:
    """One pass over `text` (LF line ends). Linear in its length. Never raises."""
    return scan_parts(text, [(0, len(text))], limits)


def scan_parts(text: str, parts: Iterable[tuple[int, int]], limits: Limits = LIMITS) -> Scan:
    """`scan` of some sections of a text only, as if it held no others: from where each begins to where it ends."""
    scanner = _Scanner(text, limits)
    try:
        for start, end in parts:
            scanner.at = start
            scanner.document(end)
    except _Stop as stop:
        scanner.found.refusal = stop.refusal
    scanner.found.end = scanner.at
    return scanner.found


class _Stop(Exception):
    def __init__(self, refusal: Refusal | None = None) -> None:
        super().__init__()
        self.refusal = refusal


_MOST_TWICE = 1_000
_VALUE, _TABLE, _IMPLIED, _DOTTED, _TABLES = range(5)


class _Scanner:
    def __init__(self, text: str, limits: Limits) -> None:
        self.text = text
        self.limits = limits
        self.at = 0
        self.found = Scan()
        self.kinds: dict[Path, int] = {}
        self.counts: dict[Path, int] = {}
        self.muted = 0

    def document(self, end: int) -> None:
        text = self.text
        table: Path = ()
        while True:
            self.at = _after(_BLANK, text, self.at)
            if self.at >= end:
                return
            usual = _USUAL.match(text, self.at)
            if usual is not None:
                self.record((*table, usual[1]), (*usual.span(1), *usual.span(2)), _VALUE)
                self.at = usual.end()
                continue
            self.found.statement = self.at
            if text[self.at] == "[":
                table = self.header()
            else:
                self.pair(table)
            ended = _END.match(text, self.at)
            if ended is None:
                raise _Stop
            self.at = ended.end()

    def header(self) -> Path:
        start = self.at
        double = self.text.startswith("[[", start)
        self.at = _after(_SPACE, self.text, start + 1 + double)
        parts = self.key()
        self.at = _after(_SPACE, self.text, self.at)
        if not self.text.startswith("]]" if double else "]", self.at):
            raise _Stop
        self.at += 1 + double
        path: Path = ()
        for name, key_start, key_end in parts[:-1]:
            path = (*path, name)
            self.imply(path, key_start, key_end, _IMPLIED)
            if path in self.counts:
                path = (*path, self.counts[path] - 1)
        name, key_start, key_end = parts[-1]
        path = (*path, name)
        span = (key_start, key_end, start, self.at)
        if not double:
            self.declare(path, span)
            return path
        if path in self.kinds and self.kinds[path] != _TABLES:
            self.again(path, span)
            raise _Stop
        if path not in self.kinds:
            self.record(path, span, _TABLES)
        self.counts[path] = self.counts.get(path, 0) + 1
        path = (*path, self.counts[path] - 1)
        self.record(path, (start, self.at, start, self.at), _TABLE)
        return path

    def pair(self, table: Path) -> None:
        parts = self.key()
        equals = _EQUALS.match(self.text, self.at)
        if equals is None:
            raise _Stop
        self.at = equals.end()
        path = table
        for name, key_start, key_end in parts[:-1]:
            path = (*path, name)
            self.imply(path, key_start, key_end, _DOTTED)
        name, key_start, key_end = parts[-1]
        self.value((*path, name), key_start, key_end)

    def key(self) -> list[tuple[str, int, int]]:
        parts: list[tuple[str, int, int]] = []
        bare = _BARES.match(self.text, self.at)
        if bare is not None and bare.group().count(".") < self.limits.key_parts:
            start = self.at
            for name in bare.group().split("."):
                parts.append((name, start, start + len(name)))
                start += len(name) + 1
            self.at = bare.end()
            return parts
        while True:
            start = self.at
            char = self.text[start : start + 1]
            found = (_BASIC if char == '"' else _LITERAL if char == "'" else _BARE).match(self.text, start)
            if found is None:
                raise _Stop
            name = found.group()
            if char == '"':
                name = _unescaped(name[1:-1])
            elif char == "'":
                name = name[1:-1]
            parts.append((name, start, found.end()))
            self.at = found.end()
            if len(parts) > self.limits.key_parts:
                message = _("a key has more than {most} parts").format(most=self.limits.key_parts)
                raise _Stop(Refusal(Code.LONG_KEY, message, parts[0][1], self.at))
            dot = _DOT.match(self.text, self.at)
            if dot is None:
                return parts
            self.at = dot.end()

    def value(self, path: Path, key_start: int, key_end: int) -> None:
        text, start = self.text, self.at
        char = text[start : start + 1]
        if char in {"[", "{"}:
            self.container(path, key_start, key_end, char)
            return
        if char == '"':
            found = (_LONG_BASIC if text.startswith('"""', start) else _BASIC).match(text, start)
        elif char == "'":
            found = (_LONG_LITERAL if text.startswith("'''", start) else _LITERAL).match(text, start)
        else:
            found = _SCALAR.match(text, start)
            if found is not None:
                self.check_number(found.group(), start)
        if found is None:
            raise _Stop
        self.at = found.end()
        self.record(path, (key_start, key_end, start, self.at), _VALUE)

    def container(self, path: Path, key_start: int, key_end: int, opening: str) -> None:
        start = self.at
        # Recorded first, so that spans keep the order of the file; the end is put right below.
        fresh = self.record(path, (key_start, key_end, start, start + 1), _VALUE)
        self.muted += not fresh
        self.at = start + 1
        if opening == "[":
            self.items(path)
        else:
            self.inline(path)
        self.muted -= not fresh
        if fresh:
            self.found.spans[path] = (key_start, key_end, start, self.at)

    def items(self, path: Path) -> None:
        index = 0
        while self.more("]"):
            self.value((*path, index), self.at, self.at)
            index += 1
            if not self.comma("]"):
                return

    def inline(self, path: Path) -> None:
        while self.more("}"):
            self.pair(path)
            if not self.comma("}"):
                return

    def more(self, close: str) -> bool:
        self.at = _after(_BLANK, self.text, self.at)
        if self.text.startswith(close, self.at):
            self.at += 1
            return False
        return True

    def comma(self, close: str) -> bool:
        self.at = _after(_BLANK, self.text, self.at)
        char = self.text[self.at : self.at + 1]
        if char not in {",", close} or not char:
            raise _Stop
        self.at += 1
        return char == ","

    def check_number(self, token: str, start: int) -> None:
        digits = token.lstrip("+-").replace("_", "")
        if len(token) > self.limits.number or (digits.isdecimal() and len(digits) > self.limits.digits):
            message = _("a number has more than {most} digits").format(most=self.limits.digits)
            if not digits[:1].isdecimal():
                # Words without quotes, perhaps: the parser says it better.
                raise _Stop
            raise _Stop(Refusal(Code.LONG_NUMBER, message, start, start + len(token)))

    def imply(self, path: Path, start: int, end: int, kind: int) -> None:
        if path not in self.kinds:
            self.record(path, (start, end, start, end), kind)

    def declare(self, path: Path, span: Span) -> None:
        if self.kinds.get(path) == _IMPLIED:
            self.kinds[path] = _TABLE
            self.found.spans[path] = span
        else:
            self.record(path, span, _TABLE)

    def record(self, path: Path, span: Span, kind: int) -> bool:
        if len(path) > self.limits.depth:
            message = _("tables and lists are nested more than {most} deep").format(most=self.limits.depth)
            raise _Stop(Refusal(Code.TOO_DEEP, message, span[2], span[3]))
        if path in self.kinds:
            self.again(path, span)
            return False
        if self.muted:
            return False
        if len(self.kinds) >= self.limits.items:
            message = _("the file holds more than {most} keys and list items")
            message = message.format(most=grouped(self.limits.items))
            raise _Stop(Refusal(Code.TOO_MANY, message, span[2], span[3]))
        self.kinds[path] = kind
        self.found.spans[path] = span
        return True

    def again(self, path: Path, span: Span) -> None:
        if self.muted:
            return
        name = ".".join(part for part in path if isinstance(part, str))
        header = span[2] <= span[0]
        start, end = span[2:] if header else span[:2]
        first = self.found.spans[path]
        self.found.twice.append(Twice(name, min(first[0], first[2]), start, end))
        if len(self.found.twice) >= _MOST_TWICE:
            raise _Stop


def _after(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return at if found is None else found.end()


def _unescaped(raw: str) -> str:
    def one(hit: re.Match[str]) -> str:
        number = hit[1] or hit[2] or hit[3]
        if number is None:
            return _SIMPLE.get(hit[4], hit[0])
        code = int(number, 16)
        return chr(code) if code <= sys.maxunicode else hit[0]

    return _ESCAPE.sub(one, raw) if "\\" in raw else raw
