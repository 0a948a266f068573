"""Small edits of a writer's own file that leave every other letter of it as it stands.

A changed file must still load; else nothing is written. Line ends, byte order mark and permissions stay.
What must not be here: what the edits are good for, and how anything is said.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

from callcalm.content.hearing import not_yet
from callcalm.content.registry import Rulebook
from callcalm.content.scenario_shape import DEEDS
from callcalm.content.scenarios import CAP, ScenarioFile, read_scenario, scenario_id
from callcalm.core.playbook import Playbook
from callcalm.core.text import Text
from callcalm.insight.saving import trouble_line
from callcalm.intake import BadFile, Source, from_bytes, parse
from callcalm.language import _
from callcalm.storage.durable import replace_file
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
_SHORTEST_WORD: Final = 3
_WORDS: Final = 2
_LONGEST_ID: Final = 40


class CannotEdit(Exception):
    """The file was left as it is; `str()` says why."""


def add_check(path: Path, name: Text, block: str, rulebook: Rulebook, playbooks: Mapping[str, Playbook]) -> None:
    """Add a ``[[checks]]`` block at the end of a scenario file.

    Raises:
        CannotEdit: there is a check of this name, the file would not load with it, or cannot be written.
    """

    def change(file: ScenarioFile) -> str:
        if any(check.name == name for check in file.scenario.checks):
            raise CannotEdit(_("it has a check “{name}” already").format(name=name))
        return f"{file.source.text.rstrip()}\n\n{block}"

    _edit(path, change, rulebook, playbooks)


def add_reply_ids(path: Path, rulebook: Rulebook, playbooks: Mapping[str, Playbook]) -> tuple[str, ...]:
    """Give every reply without an id one, made of its words; the new keys, in the order of the file.

    Checks that name a reply by its number still do. Nothing is written when there is none to give.

    Raises:
        CannotEdit: the file does not load, or cannot be written.
    """
    given: list[str] = []

    def change(file: ScenarioFile) -> str:
        text = file.source.text
        for offset, line, key in sorted(_missing_ids(file), reverse=True):
            given.insert(0, key)
            text = text[:offset] + line + text[offset:]
        return text

    _edit(path, change, rulebook, playbooks)
    return tuple(given)


def _missing_ids(file: ScenarioFile) -> Iterator[tuple[int, str, str]]:
    """Where to put which text, and the key that the reply has then."""
    positions = parse(file.source).positions
    starts = [0, *(end.end() for end in re.finditer("\n", file.source.text))]
    for beat in file.scenario.beats.values():
        taken = {reply.key.partition("/")[2] for reply in beat.replies} | set(DEEDS)
        for index, reply in enumerate(beat.replies):
            if not reply.key.rpartition("/")[2].isdecimal():
                continue
            name = _name(reply.say, taken)
            taken.add(name)
            place = positions.value(("beats", beat.id, "replies", index))
            key = f"{beat.id}/{name}"
            offset = starts[place.line - 1] + place.column - 1
            if file.source.text.startswith("[", offset):  # a header: the id goes on a line of its own under it
                yield starts[place.line], f'id = "{name}"\n', key
            else:  # the brace of an inline table
                yield offset + 1, f' id = "{name}",', key


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
    path: Path, change: Callable[[ScenarioFile], str], rulebook: Rulebook, playbooks: Mapping[str, Playbook]
) -> None:
    try:
        with path.open("rb") as file:
            data = file.read(CAP + 1)
        mode = path.stat().st_mode
    except OSError as error:
        raise CannotEdit(error.strerror or _("it cannot be read")) from error
    try:
        before = from_bytes(data, str(path), CAP)
        new = change(_read(before, path, rulebook, playbooks))
        if new == before.text:
            return
        after = _read(Source(str(path), new), path, rulebook, playbooks)
    except BadFile as bad:
        raise CannotEdit(_("it would not load:") + f"\n{bad}") from bad
    text = after.source.text.replace("\n", "\r\n") if b"\r\n" in data else after.source.text
    try:
        replace_file(path, text.encode("utf-8-sig" if before.marked else "utf-8"))
        path.chmod(mode)
    except CannotSave as error:
        raise CannotEdit(trouble_line(error)) from error


def _read(source: Source, path: Path, rulebook: Rulebook, playbooks: Mapping[str, Playbook]) -> ScenarioFile:
    """The file as a scenario; what its words do is not asked here."""
    return read_scenario(source, scenario_id(path), rulebook, playbooks, not_yet)
