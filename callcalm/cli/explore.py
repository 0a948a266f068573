"""`callcalm explore FILE`: what a proof tells of an encounter, as text, a map, a picture or data."""

from __future__ import annotations

import argparse
import sys

from callcalm.cli import options
from callcalm.cli.exits import OK, USAGE, refused
from callcalm.cli.help_ import Help, page_width
from callcalm.core.hints import TYPE_CHECKING
from callcalm.language import _

if TYPE_CHECKING:
    from argparse import _SubParsersAction

FORMATS = ("text", "json", "mermaid", "dot", "svg", "md", "html")


def add(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """The options of `callcalm explore`."""
    parser = commands.add_parser(
        "explore",
        help=_("show what can happen in an encounter, and how likely it is"),
        formatter_class=Help,
        description=_("Examples:")
        + "\n  callcalm explore lost-referral"
        + "\n  callcalm explore my-call.toml --format svg > map.svg"
        + "\n  callcalm explore my-call.toml --format html > report.html",
    )
    parser.add_argument("file", metavar="FILE", help=_("a scenario file, or a scenario's id"))
    parser.add_argument("--format", choices=FORMATS, default="text", help=_("how to write it (default: text)"))
    options.add_desk(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Explore, or say why the file cannot be read."""
    from callcalm.content.library import UnknownScenario
    from callcalm.intake.problems import BadFile
    from callcalm.workshop.reports import explore
    from callcalm.workshop.surveying import surveyed

    desk = options.desk(args)
    try:
        found = surveyed(args.file, desk.library, desk.rulebook, desk.playbooks)
    except BadFile as bad:
        return refused(bad)
    except UnknownScenario as unknown:
        sys.stderr.write(f"{unknown}\n")
        return USAGE
    if args.format == "json":
        import json

        json.dump(explore.as_data(found), sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
        return OK
    if args.format == "text":
        sys.stdout.writelines(f"{line}\n" for line in explore.as_text(found, page_width()))
        return OK
    written = {
        "md": explore.as_markdown,
        "html": explore.as_html,
        "svg": explore.as_svg,
        "dot": explore.as_dot,
        "mermaid": explore.as_mermaid,
    }[args.format]
    sys.stdout.writelines(f"{line}\n" for line in written(found))
    return OK
