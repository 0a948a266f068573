"""A session as a TOML file: a header, then one `[[events]]` block for each step; only added to.

Tallies only: no ids, and nothing that participants wrote but an answer that was projected. What must not be here:
what the events mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from callcalm.core.moves import Finding
from callcalm.core.text import Text
from callcalm.intake import BadFile, read
from callcalm.language import _
from callcalm.room.entries import Do, Entry
from callcalm.storage import emit
from callcalm.storage.fields import Fields
from callcalm.storage.parsing import NotRead, values

FORMAT: Final = 1
CAP: Final = 16 * 1024 * 1024
"""Largest session file that is read, in bytes; a day of questions takes some hundred kilobytes."""

_MARK = "\n[[events]]\n"
_FIRST_LINE = "# A session of callcalm: what was asked, and how many answered what. It names nobody.\n"


class BadSession(Exception):
    """A session file that cannot be used; `str()` says why and what can be done, safe to show."""


class NoSession(BadSession):
    """There is no file of a session that was named."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a session was opened with.

    `scenario` is what the encounter is loaded by, `digest` the text of its file then; `draw` settles ties; `hands`
    tells that there were no phones.
    """

    session: Text
    started: datetime
    scenario: Text
    title: Text
    digest: Text
    language: Text
    playbook: Text
    seed: int
    draw: Text
    hands: bool
    app: Text = Text("")  # noqa: RUF009  (a NewType of str: immutable)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A session file that was read.

    `sound` is the text of it that is whole; `torn` tells that the rest was cut off in the middle of a write;
    `damage` says what is wrong before that, with the line, and nothing after it was read.
    """

    header: Header
    entries: tuple[Entry, ...]
    sound: str
    torn: bool = False
    damage: str = ""


def header_bytes(header: Header) -> bytes:
    """The beginning of a file."""
    names = ("session", "started", "scenario", "title", "digest", "language", "playbook", "seed", "draw")
    pairs: list[tuple[str, object]] = [("format", FORMAT), ("app", header.app)]
    pairs += [(name, getattr(header, name)) for name in (*names, "hands")]
    pairs.append(("end", 0))
    return (_FIRST_LINE + emit.lines(pairs)).encode()


def entry_bytes(number: int, entry: Entry, at: datetime) -> bytes:
    """One event, the `number`-th from 1; its last line says that it is whole."""
    pairs: list[tuple[str, object]] = [("do", entry.do.value), ("at", at.replace(microsecond=0))]
    if entry.keys:
        pairs.append(("keys", entry.keys))
    if entry.counts:
        pairs.append(("counts", entry.counts))
    pairs += [(name, getattr(entry, name)) for name in ("letter", "by", "text", "reply") if getattr(entry, name)]
    if entry.findings:
        found = [{"rule": f.rule, "move": f.move, "start": f.start, "end": f.end} for f in entry.findings]
        pairs.append(("findings", found))
    if entry.books:
        pairs.append(("books", entry.books))
    if entry.factor:
        pairs.append(("factor", entry.factor))
    if entry.spreads:
        spreads = {key: {str(value): n for value, n in counts.items()} for key, counts in entry.spreads.items()}
        pairs.append(("spreads", spreads))
    pairs += [(name, getattr(entry, name)) for name in ("page", "joined") if getattr(entry, name)]
    return (_MARK + emit.lines([*pairs, ("end", number)])).encode()


def read_session(path: Path) -> Recorded:
    """Read a session file, as far as it is whole.

    Raises:
        BadSession: it is not there, cannot be read, is no session file, or of a later callcalm.
    """
    try:
        source = read(path, CAP)
    except BadFile as bad:
        raise BadSession(str(bad)) from bad
    text, torn = _without_torn_mark(source.text)
    head, *events = text.split(_MARK)
    header = _header(head, path.name, torn=not events)
    entries: list[Entry] = []
    line, sound = head.count("\n") + 2, len(head)
    for number, event in enumerate(events, 1):
        entry, fault = _entry(event, number, path.name)
        if entry is None:
            if number == len(events) and _cut_off(event):
                return Recorded(header, tuple(entries), text[:sound], torn=True)
            where = _("{file}, line {line}: {fault}").format(file=path.name, line=line, fault=fault)
            return Recorded(header, tuple(entries), text[:sound], damage=where)
        entries.append(entry)
        line += event.count("\n") + _MARK.count("\n")
        sound += len(_MARK) + len(event)
    return Recorded(header, tuple(entries), text, torn=torn)


