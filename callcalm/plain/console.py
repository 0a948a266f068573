"""Lines in, lines out: one event a line, questions that take one line, and a clean word when the input ends."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import Protocol, TextIO

from callcalm.core.text import Text, held, let_go, safe
from callcalm.language import _

LONGEST_LINE = 8_000
"""Longest line read, in characters; the rest of it is dropped, with a word about it."""

NARROWEST = 20


class InputEnded(Exception):
    """There is no more input: the pipe is closed, or the player pressed Ctrl-D."""


class Leave(Exception):
    """The player wants to stop here; everything is saved."""


class Ended(BrokenPipeError):
    """The terminal is gone, or the system asks this process to end: nothing more is asked, everything waits."""


class Source(Protocol):
    """Where lines come from; any text stream is one."""

    def readline(self, limit: int, /) -> str:
        """The next line with its end, or `limit` characters of it; empty when there is no more."""

    def isatty(self) -> bool:
        """Whether a person is typing."""


class Console:
    """Where the plain front end speaks and listens.

    On a terminal long lines are wrapped between words at its width; into a pipe or file each event stays one line.
    """

    def __init__(self, source: Source | None = None, sink: TextIO | None = None) -> None:
        self._source: Source = source or sys.stdin
        self._sink = sink or sys.stdout
        for stream in (self._source, self._sink):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="replace")
        self.interactive = self._source.isatty()
        """Whether a person is typing, rather than a script."""
        self.unicode = _has_unicode(self._sink)
        """Whether what is written may hold more than ASCII and still be seen."""

    def say(self, line: str = "") -> None:
        """Write one line, made safe once more and wrapped on a terminal.

        Raises:
            Ended: the terminal is gone.
        """
        self._write("".join(self._wrapped(part) + "\n" for part in safe(line).split("\n")))

    def draw(self, rows: tuple[str, ...], coloured: tuple[str, ...]) -> bool:
        """Write a picture of our own making as it is; False where it would not be seen, and nothing is written.

        `coloured` are the same rows with the colours of a terminal, which NO_COLOR leaves out.
        """
        across = max(map(len, rows), default=0)
        if not (self.unicode and self._sink.isatty() and across <= shutil.get_terminal_size().columns):
            return False
        self._write("\n".join(rows if os.environ.get("NO_COLOR") else coloured) + "\n")
        return True

    def ask(self, question: str) -> Text:
        """Write the question, read one line.

        Raises:
            InputEnded: when there is no more input.
            Leave: when the line is q or quit, at whatever prompt.
            Ended: the terminal is gone.
        """
        self.say(question)
        if self.interactive:
            self._write("> ")
        with self._terminal():
            line = self._source.readline(LONGEST_LINE + 1)
        if not line:
            raise InputEnded
        if len(line) > LONGEST_LINE and not line.endswith("\n"):
            self._drop_rest_of_line()
            self.say(_("That line was too long; the end of it was left out."))
        answer = Text(safe(line[:LONGEST_LINE], multiline=False).strip())
        if answer.casefold() in {"q", "quit"}:
            raise Leave
        return answer

    def yes(self, question: str, *, default: bool | None = None) -> bool:
        """Ask until the answer is a yes or a no; an empty line is the default, if there is one."""
        while True:
            answer = self.ask(question).casefold()
            if not answer and default is not None:
                return default
            if answer in {"y", "yes", "o", "oui"}:
                return True
            if answer in {"n", "no", "non"}:
                return False
            self.say(_("Please answer y for yes or n for no."))

    def number(self, question: str, low: int, high: int) -> int:
        """Ask until the answer is a whole number from `low` to `high`."""
        while True:
            answer = self.ask(question).replace("−", "-")
            digits = answer.lstrip("+-")
            if digits.isascii() and digits.isdigit() and len(digits) <= 4 and low <= int(answer) <= high:  # noqa: PLR2004  (no score has five digits)
                return int(answer)
            self.say(_("Please type a whole number from {low} to {high}.").format(low=low, high=high))

    def _write(self, text: str) -> None:
        with self._terminal():
            self._sink.write(text)
            self._sink.flush()

    @contextmanager
    def _terminal(self) -> Iterator[None]:
        """A window that was closed in the middle of a line ends the conversation; it is no error."""
        try:
            yield
        except OSError as gone:
            if gone.errno != errno.EIO:
                raise
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self._sink.fileno())  # or what is still held back fails once more at the exit
            os.close(nowhere)
            raise Ended from gone

    def _drop_rest_of_line(self) -> None:
        while True:
            rest = self._source.readline(LONGEST_LINE)
            if not rest or rest.endswith("\n"):
                return

    def _wrapped(self, line: str) -> str:
        if not self._sink.isatty():
            return line
        width = max(NARROWEST, shutil.get_terminal_size().columns - 1)
        if len(line) <= width:
            return line
        from textwrap import fill  # noqa: PLC0415  (a pipe never wraps)

        indent = line[: len(line) - len(line.lstrip(" "))][: width // 2]
        return let_go(fill(held(line), width, subsequent_indent=indent, break_on_hyphens=False))


def _has_unicode(sink: TextIO) -> bool:
    """Whether this stream can write the blocks that small pictures are made of."""
    try:
        "▁█".encode(getattr(sink, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
