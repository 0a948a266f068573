"""The writer's editor in the place of the workshop: it has the terminal until it is done; its errors are told."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from textual.app import App, SuspendNotSupported

from callcalm.core.text import safe
from callcalm.language import _
from callcalm.workshop.editor import command

_FROM_KEYS = ("SIGINT", "SIGQUIT")
"""What keys send to all that runs in a terminal; they are meant for the editor. Windows knows no SIGQUIT."""


def edit(app: App[None], named: str, path: Path, line: int) -> str:
    """Open a file in the editor of this name, wait until it is done; what went wrong, or nothing.

    Raises nothing: an exception that left the suspended block would leave the screen suspended for good.
    """
    if not named:
        return _(
            "No editor is named. Quit and start again with one, as in “EDITOR=nano callcalm write …”, "
            "or save the file from any other window."
        )
    try:
        words = command(named, path, line)
    except ValueError:
        return _("VISUAL or EDITOR is missing a quotation mark: {editor}").format(editor=named)
    try:
        with app.suspend(), _keys_for_another():
            return _run(words, named)
    except SuspendNotSupported:
        return _("This terminal cannot be lent to an editor; open the file in another window.")


def _run(words: list[str], named: str) -> str:
    """Run it; nobody is left before an empty terminal while an editor stands in a window of its own."""
    told = safe(_("The workshop waits until {editor} is closed.").format(editor=named), multiline=False)
    _say(told)
    try:
        code = subprocess.run(words, check=False).returncode  # noqa: S603 - the writer's own command
    except FileNotFoundError:
        return _("There is no program {editor}; VISUAL or EDITOR has to name your editor.").format(editor=words[0])
    except PermissionError:
        return _("{editor} is no program that you may run; VISUAL or EDITOR has to name your editor.").format(
            editor=words[0]
        )
    except OSError as failed:
        return _("{editor} could not be opened: {why}").format(editor=named, why=failed.strerror or str(failed))
    finally:
        _say("\r" + " " * len(told) + "\r")
    if code:
        return _(
            "{editor} ended with an error ({code}). If it did not show your file, open it in another window."
        ).format(editor=named, code=code)
    return ""


def _say(words: str) -> None:
    """Words to the terminal itself, if there is one."""
    if sys.__stdout__ is not None and sys.__stdout__.isatty():
        sys.__stdout__.write(words)
        sys.__stdout__.flush()


@contextmanager
def _keys_for_another() -> Iterator[None]:
    """Let Ctrl-C in the editor be the editor's: it would end the workshop, too.

    A handler and not `SIG_IGN`, which the editor would inherit.
    """
    numbers = [getattr(signal, name) for name in _FROM_KEYS if hasattr(signal, name)]
    before = [(number, signal.signal(number, lambda *_: None)) for number in numbers]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)
