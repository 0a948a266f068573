"""`callcalm replay CODE`: a round shown again from its code, or made a check of its scenario."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from callcalm.cli import options
from callcalm.cli.exits import FOUND, OK, USAGE, refused
from callcalm.cli.help_ import Help
from callcalm.core.hints import TYPE_CHECKING
from callcalm.language import _, said

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from callcalm.core.replaycode import ReplayCode
    from callcalm.practice.desk import Desk
    from callcalm.workshop.replays import Played


def add(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """The options of `callcalm replay`."""
    parser = commands.add_parser(
        "replay",
        help=_("show a round again from its code"),
        formatter_class=Help,
        description=_("Examples:")
        + "\n  callcalm replay cc1:lost-referral::core:0:thanks.mine.L.L.named.readback.own"
        + "\n  callcalm replay - < code.txt"
        + "\n  callcalm replay CODE --scenario my-call.toml --save-check "
        + _('"anger settles once it is named"'),
    )
    parser.add_argument("code", metavar="CODE", help=_("the code, as the end of a round shows it; - reads it"))
    parser.add_argument(
        "--scenario",
        metavar="FILE",
        type=options.file_name,
        help=_("the file to replay it in (default: found by its id)"),
    )
    parser.add_argument(
        "--save-check",
        metavar="NAME",
        help=_("write it into the scenario's file as a check that must end the same way"),
    )
    options.add_phrases(parser)
    options.add_desk(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Show the round, or say what is wrong with the code or its scenario."""
    from callcalm.content.library import UnknownScenario
    from callcalm.core.replaycode import LONGEST_CODE, BadCode, decode
    from callcalm.intake.problems import BadFile

    desk = options.desk(args)
    try:
        code = decode(sys.stdin.read(LONGEST_CODE + 1) if args.code == "-" else args.code)
        return _replay(args, desk, code)
    except BadCode as bad:
        sys.stderr.write(_("This is no replay code that can be read: {why}.").format(why=said(bad.why)) + "\n")
        return USAGE
    except BadFile as bad:
        return refused(bad)
    except UnknownScenario as unknown:
        sys.stderr.write(f"{unknown}\n")
        if args.scenario is None:
            sys.stderr.write(_("If it stands in a file of yours, name the file with --scenario.") + "\n")
        return USAGE


def _replay(args: argparse.Namespace, desk: Desk, code: ReplayCode) -> int:
    from callcalm.content.library import is_path
    from callcalm.content.scenarios import load_scenario
    from callcalm.insight.transcript import transcript
    from callcalm.intake import shown
    from callcalm.practice.ears import Ears
    from callcalm.workshop.replays import play_code

    name = args.scenario or code.scenario
    if args.scenario is None and is_path(name):
        # A code comes from outside: it may name an encounter, never a file.
        sys.stderr.write(
            _("The code names a file, {name}; give it with --scenario.").format(name=shown(name)) + "\n"
        )
        return USAGE
    path = Path(name) if args.scenario is not None else desk.library.find(name)
    playbook = desk.playbooks.get(code.playbook)
    if playbook is None:
        sys.stderr.write(_("There are no house rules “{name}” here.").format(name=shown(code.playbook)) + "\n")
        return USAGE
    scenario = load_scenario(path, desk.rulebook, desk.playbooks)
    ears = Ears(scenario.language, desk.rulebook.registry, desk.phrases)
    played = play_code(code, ears.read(scenario), playbook, ears.hear)
    sys.stdout.write(transcript(played.round).rstrip("\n") + "\n")
    if not code.fits(scenario.digest):
        sys.stderr.write(_("The encounter has changed since this round was played.") + "\n")
    if played.stopped_at is not None:
        sys.stderr.write(
            _("It could be replayed up to step {n} of {all}: {why}.").format(
                n=played.stopped_at - 1, all=len(code.steps), why=played.reason
            )
            + "\n"
        )
        return FOUND
    if args.save_check is None:
        return OK
    if playbook.id != scenario.playbook:
        # Checks are played by the encounter's own house rules.
        played = play_code(code, played.round.opening.scenario, desk.playbooks[scenario.playbook], ears.hear)
    return _save_check(args.save_check, path, desk, code, played)


def _save_check(name: str, path: Path, desk: Desk, code: ReplayCode, played: Played) -> int:
    from callcalm.core.text import Text, safe
    from callcalm.workshop.edits import CannotEdit, add_check
    from callcalm.workshop.replays import LONGEST_NAME, check_block

    called = Text(safe(name, multiline=False).strip())
    if not called or len(called) > LONGEST_NAME:
        sys.stderr.write(_("A check needs a name of 1 to {n} characters.").format(n=LONGEST_NAME) + "\n")
        return USAGE
    block = check_block(called, code, played.round)
    where = safe(str(path), multiline=False)
    try:
        add_check(path, called, block, desk.rulebook, desk.playbooks)
    except CannotEdit as trouble:
        sys.stderr.write(
            _("The check could not be written into {path}: {why}. To add it by hand:").format(
                path=where, why=trouble
            )
            + "\n"
        )
        sys.stdout.write(f"\n{block}")
        return FOUND
    sys.stdout.write("\n" + _("Written into {path}:").format(path=where) + f"\n\n{block}")
    return OK
