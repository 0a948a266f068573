"""How help is laid out: as argparse does, without the archive library that it asks for the terminal's width."""

from __future__ import annotations

import argparse
import os
import sys

from callcalm.language import _

_USUAL = 80
_LEAST, _MOST = 30, 78
_LINE, _MARGIN = 100, 5


class Help(argparse.RawDescriptionHelpFormatter):
    """As wide as the terminal, or as COLUMNS says; argparse makes one for every option, so it is cheap."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=width() - 2)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        """The lines as they stand, but for those too wide, which a terminal would break within a word.

        They go on under what an example is said to do: behind its last wide gap.
        """
        from re import match
        from textwrap import fill

        shown: list[str] = []
        for line in super()._fill_text(text, width, indent).split("\n"):
            gap = match(r"(?:.*\S {2,}| *)(?=\S)", line)
            lead = " " * (gap.end() if gap else 0)
            shown.append(
                line if len(line) <= width else fill(line, width, subsequent_indent=lead, break_on_hyphens=False)
            )
        return "\n".join(shown)

    def _split_lines(self, text: str, width: int) -> list[str]:
        """What an option does, in lines; an option it names, ``--from-transcript``, stays in one piece."""
        from textwrap import wrap

        return wrap(" ".join(text.split()), width, break_on_hyphens=False)

    def start_section(self, heading: str | None) -> None:
        """A heading, with what the language puts before the colon that argparse adds: in French, a space."""
        super().start_section(heading and _("{head}:").format(head=heading)[:-1])


def width() -> int:
    """The columns of the terminal that is written to."""
    asked = os.environ.get("COLUMNS", "")
    if asked.isdecimal() and int(asked) > 0:
        return int(asked)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else 1).columns or _USUAL
    except (OSError, ValueError):
        return _USUAL


def page_width() -> int:
    """The columns of a report: those of the terminal, no more than read well, no fewer than hold a word."""
    return max(_LEAST, min(_MOST, width() - 2))


def fold_width() -> int:
    """The cells at which what is said is broken between words; 0 where it is no terminal that is written to."""
    return max(_LEAST, width() - 1) if sys.stdout.isatty() else 0


def excerpt_width() -> int:
    """The cells of a line of a file that are shown: a terminal must not break it, for carets stand below."""
    return max(_LEAST, min(_LINE, width() - _MARGIN)) if sys.stdout.isatty() else _LINE
