"""`callcalm coverage`: which encounters, drills and worked calls teach each source, counted from the files."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from callcalm.cli import options
from callcalm.cli.exits import FOUND, OK
from callcalm.cli.help_ import Help
from callcalm.core.hints import TYPE_CHECKING
from callcalm.language import _, pick

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from callcalm.core.text import Text
    from callcalm.workshop.coverage import Coverage


def add(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """The options of `callcalm coverage`."""
    parser = commands.add_parser(
        "coverage",
        help=_("list what teaches each source, move and school"),
        formatter_class=Help,
        description=_("Examples:") + "\n  callcalm coverage\n  callcalm coverage --format md > coverage.md",
        epilog=_("Exit codes: 0 every source is taught, 1 one is not."),
    )
    parser.add_argument("--format", choices=("text", "md", "json"), default="text", help=_("how to write it"))
    options.add_desk(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Count, and write it down."""
    from callcalm.content.sources import load_sources
    from callcalm.workshop.covering import covered

    desk = options.desk(args)
    taught = load_sources()
    found, broken = covered(desk.library, desk.rulebook, desk.playbooks)
    for each in broken:
        sys.stderr.write(f"{each}\n")
    if args.format == "json":
        import json

        json.dump(_data(found), sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
    else:
        write = _text if args.format == "text" else _markdown
        sys.stdout.writelines(f"{line}\n" for line in write(found, taught))
    return FOUND if broken or any(row.empty for row in found.rows) else OK


def _text(found: Coverage, taught: dict[str, dict[str, Text]]) -> Iterator[str]:
    from callcalm.insight.wording import headed

    for row in found.rows:
        yield f"{row.id}  {pick(taught[row.id])}"
        for title, names in _columns(row.encounters, row.drills, row.worked):
            yield f"    {headed(title)} {_listed(names)}"
    yield ""
    yield _("Encounters in which each move can be made")
    yield from (f"    {headed(move)} {len(names)}" for move, names in found.moves.items())
    yield ""
    yield _("Turns that each school contests")
    yield from (f"    {headed(name)} {_listed(turns)}" for name, turns in found.contested.items())


def _markdown(found: Coverage, taught: dict[str, dict[str, Text]]) -> Iterator[str]:
    yield "# " + _("What teaches what")
    yield ""
    yield "| | {what} | {encounters} | {drills} | {worked} |".format(
        what=_("what it teaches"), encounters=_("encounters"), drills=_("drills"), worked=_("worked calls")
    )
    yield "|---|---|---|---|---|"
    for row in found.rows:
        cells = [", ".join(names) for _title, names in _columns(row.encounters, row.drills, row.worked)]
        yield f"| {row.id} | {pick(taught[row.id])} | {' | '.join(cells)} |"
    yield ""
    yield "| {move} | {count} |".format(move=_("move"), count=_("encounters"))
    yield "|---|---|"
    yield from (f"| {move} | {len(names)} |" for move, names in found.moves.items())
    yield ""
    yield "| {school} | {turns} |".format(school=_("school"), turns=_("contested turns"))
    yield "|---|---|"
    yield from (f"| {name} | {', '.join(turns)} |" for name, turns in found.contested.items())


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names) or _("none")


def _columns(*names: tuple[str, ...]) -> list[tuple[str, tuple[str, ...]]]:
    return list(zip((_("encounters"), _("drills"), _("worked calls")), names, strict=True))


def _data(found: Coverage) -> dict[str, object]:
    return {
        "format": 1,
        "sources": [
            {"id": row.id, "encounters": row.encounters, "drills": row.drills, "worked": row.worked}
            for row in found.rows
        ],
        "moves": {move: list(names) for move, names in found.moves.items()},
        "contested": {name: list(turns) for name, turns in found.contested.items()},
    }
