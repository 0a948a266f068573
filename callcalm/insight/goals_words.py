"""What is asked about a goal and about a line for the next real call, and how they went, in sentences.

What must not be here: layout.
"""

from __future__ import annotations

from callcalm.insight.goals import Answer, Goal, Intent
from callcalm.insight.wording import headed, quoted
from callcalm.language import _, ngettext


def asked_words(about: Goal | Intent) -> tuple[str, str]:
    """The question in a few words, and what it is about."""
    if isinstance(about, Intent):
        return _("Did a call come?"), _("Last time you wrote: “{words}”").format(words=about.text)
    return _("Your goal: did you?"), " ".join(filter(None, (quoted(about.text), used_line(about))))


def used_line(goal: Goal) -> str:
    """In how many rounds the technique of a goal was heard since; empty for a goal in own words."""
    if not goal.move or not goal.rounds:
        return ""
    return ngettext(
        "Heard in {used} of {n} round since.", "Heard in {used} of {n} rounds since.", goal.rounds
    ).format(used=goal.used, n=goal.rounds)


def choices(about: Goal | Intent) -> tuple[tuple[Answer, str], ...]:
    """The answers there are, in the order to offer them."""
    if isinstance(about, Intent):
        return (
            (Answer.YES, _("It came, and I did it.")),
            (Answer.PARTLY, _("Partly.")),
            (Answer.NOT_YET, _("Not yet.")),
            (Answer.NO, _("Drop it.")),
        )
    return ((Answer.YES, _("Yes.")), (Answer.PARTLY, _("Partly.")), (Answer.NO, _("No.")))


def answer_word(about: Goal | Intent) -> str:
    """What became of it, in a word or two."""
    words = {
        Answer.YES.value: _("yes"),
        Answer.PARTLY.value: _("partly"),
        Answer.NO.value: _("dropped") if isinstance(about, Intent) else _("no"),
        Answer.NOT_YET.value: _("not yet"),
    }
    return words.get(about.answer, _("still open"))


def goal_line(goal: Goal) -> str:
    """How a goal went, in a line."""
    parts = (quoted(goal.text), used_line(goal))
    return f"{headed(goal.chosen.isoformat())} {' '.join(filter(None, parts))} {answer_word(goal)}"


def intent_line(intent: Intent) -> str:
    """How a line for the next real call went, in a line."""
    return f"{headed(intent.written.isoformat())} {quoted(intent.text)} {answer_word(intent)}"
