"""Words that several reports share: players, chances, composure, promises, ways. No layout here."""

from __future__ import annotations

import re
from collections.abc import Iterable

from callcalm.core.actions import Action, Breathe, Choose, Compose, CutIn, Listen, Say
from callcalm.core.explore import Offered, Player, Way
from callcalm.core.model import Promise
from callcalm.insight.wording import quoted, series
from callcalm.language import _
from callcalm.report.percents import in_100


def player_name(player: Player) -> str:
    """What a kind of player is called."""
    return {
        Player.RANDOM: _("at random"),
        Player.KIND: _("kind, unskilled"),
        Player.BOOK: _("by the book"),
        Player.BEST: _("best"),
        Player.WORST: _("worst"),
    }[player]


def percent(chance: float) -> str:
    """A chance of 0 to 1 for people; never 0 or 100 unless it is.

    >>> [percent(n) for n in (0, 0.001, 0.355, 0.999, 1)]
    ['0 %', '<1 %', '36 %', '>99 %', '100 %']
    """
    return f"{in_100(chance)} %"


def composure_words(low: int, high: int) -> str:
    """With what composure a place is reached: ``composure 40 to 80``, or one number where it is always that."""
    if low == high:
        return _("composure {low}").format(low=low)
    return _("composure {low} to {high}").format(low=low, high=high)


def promised(made: Iterable[Promise]) -> str:
    """What an answer promises, by when, and whether nobody could keep it."""
    return series(_promise(one) for one in made)


def _promise(one: Promise) -> str:
    facts = [*([one.by] if one.by else []), *([] if one.keepable else [_("cannot be kept")])]
    return f"{one.what} ({', '.join(facts)})" if facts else one.what


def offered_word(offered: Offered) -> str:
    """How often a reply is on offer."""
    return {Offered.ALWAYS: _("always"), Offered.SOMETIMES: _("sometimes"), Offered.NEVER: _("never")}[offered]


_QUOTE = re.compile(r"^>", re.MULTILINE)


def escaped(text: str) -> str:
    """Text in which Markdown finds no sign of its own. A > is one only where a line begins."""
    marked = "".join(f"\\{each}" if each in "\\`*_[]<#|" else each for each in text)
    return _QUOTE.sub(r"\\>", marked)


def way_words(way: Iterable[Action]) -> str:
    """A way through a call: the replies by id or number, what else is done in words.

    That the player hears the caller out goes without saying.
    """
    done = " > ".join(_step(action) for action in way if not isinstance(action, Listen)) or _("from the start")
    opening = way.opening if isinstance(way, Way) else ""
    return _("{way} (by the opening “{opening}”)").format(way=done, opening=opening) if opening else done


def _step(action: Action) -> str:
    match action:
        case Choose(reply):
            return reply
        case CutIn():
            return _("cut in")
        case Breathe():
            return _("breathe")
        case Compose(parts):
            return _("compose {parts}").format(parts=" ".join(str(part + 1) for part in parts))
        case Say(text):
            return quoted(text)
    return ""
