"""The questions about a goal and about the next real call: which one, and what became of it."""

from __future__ import annotations

from callcalm.insight.goals import OWN, Goal, Intent
from callcalm.insight.goals_words import asked_words, choices
from callcalm.language import _
from callcalm.tui.screens.question import Choice, Question


def which_goal(techniques: tuple[tuple[str, str], ...]) -> Question:
    """A technique by its id, own words (`OWN`), or none."""
    return Question(
        _("One goal"),
        _("One thing to try in this session. Afterwards you are asked whether you did; escape chooses none."),
        [
            *(Choice(move, name) for move, name in techniques),
            Choice(OWN, _("Something else, in your own words.")),
        ],
    )


def own_goal() -> tuple[str, str]:
    """What to ask for a goal in own words: the title, and a sentence."""
    return _("Your goal"), _("What will you try? One thing that can be seen in what you say.")


def asked_back(about: Goal | Intent) -> Question:
    """What became of it; the result is an `Answer`, empty if it is passed by."""
    title, text = asked_words(about)
    return Question(title, text, [Choice(given.value, words) for given, words in choices(about)])
