"""The page of each code, at a terminal and in docs/lint.md: ``python -m callcalm.lint.pages`` writes the latter.

What must not be here: the words of single codes (intake.codes, data/examples.toml).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import fill
from typing import Final

from callcalm.intake.codes import MEANINGS, Code
from callcalm.intake.words import nearest, shown
from callcalm.language import _
from callcalm.lint.examples import Example, examples
from callcalm.lint.levels import LEVELS, level_of
from callcalm.report import Level, level_name

WIDTH: Final = 78
DOCS: Final = Path(__file__).parents[2] / "docs" / "lint.md"

ALL: Final = "all"
"""What is asked for in place of a code to see them all."""

_FORM: Final = re.compile(r"CC[0-9]{3}")

_SHELVES: Final = {
    "CC00": "The file",
    "CC01": "The file as TOML",
    "CC02": "Values",
    "CC03": "Names and ids",
    "CC1": "Scenarios",
    "CC2": "Playbooks and moves",
    "CC3": "Phrasebooks",
    "CC4": "Settings",
    "CC5": "Where a call can go",
    "CC6": "Words",
    "CC7": "What an encounter teaches",
    "CC8": "Writers' checks",
    "CC9": "Drills and campaigns",
}
_BY_FILE: Final = frozenset(
    {
        Code.BYTE_ORDER_MARK,
        Code.UNSAFE_TEXT,
        Code.UNREACHED,
        Code.NEVER_CUT,
        Code.SETTING,
        Code.SAME_NAME,
        Code.FOLLOW_UP,
        Code.STEP,
    }
)
"""Codes of files, not of lint, that are warnings."""

_INTRO: Final = Path(__file__).parent / "data" / "intro.md"


class UnknownCode(LookupError):
    """There is no such code; `str()` says so, with the one that was likely meant, or how to see all."""

    def __init__(self, name: str) -> None:
        # A number is no slip for another: which one was meant cannot be guessed.
        near = None if _FORM.fullmatch(name.upper()) else nearest(name.upper(), list(Code))
        message = _("there is no code “{name}”.").format(name=shown(name))
        if near:
            hint = _("Did you mean “{word}”?").format(word=near)
        else:
            hint = _("“callcalm lint --explain all” lists the codes.")
        super().__init__(f"{message} {hint}")


def overview() -> str:
    """Every code with what it is for, a line each, for a terminal."""
    return "".join(f"{code}  {_(meaning)}\n" for code, meaning in MEANINGS.items())


def page(name: str) -> str:
    """The page of a code, for a terminal. Raises `UnknownCode`."""
    if name.upper() not in list(Code):
        raise UnknownCode(name)
    code = Code(name.upper())
    example = examples().get(code)
    lines = [_("{code} ({level})").format(code=code, level=level_name(level(code))), ""]
    lines += [fill(_(MEANINGS[code]), WIDTH)]
    if example is not None:
        lines += [fill(_(example.why), WIDTH)]
        for title, text in ((_("Bad:"), example.bad), (_("Good:"), example.good)):
            lines += ["", title, *(f"  {line}".rstrip() for line in text.split("\n"))]
    return "\n".join(lines) + "\n"


def level(code: Code) -> Level:
    """The level of a code."""
    if code not in LEVELS and (code < Code.HIT or code == Code.SETTING or code >= Code.ITEM_KIND):
        return Level.WARNING if code in _BY_FILE else Level.ERROR
    return level_of(code)


def document() -> str:
    """The whole of docs/lint.md."""
    return "\n".join([_INTRO.read_text("utf-8").rstrip(), *_shelves()]) + "\n"


def _shelves() -> Iterator[str]:
    found = examples()
    at = ""
    for code in Code:
        shelf = next(title for start, title in _SHELVES.items() if code.startswith(start))
        if shelf != at:
            at = shelf
            yield f"\n## {shelf}"
        yield f"\n### {code}\n\n*{level(code)}.* {MEANINGS[code]}"
        example = found.get(code)
        if example is not None:
            yield from _example(example)


def _example(example: Example) -> Iterator[str]:
    yield f"\n{example.why}\n\nBad:\n\n```toml\n{example.bad}\n```\n\nGood:\n\n```toml\n{example.good}\n```"


def main() -> None:
    """Write docs/lint.md."""
    DOCS.write_text(document(), encoding="utf-8")


if __name__ == "__main__":
    main()
