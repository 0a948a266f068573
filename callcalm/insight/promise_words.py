"""Promises in sentences, the same on the screen and line by line. What must not be here: what became of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from callcalm.core.model import Kept
from callcalm.insight.promises import IN_TIME, Entry, Standing
from callcalm.insight.wording import headed, quoted, series
from callcalm.language import _, ngettext

ORDER: Final = (
    Standing.DUE,
    Standing.OPEN,
    Standing.CAME_BACK,
    Standing.BROKEN,
    Standing.NO_FOLLOW_UP,
)
"""The groups of the ledger, what asks for something first. What was promised again is listed as it was last."""


def grouped(entries: Iterable[Entry]) -> Mapping[Standing, list[Entry]]:
    """The ledger by standing, in the order of `ORDER`; the newest first, but of what is due the oldest.

    Left out is what a later round promised again: who plays an encounter often would look for the rest in vain.
    """
    groups: dict[Standing, list[Entry]] = {standing: [] for standing in ORDER}
    for entry in entries:
        if entry.standing in groups:
            groups[entry.standing].append(entry)
    for standing, group in groups.items():
        if standing is not Standing.DUE:
            group.reverse()
    return {standing: group for standing, group in groups.items() if group}


def group_name(standing: Standing) -> str:
    """What a group of the ledger is called."""
    return {
        Standing.DUE: _("Due now"),
        Standing.OPEN: _("Not due yet"),
        Standing.CAME_BACK: _("Gone back to"),
        Standing.BROKEN: _("Could not be kept"),
        Standing.NO_FOLLOW_UP: _("No follow-up call is written for these"),
    }[standing]


def nothing_line() -> str:
    """That there is no promise yet, and where they come from."""
    return _("You have promised nothing yet: a promise is made in a call, by what you say.")


def again_line(entries: Iterable[Entry]) -> str:
    """How many promises are left out as made again; empty if none."""
    n = sum(entry.standing is Standing.RENEWED for entry in entries)
    if not n:
        return ""
    return ngettext(
        "{n} older promise was made again in a later round; it is listed as it was made last.",
        "{n} older promises were made again in later rounds; they are listed as they were made last.",
        n,
    ).format(n=n)


def promise_line(entry: Entry) -> str:
    """What was promised, to whom and by when."""
    what = _("{what}, by {by}").format(what=entry.what, by=entry.by) if entry.by else entry.what
    return _("To {name}: {what}").format(name=entry.to, what=what)


def standing_line(entry: Entry) -> str:
    """Where a promise stands, and what that means for the player."""
    made = _("promised on {day}").format(day=entry.made.date().isoformat())
    match entry.standing:
        case Standing.DUE if entry.kept is Kept.KEPT:
            now = _("due since {day}; in time for {n} days from then").format(day=entry.due.isoformat(), n=IN_TIME)
        case Standing.DUE if entry.kept is Kept.LATE:
            now = _("due since {day}; late by now").format(day=entry.due.isoformat())
        case Standing.DUE:
            now = _("it was never yours to promise; somebody is waiting to hear that")
        case Standing.OPEN:
            now = _("due on {day}").format(day=entry.due.isoformat())
        case Standing.CAME_BACK:
            now = kept_word(entry.kept)
        case Standing.BROKEN:
            now = _("it was never yours to promise, and whoever waits for it waits in vain")
        case Standing.NO_FOLLOW_UP if entry.follow_up is not None:
            now = _(
                "the encounter that it comes back in, “{id}”, is not there; "
                "“callcalm paths” says where yours belong"
            ).format(id=entry.follow_up)
        case Standing.NO_FOLLOW_UP:
            return made
        case Standing.RENEWED:
            now = _("made again in a later round; only that one counts")
    return series((made, now))


def kept_word(kept: Kept) -> str:
    """How a promise was gone back to; how that call went is another matter."""
    return {
        Kept.KEPT: _("you came back in time"),
        Kept.LATE: _("you came back late"),
        Kept.BROKEN: _("you came back, and it was never yours to promise"),
    }[kept]


def reminder(entry: Entry, kept: Kept) -> str:
    """For the brief of the encounter that it comes back in: what was promised to whom, and whether it was kept."""
    what = quoted(_("{what}, by {by}").format(what=entry.what, by=entry.by) if entry.by else entry.what)
    said = _("You promised {name} something on {day}: {what}.").format(
        name=entry.to, day=entry.made.date().isoformat(), what=what
    )
    then = {
        Kept.KEPT: _("You are here in time: this call keeps it."),
        Kept.LATE: _("You come back to it late: its time went by without a word from you."),
        Kept.BROKEN: _("It was never yours to promise, and it has not come true."),
    }[kept]
    return f"{said} {then}"


def ledger_lines(entries: Sequence[Entry]) -> Iterator[str]:
    """The whole ledger, line by line; what is due is numbered, as it is asked for by its number."""
    groups = grouped(entries)
    if not groups:
        yield nothing_line()
        return
    for standing, group in groups.items():
        yield headed(group_name(standing))
        for number, entry in enumerate(group, 1):
            lead = f"{number}. " if standing is Standing.DUE else "- "
            where = entry.title or entry.scenario
            yield f"{lead}{promise_line(entry)} ({where}). {sentence(standing_line(entry))}"
    again = again_line(entries)
    if again:
        yield again


def sentence(words: str) -> str:
    """Words that begin small, as a sentence."""
    return f"{words[:1].upper()}{words[1:]}."