def _without_torn_mark(text: str) -> tuple[str, bool]:
    """The text without the beginning of an event's first line at its end, and whether there was one."""
    for length in range(len(_MARK) - 1, 1, -1):
        if text.endswith(_MARK[:length]):
            return text[:-length], True
    return text, False


def _cut_off(event: str) -> bool:
    """Whether an event's last line is missing: then it is a write that was cut off, not one that was edited."""
    last = event.rstrip("\n").rpartition("\n")[2]
    return not (last.startswith("end = ") and event.endswith("\n"))


def _header(head: str, name: str, *, torn: bool) -> Header:
    try:
        table = values(head.encode(), name)
    except NotRead as error:
        if torn:
            raise BadSession(
                _("{file} holds no session: it was cut off at its beginning.").format(file=name)
            ) from error
        where = _("{file}, line {line}: {fault}").format(file=name, line=error.line, fault=error)
        raise BadSession(where) from error
    fields = Fields(table)
    number = fields.number("format")
    if number > FORMAT:
        raise BadSession(
            _("{file} was written by a later callcalm (format {n}); update callcalm to read it.").format(
                file=name, n=number
            )
        )
    started = fields.moment("started")
    word = fields.word
    header = Header(
        session=word("session"),
        started=started or datetime.min,  # noqa: DTZ901  (refused below)
        scenario=word("scenario"),
        title=word("title"),
        digest=word("digest"),
        language=word("language"),
        playbook=word("playbook"),
        seed=fields.number("seed"),
        draw=word("draw"),
        hands=fields.flag("hands"),
        app=word("app"),
    )
    if (
        number != FORMAT
        or started is None
        or not header.scenario
        or not header.session
        or "end" not in fields.left
    ):
        raise BadSession(_("{file} is no session file, or its beginning has been changed.").format(file=name))
    return header


def _entry(event: str, number: int, name: str) -> tuple[Entry | None, str]:
    """An event, or None and what is wrong with it."""
    try:
        fields = Fields(values(event.encode(), name))
    except NotRead as error:
        return None, str(error)
    end = fields.number("end")
    if end != number:
        return None, _("this is event {n}, and its last line should be: end = {n}").format(n=number)
    word = fields.word("do")
    try:
        do = Do(word)
    except ValueError:
        return None, _("“{word}” is nothing that a session does").format(word=word)
    text = fields.word("text")
    entry = Entry(
        do=do,
        keys=tuple(fields.texts("keys")),
        counts=_counts(fields, "counts"),
        letter=fields.word("letter"),
        by=fields.word("by"),
        text=text,
        findings=_findings(fields, text),
        reply=fields.word("reply"),
        books=tuple(fields.texts("books")),
        factor=fields.word("factor"),
        spreads=_spreads(fields),
        page=fields.number("page"),
        joined=fields.number("joined"),
    )
    return (None, fields.faults[0]) if fields.faults else (entry, "")


def _counts(fields: Fields, key: str) -> Mapping[str, int]:
    found = fields.left.pop(key, {})
    if isinstance(found, dict) and all(_is_count(n) for n in found.values()):
        return dict(found)
    fields.fault(key, "a tally")
    return {}


def _spreads(fields: Fields) -> Mapping[str, Mapping[int, int]]:
    found = fields.left.pop("spreads", {})
    try:
        return {str(key): {int(value): _count(n) for value, n in counts.items()} for key, counts in _items(found)}
    except (ValueError, AttributeError):
        fields.fault("spreads", "a table of tallies")
        return {}


def _items(found: object) -> Iterable[tuple[str, Mapping[str, object]]]:
    if not isinstance(found, dict):
        raise ValueError("not a table")  # noqa: TRY004  (told as a fault of the file, not of the program)
    return found.items()


def _count(found: object) -> int:
    if not _is_count(found) or not isinstance(found, int):
        raise ValueError("not a count")
    return found


def _is_count(found: object) -> bool:
    return isinstance(found, int) and not isinstance(found, bool) and found >= 0


def _findings(fields: Fields, text: Text) -> tuple[Finding, ...]:
    made = []
    for one in fields.tables("findings"):
        start = max(0, min(one.number("start"), len(text)))
        end = max(start, min(one.number("end"), len(text)))
        made.append(Finding(one.word("rule"), one.word("move"), start, end, text[start:end]))
        fields.faults.extend(one.faults)
    return tuple(made)
