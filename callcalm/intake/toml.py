"""A `Source` becomes values with places: our scanner first, then the parser. Syntax errors in plain words.

What must not be here: what the values mean.
"""

from __future__ import annotations

import contextlib
import re
from bisect import bisect_right
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from callcalm.core.records import dataclass
from callcalm.intake.codes import Code
from callcalm.intake.positions import Positions
from callcalm.intake.problems import BadFile, Problem, Rest
from callcalm.intake.scanner import scan
from callcalm.intake.sections import Sections
from callcalm.intake.source import Source
from callcalm.intake.spans import LIMITS, Limits, Scan, Twice
from callcalm.intake.tame import sections
from callcalm.intake.words import shown
from callcalm.language import _

if TYPE_CHECKING:
    from callcalm.intake.mending import Gap

SMALL: Final = 100_000
"""Up to so many code points the scanner is as fast as getting ready to look whether it is needed."""

_MOST_SYNTAX: Final = 20
"""Most syntax errors that are told of one file."""

_MENDED: Final = 100_000
"""Up to so many code points a text is read anew below each syntax error."""

_STAND_IN = re.compile(r"^-\d+\.")
"""The name of a table whose header was broken, and is told already: see `mending`."""

_BEYOND = 16_384
"""Code points past the stop of the scanner that the parser may see: enough to say why, too few to hang it."""


@dataclass(frozen=True, slots=True)
class Document:
    """A TOML file that was read: plain values as the parser gives them, and where each stands.

    Texts in `values` are as written: `shape` makes them safe.
    """

    values: Mapping[str, Any]
    positions: Positions
    source: Source


def parse(source: Source, limits: Limits = LIMITS) -> Document:
    """The values of a TOML text with their places. Raises `BadFile` for what is not TOML or over the limits."""
    # Home opens before any file is parsed: the parser is fetched when it is needed.
    import tomli  # noqa: PLC0415

    tame = sections(source.text, limits) if len(source.text) > SMALL else None
    if tame is not None:
        from callcalm.intake.plainly import values as plainly  # noqa: PLC0415 - few files are that large

        # What is wrong with it all the same is found, and said, on the long way below.
        with contextlib.suppress(tomli.TOMLDecodeError):
            plain = plainly(source.text, tame)
            if plain is None:
                plain = tomli.loads(source.text)
            return Document(plain, Positions(source, Sections(source.text, tame, limits).span), source)
    found = scan(source.text, limits)
    if found.refusal is not None:
        place = source.place(found.refusal.start, found.refusal.end)
        problem = Problem(found.refusal.code, found.refusal.message, place, file=source.name)
        raise BadFile([*_twice(source, found, found.refusal.start, set()), problem], source)
    whole = found.end >= len(source.text)
    text = source.text if whole else source.text[: found.end + _BEYOND]
    try:
        values = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        items: set[int] = set()
        problems = _syntax(source, found, error.msg, error.pos, items)
        further, rest = _further(source, found, error.msg, error.pos, limits, problems, items)
        raise BadFile([*problems, *further], source, rest) from error
    except (ValueError, RecursionError) as error:
        raise BadFile([_unread(source, found.end)], source) from error
    if not whole:
        raise BadFile([_unread(source, found.end)], source)
    return Document(values, Positions(source, found.spans.get), source)


def _unread(source: Source, at: int) -> Problem:
    return Problem(Code.SYNTAX, _("this cannot be read as TOML"), source.place(at), file=source.name)


def _syntax(source: Source, found: Scan, message: str, at: int, items: set[int]) -> list[Problem]:
    from callcalm.intake.mistakes import explain  # noqa: PLC0415 - only broken files pay for it

    problems = _twice(source, found, at, items)
    if items and not problems and found.twice and found.twice[0].start <= at and message.startswith("Cannot"):
        return []  # it is in a table of which one was told
    if problems and message.startswith(("Cannot", "Duplicate")):
        return problems
    if found.end < len(source.text) and at >= min(len(source.text), found.end + _BEYOND):
        # A text that never ends is best shown where it begins.
        at = found.end
    mistake = explain(message, source.text, at)
    place = source.place(mistake.start, max(mistake.end, mistake.start + 1))
    return [*problems, Problem(Code.SYNTAX, mistake.message, place, mistake.hint, source.name)]


