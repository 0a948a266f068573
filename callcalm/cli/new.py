"""`callcalm new`: a first scenario file, from an interview, a template, or a conversation on paper."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from callcalm.cli import options
from callcalm.cli.exits import FOUND, INTERRUPTED, OK, UNSAVED, refused
from callcalm.cli.help_ import Help
from callcalm.cli.putting import put, reason, shown
from callcalm.core.hints import TYPE_CHECKING
from callcalm.language import _, current, ngettext

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from callcalm.plain.console import Console
    from callcalm.workshop.asking import Answers
    from callcalm.workshop.conversations import NoConversation

TEMPLATES = ("phone", "letter", "in-person")


def add(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """The options of `callcalm new`."""
    parser = commands.add_parser(
        "new",
        help=_("write a new encounter: from a call you had, a template, a transcript"),
        formatter_class=Help,
        description=_("Examples:")
        + "\n  callcalm new                                "
        + _("tell a call, a talk or a letter you had; a file comes of it")
        + "\n  callcalm new --template letter --lang fr    "
        + _("a small complete encounter to change")
        + "\n  callcalm new --from-transcript call.txt     "
        + _("lines with “Caller:” and “Me:” become beats and replies")
        + "\n  callcalm new --from-transcript mails.txt --template letter\n"
        + 46 * " "
        + _("the same, of what was written"),
        epilog=_(
            "Nothing is replaced unless you say so. Exit codes: 0 written, 1 the file cannot be used, 2 usage."
        ),
    )
    parser.add_argument(
        "--template",
        choices=TEMPLATES,
        help=_("write a complete, commented example; with --from-transcript: how it reached you"),
    )
    parser.add_argument(
        "--from-transcript", metavar="FILE", type=options.file_name, help=_("write a conversation as an encounter")
    )
    parser.add_argument(
        "--caller", metavar="NAME", action="append", default=[], help=_("how the transcript names the caller")
    )
    parser.add_argument(
        "--me", metavar="NAME", action="append", default=[], help=_("how the transcript names you")
    )
    parser.add_argument("--lang", choices=("en", "fr"), help=_("language of the encounter"))
    parser.add_argument("--title", metavar="TITLE", help=_("what the encounter is called"))
    parser.add_argument(
        "-o", "--output", metavar="FILE", type=options.file_path, help=_("where to write it; - is standard output")
    )
    parser.add_argument("--force", action="store_true", help=_("replace a file that is there"))
    parser.add_argument("--saves", metavar="DIR", type=Path, help=_("where unfinished answers are kept"))
    parser.set_defaults(run=run, parser=parser)


def run(args: argparse.Namespace) -> int:
    """Write, and give the exit code."""
    if (args.caller or args.me) and not args.from_transcript:
        args.parser.error(_("--caller and --me go with --from-transcript"))
    if args.from_transcript:
        return _transcript(args)
    return _template(args) if args.template else _interview(args)


def _template(args: argparse.Namespace) -> int:
    from callcalm.workshop.filing import path_for
    from callcalm.workshop.templates import template

    made = template(args.template, args.lang or current(), args.title or "")
    return put(made.text, path_for(made.title, Path(), args.output), force=args.force)


def _transcript(args: argparse.Namespace) -> int:
    from callcalm.intake import BadFile, read
    from callcalm.letters.tongue import language_of
    from callcalm.workshop.conversations import CAP, NoConversation, conversation
    from callcalm.workshop.filing import path_for
    from callcalm.workshop.finishing import finish
    from callcalm.workshop.fitting import one_line
    from callcalm.workshop.transcripts import told_remarks, transcript_draft
    from callcalm.workshop.words import words

    try:
        source = read(args.from_transcript, CAP)
        said = conversation(source, args.caller, args.me)
    except BadFile as bad:
        return refused(bad)
    except NoConversation as nobody:
        _tell_nobody(Path(args.from_transcript), nobody)
        return FOUND
    channel = args.template or "phone"
    told = words(args.lang or language_of(source.text)).on(channel)
    name = Path(args.from_transcript)
    title = one_line(args.title or name.stem.replace("-", " ").replace("_", " "), 60) or told("defaults.title")
    caller = args.caller[0] if args.caller else said.name
    draft = transcript_draft(said, told, title=title, file=name.name, name=caller, channel=channel)
    made = finish(draft, "new", lambda check, why: told("new.unheld", name=check, reason=why))
    for line in told_remarks(said, words(current()).on(channel)):
        sys.stderr.write(line + "\n")
    path = path_for(title, Path(), args.output, told("prefixes.moment"))
    return put(made.text, path, force=args.force, made_from=name)


def _tell_nobody(path: Path, nobody: NoConversation) -> None:
    """Say why a text is no conversation: the names that were seen, or else the lines that were not understood."""
    message = _("{path}: no line begins with “Caller:”, or nobody answers.").format(path=shown(path))
    sys.stderr.write(message + "\n")
    if nobody.found:
        hint = _("Seen: {names}. Say who is who: {options}.")
        seen = ", ".join(
            _("{name} (line {line})").format(name=name, line=nobody.strangers[name][0]) for name in nobody.found
        )
        sys.stderr.write(hint.format(names=seen, options=_who_is_who(nobody)) + "\n")
        return
    for line, text in nobody.unread:
        told = _("Line {line}: no name with a colon begins it: {text}").format(line=line, text=text)
        sys.stderr.write(told + "\n")


def _who_is_who(nobody: NoConversation) -> str:
    """The options that name who is still to be named; with the names where only one can be the caller."""
    from callcalm.workshop.speakers import DESKS, folded

    desks = [name for name in nobody.found if folded(name) in DESKS]
    others = [name for name in nobody.found if name not in desks]
    if len(others) == 1 and desks:
        return " ".join([f'--caller "{others[0]}"', *(f'--me "{name}"' for name in desks)])
    options = {"caller": _('--caller "NAME"'), "me": _('--me "NAME"')}
    return " ".join(option for side, option in options.items() if side not in nobody.sides)


def _interview(args: argparse.Namespace) -> int:
    from callcalm.plain.console import Console
    from callcalm.storage.folders import find
    from callcalm.storage.trouble import CannotSave
    from callcalm.workshop import kept
    from callcalm.workshop.filing import path_for
    from callcalm.workshop.finishing import finish
    from callcalm.workshop.told import told_draft
    from callcalm.workshop.words import words

    if args.output is not None and not args.output.parent.is_dir():
        # Told before the questions, not after twenty answers.
        sys.stderr.write(_("There is no folder {folder}.").format(folder=shown(args.output.parent)) + "\n")
        return UNSAVED
    folder = find(args.saves, os.environ, Path.cwd()).settings.parent
    try:
        answers = _ask_all(args, Console(), folder)
    except CannotSave as failed:
        message = _("{path} cannot be written: {reason}").format(
            path=shown(folder / kept.NAME), reason=reason(failed)
        )
        sys.stderr.write(message + "\n")
        return UNSAVED
    if answers is None:
        return INTERRUPTED
    told = words(answers["lang"]).on(answers["channel"])
    made = finish(told_draft(answers), "new", lambda check, why: told("new.unheld", name=check, reason=why))
    path = path_for(answers["title"], Path(), args.output, told("prefixes.moment"))
    code = put(made.text, path, force=args.force)
    if code == OK:
        kept.drop(folder)
    else:
        sys.stderr.write(_("Your answers are kept in {path}.").format(path=shown(folder / kept.NAME)) + "\n")
    return code


def _ask_all(args: argparse.Namespace, console: Console, folder: Path) -> Answers | None:
    """Every question asked until it has its answer; None when the writer stops, and then the answers are kept.

    Raises `CannotSave` when they cannot be.
    """
    from callcalm.cli.asking import BACK, HELP, ask
    from callcalm.plain.console import InputEnded, Leave
    from callcalm.workshop import interview, kept
    from callcalm.workshop.asking import as_before

    answers: Answers = {"lang": args.lang} if args.lang else {}
    try:
        answers = _resumed(console, folder) or answers
        console.say(
            _(
                "Tell a call, a talk or a letter that you had. Enter takes what is suggested, {back} goes back, "
                "{help} shows it again, q stops."
            ).format(back=BACK, help=HELP)
        )
        before: Answers = {}
        while (question := interview.next_question(answers, current())) is not None:
            given = args.title if question.key == "title" and "title" not in before else None
            try:
                ask(console, as_before(question, before), answers, given, before)
            finally:
                if answers:
                    kept.keep(folder, answers)
    except (InputEnded, Leave, KeyboardInterrupt):
        if answers:
            path = shown(folder / kept.NAME)
            console.say()
            console.say(_("Stopped. Nothing was written. Your answers are kept in {path}.").format(path=path))
            console.say(_("“callcalm new” goes on with them."))
        return None
    return answers


def _resumed(console: Console, folder: Path) -> Answers | None:
    from callcalm.plain.console import Leave
    from callcalm.workshop import interview, kept

    answers = interview.resumed(kept.saved(folder), current())
    if not answers:
        return None
    title = answers.get("title", "")
    told = ngettext(
        "There is {n} answer of an interview not finished: “{title}”. Go on with it?",
        "There are {n} answers of an interview not finished: “{title}”. Go on with them?",
        len(answers),
    )
    if console.yes(told.format(n=len(answers), title=title or "…") + " " + _("[Y/n]"), default=True):
        return answers
    aside = kept.put_aside(folder)
    if aside is None:
        # Rather the question once more than nine answers gone.
        console.say(_("They cannot be put aside, and stay in {path}.").format(path=shown(folder / kept.NAME)))
        raise Leave
    told = _("They are put aside in {path}. To go on with them, call that file {name} again.")
    console.say(told.format(path=shown(aside), name=kept.NAME))
    return None
