"""The encounter of the examples, as lint sees it, for the tests of lint."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from callcalm.content.kinds import Kind
from callcalm.intake import Source
from callcalm.lint.examples import merged
from callcalm.lint.linting import Linter
from callcalm.report import Diagnostic

NOWHERE = Path("/nowhere/example.toml")


@lru_cache(maxsize=1)
def linter() -> Linter:
    return Linter()


def found(text: str, kind: str = "") -> tuple[Diagnostic, ...]:
    """All that lint says of a whole file."""
    looked = linter().look(Source("example.toml", text), NOWHERE, Kind(kind) if kind else Kind.SCENARIO)
    return looked.sheet.diagnostics


def about(piece: str) -> tuple[Diagnostic, ...]:
    """All that lint says of the base encounter with a piece put into it."""
    return found(merged(piece))


def codes(items: tuple[Diagnostic, ...]) -> list[str]:
    return [item.rule for item in items]


def one(items: tuple[Diagnostic, ...], code: str) -> Diagnostic:
    """The only finding of a code."""
    (item,) = (item for item in items if item.rule == code)
    return item
