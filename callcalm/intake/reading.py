"""Bytes from outside become a `Source`, or a `BadFile` that says why not. Sizes are bounded here.

What must not be here: any knowledge of what the text means.
"""

from __future__ import annotations

import codecs
import errno
import os
import stat
from pathlib import Path

from callcalm.core.text import Text
from callcalm.intake.codes import Code
from callcalm.intake.problems import BadFile, Problem
from callcalm.intake.source import Source, shown_name

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SAVE_AS = 'In the editor, choose "Save as" and the encoding UTF-8.'
_ON_ERRNO = {
    errno.EACCES: "you are not allowed to read it",
    errno.EPERM: "you are not allowed to read it",
    errno.ENAMETOOLONG: "the name is too long",
    errno.ELOOP: "the link leads back to itself",
    errno.EIO: "the disk reports an error",
}


def read(path: str | os.PathLike[str], cap: int) -> Source:
    """The text of the file at `path`, which may be at most `cap` bytes.

    Never waits: a pipe, a device or a folder is refused. Raises `BadFile`.
    """
    name = shown_name(os.fspath(path))
    try:
        data = _bytes(Path(path), cap, name)
    except (OSError, ValueError) as error:
        raise BadFile([_unreadable(error, name)]) from error
    return from_bytes(data, name, cap)


def from_bytes(data: bytes, name: str, cap: int) -> Source:
    """The text in `data`, called `name` in messages, which may be at most `cap` bytes.

    One byte order mark is left out (`Source.marked`), CRLF becomes LF. Raises `BadFile` for what is too large,
    is not UTF-8, or holds NUL characters.
    """
    shown = shown_name(name)
    if len(data) > cap:
        message = f"the file is larger than {_size(cap)}, the most that a file of its kind may be"
        raise BadFile([Problem(Code.TOO_LARGE, message, file=shown)])
    if data.startswith(_UTF16_MARKS):
        message = "the file is UTF-16 or UTF-32, not UTF-8"
        raise BadFile([Problem(Code.NOT_UTF8, message, hint=_SAVE_AS, file=shown)])
    marked = data.startswith(codecs.BOM_UTF8)
    body = data[len(codecs.BOM_UTF8) :] if marked else data
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        source = Source(shown, _lf(body.decode("utf-8", "replace")), marked=marked)
        raise BadFile([_not_utf8(source, body, error)], source) from error
    source = Source(shown, _lf(text), marked=marked)
    nul = source.text.find("\0")
    if nul >= 0:
        raise BadFile([_binary(source, nul)], source)
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
    kind = next(
        (
            word
            for test, word in (
                (stat.S_ISDIR, "a folder"),
                (stat.S_ISFIFO, "a pipe"),
                (stat.S_ISSOCK, "a socket"),
                (stat.S_ISCHR, "a device"),
                (stat.S_ISBLK, "a device"),
            )
            if test(mode)
        ),
        "something else",
    )
    raise BadFile([Problem(Code.NOT_A_FILE, f"this is {kind}, not a file", file=name)])


def _unreadable(error: OSError | ValueError, name: Text) -> Problem:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return Problem(Code.NO_FILE, "there is no such file", file=name)
    if isinstance(error, OSError):
        reason = _ON_ERRNO.get(error.errno or 0, f"the system says {errno.errorcode.get(error.errno or 0, '?')}")
    else:
        reason = "its name is not one that a file can have"
    return Problem(Code.UNREADABLE, f"the file cannot be read: {reason}", file=name)


def _not_utf8(source: Source, body: bytes, error: UnicodeDecodeError) -> Problem:
    offset = len(_lf(body[: error.start].decode("utf-8")))
    byte = body[error.start]
    message = f"the file is not UTF-8: byte 0x{byte:02X} cannot stand here"
    windows = bytes([byte]).decode("cp1252", "replace")
    hint = f"It may be Windows-1252, where this byte is “{windows}”. {_SAVE_AS}" if windows.isalpha() else _SAVE_AS
    return Problem(Code.NOT_UTF8, message, source.place(offset), hint, source.name)


def _binary(source: Source, nul: int) -> Problem:
    # Plain letters written as UTF-16 without a mark: every second byte is NUL.
    start = source.text[:400]
    if start.count("\0") * 5 >= len(start) * 2:
        return Problem(
            Code.BINARY, "the file seems to be UTF-16, not UTF-8", source.place(nul), _SAVE_AS, source.name
        )
    message = "the file holds a NUL character: it is not a text file, or it is damaged"
    return Problem(Code.BINARY, message, source.place(nul), file=source.name)


def _lf(text: str) -> str:
    return text.replace("\r\n", "\n")


def _size(cap: int) -> str:
    for unit, name in ((1024 * 1024, "MiB"), (1024, "KiB")):
        if cap >= unit and cap % unit == 0:
            return f"{cap // unit} {name}"
    return f"{cap} bytes"
