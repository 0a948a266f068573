"""The words that every face of the room uses: letters and tallies, how something was picked, why something fails.

Plain strings without markup. What must not be here: layout.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from callcalm.core.moves import Factor
from callcalm.insight.wording import factor_name, refusal, signed
from callcalm.language import _


def tally_line(tally: Mapping[str, int]) -> str:
    """A tally on one line, every letter named.

    >>> tally_line({"A": 5, "B": 2})
    'A 5, B 2'
    """
    return ", ".join(f"{letter} {votes}" for letter, votes in tally.items())


def by_words(by: str) -> str:
    """How a letter was picked."""
    return {
        "vote": _("by the vote"),
        "facilitator": _("by the facilitator"),
        "seed": _("drawn from the seed"),
    }.get(by, "")


def key_name(key: str) -> str:
    """The name of a row of PRICE."""
    return _("Result") if key == "result" else factor_name(Factor(key))


def points_words(points: float, say: Callable[[str], str] = _) -> str:
    """Points that may be halves, with their sign; `say` translates, where a page speaks a language of its own.

    >>> points_words(3.0), points_words(-0.5)
    ('+3', '−0.5')
    """
    if points == int(points):
        return signed(int(points))
    units, _point, tenths = str(abs(points)).partition(".")
    return ("+" if points > 0 else "−") + say("{units}.{tenths}").format(units=units, tenths=tenths)


def not_now(reason: str) -> str:
    """Why the facilitator cannot do something now (`NotNow.reason`), and what can be done instead."""
    return {
        "phase": _("That has no place here; ? shows what can be done."),
        "no-choice": _("There is no such letter here."),
        "tie": _("The most votes are shared: name a letter, or draw from the seed."),
        "no-votes": _("Nobody has voted: name a letter, or open the vote again."),
        "no-answer": _("There is no answer of that number."),
        "not-over": _("The call is not over yet."),
        "nothing-to-undo": _("There is nothing to take back."),
        "schools-agree": _("So far the schools agree on everything that was said."),
        "no-playbook": _("There are no such house rules."),
        "no-page": _("There is no further page that way."),
        "bad-count": _("That is no number of hands."),
    }.get(reason) or refusal(reason)
