"""The log of a player's rounds: ``NAME.toml``, a header and then one ``[[rounds]]`` block for each round.

Each round is read on its own, so that what is damaged costs nothing but itself. What must not be here: writing
(see `addition`), locks, or which file belongs to whom.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from callcalm.core.records import NamedTuple
from callcalm.storage.blocks import MAX_BLOCK, MAX_LOG, Block, Lines, blocks, last_end, open_log
from callcalm.storage.fields import Fields
from callcalm.storage.history import Played
from callcalm.storage.parsing import NotRead, values
from callcalm.storage.recording import BadRecord, read_round
from callcalm.storage.records import FORMAT, RoundRecord
from callcalm.storage.trouble import SaveProblem, Trouble

_HEAD = re.compile(
    rb'\[\[rounds\]\]\nformat = 1\nid = "([ !#-\[\]-~]+)"\nfinished = ([0-9T:-]{19}Z)\n'
    rb'scenario = "([ !#-\[\]-~]+)"\nkind = "([ !#-\[\]-~]*)"\n'
    rb'(?:ending = "([ !#-\[\]-~]*)"\n)?'
)
"""The first lines of a round as callcalm writes them: plain ASCII, nothing escaped."""

_HEADER = re.compile(
    rb'(?:#[ -~]*\n)*format = 1\napp = "[ !#-\[\]-~]*"\nplayer = "([ !#-\[\]-~]*)"\n'
    rb'(?:language = "[a-z-]*"\n)?created = [0-9T:-]{19}Z\n\s*'
)
"""A whole header as callcalm writes it."""

_MOST_FAULTS = 5
_ENDING = 200


class Header(NamedTuple):
    """What a log says of itself, as far as it can be read. `player` is empty if it does not say."""

    player: str = ""
    format: int = FORMAT

    @property
    def newer(self) -> bool:
        """Whether a later callcalm wrote the log."""
        return self.format > FORMAT


class Head(NamedTuple):
    """What home needs of a round."""

    id: str
    finished: datetime
    scenario: str
    kind: str
    complete: bool = True
    ending: str = ""

    @classmethod
    def of(cls, record: RoundRecord) -> Head:
        """The same of a whole round."""
        return cls(record.id, record.finished, record.scenario, record.kind, record.complete, record.ending)


def header(path: Path) -> Header:
    """The header of a log; an empty one if there is no log, or none that can be read. Never raises."""
    try:
        with open_log(path) as stream:
            block = next(blocks(stream))
            plain = _HEADER.fullmatch(block.data)
            if plain is not None:
                return Header(plain[1].decode())
            fields = Fields(values(block.data, path.name))
    except (OSError, ValueError, NotRead):
        return Header()
    return Header(fields.word("player"), fields.number("format") if "format" in fields.left else FORMAT)


def rounds(path: Path, problems: list[SaveProblem]) -> Iterator[RoundRecord]:
    """Every round of the log that can be read, in order; what was met goes to `problems`. Never raises."""
    lines = Lines(path)
    for block in _blocks(path, problems):
        yield from _records(block, path, lines, problems)


def heads(path: Path, problems: list[SaveProblem]) -> Iterator[Head]:
    """The same rounds, as far as home needs them, without parsing those that look as callcalm writes them.

    So a round that is damaged after its first lines is still among them.
    """
    lines = Lines(path)
    for block in _blocks(path, problems):
        head = _head(block)
        if head is not None:
            yield head
        else:
            yield from map(Head.of, _records(block, path, lines, problems))


def history(path: Path, problems: list[SaveProblem]) -> Iterator[Played]:
    """What `rounds` gives, in short and much faster; the problems are the same too."""
    from callcalm.storage.quick import Quick  # noqa: PLC0415 - home needs none of it, and its patterns take a while

    lines = Lines(path)
    read = Quick().read
    for block in _blocks(path, problems):
        played = read(block.data) if block.whole else None
        if played is not None:
            yield played
        else:
            yield from map(Played.of, _records(block, path, lines, problems))


def raw_rounds(path: Path) -> Iterator[tuple[tuple[str, ...], bytes]]:
    """The ids in every block that can be read, and its bytes as they stand in the file."""
    lines = Lines(path)
    for block in _blocks(path, []):
        head = _head(block)
        ids = (head.id,) if head else tuple(record.id for record in _records(block, path, lines, []))
        if ids:
            yield ids, block.data


def sound_part(block: Block) -> int:
    """How many bytes of the last block of a log are worth keeping in their place: all but a torn end."""
    for size in (block.size, last_end(block.data)):
        if size and _is_sound(block.data[:size], header=block.header):
            return size
    return 0


def _is_sound(data: bytes, *, header: bool) -> bool:
    table = _values_or_none(data)
    try:
        return table is not None and (header or any(read_round(item) for item in _tables(table)))
    except BadRecord:
        return False


def _blocks(path: Path, problems: list[SaveProblem]) -> Iterator[Block]:
    """The blocks that have something to read in them."""
    try:
        with open_log(path) as stream:
            for block in blocks(stream):
                if not block.header or not (_HEADER.fullmatch(block.data) or not block.data.strip()):
                    yield block
            if stream.tell() >= MAX_LOG and stream.read(1):
                problems.append(SaveProblem(Trouble.TOO_LARGE, path))
    except FileNotFoundError:
        return
    except (OSError, ValueError) as error:
        problems.append(SaveProblem(Trouble.UNREADABLE, path, detail=type(error).__name__))


def _head(block: Block) -> Head | None:
    """What home needs of a round that stands as callcalm writes it, else None."""
    found = _HEAD.match(block.data)
    if found is None or not block.whole or not block.data[-_ENDING:].rstrip().endswith(b'\nend = "%b"' % found[1]):
        return None
    try:
        finished = datetime.fromisoformat(found[2].decode())
    except ValueError:
        return None  # not a day of the calendar
    ending = (found[5] or b"").decode()
    return Head(found[1].decode(), finished, found[3].decode(), found[4].decode(), ending=ending)


def _records(block: Block, path: Path, lines: Lines, problems: list[SaveProblem]) -> Iterator[RoundRecord]:
    """The rounds of one block, mostly one; what is wrong goes to `problems`."""

    def met(kind: Trouble, detail: str, start: int = 0) -> None:
        line = lines.at(block.start)
        first = line + block.data.count(b"\n", 0, start)
        last = line + block.data.rstrip().count(b"\n")
        problems.append(SaveProblem(kind, path, (first, max(first, last)), detail))

    bad = Trouble.TORN if block.last and not block.ended else Trouble.DAMAGED
    if not block.whole:
        met(Trouble.DAMAGED, f"longer than {MAX_BLOCK} bytes")
        return
    try:
        table = values(block.data, path.name)
    except NotRead as error:
        end = last_end(block.data)
        sound = _values_or_none(block.data[:end]) if 0 < end < block.size else None
        met(bad, str(error), end if sound else 0)
        if sound is None:
            return
        table = sound
    if block.header and Fields(table).number("format") > FORMAT:
        problems.append(SaveProblem(Trouble.NEWER, path))
    for item in _tables(table):
        try:
            record, faults = read_round(item)
        except BadRecord as error:
            newer = Fields(item).number("format") > FORMAT
            met(Trouble.NEWER if newer else bad, str(error))
            continue
        if faults and not record.newer:
            met(Trouble.FIELDS, "; ".join(faults[:_MOST_FAULTS]))
        yield record


def _values_or_none(data: bytes) -> Mapping[str, Any] | None:
    try:
        return values(data, "")
    except NotRead:
        return None


def _tables(table: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found = table.get("rounds")
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []
