"""Today, line by line: what is due, what is asked, a goal for the session.

What must not be here: what is due when (see `practice.today`).
"""

from __future__ import annotations

from collections.abc import Callable

from callcalm.content.library import UnknownScenario
from callcalm.insight.due_evidence import DRILL
from callcalm.insight.goals import Answer, Goal, Intent, Journal
from callcalm.insight.goals_words import asked_words, choices
from callcalm.insight.saving import trouble_line
from callcalm.insight.wording import move_name, quoted
from callcalm.intake.problems import BadFile
from callcalm.language import _
from callcalm.plain import shelves
from callcalm.plain.console import Console
from callcalm.practice.desk import Desk
from callcalm.practice.journal import answer, choose_goal
from callcalm.practice.round import Practice
from callcalm.practice.today import Today, look
from callcalm.practice.today_words import due_lines, kept_lines, promised_line, proposed_line
from callcalm.storage.trouble import CannotSave


def arrive(console: Console, desk: Desk) -> None:
    """What a person is told and asked on coming home: nothing before the first round, nothing twice a day.

    Raises:
        Leave, InputEnded: if the player leaves or the input ends.
    """
    today = look(desk)
    if not today.began and not today.promises:
        return
    console.say()
    for line in (proposed_line(today), promised_line(today)):
        if line:
            console.say(line)
    _ask_back(console, desk, today.journal)


def today(console: Console, desk: Desk) -> Practice | None:
    """Tell all of it, ask what is to be asked, offer a goal and what to play; the round that begins, if one does.

    Raises:
        Leave, InputEnded: if the player leaves or the input ends.
    """
    found = look(desk)
    for line in (proposed_line(found), promised_line(found), *due_lines(found), *kept_lines(found.journal)):
        if line:
            console.say(line)
    _ask_back(console, desk, found.journal)
    if found.journal.may_choose:
        goal(console, desk, found)
    if found.proposal is None:
        return None
    title = found.proposal.candidate.title
    if not console.yes(_("Begin {step} now? y or n").format(step=quoted(title)), default=False):
        return None
    key = found.proposal.candidate.key
    if found.proposal.candidate.is_drill:
        shelves.drill(console, desk, key.removeprefix(DRILL))
        return None
    try:
        return desk.begin(key)
    except (BadFile, UnknownScenario) as problem:
        console.say(str(problem))
        return None


def goal(console: Console, desk: Desk, found: Today | None = None) -> None:
    """Choose a goal for this session: a technique by its number, own words, or none.

    Raises:
        Leave, InputEnded: if the player leaves or the input ends.
    """
    found = found or look(desk)
    moves = found.goals
    console.say(_("One goal for this session:"))
    for number, move in enumerate(moves, 1):
        console.say(f"{number}. {move_name(move, found.registry)}")
    line = console.ask(_("A number, or your own words; Enter for none."))
    if not line:
        return
    if line.isascii() and line.isdecimal():
        place = int(line[:3]) - 1
        if not 0 <= place < len(moves):
            console.say(_("There is no goal “{line}”.").format(line=line))
            return
        words = move_name(moves[place], found.registry)
        _keep(console, lambda: choose_goal(desk, words, moves[place]))
    else:
        words = line
        _keep(console, lambda: choose_goal(desk, words))
    console.say(_("Your goal: {words}").format(words=quoted(words)))


def _ask_back(console: Console, desk: Desk, kept: Journal) -> None:
    for about in (kept.ask_intent, kept.ask_goal):
        if about is not None:
            _ask(console, desk, about)


def _ask(console: Console, desk: Desk, about: Goal | Intent) -> None:
    """Ask once; an empty line passes it by, and so does one that is no answer."""
    question, words = asked_words(about)
    offered = choices(about)
    console.say(f"{question} {words}")
    numbers = " ".join(f"{number} {said}" for number, (_given, said) in enumerate(offered, 1))
    line = console.ask(_("{answers} Enter passes it by.").format(answers=numbers))
    place = int(line) - 1 if line.isascii() and line.isdecimal() and len(line) == 1 else -1
    given = offered[place][0] if 0 <= place < len(offered) else Answer.PASSED
    _keep(console, lambda: answer(desk, about, given))


def _keep(console: Console, keep: Callable[[], None]) -> None:
    try:
        keep()
    except CannotSave as trouble:
        console.say(trouble_line(trouble))
