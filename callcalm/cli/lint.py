"""`callcalm lint [PATH…]`: what is wrong or weak in scenarios, phrasebooks, playbooks and settings."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from pathlib import Path

from callcalm.cli import options
from callcalm.cli.exits import FOUND, OK, USAGE
from callcalm.cli.help_ import Help, excerpt_width, fold_width
from callcalm.core.hints import TYPE_CHECKING
from callcalm.language import _, ngettext

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from callcalm.content.kinds import Kind
    from callcalm.report import Report

STDIN = "-"
FORMATS = ("text", "json", "sarif", "github", "unix")
FAIL_ON = ("note", "warning", "error")


def add(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """The options of `callcalm lint`."""
    parser = commands.add_parser(
        "lint",
        help=_("check encounters, phrasebooks and playbooks that you write"),
        usage="callcalm lint [OPTIONS] [PATH …]",
        formatter_class=Help,
        description=_("Examples:")
        + "\n  callcalm lint third-call.toml"
        + "\n  callcalm lint scenarios/ --fail-on note"
        + "\n  callcalm lint --format sarif scenarios/ > callcalm.sarif"
        + "\n  callcalm lint --ignore CC606 third-call.toml"
        + "\n  callcalm lint --explain CC705",
        epilog=_("Exit codes: 0 nothing of that level, 1 findings, 2 a file could not be read.")
        + "\n"
        + _("Every code has a page in docs/lint.md."),
    )
    parser.add_argument(
        "paths",
        metavar="PATH",
        nargs="*",
        type=options.file_name,
        help=_("files, or folders of TOML files; - is standard input; without any, what you wrote yourself"),
    )
    parser.add_argument(
        "--format", choices=FORMATS, default="text", help=_("how to write findings (default: text)")
    )
    parser.add_argument(
        "--fail-on",
        choices=FAIL_ON,
        default="warning",
        help=_("the least level that makes the exit code 1 (default: warning)"),
    )
    parser.add_argument(
        "--ignore", metavar="CODE", action="append", default=[], help=_("leave out a code; may be repeated")
    )
    parser.add_argument(
        "--fix",
        action="store_true",
        help=_("give an id to every answer that has none, so that saves survive edits"),
    )
    parser.add_argument(
        "--explain", metavar="CODE", help=_("explain a code, with a bad and a good example; all lists the codes")
    )
    parser.add_argument("--stdin-filename", metavar="NAME", help=_("what to call standard input"))
    parser.add_argument(
        "--no-cache", action="store_true", help=_("read every answer anew, and keep nothing for the next run")
    )
    parser.add_argument("--saves", metavar="DIR", type=Path, help=_("where your own encounters are"))
    parser.set_defaults(run=run, parser=parser)


def run(args: argparse.Namespace) -> int:
    """Look, tell, and give the exit code."""
    if args.explain is not None:
        return _explain(args)
    if args.fix and STDIN in args.paths:
        args.parser.error(_("--fix changes files: give the path of one"))
    codes = frozenset(code for given in args.ignore for code in _codes(given, args.parser))
    fixed = _fix(args.paths, args.saves) if args.fix else OK
    # A run is short: what it makes need not be looked through for garbage, nor on the way out.
    gc.disable()
    report = _report(args, codes)
    nothing = not (args.paths or report.sheets or report.trouble)
    if nothing:
        sys.stderr.write(f"{_nothing()}\n")
    if not nothing or args.format != "text":
        _write(report, args.format)
    gc.freeze()
    if report.trouble or fixed == USAGE:
        return USAGE
    levels = FAIL_ON[FAIL_ON.index(args.fail_on) :]
    found = any(item.level in levels for sheet in report.sheets for item in sheet.diagnostics)
    return FOUND if found else fixed


def _fix(paths: list[str], saves: Path | None) -> int:
    """Give ids to answers without one, file by file; the exit code for those that were left as they are."""
    from callcalm.content.kinds import Kind, kind_of
    from callcalm.content.playbooks import load_playbooks
    from callcalm.content.registry import load_rulebook
    from callcalm.core.text import safe
    from callcalm.intake.problems import BadFile
    from callcalm.intake.reading import read
    from callcalm.lint.files import gather
    from callcalm.lint.linting import CAP
    from callcalm.workshop.edits import CannotEdit, add_reply_ids

    rulebook = load_rulebook()
    playbooks = load_playbooks(rulebook.registry)
    worst = OK
    # Folders that cannot be read stand in the report that follows.
    for wanted in gather([Path(name) for name in paths] if paths else _own(saves), []):
        where = safe(str(wanted.path), multiline=False)
        try:
            kind = kind_of(read(wanted.path, CAP).text)
        except BadFile:
            continue  # what cannot be read at all stands in the report that follows
        if kind is not Kind.SCENARIO:
            continue
        told = _("{path} was left as it is: {why}")
        try:
            given = add_reply_ids(wanted.path, rulebook, playbooks)
        except BadFile:
            # What is wrong in the file stands in the findings that follow.
            worst = max(worst, FOUND)
            sys.stderr.write(told.format(path=where, why=_("mend its errors first.")) + "\n")
            continue
        except CannotEdit as trouble:
            worst = USAGE
            why = str(trouble).split("\n")[0].rstrip(".:")
            sys.stderr.write(told.format(path=where, why=f"{why}.") + "\n")
            continue
        if given:
            keys = ", ".join(given)
            sys.stderr.write(_("{path}: ids given: {keys}").format(path=where, keys=keys) + "\n")
    return worst


def _codes(given: str, parser: argparse.ArgumentParser) -> list[str]:
    """The codes of one `--ignore`; leaves with the code for usage when one is none."""
    from callcalm.intake.codes import Code
    from callcalm.intake.words import shown

    names = [name.strip().upper() for name in given.split(",")]
    for name in names:
        if name not in list(Code):
            parser.error(_("there is no code “{name}”.").format(name=shown(name)))
    return names


def _report(args: argparse.Namespace, ignored: frozenset[str]) -> Report:
    from callcalm.lint.linting import CAP, Linter
    from callcalm.report import Report

    def own_folders() -> list[Path]:
        return _own(args.saves)

    def shelves() -> dict[Path, Kind]:
        return _shelves(args.saves)

    linter = Linter(ignored, keep=not args.no_cache, own=own_folders, shelves=shelves)
    paths = [Path(name) for name in args.paths if name != STDIN]
    read = linter.report(paths if args.paths else [folder for folder in shelves() if folder.is_dir()])
    if STDIN not in args.paths:
        return read
    piped = linter.report_bytes(sys.stdin.buffer.read(CAP + 1), args.stdin_filename or "<stdin>")
    return Report(
        (*piped.sheets, *read.sheets),
        (*piped.trouble, *read.trouble),
        suppressed=piped.suppressed + read.suppressed,
    )


def _shelves(saves: Path | None) -> dict[Path, Kind]:
    """The player's own folders, there or not, and what kind of files is looked for in each."""
    from callcalm.content.kinds import Kind
    from callcalm.storage.folders import find

    folders = find(saves, os.environ, Path.cwd())
    kinds = dict.fromkeys((*_own(saves), folders.scenarios), Kind.SCENARIO)
    return kinds | {folders.drills: Kind.DRILL, folders.campaigns: Kind.CAMPAIGN}


