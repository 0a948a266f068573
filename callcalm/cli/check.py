"""`callcalm check FILE…`: what the words of real letters and e-mails do to whoever reads them."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from pathlib import Path

from callcalm.cli import options, own_words, putting
from callcalm.cli.exits import FOUND, OK, USAGE
from callcalm.cli.help_ import Help, excerpt_width, fold_width
from callcalm.core.hints import TYPE_CHECKING, Any
from callcalm.language import _, ngettext

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from callcalm.letters.books import Books
    from callcalm.letters.house import House
    from callcalm.letters.letter import Letter
    from callcalm.letters.survey import Survey

STDIN = "-"
LARGE = 100_000
"""Code points of a letter from which on memory matters more than start-up."""
FORMATS = ("text", "json", "sarif", "github", "unix")
FAIL_ON = ("never", "note", "warning", "error")


def add(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """The options of `callcalm check`."""
    parser = commands.add_parser(
        "check",
        help=_("check letters and e-mails for words that cost"),
        usage="callcalm check [OPTIONS] FILE …",
        formatter_class=Help,
        description=_("Examples:")
        + "\n  callcalm check letter.txt"
        + "\n  callcalm check --helpful reply.md notice.eml"
        + "\n  callcalm check --format sarif letters/*.txt > callcalm.sarif"
        + "\n  pbpaste | callcalm check -"
        + "\n  callcalm check --jsonl < replies.jsonl",
        epilog=_("Exit codes: 0 nothing that costs, 1 findings, 2 a file could not be checked.")
        + "\n"
        + _("What is let pass is written in a callcalm.toml beside the letters: see docs/check.md."),
    )
    parser.add_argument(
        "files",
        metavar="FILE",
        nargs="*",
        type=options.file_name,
        help=_("text, Markdown or .eml; - is standard input"),
    )
    parser.add_argument(
        "--format", choices=FORMATS, default="text", help=_("how to write findings (default: text)")
    )
    parser.add_argument("--lang", choices=("auto", "en", "fr"), default="auto", help=_("language of the letters"))
    parser.add_argument(
        "--playbook", metavar="ID", default="core", help=_("house rules to check by (default: core)")
    )
    parser.add_argument("--helpful", action="store_true", help=_("show the words that help, too"))
    parser.add_argument(
        "--ignore",
        metavar="RULE",
        action="append",
        default=[],
        help=_("leave out a rule or a move; may be repeated"),
    )
    parser.add_argument(
        "--baseline", metavar="FILE", type=options.file_path, help=_("tell only what is not in this baseline")
    )
    parser.add_argument(
        "--write-baseline", metavar="FILE", type=options.file_path, help=_("write all findings to a baseline")
    )
    parser.add_argument(
        "--fail-on", choices=FAIL_ON, default="note", help=_("the least level that makes the exit code 1")
    )
    parser.add_argument(
        "--stdin-filename", metavar="NAME", help=_("what to call standard input; its ending counts")
    )
    parser.add_argument(
        "--jsonl", action="store_true", help=_("read texts and write findings as JSON, a line each")
    )
    own_words.add(parser)
    parser.set_defaults(run=run, parser=parser)


def run(args: argparse.Namespace) -> int:
    """Check, and give the exit code."""
    # One letter is mostly start-up, and looking for garbage in what is being loaded is a tenth of that.
    gc.disable()
    code = _run(args)
    # Nor need it be looked through on the way out.
    gc.freeze()
    return code


def _run(args: argparse.Namespace) -> int:
    from callcalm.intake.problems import BadFile

    if not args.files and not args.jsonl:
        args.parser.error(_("give a FILE, or - for standard input"))
    if args.jsonl:
        for option in ("format", "fail_on", "playbook", "baseline", "write_baseline"):
            if getattr(args, option) != args.parser.get_default(option):
                message = _("--jsonl does not go with {option}.")
                args.parser.error(message.format(option=f"--{option.replace('_', '-')}"))
    try:
        books = own_words.books(args)
        _known(args, books)
        if args.jsonl:
            return _lines(args, books)
        return _letters(args, _survey(args, books))
    except BadFile as bad:
        sys.stderr.write(f"{bad}\n")
        return USAGE


def _known(args: argparse.Namespace, books: Books) -> None:
    """Leave with the code for usage when `--ignore` names nothing that there is."""
    if not args.ignore:
        return
    from callcalm.intake.words import nearest, shown

    names = books.names()
    for name in args.ignore:
        if name not in names:
            near = nearest(name, names)
            message = _("there is no rule or move “{name}”.").format(name=shown(name))
            hint = " " + _("Did you mean “{word}”?").format(word=near) if near else ""
            args.parser.error(message + hint)


def _survey(args: argparse.Namespace, books: Books) -> Survey:
    from callcalm.letters.survey import Survey

    baseline = None
    # A baseline that is being written holds all findings, also those that an older one knows.
    if args.baseline is not None and args.write_baseline is None:
        from callcalm.letters.baseline import load_baseline

        baseline = load_baseline(args.baseline)
    return Survey(books, _house(args), args.lang, frozenset(args.ignore), args.helpful, baseline)


def _house(args: argparse.Namespace) -> House:
    from callcalm.letters.house import house, playbook_names

    names = playbook_names()
    if args.playbook not in names:
        message = _("there is no playbook “{name}”; there are: {names}")
        args.parser.error(message.format(name=args.playbook, names=", ".join(names)))
    return house(args.playbook)


def _letters(args: argparse.Namespace, survey: Survey) -> int:
    from callcalm.intake.problems import BadFile
    from callcalm.letters.output import writer
    from callcalm.letters.sidecars import NAME as SIDECAR
    from callcalm.report import about

    form = "none" if args.write_baseline else args.format
    out = writer(form, sys.stdout, sys.stderr, excerpt_width(), fold_width())
    started = False
    for name in args.files:
        if Path(name).name == SIDECAR:
            # Globs and hooks bring it along with the letters; it is ours, and none of them.
            continue
        try:
            letter, path = _letter(args, name)
            if started or len(letter.words) > LARGE:
                gc.enable()
            started = True
            sheet, checked = survey.look(letter, path)
        except BadFile as bad:
            out.trouble(tuple(about(problem) for problem in bad.problems), bad.source)
            continue
        out.sheet(sheet, checked.reference)
    out.end(tuple(survey.notices()), survey.suppressed)
    if args.write_baseline is not None and not out.in_trouble:
        return _write_baseline(args.write_baseline, survey)
    if out.in_trouble:
        return USAGE
    levels = FAIL_ON[FAIL_ON.index(args.fail_on) :] if args.fail_on != "never" else ()
    return FOUND if any(found.diagnostic.level in levels for _path, found in survey.costs) else OK


def _letter(args: argparse.Namespace, name: str) -> tuple[Letter, Path]:
    from callcalm.letters.letter import CAP, letter_from, read_letter

    if name != STDIN:
        return read_letter(name), _absolute(name)
    called = args.stdin_filename or "<stdin>"
    return letter_from(sys.stdin.buffer.read(CAP + 1), called), _absolute(called)


def _absolute(name: str) -> Path:
    # Not `resolve`: a link is let pass where it lies, not where it leads; but `..` must go.
    return Path(os.path.abspath(name))  # noqa: PTH100


def _write_baseline(path: Path, survey: Survey) -> int:
    from callcalm.letters.baseline import baseline_text

    if not _may_replace(path):
        message = _("{path} is there already, and is no baseline: nothing was written.").format(
            path=putting.shown(path)
        )
        sys.stderr.write(message + "\n" + _("Name another file: --write-baseline known.toml.") + "\n")
        return USAGE
    try:
        path.write_text(baseline_text(path, survey.costs), encoding="utf-8")
    except OSError as error:
        sys.stderr.write(
            _("{path} cannot be written: {reason}").format(path=putting.shown(path), reason=error.strerror) + "\n"
        )
        return USAGE
    count = len(survey.costs)
    told = ngettext("{n} finding is written to {path}.", "{n} findings are written to {path}.", count)
    sys.stderr.write(told.format(n=count, path=putting.shown(path)) + "\n")
    return OK


def _may_replace(path: Path) -> bool:
    """Whether a baseline may be written there: where a shell wrote out ``*.txt``, the first is a letter."""
    from callcalm.intake.problems import BadFile
    from callcalm.letters.baseline import load_baseline

    if not path.is_file():
        return True
    try:
        load_baseline(path)
    except BadFile:
        return path.stat().st_size == 0
    return True


def _lines(args: argparse.Namespace, books: Books) -> int:
    from callcalm.letters.lines import answers

    gc.enable()
    good = True
    for name in args.files or [STDIN]:
        if name == STDIN:
            stream: Any = sys.stdin.buffer
        else:
            try:
                stream = open(name, "rb")  # noqa: SIM115, PTH123 - closed below; standard input is not
            except OSError as error:
                sys.stderr.write(
                    _("{path} cannot be read: {reason}").format(
                        path=putting.shown(Path(name)), reason=error.strerror
                    )
                    + "\n"
                )
                good = False
                continue
        live = not stream.seekable()
        for line, fine in answers(stream, books, args.lang, frozenset(args.ignore)):
            good = good and fine
            sys.stdout.write(f"{line}\n")
            if live:
                sys.stdout.flush()
        if name != STDIN:
            stream.close()
    return OK if good else USAGE
