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
    from collections.abc import Iterator

    from callcalm.core.model import Scenario
    from callcalm.core.replaycode import ReplayCode
    from callcalm.core.round import Round
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
        help=_("write it into the scenario's file as a check of this name that must end the same way"),
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
    from callcalm.content.library import is_path, shipped_folder
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
    if args.save_check is not None and args.scenario is None and path.is_relative_to(shipped_folder()):
        sys.stderr.write(
            _("“{name}” comes with callcalm. Name a file of yours with --scenario.").format(name=shown(name))
            + "\n"
        )
        return USAGE
    playbook = desk.playbooks.get(code.playbook)
    if playbook is None:
        sys.stderr.write(_("There are no house rules “{name}” here.").format(name=shown(code.playbook)) + "\n")
        return USAGE
    scenario = load_scenario(path, desk.rulebook, desk.playbooks)
    ears = Ears(scenario.language, desk.rulebook.registry, desk.phrases)
    played = play_code(code, ears.read(scenario), playbook, ears.hear)
    sys.stdout.write(transcript(played.round).rstrip("\n") + "\n")
    for line in _differs(code, scenario):
        sys.stderr.write(f"{line}\n")
    if played.stopped_at is not None:
        sys.stderr.write(f"{_stopped(code, played)}\n")
        return FOUND
    if args.save_check is None:
        return OK
    if playbook.id != scenario.playbook:
        # Checks are played by the encounter's own house rules.
        played = play_code(code, played.round.opening.scenario, desk.playbooks[scenario.playbook], ears.hear)
        if played.stopped_at is not None:
            told = _("A check is played by the encounter's own house rules, {name}.")
            sys.stderr.write(f"{told.format(name=scenario.playbook)} {_stopped(code, played)}\n")
            return FOUND
    return _save_check(args.save_check, path, desk, played.round)


def _differs(code: ReplayCode, scenario: Scenario) -> Iterator[str]:
    """That the round was played in another encounter or version, and what may be wrong with it therefore."""
    from callcalm.intake import shown

    if code.scenario != scenario.id:
        yield _("This is a code of “{old}”, replayed in “{new}”.").format(
            old=shown(code.scenario), new=scenario.id
        )
    elif not code.fits(scenario.digest):
        yield _("The encounter has changed since this round was played.")
    else:
        return
    if any(step.kind == "reply" and step.reply.isdecimal() for step in code.steps):
        yield _("Answers without an id go by their number: look above whether these are the ones that were given.")


def _stopped(code: ReplayCode, played: Played) -> str:
    """How far the code could be played, and why no further."""
    done = (played.stopped_at or 1) - 1
    if not done:
        return _("It could not be replayed: {why}.").format(why=played.reason)
    return _("It could be replayed up to step {n} of {all}: {why}.").format(
        n=done, all=len(code.steps), why=played.reason
    )


def _save_check(name: str, path: Path, desk: Desk, played: Round) -> int:
    from callcalm.core.text import Text, safe
    from callcalm.workshop.edits import CannotEdit, NameTaken, add_check
    from callcalm.workshop.replays import LONGEST_NAME, check_block

    called = Text(safe(name, multiline=False).strip())
    if not called or len(called) > LONGEST_NAME:
        sys.stderr.write(_("A check needs a name of 1 to {n} characters.").format(n=LONGEST_NAME) + "\n")
        return USAGE
    if not played.turns:
        sys.stderr.write(_("Nothing was done in this round: there is nothing to check.") + "\n")
        return USAGE
    block = check_block(called, played)
    where = safe(str(path), multiline=False)
    try:
        add_check(path, called, block, desk.rulebook, desk.playbooks)
    except CannotEdit as trouble:
        told = _("The check was not written into {path}: {why}").format(path=where, why=trouble)
        sys.stderr.write(f"{told.rstrip('.')}.\n")
        if isinstance(trouble, NameTaken):
            sys.stderr.write(_("Give it another name.") + "\n")
        else:
            sys.stderr.write(_("To add it by hand:") + "\n")
            sys.stdout.write(f"\n{block}")
        return FOUND
    sys.stdout.write("\n" + _("Written into {path}:").format(path=where) + f"\n\n{block}")
    if played.state.ending is None:
        sys.stderr.write(
            _("The call was not over, so the check asks for composure only, and for no ending.") + "\n"
        )
    return OK
