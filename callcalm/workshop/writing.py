"""A scenario as commented TOML text, from data in the form that its file has. No choice of words is made here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from textwrap import wrap
from typing import Any, Final

from callcalm.core.text import UNSAFE, safe
from callcalm.storage import emit

Path = tuple[str | int, ...]

WIDTH: Final = 110

_HEAD: Final = (
    "format",
    "title",
    "language",
    "channel",
    "setting",
    "level",
    "minutes",
    "playbook",
    "teaches",
    "brief",
    "pressed",
)
_TABLES: Final = ("caller", "start", "vars")
_LISTS: Final = ("beats", "endings", "checks")
_BLOCKS: Final = ("otherwise", "cut_in")
"""Tables of a beat that get a header of their own."""

_ESCAPED = re.compile(rf'["\\]|{UNSAFE}')


@dataclass(slots=True)
class Draft:
    """A scenario to be written: `data` as its file has it, `comments` by path, and `top`, what stands above all.

    `checks` are tables for ``[[checks]]`` that are written only if they hold. With `timed`, how long it
    takes to play is measured when it is written.
    """

    data: dict[str, Any]
    comments: dict[Path, list[str]] = field(default_factory=dict)
    top: list[str] = field(default_factory=list)
    checks: list[dict[str, Any]] = field(default_factory=list)
    timed: bool = False

    def note(self, path: Path, *sentences: str) -> None:
        """Add comments above the thing at `path`."""
        self.comments.setdefault(path, []).extend(sentence for sentence in sentences if sentence)


def scenario_text(draft: Draft) -> str:
    """The whole file."""
    return "\n".join(_lines(draft)) + "\n"


def comment(sentences: Iterable[str]) -> Iterator[str]:
    """The sentences as comment lines, each safe and not too wide."""
    for sentence in sentences:
        flat = safe(sentence, multiline=False)
        for line in wrap(flat, WIDTH - 2, break_long_words=True, break_on_hyphens=False) or [""]:
            yield f"# {line}".rstrip()


def _lines(draft: Draft) -> Iterator[str]:
    data, comments = draft.data, draft.comments
    yield from comment(draft.top)
    if draft.top:
        yield ""
    rest = [key for key in data if key not in {*_HEAD, *_TABLES, *_LISTS}]
    yield from _pairs(data, [key for key in (*_HEAD, *rest) if key in data], (), comments)
    for name in _TABLES:
        if data.get(name):
            yield from ("", *comment(comments.get((name,), ())), f"[{name}]")
            yield from _pairs(data[name], data[name], (name,), comments)
    if ("beats",) in comments:
        yield from ("", "", *comment(comments["beats",]))
    for name, beat in data["beats"].items():
        yield from _beat(beat, ("beats", name), comments)
    if ("endings",) in comments:
        yield from ("", "", *comment(comments["endings",]))
    for name, ending in data["endings"].items():
        path = ("endings", name)
        yield from ("", *comment(comments.get(path, ())), f"[endings.{emit.key(name)}]")
        yield from _pairs(ending, ending, path, comments)
    for number, check in enumerate(data.get("checks", ())):
        yield ""
        if number == 0:
            yield from ("", *comment(comments.get(("checks",), ())))
        yield from (*comment(comments.get(("checks", number), ())), "[[checks]]")
        yield from _pairs(check, check, ("checks", number), comments)


def _beat(beat: Mapping[str, Any], path: Path, comments: Mapping[Path, Sequence[str]]) -> Iterator[str]:
    name = emit.key(str(path[1]))
    yield from ("", "", *comment(comments.get(path, ())), f"[beats.{name}]")
    plain = [key for key in beat if key != "replies" and key not in _BLOCKS]
    yield from _pairs(beat, plain, path, comments)
    for number, reply in enumerate(beat.get("replies", ())):
        here = (*path, "replies", number)
        yield from ("", *comment(comments.get(here, ())), f"[[beats.{name}.replies]]")
        yield from _pairs(reply, reply, here, comments)
    for key in _BLOCKS:
        if key in beat:
            yield from ("", *comment(comments.get((*path, key), ())), f"[beats.{name}.{key}]")
            yield from _pairs(beat[key], beat[key], (*path, key), comments)


def _pairs(
    table: Mapping[str, Any], keys: Iterable[str], path: Path, comments: Mapping[Path, Sequence[str]]
) -> Iterator[str]:
    for key in keys:
        yield from comment(comments.get((*path, key), ()))
        value = table[key]
        if isinstance(value, str) and "\n" in value:
            yield f"{emit.key(key)} = {_block(value)}"
        else:
            yield emit.lines([(key, value)]).removesuffix("\n")


def _block(text: str) -> str:
    body = "\n".join(_ESCAPED.sub(_escape, line) for line in text.split("\n"))
    return f'"""\n{body}"""'


def _escape(hit: re.Match[str]) -> str:
    return emit.string(hit.group())[1:-1]
