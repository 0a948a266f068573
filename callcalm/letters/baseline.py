"""A baseline: the findings there are today, written down, so that only new ones are told.

A finding is known by its file, its rule and its words, not by its line: it may move. What must not be here:
finding anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from callcalm.core.hints import Final
from callcalm.intake import Field, Int, ListOf, Record, Str, load
from callcalm.language import _
from callcalm.letters.checking import Found
from callcalm.report import Diagnostic, Level

FORMAT: Final = 1
CAP: Final = 10 * 1024 * 1024
"""Largest baseline, in bytes."""

_MOST: Final = 60_000

Key = tuple[str, str, str]
"""File (from the folder of the baseline), rule, words."""


class Baseline:
    """Known findings, each as often as it stood there."""

    def __init__(self, path: Path, known: Counter[Key]) -> None:
        self.path = path
        self._left = known
        self._files: set[str] = set()

    def knows(self, letter: Path, found: Found) -> bool:
        """Whether this finding is in the baseline; each entry serves as often as it counts."""
        key = key_of(self.path, letter, found)
        if self._left[key] <= 0:
            return False
        self._left[key] -= 1
        return True

    def looked_at(self, letter: Path) -> None:
        """Note that the letter was checked: what the baseline still holds of it is gone."""
        self._files.add(_file(self.path, letter))

    def unused(self) -> Iterator[Diagnostic]:
        """Each entry about the files checked that is no longer found."""
        for (file, rule, words), count in self._left.items():
            if count > 0 and file in self._files:
                message = _("`{rule}` on “{words}” in {file} is in the baseline and no longer found")
                message = message.format(rule=rule, words=words, file=file)
                hint = _("Write the baseline again with --write-baseline.")
                yield Diagnostic("unused-baseline", Level.WARNING, message, str(self.path), hint=hint)


def load_baseline(path: Path) -> Baseline:
    """The baseline in a file. Raises `BadFile` with all that is wrong with it."""
    loaded = load(path, record(), cap=CAP, number=FORMAT)
    loaded.inbox.warnings()
    known: Counter[Key] = Counter()
    for item in loaded.data["findings"]:
        known[item["file"], item["rule"], item["words"]] += item["count"]
    return Baseline(path, known)


def baseline_text(path: Path, found: Iterable[tuple[Path, Found]]) -> str:
    """What a baseline at `path` that knows these findings of these letters says."""
    import tomli_w  # noqa: PLC0415 - only here

    counts = Counter(key_of(path, letter, one) for letter, one in found)
    items = [
        {"file": file, "rule": rule, "words": words, "count": count}
        for (file, rule, words), count in sorted(counts.items())
    ]
    head = "# What callcalm check knew of on the day this was written. Made by --write-baseline.\n"
    return head + tomli_w.dumps({"format": FORMAT, "findings": items})


def key_of(path: Path, letter: Path, found: Found) -> Key:
    """How a finding is known in the baseline at `path`."""
    return _file(path, letter), found.diagnostic.rule, found.diagnostic.matched


def record() -> Record:
    """The shape of a baseline."""
    finding = Record(
        {
            "file": Field(Str(4_000), "The letter, from the folder of this file.", required=True),
            "rule": Field(Str(60), "The rule.", required=True),
            "words": Field(Str(1_000), "The words that it stands on.", required=True),
            "count": Field(Int(1, 1_000_000), "How often.", required=True),
        }
    )
    return Record(
        {
            "format": Field(Int(1, FORMAT), "The format of the file.", required=True),
            "findings": Field(ListOf(finding, most=_MOST), "What is known.", default=[]),
        }
    )


def _file(path: Path, letter: Path) -> str:
    folder = path.absolute().parent
    return letter.relative_to(folder).as_posix() if letter.is_relative_to(folder) else letter.as_posix()
