"""The writer's own editor: which it is, and how it is told at which line to open. Nothing is run here."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Mapping
from pathlib import Path, PurePosixPath, PureWindowsPath

_PLUS = frozenset({"vi", "vim", "nvim", "nano", "emacs", "emacsclient", "micro", "kak", "joe", "ne"})
"""Editors that take ``+12 FILE``."""

_COLON = frozenset({"hx", "helix", "subl", "zed"})
"""Editors that take ``FILE:12``."""

_GOTO = frozenset({"code", "codium", "cursor"})
"""Editors that take ``-g FILE:12``."""

_WINDOWED = _GOTO | {"subl", "zed"}
"""Editors with a window of their own, which say at once that they are done unless they are told to wait."""

_WAITING = frozenset({"-w", "--wait"})
"""How those are told to wait, as git needs it; the workshop would stand still all the while."""


def editor(environ: Mapping[str, str]) -> str:
    """The editor that the writer has named in VISUAL or EDITOR; empty if there is none."""
    return environ.get("VISUAL", "").strip() or environ.get("EDITOR", "").strip()


def command(named: str, path: Path, line: int = 0, platform: str = sys.platform) -> list[str]:
    r"""The command that opens a file at a line (from 1; 0 is anywhere) in an editor as VISUAL names it.

    An editor whose ways are not known gets the file alone. One with a window of its own is not waited for. On
    Windows a backslash parts folders, as in ``"C:\Program Files\Vim\vim.exe"``.

    Raises:
        ValueError: if the name cannot be read as a command.
    """
    windows = platform == "win32"
    words = [_bare(word) for word in shlex.split(named, posix=False)] if windows else shlex.split(named)
    if not words:
        raise ValueError("no editor is named")
    name = PureWindowsPath(words[0]).stem.lower() if windows else PurePosixPath(words[0]).name.removesuffix(".exe")
    if name in _WINDOWED:
        words = [word for word in words if word not in _WAITING]
    file = str(path.absolute())
    if line < 1:
        return [*words, file]
    if name in _PLUS:
        return [*words, f"+{line}", file]
    if name in _COLON:
        return [*words, f"{file}:{line}"]
    if name in _GOTO:
        return [*words, "-g", f"{file}:{line}"]
    return [*words, file]


def _bare(word: str) -> str:
    """The word without the quotes around it: shlex leaves them where it leaves backslashes."""
    return word[1:-1] if len(word) > 1 and word[0] == word[-1] and word[0] in "\"'" else word
