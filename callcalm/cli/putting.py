"""Putting a written file where it belongs: asked before anything is replaced, and said where it went."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from callcalm.cli.exits import OK, UNSAVED, USAGE
from callcalm.core.text import safe
from callcalm.intake.endings import is_toml
from callcalm.language import _

STDOUT = "-"
"""The name of standard output, where a file could be named."""


def put(text: str, path: Path, *, force: bool, ask: bool = True, made_from: Path | None = None) -> int:
    """Write the file and say where; the exit code. What is there is replaced only with `force`, or after a yes.

    Never replaced are what is no file, such as a device, and the file that the text is `made_from`. Where the path
    is ``-``, standard output gets the text and nothing else.
    """
    if str(path) == STDOUT:
        sys.stdout.write(text)
        return OK
    from callcalm.storage.durable import is_same
    from callcalm.storage.trouble import CannotSave
    from callcalm.workshop.filing import free, is_there, write

    over, there = force, is_there(path)
    if there and _is_no_file(path):
        told = _("{path} is a folder, a pipe or a device: nothing was written. Name a file with -o.")
        sys.stderr.write(told.format(path=shown(path)) + "\n")
        return USAGE
    if there and made_from is not None and is_same(path, made_from):
        told = _("{path} is the file that this was made from: nothing was written. Name another file with -o.")
        sys.stderr.write(told.format(path=shown(path)) + "\n")
        return USAGE
    if there and not force:
        question = _("{path} is there already. Replace it?").format(path=shown(path))
        if not (ask and sys.stdin.isatty()):
            sys.stderr.write(_("{path} is there already.").format(path=shown(path)) + " ")
            sys.stderr.write(_("Nothing was written. Name another file with -o, or add --force.") + "\n")
            return USAGE
        if yes(question):
            over = True
        else:
            path = free(path)
    try:
        write(path, text, over=over)
    except FileExistsError:
        sys.stderr.write(_("{path} is there already.").format(path=shown(path)) + "\n")
        return USAGE
    except CannotSave as failed:
        message = _("{path} cannot be written: {reason}").format(path=shown(path), reason=reason(failed))
        sys.stderr.write(message + "\n")
        return UNSAVED
    sys.stdout.write(_("Written: {path}").format(path=shown(path)) + "\n")
    if is_toml(path.name):
        sys.stdout.write(_("Play it: {command}").format(command=f"callcalm play {command_path(path)}") + "\n")
    return OK


def give(text: str, path: Path | None, *, force: bool) -> int:
    """Write to standard output where no file is named, or ``-``; else `put`. The exit code."""
    return put(text, path or Path(STDOUT), force=force)


def by_ending(path: Path | None, forms: Sequence[str]) -> str:
    """The one of these forms that a file's name asks for; Markdown where it asks for none."""
    ending = path.suffix.lstrip(".").casefold() if path else ""
    ending = {"htm": "html"}.get(ending, ending)
    return ending if ending in forms else "md"


def yes(question: str) -> bool:
    """Whether the answer is a clear yes; no input is a no."""
    sys.stdout.write(f"{question} " + _("[y/N]") + "\n> ")
    sys.stdout.flush()
    return sys.stdin.readline(100).strip().casefold() in {"y", "yes", "o", "oui"}


def reason(failed: Exception) -> str:
    """Why something cannot be saved, in a word of the system's."""
    code = getattr(failed, "code", 0)
    return os.strerror(code) if code else str(getattr(failed, "reason", failed))


def _is_no_file(path: Path) -> bool:
    """Whether something else than a file has this name; a link that leads nowhere may become one."""
    # Unlike those of Path, these say no where a name is too long.
    return os.path.exists(path) and not os.path.isfile(path)  # noqa: PTH110, PTH113


def shown(path: Path) -> str:
    """A path that is safe to show."""
    return safe(str(path), multiline=False)


def command_path(path: Path) -> str:
    """A path as it can be typed: with a folder, so that it is not taken for an id."""
    from shlex import quote

    named = shown(path)
    return quote(named if path.is_absolute() or "/" in named or "\\" in named else f"./{named}")
