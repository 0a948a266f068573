"""The promise ledger, line by line, and going back to what is due. What must not be here: when it is due."""

from __future__ import annotations

from callcalm.content.library import UnknownScenario
from callcalm.insight.promise_words import ledger_lines
from callcalm.insight.promises import Standing
from callcalm.intake.problems import BadFile
from callcalm.language import _
from callcalm.plain.console import Console
from callcalm.practice.desk import Desk, UnknownPlaybook
from callcalm.practice.promises import come_back, ledger
from callcalm.practice.round import Practice


def promises(console: Console, desk: Desk, number: str) -> Practice | None:
    """List every promise; with the number of a due one, begin the encounter that it comes back in.

    Raises:
        Leave, InputEnded: if the player leaves or the input ends.
    """
    entries = ledger(desk)
    if not number:
        for line in ledger_lines(entries):
            console.say(line)
        if any(entry.standing is Standing.DUE for entry in entries):
            console.say(_("To go back to one: promises and its number."))
        return None
    due = [entry for entry in entries if entry.standing is Standing.DUE]
    if not (number.isdecimal() and len(number) < 5 and 1 <= int(number) <= len(due)):  # noqa: PLR2004  (no list is that long)
        console.say(_("No promise with the number {n} is due.").format(n=number))
        return None
    try:
        return come_back(desk, due[int(number) - 1])
    except (BadFile, UnknownScenario, UnknownPlaybook) as problem:
        console.say(str(problem))
        return None
