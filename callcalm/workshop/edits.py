"""Small edits of a writer's own file that leave every other letter of it as it stands.

Text is only ever put in. A changed file must still load; else nothing is written. Line ends, byte order mark and
permissions stay.
What must not be here: what the edits are good for, and how anything is said.
"""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from bisect import bisect_left
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from callcalm.content.hearing import not_yet
from callcalm.content.registry import Rulebook
from callcalm.content.scenario_shape import DEEDS
from callcalm.content.scenarios import CAP, ScenarioFile, read_scenario, scenario_id
from callcalm.core.playbook import Playbook
from callcalm.core.text import Text
from callcalm.insight.saving import trouble_line
from callcalm.intake import BadFile, Source, from_bytes, read_bytes
from callcalm.language import _
from callcalm.storage.durable import replace_file
from callcalm.storage.lock import to_change
from callcalm.storage.trouble import CannotSave

_WORD: Final = re.compile(r"[a-z]+(?:'[a-z]+)*")
_APOSTROPHES: Final = str.maketrans("’ʼ‘", "'''")
_SHORTENED: Final = re.compile(
    r"[a-z]+'(?:t|ll|re|ve|d|m)|(?:that|there|here|what|where|when|who|how|why|he|she|it|let|everything|nothing)'s"
    r"|(?:[cjlnmst]|qu)'(?:est|etais?|etait|ai|avais)"
)
"""Words that are drawn together, such as don't, there's and c'est: nobody would know what is left of one."""

_ELIDED: Final = re.compile(r"^(?:[cdjlmnst]|(?:jus|lors|puis|quel)?qu)'|'s$")
"""What is cut from a word to have the word: of French the article and the like, of English the possessive."""

_ANYBODY_WRITES: Final = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
_SHORTEST_WORD: Final = 3
_WORDS: Final = 2
_LONGEST_ID: Final = 40


Insertion = tuple[int, str]
"""Where in the text of a `Source` to put what."""


class CannotEdit(Exception):
    """The file was left as it is; `str()` says why."""


class NameTaken(CannotEdit):
    """There is a check of this name in the file."""


def add_check(path: Path, name: Text, block: str, rulebook: Rulebook, playbooks: Mapping[str, Playbook]) -> None:
    """Add a ``[[checks]]`` block at the end of a scenario file.

    Raises:
        NameTaken: there is a check of this name.
        BadFile: the file cannot be read, or does not load as it is.
        CannotEdit: it would not load with the block, or cannot be written.
    """

    def change(file: ScenarioFile) -> list[Insertion]:
        if any(check.name == name for check in file.scenario.checks):
            raise NameTaken(_("it has a check “{name}” already").format(name=name))
        text = file.source.text
        if file.positions.has(("checks",)) and not text.startswith("[[", file.positions.start(("checks",))):
            raise CannotEdit(_("its checks stand in one list, checks = […]; write each under [[checks]] first"))
        return [(len(text), ("" if text.endswith("\n") else "\n") + "\n" + block)]

    _edit(path, change, rulebook, playbooks)


def add_reply_ids(path: Path, rulebook: Rulebook, playbooks: Mapping[str, Playbook]) -> tuple[str, ...]:
    """Give every reply without an id one, made of its words; the new keys, in the order of the file.

    Checks that name a reply by its number still do. Nothing is written when there is none to give.

    Raises:
        BadFile: the file cannot be read, or does not load as it is.
        CannotEdit: it cannot be written.
    """
    given: list[str] = []

    def change(file: ScenarioFile) -> list[Insertion]:
        found = sorted(_missing_ids(file))
        given.extend(key for _offset, _line, key in found)
        return [(offset, line) for offset, line, _key in found]

    _edit(path, change, rulebook, playbooks)
    return tuple(given)


