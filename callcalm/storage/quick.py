"""A round that stands exactly as callcalm writes it, read in short without parsing it: some fifty times as fast.

One pattern knows every line of such a block, also those that are not wanted: so a block that the parser would
refuse never fits. Whatever does not fit, and it may be perfectly right, is left to `roundlog` to read in full.
What must not be here: judgement about a block, and files.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import TypeVar

from callcalm.core.price import PriceSheet
from callcalm.core.text import Text, safe
from callcalm.intake.possessive import steady
from callcalm.storage.history import Played, way_of
from callcalm.storage.records import PromiseRecord

MOST = 256 * 1024
"""Longer blocks are left to the parser, which counts what is in them; a call of 100 answers has some 50 KB."""

_MOST_KNOWN = 4096
_Made = TypeVar("_Made")


def _compiled() -> re.Pattern[bytes]:
    """The whole block. Possessive wherever it repeats: it never backtracks, so it takes linear time."""
    escape = r'\\(?:["\\nrt]|u(?!D[89A-F])[0-9A-F]{4}|U000[0-9A-F]{5}|U0010[0-9A-F]{4})'
    run = r"[ !#-\[\]-~\x80-\xff]*+"
    text = rf'"{run}(?:{escape}{run})*+"'
    word = r'"[ !#-\[\]-~]{0,200}+"'
    number = r"(?:[1-9][0-9]{0,8}+|0|-[1-9][0-9]{0,8}+)"
    flag = r"(?:true|false)"
    # Some versions of Python take 24 o'clock for the next day, and the parser does not.
    moment = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}Z"
    sheet = rf"\{{ (?:got = {flag}, )?+fair = {number}" + "".join(
        rf", {part} = {number}" for part in ("priority", "respect", "involvement", "communication", "effort")
    )

    def items(value: str) -> str:
        return rf"\[(?:{value}(?:, {value})*+)?+\]"

    def rows(row: str) -> str:
        return rf"\[\n(?:  \{{ {row} \}},\n)++\]"

    def line(name: str, value: str, *, kept: bool = False, needed: bool = False) -> str:
        held = rf"(?P<{name}>{value})" if kept else value
        return rf"{name} = {held}\n" if needed else rf"(?:{name} = {held}\n)?+"

    finding = rf"\{{ rule = {word}, move = {word}, start = {number}, end = {number} \}}"
    promise = (
        rf"what = {text}(?:, by = {text})?+, keepable = {flag}(?:, follow_up = {text})?+(?:, turn = {number})?+"
    )
    move = rf"turn = {number}, move = {word}(?:, quote = {text})?+"
    action = (
        rf"do = {word}(?:, reply = {word})?+(?:, text = {text})?+(?:, parts = {items(number)})?+"
        rf"(?:, findings = {items(finding)})?+"
    )
    return re.compile(
        steady(
            r"\[\[rounds\]\]\nformat = 1\n"
            r'id = "(?P<id>[ !#-\[\]-~]{1,200}+)"\n'
            + line("finished", moment, kept=True, needed=True)
            + r'scenario = "(?P<scenario>[ !#-\[\]-~]{1,200}+)"\n'
            + line("kind", word, kept=True, needed=True)
            + line("ending", word, kept=True)
            + line("started", moment, kept=True)
            + line("app", text)
            + line("title", text, kept=True)
            + line("digest", word, kept=True)
            + line("language", word, kept=True)
            + line("playbook", word, kept=True)
            + line("follows", word, kept=True)
            + line("opening", text)
            + line("seed", number, needed=True)
            + line("coached", flag, kept=True, needed=True)
            + line("undone", number, kept=True, needed=True)
            + line("composure", items(number), kept=True)
            + line("self", rf"{sheet} \}}", kept=True)
            + line("reference", rf"{sheet} \}}", kept=True)
            + line("transfer", text, kept=True)
            + line("facts", items(text))
            + line("promises", rows(promise), kept=True)
            + line("moves", rows(move), kept=True)
            + line("notes", items(text))
            + line("actions", rows(action), kept=True)
            + r'end = "(?P=id)"\n*+\Z'
        ).encode()
    )


_MOVE = re.compile(rb'\n  \{ (turn = -?[0-9]+, move = "[^"]*)')
_ACTION = re.compile(rb'\n  \{ (do = "(?:right|wrong)", reply = "[^"]*|do = "[^"]*)')
_PROMISE = re.compile(
    steady(
        r'^  \{ what = ("(?:[^"\\]|\\.)*+")(?:, by = ("(?:[^"\\]|\\.)*+"))?+, keepable = (true|false)'
        r'(?:, follow_up = ("(?:[^"\\]|\\.)*+"))?+(?:, turn = (-?[0-9]+))?+ \},$'
    ).encode(),
    re.MULTILINE,
)
_POINTS = re.compile(rb"= (-?[0-9]+)")
_ESCAPE = re.compile(r"\\(?:u(.{4})|U(.{8})|(.))")
_MEANT = {"n": "\n", "r": "\r", "t": "\t"}


class _Known(dict[bytes, _Made]):
    """What was made of the beginnings of rows: many rounds have the same ones, and then share it."""

    def __init__(self, make: Callable[[bytes], _Made]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, row: bytes) -> _Made:
        if len(self) > _MOST_KNOWN:
            self.clear()
        made = self[row] = self._make(row)
        return made


class Quick:
    """Reads blocks in short. What many rounds have in common (titles, sheets, moves) is kept only once."""

    def __init__(self) -> None:
        self._fits = _compiled().match
        self._moves = _Known(_move)
        self._ways = _Known(_way)

    def read(self, data: bytes) -> Played | None:
        """The round in a block; None if it does not stand as callcalm writes it."""
        if len(data) > MOST or (found := self._fits(data)) is None:
            return None
        (
            name,
            finished,
            scenario,
            kind,
            ending,
            started,
            title,
            digest,
            language,
            playbook,
            follows,
            coached,
            undone,
            composure,
            own,
            reference,
            transfer,
            promises,
            moves,
            actions,
        ) = found.groups()
        try:
            if not data.isascii():
                data.decode()
            return Played(
                name.decode(),
                _moment(finished),
                _word(scenario),
                _word(kind[1:-1]),
                _word(ending[1:-1]) if ending else "",
                _moment(started) if started else None,
                _line(title) if title else Text(""),
                _word(digest[1:-1]) if digest else "",
                _word(language[1:-1]) if language else "",
                _word(playbook[1:-1]) if playbook else "",
                coached == b"true",
                int(undone),
                tuple(map(int, composure[1:-1].split(b","))) if composure and composure != b"[]" else (),
                _sheet(own) if own else None,
                _sheet(reference) if reference else None,
                tuple(map(self._moves.__getitem__, _MOVE.findall(moves))) if moves else (),
                tuple(map(_promise, _PROMISE.findall(promises))) if promises else (),
                safe(_string(transfer)) if transfer else Text(""),
                follows[1:-1].decode() if follows else "",
                newer=False,
                complete=True,
                ways=tuple(filter(None, map(self._ways.__getitem__, _ACTION.findall(actions)))) if actions else (),
            )
        except ValueError:
            return None  # no UTF-8, no day of the calendar, or no sheet


def _move(row: bytes) -> tuple[int, str]:
    """The answer and the move of a row that begins ``turn = 1, move = "thank``."""
    turn, _middle, move = row[7:].partition(b', move = "')
    return int(turn), move.decode()


