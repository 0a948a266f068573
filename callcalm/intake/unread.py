"""What to say of bytes that cannot be read as text. Loaded only when there are such.

What must not be here: reading them.
"""

from __future__ import annotations

import errno
from typing import Final

from callcalm.core.text import Text
from callcalm.intake.codes import Code
from callcalm.intake.problems import BadFile, Problem
from callcalm.intake.source import Source
from callcalm.language import _, later

_SAVE_AS: Final = later("In the editor, choose “Save as” and the encoding UTF-8.")
_ON_ERRNO: Final = {
    errno.EACCES: later("the file cannot be read: you are not allowed to read it"),
    errno.EPERM: later("the file cannot be read: you are not allowed to read it"),
    errno.ENAMETOOLONG: later("the file cannot be read: the name is too long"),
    errno.ELOOP: later("the file cannot be read: the link leads back to itself"),
    errno.EIO: later("the file cannot be read: the disk reports an error"),
}


def unreadable(error: OSError | ValueError, name: Text) -> BadFile:
    """For a file that is not there, or that the system keeps from us."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return BadFile([Problem(Code.NO_FILE, _("there is no such file"), file=name)])
    hint = None
    if isinstance(error, OSError):
        if isinstance(error, PermissionError):
            hint = _("Allow yourself to read it in the file's properties, or take a copy that you may read.")
        words = _(_ON_ERRNO.get(error.errno or 0, later("the file cannot be read: the system says {code}")))
        message = words.format(code=errno.errorcode.get(error.errno or 0, "?"))
    else:
        message = _("the file cannot be read: its name is not one that a file can have")
    return BadFile([Problem(Code.UNREADABLE, message, hint=hint, file=name)])


def not_a_file(message: str, name: Text) -> BadFile:
    """For what is a pipe, a folder or the like, as the message says."""
    return BadFile([Problem(Code.NOT_A_FILE, message, hint=_("Give the name of a file."), file=name)])


def too_large(cap: int, name: Text) -> BadFile:
    """For a file of more than `cap` bytes."""
    message = _("the file is larger than {size}, the most that a file of its kind may be")
    message = message.format(size=_size(cap))
    return BadFile([Problem(Code.TOO_LARGE, message, file=name)])


def utf16(name: Text) -> BadFile:
    """For a file that says itself that it is no UTF-8."""
    message = _("the file is UTF-16 or UTF-32, not UTF-8")
    return BadFile([Problem(Code.NOT_UTF8, message, hint=_(_SAVE_AS), file=name)])


def document(name: Text) -> BadFile:
    """For what a word processor wrote."""
    hint = _("There, choose “Save as” and plain text, with the encoding UTF-8.")
    return BadFile([Problem(Code.BINARY, _("this is a document of a word processor"), hint=hint, file=name)])


def not_utf8(source: Source, offset: int, byte: int) -> BadFile:
    """For a byte that cannot stand in UTF-8, at the code point `offset` of the source."""
    message = _("the file is not UTF-8: byte {byte} cannot stand here").format(byte=f"0x{byte:02X}")
    windows = bytes([byte]).decode("cp1252", "replace")
    hint = _(_SAVE_AS)
    if windows.isalpha():
        perhaps = _("It may be Windows-1252, where this byte is “{letter}”.").format(letter=windows)
        hint = f"{perhaps} {hint}"
    return BadFile([Problem(Code.NOT_UTF8, message, source.place(offset), hint, source.name)], source)


def binary(source: Source, nul: int) -> BadFile:
    """For a source with a NUL character at the code point `nul`."""
    # Plain letters written as UTF-16 without a mark: every second byte is NUL.
    start = source.text[:400]
    if start.count("\0") * 5 >= len(start) * 2:
        message, hint = _("the file seems to be UTF-16, not UTF-8"), _(_SAVE_AS)
    else:
        message, hint = _("the file holds a NUL character: it is not a text file, or it is damaged"), None
    return BadFile([Problem(Code.BINARY, message, source.place(nul), hint, source.name)], source)


def _size(cap: int) -> str:
    for unit, name in ((1024 * 1024, "MiB"), (1024, "KiB")):
        if cap >= unit and cap % unit == 0:
            return f"{cap // unit} {name}"
    return _("{n} bytes").format(n=cap)
