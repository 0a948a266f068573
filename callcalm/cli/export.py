"""`callcalm export NAME`: a round you played as a document, or an encounter as a story that Twine opens."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from callcalm.cli import options
from callcalm.cli.exits import OK, USAGE, refused
from callcalm.cli.help_ import Help
from callcalm.cli.putting import put
from callcalm.core.hints import TYPE_CHECKING
from callcalm.language import _

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from callcalm.practice.desk import Desk
    from callcalm.storage.records import RoundRecord

STDOUT = "-"
TWEE = "twee"
ROUND_FORMATS = ("md", "html", "txt", "json")
_BY_ENDING = {f".{form}": form for form in (*ROUND_FORMATS, TWEE)} | {".htm": "html", ".tw": TWEE}


def add(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """The options of `callcalm export`."""
    parser = commands.add_parser(
        "export",
        help=_("write a round as a document, or an encounter as a Twine story"),
        formatter_class=Help,
        description=_("Examples:")
        + "\n  callcalm export last --format html"
        + "\n  callcalm export -2 --format txt -o -"
        + "\n  callcalm export 20261121T1205 --format json -o round.json"
        + "\n  callcalm export lost-referral --format twee"
        + "\n  callcalm export ./my-call.toml -o my-call.twee",
        epilog=_("md, html, txt and json write a round: last, -2 for the one before, or the beginning of its id.")
        + "\n"
        + _("twee writes an encounter. In Twine: Library, Import. “callcalm import” brings it back.")
        + "\n"
        + _("Exit codes: 0 written, 1 the file cannot be used, 2 wrong command line, 3 it cannot be written."),
    )
    parser.add_argument("name", metavar="NAME", help=_("a round, or for twee a scenario's id or file"))
    parser.add_argument(
        "--format",
        choices=(*ROUND_FORMATS, TWEE),
        help=_("what to write (default: md for a round, twee for an encounter)"),
    )
    parser.add_argument(
        "-o", "--output", metavar="FILE", type=options.file_path, help=_("where to write it; - is standard output")
    )
    parser.add_argument("--force", action="store_true", help=_("replace a file that is there"))
    options.add_desk(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write it, and give the exit code."""
    desk = options.desk(args)
    try:
        form = args.format or _BY_ENDING.get(args.output.suffix.lower() if args.output else "") or ""
        if form == TWEE:
            return _story(args, desk)
        if form in ROUND_FORMATS:
            return _round(args, desk, form)
        return _either(args, desk)
    finally:
        desk.close()


def _either(args: argparse.Namespace, desk: Desk) -> int:
    """Without a format the name decides; one that could be both is asked about."""
    from callcalm.practice.finding_rounds import UnknownRound, find_round, names_round

    if names_round(args.name) and not _is_scenario(args.name, desk):
        return _round(args, desk, "md")
    try:
        find_round(desk, args.name, letters=True)
    except UnknownRound:
        return _story(args, desk)
    if _is_scenario(args.name, desk):
        message = _("“{name}” is an encounter and a round too: add --format twee, or --format md for the round.")
        sys.stderr.write(message.format(name=_shown(args.name)) + "\n")
        return USAGE
    return _round(args, desk, "md")


def _is_scenario(name: str, desk: Desk) -> bool:
    from callcalm.content.library import UnknownScenario, is_path

    if is_path(name):
        return True
    try:
        desk.library.find(name)
    except UnknownScenario:
        return False
    return True


def _round(args: argparse.Namespace, desk: Desk, form: str) -> int:
    from callcalm.practice.finding_rounds import UnknownRound, find_round

    try:
        record = find_round(desk, args.name, letters=True)
    except UnknownRound as unknown:
        sys.stderr.write(f"{unknown}\n")
        if _is_scenario(args.name, desk):
            hint = _(
                "“{name}” is an encounter: --format twee writes it as a story, “callcalm print” as a handout."
            )
            sys.stderr.write(hint.format(name=_shown(args.name)) + "\n")
        return USAGE
    text = _written(desk, record, form)
    if str(args.output) == STDOUT:
        sys.stdout.write(text)
        return OK
    return put(text, args.output or _path(record, form), force=args.force)


def _written(desk: Desk, record: RoundRecord, form: str) -> str:
    from callcalm.insight.exports.account import account
    from callcalm.insight.exports.writing import written
    from callcalm.practice.finding_rounds import goal_before, relive

    again = relive(desk, record)
    told = account(
        record,
        again.round,
        desk.registry,
        desk.playbooks.values(),
        gone=again.gone,
        changed=again.changed,
        goal=goal_before(desk, record),
    )
    if form == "json":
        from callcalm.insight.exports.round_json import round_json

        return round_json(told)
    from callcalm.insight.exports.round_paper import round_paper

    return written(round_paper(told), form)


def _path(record: RoundRecord, form: str) -> Path:
    from callcalm.workshop.naming import file_stem

    return Path(f"{file_stem(record.scenario, 'round')}-{file_stem(record.id, 'round')}.{form}")


def _story(args: argparse.Namespace, desk: Desk) -> int:
    from callcalm.content.hearing import not_yet
    from callcalm.content.library import UnknownScenario, is_path
    from callcalm.content.scenario_shape import scenario_record
    from callcalm.content.scenarios import CAP, read_scenario, scenario_id
    from callcalm.content.shapes import FORMAT
    from callcalm.intake import BadFile, load_source, read
    from callcalm.workshop.finishing import shipped_rules
    from callcalm.workshop.twee_out import twee_text

    try:
        path = Path(args.name) if is_path(args.name) else desk.library.find(args.name)
        source = read(path, CAP)
        rules = shipped_rules()
        read_scenario(source, scenario_id(path), rules.rulebook, rules.playbooks, not_yet)
        data = load_source(source, scenario_record(), number=FORMAT).data
    except UnknownScenario as unknown:
        sys.stderr.write(f"{unknown}\n")
        _other_kind(args, desk)
        return USAGE
    except BadFile as bad:
        return refused(bad)
    text, notes = twee_text(data, scenario_id(path))
    for note in notes.lines():
        sys.stderr.write(_("Otherwise in Twine: {what}").format(what=note) + "\n")
    if str(args.output) == STDOUT:
        sys.stdout.write(text)
        return OK
    return put(text, args.output or Path(f"{scenario_id(path)}.twee"), force=args.force, made_from=path)


def _other_kind(args: argparse.Namespace, desk: Desk) -> None:
    """What else the name could have meant: a round, where it is one; else how rounds are named."""
    from callcalm.practice.finding_rounds import UnknownRound, find_round

    try:
        find_round(desk, args.name, letters=True)
    except UnknownRound:
        message = _("Nor is it a round: those are called last, -2 for the one before, or by their id.")
    else:
        message = _("“{name}” is a round: write it with --format md, html, txt or json.")
    sys.stderr.write(message.format(name=_shown(args.name)) + "\n")


def _shown(name: str) -> str:
    from callcalm.core.text import safe

    return safe(name[:100], multiline=False)