def _further(
    source: Source,
    found: Scan,
    message: str,
    at: int,
    limits: Limits,
    told: list[Problem],
    items: set[int],
) -> tuple[list[Problem], Rest | None]:
    """What is wrong below the first syntax error, the parser's `message` about `at`, as far as that is certain.

    And the text without all that is broken, if all of it was found.
    """
    import tomli  # noqa: PLC0415 - as above

    from callcalm.intake.mending import without  # noqa: PLC0415 - only broken files pay for it

    text = source.text
    further: list[Problem] = []
    gaps: list[Gap] = []
    firsts = {twice.first for twice in found.twice}
    if len(text) > _MENDED:
        return further, None
    known = {(problem.code, problem.place) for problem in told}
    for number in range(1, _MOST_SYNTAX):
        stopped = found.end < len(text) and found.statement <= at
        value = message.startswith("Invalid value")
        mended = without(text, at, found.statement if stopped else None, number, value=value)
        if mended is None:
            break
        text, gap = mended
        gaps.append(gap)
        found = scan(text, limits)
        firsts.update(twice.first for twice in found.twice)
        try:
            tomli.loads(text)
        except tomli.TOMLDecodeError as error:
            message, at = error.msg, error.pos
        except (ValueError, RecursionError):
            break
        else:
            whole = found.refusal is None and found.end >= len(text)
            rest = Rest(Source(source.name, text), tuple(gaps), frozenset(firsts))
            return further, rest if whole else None
        if found.refusal is not None or at < gap.end:
            break
        for problem in _syntax(source, found, message, at, items):
            if (problem.code, problem.place) not in known:
                known.add((problem.code, problem.place))
                further.append(problem)
    return further, None


def _twice_hint(text: str, twice: Twice, item: str) -> str:
    both = (text[twice.first : twice.first + 2], text[twice.start : twice.start + 2])
    if all(each.startswith("[") for each in both) and (both[0] == "[[") != (both[1] == "[["):
        return _(
            "What may stand several times has double brackets, [[ and ]], each time: one of these two has not."
        )
    hints = [_("Keep one of the two, or give one of them another name.")]
    if both[0].startswith("[") and twice.name.count(".") > 1:
        several = _("If it may stand several times, as answers do, each header has double brackets: {header}.")
        hints.append(several.format(header=f"[[{shown(twice.name)}]]"))
    elif item:
        hints.append(_("If another one begins here, write {header} above it.").format(header=item))
    return " ".join(hints)


def _items(text: str, found: Scan) -> dict[int, tuple[int, str]]:
    """For each key that is there twice in one of several tables their header, by where it is written again."""
    from callcalm.intake.mending import HEADER  # noqa: PLC0415 - only broken files pay for it

    headers = [(one.start(), one.group().strip()) for one in HEADER.finditer(text)]
    starts = [start for start, _header in headers]
    items: dict[int, tuple[int, str]] = {}
    for twice in found.twice:
        above = bisect_right(starts, twice.start) - 1
        if text[twice.start] != "[" and above >= 0 and headers[above][1].startswith("[["):
            start, header = headers[above]
            items[twice.start] = start, header.partition("#")[0].rstrip()
    return items


def _twice(source: Source, found: Scan, at: int, told: set[int]) -> list[Problem]:
    """The repeated keys, when the parser has come as far as the first of them.

    Of a table that is there twice the header alone is told: its keys are there twice only because it is. And of
    keys in one of several tables the first: likely the header of the next is forgotten. Where those tables begin
    of which one was `told` is known from then on.
    """
    if not found.twice or found.twice[0].start > at:
        return []
    text = source.text
    headers = {twice.start for twice in found.twice if text[twice.start] == "["}
    items = _items(text, found)
    kept: list[Twice] = []
    for twice in found.twice:
        item, _header = items.get(twice.start, (-1, ""))
        if twice.start not in headers and (text.rfind("\n[", 0, twice.start) + 1 in headers or item in told):
            continue
        kept.append(twice)
        if item >= 0:
            told.add(item)
    return [
        Problem(
            Code.TWICE,
            _("`{name}` is written twice; it first stands on line {line}").format(
                name=shown(_STAND_IN.sub("", twice.name)), line=source.place(twice.first).line
            ),
            source.place(twice.start, twice.end),
            _twice_hint(text, twice, items.get(twice.start, (-1, ""))[1]),
            source.name,
        )
        for twice in kept
    ]
