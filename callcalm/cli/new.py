"""`callcalm new`: a first scenario file, from an interview, a template, or a conversation on paper."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import suppress
from pathlib import Path

from callcalm.cli import options
from callcalm.cli.exits import FOUND, INTERRUPTED, OK, UNSAVED, refused
from callcalm.cli.help_ import Help
from callcalm.cli.putting import put, reason, shown
from callcalm.core.hints import TYPE_CHECKING
from callcalm.language import _, current

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from callcalm.core.text import Text
    from callcalm.plain.console import Console
    from callcalm.workshop.asking import Answers, Question

TEMPLATES = ("phone", "letter", "in-person")
BACK = "<"
HELP = "?"


def add(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """The options of `callcalm new`."""
    parser = commands.add_parser(
        "new",
        help=_("write a new encounter: from a call you had, a template, a transcript"),
        formatter_class=Help,
        description=_("Examples:")
        + "\n  callcalm new                                "
        + _("tell a call you had; a file comes of it")
        + "\n  callcalm new --template letter --lang fr    "
        + _("a small complete encounter to change")
        + "\n  callcalm new --from-transcript call.txt     "
        + _("lines with “Caller:” and “Me:” become beats and replies"),
        epilog=_(
            "Nothing is replaced unless you say so. Exit codes: 0 written, 1 the file cannot be used, 2 usage."
        ),
    )
    parser.add_argument("--template", choices=TEMPLATES, help=_("write a complete, commented example"))
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
    parser.add_argument("-o", "--output", metavar="FILE", type=options.file_path, help=_("where to write it"))
    parser.add_argument("--force", action="store_true", help=_("replace a file that is there"))
    parser.add_argument("--saves", metavar="DIR", type=Path, help=_("where unfinished answers are kept"))
    parser.set_defaults(run=run, parser=parser)


def run(args: argparse.Namespace) -> int:
    """Write, and give the exit code."""
    if args.template and args.from_transcript:
        args.parser.error(_("give --template or --from-transcript, not both"))
    if (args.caller or args.me) and not args.from_transcript:
        args.parser.error(_("--caller and --me go with --from-transcript"))
    if args.template:
        return _template(args)
    return _transcript(args) if args.from_transcript else _interview(args)


def _template(args: argparse.Namespace) -> int:
    from callcalm.workshop.filing import path_for
    from callcalm.workshop.templates import template

    made = template(args.template, args.lang or current(), args.title or "")
    return put(made.text, path_for(made.title, Path(), args.output), force=args.force)


def _transcript(args: argparse.Namespace) -> int:
    from callcalm.intake import BadFile, read
    from callcalm.letters.tongue import language_of
    from callcalm.workshop.filing import path_for
    from callcalm.workshop.finishing import finish
    from callcalm.workshop.fitting import one_line
    from callcalm.workshop.transcripts import CAP, NoConversation, conversation, transcript_draft
    from callcalm.workshop.words import words

    try:
        source = read(args.from_transcript, CAP)
        said = conversation(source, args.caller, args.me)
    except BadFile as bad:
        return refused(bad)
    except NoConversation as nobody:
        message = _("{path}: no line begins with “Caller:”, or nobody answers.").format(
            path=shown(Path(args.from_transcript))
        )
        sys.stderr.write(message + "\n")
        if nobody.found:
            hint = _("Seen: {names}. Say who is who: --caller NAME --me NAME.")
            sys.stderr.write(hint.format(names=", ".join(nobody.found)) + "\n")
        return FOUND
    told = words(args.lang or language_of(source.text))
    name = Path(args.from_transcript)
    title = one_line(args.title or name.stem.replace("-", " ").replace("_", " "), 60) or told("defaults.title")
    draft = transcript_draft(
        said, told, title=title, file=name.name, name=args.caller[0] if args.caller else said.name
    )
    made = finish(draft, "new", lambda check, why: told("new.unheld", name=check, reason=why))
    here = words(current())
    for key, line, text in said.remarks[:20]:
        sys.stderr.write(here(key, line=line, name=text, text=text) + "\n")
    return put(made.text, path_for(title, Path(), args.output, told("prefixes.moment")), force=args.force)


def _interview(args: argparse.Namespace) -> int:
    from callcalm.plain.console import Console
    from callcalm.storage.folders import find
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
    answers = _ask_all(args, Console(), folder)
    if answers is None:
        return INTERRUPTED
    told = words(answers["lang"])
    made = finish(told_draft(answers), "new", lambda check, why: told("new.unheld", name=check, reason=why))
    path = path_for(answers["title"], Path(), args.output, told("prefixes.moment"))
    code = put(made.text, path, force=args.force)
    if code == OK:
        kept.drop(folder)
    else:
        sys.stderr.write(_("Your answers are kept in {path}.").format(path=shown(folder / kept.NAME)) + "\n")
    return code


def _ask_all(args: argparse.Namespace, console: Console, folder: Path) -> Answers | None:
    """Every question asked until it has its answer; None when the writer stops, and then the answers are kept."""
    from callcalm.plain.console import InputEnded, Leave
    from callcalm.storage.trouble import CannotSave
    from callcalm.workshop import interview, kept
    from callcalm.workshop.asking import as_before

    answers: Answers = {"lang": args.lang} if args.lang else {}
    try:
        answers = _resumed(console, folder) or answers
        console.say(
            _(
                "Tell a call that you had. Enter takes what is suggested, {back} goes back, "
                "{help} shows it again, q stops."
            ).format(back=BACK, help=HELP)
        )
        before: Answers = {}
        while (question := interview.next_question(answers, current())) is not None:
            given = args.title if question.key == "title" and "title" not in before else None
            try:
                _ask(console, as_before(question, before), answers, given, before)
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
    except CannotSave as failed:
        message = _("{path} cannot be written: {reason}").format(
            path=shown(folder / kept.NAME), reason=reason(failed)
        )
        sys.stderr.write(message + "\n")
        return None
    return answers


def _resumed(console: Console, folder: Path) -> Answers | None:
    from callcalm.workshop import interview, kept

    answers = interview.resumed(kept.saved(folder), current())
    if not answers:
        return None
    title = answers.get("title", "")
    told = _("There are {n} answers to a call not finished: “{title}”. Go on with them?")
    if console.yes(told.format(n=len(answers), title=title or "…") + " " + _("[y/n]"), default=True):
        return answers
    kept.drop(folder)
    return None


def _ask(console: Console, question: Question, answers: Answers, given: str | None, before: Answers) -> None:
    """Ask one question until it is answered, or the writer goes back; not at all if its answer was `given`.

    What the writer goes back on is put into `before`.
    """
    from callcalm.plain.console import InputEnded, Leave
    from callcalm.workshop.asking import Kind, NotTaken, take
    from callcalm.workshop.interview import remark

    if given:
        with suppress(NotTaken):
            answers[question.key] = take(question, given)
            return
    _show(console, question, len(answers) + 1)
    while True:
        raw = console.ask(
            _("Your answer, or Enter:")
            if question.kind is not Kind.LINES
            else _("Line by line; an empty line ends it:")
        )
        if raw == BACK:
            if answers:
                before.update([answers.popitem()])
            else:
                console.say(_("This is the first question."))
            return
        if raw == HELP:
            _show(console, question, len(answers) + 1)
            continue
        if question.kind is Kind.LINES and raw:
            lines = [raw]
            try:
                again = _more(console, question, lines, len(answers) + 1)
            except (InputEnded, Leave, KeyboardInterrupt):
                # What was typed so far is worth keeping: nobody tells a call twice.
                with suppress(NotTaken):
                    answers[question.key] = take(question, "\n".join(lines))
                raise
            if again:
                continue
            raw = type(raw)("\n".join(lines))
        try:
            answers[question.key] = take(question, raw)
        except NotTaken as why:
            console.say(str(why))
            continue
        if told := remark(question.key, answers, current()):
            console.say(f"  {told}")
        return


def _more(console: Console, question: Question, lines: list[Text], number: int) -> bool:
    """Take the lines after the first into `lines`; True when the writer took the first one back, too."""
    while len(lines) < question.lines and (line := console.ask("…")):
        if line == BACK:
            lines.pop()
            if not lines:
                return True
            console.say(f"   {lines[-1]}")
        elif line == HELP:
            _show(console, question, number)
            for said in lines:
                console.say(f"   {said}")
        else:
            lines.append(line)
    return False


def _show(console: Console, question: Question, number: int) -> None:
    from callcalm.workshop.asking import Kind

    console.say()
    console.say(f"{number}. {question.text}")
    for place, (kept, shown_as) in enumerate(question.choices, 1):
        mark = f"   {place}  {shown_as}"
        console.say(mark + (" " + _("(Enter alone)") if kept == question.default else ""))
    if question.example:
        console.say("   " + _("For example: {text}").format(text=question.example))
    if question.kind is Kind.YES:
        told = _("y or n; Enter alone: y") if question.default == "yes" else _("y or n; Enter alone: n")
        console.say("   " + told)
    elif question.default and not question.choices:
        console.say("   " + _("Enter alone: {text}").format(text=question.default.replace("\n", " / ")))
