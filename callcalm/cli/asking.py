"""A question of an interview at the terminal: shown, asked until it has its answer, or gone back on.

What must not be here: which questions there are, and what becomes of the answers.
"""

from __future__ import annotations

from contextlib import suppress

from callcalm.core.hints import TYPE_CHECKING
from callcalm.language import _, current

if TYPE_CHECKING:
    from callcalm.core.text import Text
    from callcalm.plain.console import Console
    from callcalm.workshop.asking import Answers, Question

BACK = "<"
HELP = "?"


def ask(console: Console, question: Question, answers: Answers, given: str | None, before: Answers) -> None:
    """Ask one question until it is answered, or the writer goes back; not at all if its answer was `given`.

    What the writer goes back on is put into `before`.
    """
    from callcalm.plain.console import InputEnded, Leave
    from callcalm.workshop.asking import Kind, NotTaken, take
    from callcalm.workshop.interview import next_question, remark

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
                key, answer = answers.popitem()
                asked = next_question(answers, current())
                # What was only taken is suggested anew: it may hang on what is put right now.
                before.pop(key, None)
                if asked is None or answer != asked.default:
                    before[key] = answer
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
    marks = [
        f"{place}  {name}" + (" " + _("(Enter alone)") if kept == question.default else "")
        for place, (kept, name) in enumerate(question.choices, 1)
    ]
    for mark in marks[: question.first]:
        console.say(f"   {mark}")
    if others := marks[question.first :] if question.first else []:
        console.say(
            "   " + _("Others: {names}").format(names=", ".join(one.replace("  ", "\u00a0", 1) for one in others))
        )
    if question.example:
        console.say("   " + _("For example: {text}").format(text=question.example))
    if question.kind is Kind.YES:
        told = _("y or n; Enter alone: y") if question.default == "yes" else _("y or n; Enter alone: n")
        console.say("   " + told)
    elif question.default and not question.choices:
        console.say("   " + _("Enter alone: {text}").format(text=question.default.replace("\n", " / ")))
