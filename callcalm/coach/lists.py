"""The named word lists of a phrasebook: what ``<weekday>`` stands for in a pattern.

A line of a list is a word or a small pattern, and may name other lists. A list whose lines hold ``_`` is a list
of contexts, for a rule's ``not``. What must not be here: patterns of rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from callcalm.coach.tongues import Tongue
from callcalm.coach.trees import ListError, Node, PatternError, Word, choice
from callcalm.coach.trouble import LISTS
from callcalm.coach.words import folded
from callcalm.core.hints import Final
from callcalm.language import _

BUILT_IN: Final = ("digits", "clock", "letters")
"""Lists that every phrasebook has: words that begin with a digit, times of day like 14:30 or 4pm, and letters that
stand for something, like PNR."""

MAX_DEPTH: Final = 10
"""Most lists that may be named one within the other."""

_PLAIN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


class Lists:
    """The lists of one phrasebook, read when they are first asked for."""

    def __init__(self, lines: Mapping[str, Sequence[str]], tongue: Tongue) -> None:
        self.lines = lines
        self._tongue = tongue
        self._named: dict[str, Node | None] = {}
        self._bad: dict[str, tuple[str, str | None]] = {}
        self._open: list[str] = []
        """Those that are being read: each is named by the one before."""

    def named(self, name: str) -> Node | None:
        """What ``<name>`` stands for: any of the list's lines. None when there is no such list.

        Raises `ListError` for one that cannot be read.
        """
        if name in BUILT_IN or name in self._tongue.endings:
            return Word((f"<{name}>",))
        if name not in self.lines:
            return None
        if name in self._bad:
            message, hint = self._bad[name]
            raise ListError(message, 0, 1, hint)
        if name not in self._named:
            try:
                self._named[name] = self._read(name)
            except PatternError as error:
                message, hint = error.message, error.hint
                if not isinstance(error, ListError):
                    message = _("the list `{name}` cannot be read: {why}").format(name=name, why=message)
                self._bad[name] = message, hint
                raise ListError(message, 0, 1, hint) from error
        return self._named[name]

    def words(self) -> dict[str, tuple[str, ...]]:
        """The lists that each single word is a line of, as terms: ``{"monday": ("<weekday>",)}``."""
        found: dict[str, tuple[str, ...]] = {}
        for name, lines in self.lines.items():
            for line in lines:
                word = self._single(line)
                if word is not None:
                    found[word] = (*found.get(word, ()), f"<{name}>")
        return found

    def contexts(self, sources: Sequence[str]) -> Iterator[str]:
        """Lines of a ``not``, with each list of contexts written out."""
        for source in sources:
            name = source.strip()
            lines = self.lines.get(name[1:-1]) if name.startswith("<") and name.endswith(">") else None
            if lines is not None and any("_" in line for line in lines):
                yield from lines
            else:
                yield source

    def problems(self) -> Iterator[tuple[str, int, PatternError]]:
        """Every line that cannot be read, as ``(list, line from 0, error)``."""
        for name, lines in self.lines.items():
            for number, line in enumerate(lines):
                try:
                    if "_" in line:
                        self._context(line, name)
                    elif self._single(line) is None:
                        self._line(line)
                except PatternError as error:
                    yield name, number, error

    def _read(self, name: str) -> Node | None:
        if name in self._open:
            hint = _("It may not stand in its own lines, nor in those of a list that it names.")
            raise ListError(_("the list `{name}` names itself").format(name=name), 0, 1, hint)
        if len(self._open) == MAX_DEPTH:
            message = _("lists name one another more than {most} deep").format(most=MAX_DEPTH)
            raise ListError(message, 0, 1, _("Write one of them out."))
        self._open.append(name)
        try:
            nodes = [
                Word((f"<{name}>",)) if self._single(line) is not None else self._line(line)
                for line in self.lines[name]
            ]
        finally:
            self._open.pop()
        return choice(nodes) if nodes else None

    def _context(self, line: str, name: str) -> None:
        from callcalm.coach.pattern import context  # noqa: PLC0415 - what is kept needs no reading

        if name in LISTS:
            at = line.index("_")
            message = _("no rule asks for this list, so there is no hit for `_`")
            raise PatternError(message, at, at + 1)
        context(line, self._tongue, self.named)

    def _line(self, line: str) -> Node:
        from callcalm.coach.pattern import phrase  # noqa: PLC0415 - what is kept needs no reading

        read = phrase(line, self._tongue, self.named)
        if read.at_start:
            raise PatternError(_("a line of a list cannot begin with `^`"), 0, 1)
        return read.node

    def _single(self, line: str) -> str | None:
        if _PLAIN.fullmatch(line) is None:
            return None
        parts = folded(line, self._tongue)
        return parts[0] if len(parts) == 1 else None