def _way(row: bytes) -> str:
    """How an answer was given, of a row that begins ``do = "say``, in a drill ``do = "right", reply = "say/3``."""
    done, _middle, reply = row[6:].partition(b'", reply = "')
    return way_of(done.decode(), reply.decode())


def _moment(raw: bytes) -> datetime:
    """Raises ValueError for what is no day of the calendar."""
    return datetime.fromisoformat(raw.decode())


@lru_cache(_MOST_KNOWN)
def _word(raw: bytes) -> str:
    """A word of plain ASCII: safe as it is."""
    return raw.decode()


@lru_cache(_MOST_KNOWN)
def _line(raw: bytes) -> Text:
    return safe(_string(raw), multiline=False)


def _string(raw: bytes) -> str:
    """What stands between the quotation marks. Raises ValueError for what is no UTF-8."""
    text = raw[1:-1].decode()
    return _ESCAPE.sub(_meant, text) if "\\" in text else text


def _meant(hit: re.Match[str]) -> str:
    code = hit[1] or hit[2]
    return chr(int(code, 16)) if code else _MEANT.get(hit[3], hit[3])


@lru_cache(_MOST_KNOWN)
def _sheet(raw: bytes) -> PriceSheet:
    """Raises ValueError for points that no sheet can have."""
    got = b"got = true" in raw if b"got" in raw else None
    return PriceSheet(got, *map(int, _POINTS.findall(raw)))


@lru_cache(_MOST_KNOWN)
def _promise(row: tuple[bytes, bytes, bytes, bytes, bytes]) -> PromiseRecord:
    what, by, keepable, follow_up, turn = row
    return PromiseRecord(
        safe(_string(what)),
        _line(by) if by else None,
        keepable == b"true",
        _line(follow_up) if follow_up else None,
        int(turn or 0),
    )