def _missing_ids(file: ScenarioFile) -> Iterator[tuple[int, str, str]]:
    """Where to put which text, and the key that the reply has then."""
    text = file.source.text
    for beat in file.scenario.beats.values():
        taken = {reply.key.partition("/")[2] for reply in beat.replies} | set(DEEDS)
        for index, reply in enumerate(beat.replies):
            if not reply.key.rpartition("/")[2].isdecimal():
                continue
            name = _name(reply.say, taken)
            taken.add(name)
            key = f"{beat.id}/{name}"
            offset = file.positions.start(("beats", beat.id, "replies", index))
            if not text.startswith("[", offset):  # the brace of an inline table
                yield offset + 1, f' id = "{name}",', key
                continue
            # A header: the id goes on a line of its own under it, as far in.
            indent = text[text.rfind("\n", 0, offset) + 1 : offset]
            end = text.find("\n", offset) + 1
            yield end, f'{indent}id = "{name}"\n', key


def _name(say: str, taken: set[str]) -> str:
    """An id of the first telling words of an answer, such as ``three-calls``, that no other reply here has."""
    straight = unicodedata.normalize("NFKD", say.translate(_APOSTROPHES))
    plain = straight.encode("ascii", "ignore").decode("ascii").lower()
    found = _WORD.findall(plain)
    telling = [_joined(_ELIDED.sub("", word)) for word in found if not _SHORTENED.fullmatch(word)]
    words = [word for word in telling if len(word) >= _SHORTEST_WORD] or list(map(_joined, found)) or ["reply"]
    stem = "-".join(words[:_WORDS])[:_LONGEST_ID].rstrip("-")
    name, number = stem, 1
    while name in taken:
        number += 1
        name = f"{stem}-{number}"
    return name


def _joined(word: str) -> str:
    return word.replace("'", "")


def _edit(
    path: Path,
    change: Callable[[ScenarioFile], list[Insertion]],
    rulebook: Rulebook,
    playbooks: Mapping[str, Playbook],
) -> None:
    data = read_bytes(path, CAP)
    before = from_bytes(data, str(path), CAP)
    put = change(_read(before, path, rulebook, playbooks))
    if not put:
        return
    mark = BOM_UTF8 if before.marked else b""
    new = mark + _put_in(data[len(mark) :].decode("utf-8"), put).encode("utf-8")
    try:
        _read(from_bytes(new, str(path), CAP), path, rulebook, playbooks)
    except BadFile as bad:
        raise CannotEdit(_("it would not load:") + f"\n{bad}") from bad
    try:
        mode = path.stat().st_mode
        # A file is replaced whole, which the system allows for one that must not be written, too.
        if not (mode & _ANYBODY_WRITES and os.access(path, os.W_OK)):
            raise CannotEdit(_("it is read-only"))
        # Reading takes a while, and the writer may have saved, or another callcalm have written, in the meantime.
        with to_change(path) as ours:
            if not ours or read_bytes(path, CAP) != data:
                raise CannotEdit(_("it was changed just now, by another program; try again"))
            replace_file(path, new)
            path.chmod(mode)
    except (CannotSave, OSError) as error:
        saving = error if isinstance(error, CannotSave) else CannotSave.because(path, error)
        raise CannotEdit(trouble_line(saving)) from error


def _put_in(raw: str, put: Iterable[Insertion]) -> str:
    """The text of a file, CRLF and all, with the insertions; their lines end as the one before them does."""
    # The offsets count CRLF as one: where each stands by that count.
    joined = [end.start() - before for before, end in enumerate(re.finditer("\r\n", raw))]
    parts, done = [], 0
    for offset, text in put:
        at = offset + bisect_left(joined, offset)
        ended = raw.rfind("\n", 0, at)
        crlf = raw[ended - 1 : ended] == "\r" if ended > 0 else "\r\n" in raw
        parts += [raw[done:at], text.replace("\n", "\r\n") if crlf else text]
        done = at
    return "".join([*parts, raw[done:]])


def _read(source: Source, path: Path, rulebook: Rulebook, playbooks: Mapping[str, Playbook]) -> ScenarioFile:
    """The file as a scenario; what its words do is not asked here."""
    return read_scenario(source, scenario_id(path), rulebook, playbooks, not_yet)
