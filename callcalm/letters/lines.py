"""Text in, findings out, a line of JSON each (`--jsonl`): for programs with many texts. Streaming, memory flat.

What must not be here: files and their kinds.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from callcalm.coach import read
from callcalm.core.hints import IO, Any, Final
from callcalm.language import _
from callcalm.letters.books import Books
from callcalm.letters.tongue import AUTO, LANGUAGES, language_of

CAP: Final = 10 * 1024 * 1024
"""Longest line, in bytes."""


class BadLine(ValueError):
    """A line that is not a text to read; `str()` says why. `id` is the line's own, where it has one."""

    def __init__(self, why: str, id: object = None) -> None:  # noqa: A002 - as the line calls it
        self.id = id
        super().__init__(why)


def answers(
    stream: IO[bytes], books: Books, language: str = AUTO, ignored: frozenset[str] = frozenset()
) -> Iterator[tuple[str, bool]]:
    """For each line of `stream` one line to write, without its end, and whether the line was good.

    A line is ``{"id": …, "text": …, "lang": "en" | "fr" | "auto"}``; without `lang` it is read in `language`.
    `ignored` are rules and moves to leave out. Offsets are code points of the text. Raises `BadFile` for an own
    phrasebook that cannot be used.
    """
    for line in iter(lambda: stream.readline(CAP + 1), b""):
        try:
            yield _dumped(_answer(_whole(line, stream.readline), books, language, ignored)), True
        except BadLine as bad:
            yield _dumped({"id": bad.id, "error": str(bad)}), False


def _whole(line: bytes, more: Callable[[int], bytes]) -> bytes:
    if len(line) > CAP and not line.endswith(b"\n"):
        rest = line
        while rest and not rest.endswith(b"\n"):
            rest = more(CAP)
        raise BadLine(_("the line is longer than {n} MiB").format(n=CAP // 1024 // 1024))
    return line


def _answer(line: bytes, books: Books, language: str, ignored: frozenset[str]) -> dict[str, Any]:
    try:
        item = json.loads(line, parse_constant=_no_json)
    except UnicodeDecodeError as error:
        raise BadLine(_("the line is not UTF-8")) from error
    except json.JSONDecodeError as error:
        raise BadLine(_("the line is not JSON")) from error
    except (ValueError, RecursionError) as error:
        raise BadLine(_("the line holds a number that is too large, or is nested too deep")) from error
    if not isinstance(item, dict):
        raise BadLine(_("the line is not an object with id and text"))
    text, code = item.get("text"), item.get("lang")
    if "id" not in item:
        raise BadLine(_("id is missing"))
    try:
        _dumped(item["id"])
    except (ValueError, RecursionError) as error:
        raise BadLine(_("id holds a number that is too large, or is nested too deep")) from error
    if not isinstance(text, str):
        raise BadLine(_("text is missing") if text is None else _("text is not a string"), item["id"])
    code = language if code is None else code
    if code not in (*LANGUAGES, AUTO):
        raise BadLine(_("lang is not en, fr or auto"), item["id"])
    book = books[language_of(text) if code == AUTO else code]
    found = [
        {
            "kind": "defensive" if book.rules[finding.rule].costs else "helpful",
            "rule": finding.rule,
            "move": finding.move,
            "start": finding.start,
            "end": finding.end,
        }
        for finding in read(text, book)
        if finding.rule not in ignored and finding.move not in ignored
    ]
    return {"id": item["id"], "findings": found}


def _no_json(name: str) -> None:
    raise json.JSONDecodeError(name, "", 0)


def _dumped(answer: object) -> str:
    # ASCII only: whatever code point stands in an id, the line can be written.
    return json.dumps(answer, separators=(",", ":"), allow_nan=False)
