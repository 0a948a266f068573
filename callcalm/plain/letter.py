"""A letter of one's own, line by line: rated, read by the coach, made better, written to another file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from callcalm.core.moves import Factor, Registry
from callcalm.core.price import FACTOR_RANGE, PriceSheet
from callcalm.core.text import safe
from callcalm.insight.letter_words import (
    change_line,
    costs_line,
    gap_words,
    judged_line,
    kept_line,
    points_lines,
    privacy,
    rows,
    said,
    total_line,
)
from callcalm.insight.saving import trouble_line
from callcalm.insight.wording import factor_name, factor_question, quoted, signed
from callcalm.language import _
from callcalm.plain.console import Console, InputEnded, Leave
from callcalm.practice.letter_files import is_there, path_named
from callcalm.practice.letter_lines import Line, Spot
from callcalm.practice.lettering import Lettering, Step
from callcalm.storage.trouble import CannotSave


def practise(console: Console, lettering: Lettering, registry: Registry) -> None:
    """Go through it. What was done is kept, also when the writer leaves.

    Raises:
        Leave: if the writer stops before the end.
        InputEnded: if the input does.
    """
    try:
        _read(console, lettering)
        _rate(console, lettering)
        _compare(console, lettering, registry)
        while lettering.step is Step.LINES and lettering.line is not None:
            _line(console, lettering, registry)
        _end(console, lettering)
    except (Leave, InputEnded):
        lettering.save()
        _kept(console, lettering)
        raise
    _kept(console, lettering)


def _read(console: Console, lettering: Lettering) -> None:
    console.say(_("Your letter: {name}.").format(name=lettering.name))
    console.say(privacy())
    for remark in lettering.letter.remarks:
        console.say(remark)
    console.say(_("Read it once as the person who opens it:"))
    console.say()
    for line in safe(lettering.letter.source.text.strip()).split("\n"):
        console.say(line)
    console.say()
    console.ask(_("Enter to rate it, q to leave."))
    lettering.go(Step.RATE)


def _rate(console: Console, lettering: Lettering) -> None:
    console.say(_("PRICE: score the letter as whoever reads it would."))
    low, high = FACTOR_RANGE
    while lettering.own is None:
        sheet = PriceSheet()
        for factor in Factor:
            question = _("{factor}: {sentence} From {low} to +{high}?").format(
                factor=factor_name(factor), sentence=factor_question(factor), low=low, high=high
            )
            sheet = sheet.scored(factor, console.number(question, low, high))
        lettering.sketch(sheet)
        console.say(
            _("Your total: {total}, on a scale from −50 to +25.").format(total=signed(lettering.draft.total))
        )
        if console.yes(_("Confirm? Once confirmed it stays. y, or n to score again."), default=True):
            lettering.confirm()


def _compare(console: Console, lettering: Lettering, registry: Registry) -> None:
    own = lettering.own or PriceSheet()
    console.say()
    console.say(_("What the words support; whether the reader gets what they need is not in the words."))
    for row in rows(own, lettering.brought, registry):
        console.say(
            _("{factor}: you {own}, the words {coach}; {gap}.").format(
                factor=row.name, own=signed(row.own), coach=signed(row.coach), gap=gap_words(row.gap)
            )
        )
        for line in row.evidence:
            console.say(f"  - {line}")
    console.say(total_line(own, lettering.brought))
    console.say(costs_line(lettering.before))
    lettering.go(Step.LINES)


def _line(console: Console, lettering: Lettering, registry: Registry) -> None:
    """One line: what costs in it and why; rewritten as often as the writer likes, or kept."""
    line = lettering.line
    if line is None:
        return
    console.say()
    console.say(_("Line {n} of {all}.").format(n=lettering.number, all=lettering.number - 1 + lettering.left))
    _tell(console, line, registry, line.costs)
    while True:
        answer = console.ask(_("Your new line; Enter goes on; ? for help."))
        if not answer:
            break
        if answer == "?":
            console.say(
                _(
                    "Type the whole line anew, and the coach reads it at once. Enter alone keeps the line as it "
                    "is now and goes on; q stops here, and keeps what you have done."
                )
            )
            continue
        try:
            tried = lettering.rewrite(answer)
        except ValueError:
            console.say(_("That is too long; make it shorter."))
            continue
        console.say(judged_line(len(tried.now.costs)))
        _tell(console, tried.now, registry, tried.now.spots)
        console.say(change_line(tried.before, tried.after))
    lettering.next()


def _tell(console: Console, line: Line, registry: Registry, spots: Iterable[Spot]) -> None:
    """A line, and what some words of it do."""
    console.say(quoted(line.words))
    for spot in spots:
        words = line.words[spot.start : spot.end]
        source = f" [{spot.source}]" if spot.source else ""
        console.say(f"  - {said(words, spot.move, registry, costs=spot.costs)} {spot.why}{source}")
        if spot.costs:
            for instead in spot.instead:
                console.say(_("    say instead: {words}").format(words=instead))


def _end(console: Console, lettering: Lettering) -> None:
    console.say()
    if not lettering.changed:
        console.say(_("The letter stays as it is."))
        return
    console.say(change_line(lettering.before, lettering.costs))
    for line in points_lines(lettering.brought, lettering.reference):
        console.say(line)
    console.say(_("Your letter as it is now:"))
    console.say()
    for line in safe(lettering.text.strip()).split("\n"):
        console.say(line)
    console.say()
    _write(console, lettering)


def _write(console: Console, lettering: Lettering) -> None:
    """Ask where to write it, until it is written or need not be."""
    suggested = lettering.suggested
    while True:
        answer = console.ask(
            _("Write it to a file? y for {path}, another name, or Enter to leave it.").format(path=suggested)
        )
        if not answer or answer.casefold() in {"n", "no", "non"}:
            return
        path = suggested if answer.casefold() in {"y", "yes", "o", "oui"} else path_named(answer)
        over = is_there(path)
        if over and not console.yes(_replaces(lettering, path)):
            continue
        try:
            lettering.write(path, over=over)
        except FileExistsError:
            console.say(_("{path} is there already.").format(path=path))
        except CannotSave as trouble:
            console.say(trouble_line(trouble))
        else:
            console.say(_("Written: {path}").format(path=path))
            return


def _replaces(lettering: Lettering, path: Path) -> str:
    """The question before anything is replaced; it says so where that is the letter itself."""
    if lettering.is_original(path):
        return _("{path} is the letter you brought. Replace it, so that only the new one is left? y or n").format(
            path=path
        )
    return _("{path} is there already. Replace it? y or n").format(path=path)


def _kept(console: Console, lettering: Lettering) -> None:
    if lettering.trouble is not None:
        console.say(trouble_line(lettering.trouble))
    elif lettering.saved_in is not None:
        console.say(_("Saved in {path}.").format(path=lettering.saved_in))
        console.say(kept_line(lettering.round_id))