def _own(saves: Path | None) -> list[Path]:
    """The folders with the player's own scenarios, as far as they are there."""
    from callcalm.content.library import Library
    from callcalm.storage.folders import find

    folders = Library.standard(find(saves, os.environ, Path.cwd()).scenarios).folders
    return [folder for folder in folders[:-1] if folder.is_dir()]


def _nothing() -> str:
    """That there is nothing to look at, and what to name."""
    from callcalm.cli.putting import command_path
    from callcalm.content.library import shipped_folder

    told = _(
        "No file is named, and you have no encounters of your own yet. Name one: callcalm lint my-call.toml; or a "
        "folder: callcalm lint . for this one, callcalm lint {shipped} for those that come with callcalm."
    )
    return told.format(shipped=command_path(shipped_folder()))


def _write(report: Report, form: str) -> None:
    out = sys.stdout.write
    if form == "json":
        from callcalm.report.machine import to_json

        out(to_json(report) + "\n")
    elif form == "sarif":
        from callcalm.report.sarif import to_sarif

        out(to_sarif(report) + "\n")
    elif form == "github":
        from callcalm.report.github import to_github

        sys.stdout.writelines(f"{line}\n" for line in to_github(report))
    else:
        from callcalm.report.text import full, unix

        cells, fold = excerpt_width(), fold_width()
        for item in report.trouble:
            sys.stderr.write(f"{full(item, None, fold=fold) if form == 'text' else unix(item)}\n")
        for sheet in report.sheets:
            for item in sheet.diagnostics:
                out(f"{full(item, sheet.source, cells, fold) if form == 'text' else unix(item)}\n")
        if form == "text":
            sys.stdout.flush()
            sys.stderr.write(f"{_sum(report)}\n")


def _sum(report: Report) -> str:
    found = [*report.trouble, *(item for sheet in report.sheets for item in sheet.diagnostics)]
    levels = [item.level.value for item in found]
    errors, warnings, notes = (levels.count(level) for level in ("error", "warning", "note"))
    parts = [
        ngettext("{n} error", "{n} errors", errors).format(n=errors),
        ngettext("{n} warning", "{n} warnings", warnings).format(n=warnings),
        ngettext("{n} note", "{n} notes", notes).format(n=notes),
    ]
    files = ngettext("{n} file checked", "{n} files checked", len(report.sheets)).format(n=len(report.sheets))
    passed = [_("{n} let pass").format(n=report.suppressed)] if report.suppressed else []
    return _("; ").join((", ".join(parts), files, *passed)) + "."


def _explain(args: argparse.Namespace) -> int:
    from callcalm.lint.pages import ALL, UnknownCode, overview, page

    try:
        sys.stdout.write(overview() if args.explain.lower() == ALL else page(args.explain))
    except UnknownCode as unknown:
        args.parser.error(str(unknown))
    return OK
