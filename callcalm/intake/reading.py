"""Bytes from outside become a `Source`, or a `BadFile` that says why not. Sizes are bounded here.

What must not be here: any knowledge of what the text means.
"""

from __future__ import annotations

import codecs
import os
import stat
from pathlib import Path

from callcalm.core.text import Text
from callcalm.intake.source import Source, shown_name
from callcalm.language import _

_DOCUMENTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf")
"""How the files of word processors begin: docx and odt, doc, rtf."""

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read(path: str | os.PathLike[str], cap: int) -> Source:
    """The text of the file at `path`, which may be at most `cap` bytes.

    Never waits: a pipe, a device or a folder is refused. Raises `BadFile`.
    """
    return from_bytes(read_bytes(path, cap), os.fspath(path), cap)


def read_bytes(path: str | os.PathLike[str], cap: int) -> bytes:
    """What the file holds as it stands, up to one byte more than `cap`. Raises `BadFile`, as `read` does."""
    name = shown_name(os.fspath(path))
    try:
        return _bytes(Path(path), cap, name)
    except (OSError, ValueError) as error:
        # Codes and words for what is wrong take a millisecond to load, and nearly all files are well.
        from callcalm.intake.unread import unreadable  # noqa: PLC0415

        raise unreadable(error, name) from error


def from_bytes(data: bytes, name: str, cap: int) -> Source:
    """The text in `data`, called `name` in messages, which may be at most `cap` bytes.

    One byte order mark is left out (`Source.marked`), CRLF becomes LF. Raises `BadFile` for what is too large,
    is not UTF-8, holds NUL characters, or comes from a word processor.
    """
    shown = shown_name(name)
    if len(data) > cap:
        from callcalm.intake.unread import too_large  # noqa: PLC0415 - as above

        raise too_large(cap, shown)
    if data.startswith(_UTF16_MARKS):
        from callcalm.intake.unread import utf16  # noqa: PLC0415 - as above

        raise utf16(shown)
    if data.startswith(_DOCUMENTS):
        from callcalm.intake.unread import document  # noqa: PLC0415 - as above

        raise document(shown)
    marked = data.startswith(codecs.BOM_UTF8)
    body = data[len(codecs.BOM_UTF8) :] if marked else data
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        source = Source(shown, _lf(body.decode("utf-8", "replace")), marked=marked)
        from callcalm.intake.unread import not_utf8  # noqa: PLC0415 - as above

        offset = len(_lf(body[: error.start].decode("utf-8")))
        raise not_utf8(source, offset, body[error.start]) from error
    source = Source(shown, _lf(text), marked=marked)
    nul = source.text.find("\0")
    if nul >= 0:
        from callcalm.intake.unread import binary  # noqa: PLC0415 - as above

        raise binary(source, nul)
    return source


def _bytes(path: Path, cap: int, name: Text) -> bytes:
    _must_be_regular(path.stat().st_mode, name)
    # A file may turn into a pipe between the two looks: then opening it must not wait for a writer.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags), "rb") as stream:
        _must_be_regular(os.fstat(stream.fileno()).st_mode, name)
        return stream.read(cap + 1)


def _must_be_regular(mode: int, name: Text) -> None:
    if stat.S_ISREG(mode):
        return
    message = next(
        (
            words
            for test, words in (
                (stat.S_ISDIR, _("this is a folder, not a file")),
                (stat.S_ISFIFO, _("this is a pipe, not a file")),
                (stat.S_ISSOCK, _("this is a socket, not a file")),
                (stat.S_ISCHR, _("this is a device, not a file")),
                (stat.S_ISBLK, _("this is a device, not a file")),
            )
            if test(mode)
        ),
        _("this is something else, not a file"),
    )
    from callcalm.intake.unread import not_a_file  # noqa: PLC0415 - as above

    raise not_a_file(message, name)


def _lf(text: str) -> str:
    return text.replace("\r\n", "\n")
