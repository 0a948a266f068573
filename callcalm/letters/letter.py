"""A letter: its text, and which stretch of it holds the writer's own words. Files of every kind come in here.

What must not be here: reading the words.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path, PurePath

from callcalm.core.hints import Final
from callcalm.core.records import NamedTuple
from callcalm.intake import BadFile, Source, from_bytes, read
from callcalm.letters.blanks import without_addresses

CAP: Final = 10 * 1024 * 1024
"""Largest letter, in bytes."""


class Kind(StrEnum):
    """How a letter is written down."""

    TEXT = "text"
    MARKDOWN = "markdown"
    MAIL = "mail"


class Letter(NamedTuple):
    """A text to be read.

    `words` is a stretch of ``source.text`` that begins at code point `start`; what in it is not the writer's own
    (code, quotations, addresses) is blank, so that places stay right. `remarks` are sentences for the reader.
    """

    source: Source
    words: str
    start: int = 0
    remarks: tuple[str, ...] = ()


def kind_of(name: str) -> Kind:
    """The kind that the ending of a file's name tells; plain text for any other."""
    ending = PurePath(name).suffix.lower()
    return {".md": Kind.MARKDOWN, ".markdown": Kind.MARKDOWN, ".eml": Kind.MAIL}.get(ending, Kind.TEXT)


def read_letter(path: str) -> Letter:
    """The letter in a file. Raises `BadFile` for what is missing, too large, or no text."""
    kind = kind_of(path)
    try:
        return _letter(read(path, CAP), kind)
    except BadFile as bad:
        if kind is not Kind.MAIL or not _in_another_encoding(bad):
            raise
    # An older mail: every part says how it is encoded. That it is a file of a fair size has just been seen.
    with Path(path).open("rb") as stream:
        return letter_from(stream.read(CAP), path)


def letter_from(data: bytes, name: str) -> Letter:
    """The letter in these bytes, of the kind that `name` tells. Raises `BadFile`."""
    kind = kind_of(name)
    try:
        return _letter(from_bytes(data, name, CAP), kind)
    except BadFile as bad:
        if kind is not Kind.MAIL or not _in_another_encoding(bad):
            raise
    from callcalm.letters.mail import foreign_mail  # noqa: PLC0415 - the mail library is large

    return foreign_mail(data, name)


def _in_another_encoding(bad: BadFile) -> bool:
    from callcalm.intake import Code  # noqa: PLC0415 - most letters have nothing wrong

    return bad.problems[0].code is Code.NOT_UTF8


def _letter(source: Source, kind: Kind) -> Letter:
    if kind is Kind.MAIL:
        from callcalm.letters.mail import mail  # noqa: PLC0415 - the mail library is large

        return mail(source)
    if kind is Kind.MARKDOWN:
        from callcalm.letters.markdown import own_words  # noqa: PLC0415

        return Letter(source, without_addresses(own_words(source.text)))
    return Letter(source, without_addresses(source.text))
