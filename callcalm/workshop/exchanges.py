"""What an interview asks about one exchange: what was said, what should have been, and what would have come back.

What must not be here: what is asked once for the whole encounter.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from callcalm.core.records import NamedTuple
from callcalm.core.text import Text
from callcalm.language import _
from callcalm.workshop.asking import Kind, Question
from callcalm.workshop.ears import hear
from callcalm.workshop.finishing import shipped_rules
from callcalm.workshop.fitting import LONGEST_REPLY, fits, one_line
from callcalm.workshop.words import Words

MOST_TURNS: Final = 12
"""Most exchanges of one interview."""

LONGEST_QUOTE: Final = 100
"""Code points of an answer that a later question quotes."""

FIRST_MOODS: Final = ("frustrated", "angry", "worried", "hurt", "impatient", "curt")
"""How difficult calls mostly begin; the other moods stand together after these."""


class _Asked(NamedTuple):
    """The questions of one exchange, as this channel has them."""

    first: str
    again: str
    you: str
    should: str
    then: str
    more: str


def exchange(
    number: int, answers: Mapping[str, str], told: Words, interface: str, names: Sequence[str]
) -> Iterator[Question]:
    """The questions about this exchange, as far as the answers so far say which there are.

    `names` are the forms of the caller's name that the player may use.
    """
    key = f"turn-{number}"
    again = "" if number == 1 else "-again"
    asked = _written() if answers["channel"] == "letter" else _spoken()
    they = asked.first
    if number > 1:
        they = asked.again.format(words=_quoted(answers[f"turn-{number - 1}.you"]))
    example, default = told(f"examples.they{again}"), told(f"defaults.they{again}")
    yield Question(f"{key}.they", they, Kind.LINES, example, default, 600, 6)
    if number == 1:
        yield _mood(told, interface)
    yield Question(
        f"{key}.you",
        asked.you,
        example=told(f"examples.you{again}"),
        default=told(f"defaults.you{again}"),
        most=LONGEST_REPLY,
    )
    you = answers.get(f"{key}.you", "")
    heard = hear(you, told.language, names, (answers.get(f"{key}.they", ""),)) if you else None
    # The coach's words are about another matter: an example, and nothing to take over with Enter.
    name = next(iter(names), answers.get("name", ""))
    yield Question(
        f"{key}.should",
        asked.should,
        example=heard.instead if heard and heard.instead else told(f"examples.should{again}"),
        default=told(f"defaults.should{again}", name=name),
        most=LONGEST_REPLY,
    )
    then = asked.then.format(words=_quoted(answers.get(f"{key}.should", "")))
    yield Question(
        f"{key}.then", then, Kind.LINES, told(f"examples.then{again}"), told(f"defaults.then{again}"), 600, 6
    )
    if number < MOST_TURNS:
        yield Question(f"{key}.more", asked.more.format(words=_quoted(you)), Kind.YES, default="no")


def _spoken() -> _Asked:
    return _Asked(
        _("What did they say first?"),
        _("What did they say to what you really said, “{words}”?"),
        _("What did you say to that, word for word?"),
        _("And what should have been said instead?"),
        _("And what would they have said to the better words, “{words}”?"),
        _("Did it go on after what you really said, “{words}”?"),
    )


def _written() -> _Asked:
    return _Asked(
        _("What did they write first?"),
        _("What did they write to what you really wrote, “{words}”?"),
        _("What did you write back, word for word?"),
        _("And what should you have written instead?"),
        _("And what would they have written to the better words, “{words}”?"),
        _("Did they write again after what you really wrote, “{words}”?"),
    )


def _mood(told: Words, interface: str) -> Question:
    moods = shipped_rules().rulebook.registry.moods
    ordered = dict.fromkeys([*FIRST_MOODS, *moods])
    return Question(
        "mood",
        _("How did that sound?"),
        Kind.CHOICE,
        default=told("defaults.mood"),
        choices=tuple((mood, moods[mood].name.get(interface, moods[mood].name["en"])) for mood in ordered),
        first=len(FIRST_MOODS),
    )


def _quoted(said: str) -> Text:
    """The head of an answer, for a question about it: whole words."""
    head = one_line(said, LONGEST_QUOTE)
    whole = head.rpartition(" ")[0]
    return Text(_("{words} …").format(words=whole)) if whole and not fits(said, LONGEST_QUOTE) else head
