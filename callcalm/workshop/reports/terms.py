"""Words that several reports share: players, chances, ways, kinds of endings. No layout here."""

from __future__ import annotations

from collections.abc import Iterable

from callcalm.core.actions import Action, Breathe, Choose, Compose, CutIn, Listen, Say
from callcalm.core.explore import ASSUMED, Offered, Player, Way
from callcalm.insight.wording import quoted
from callcalm.language import _


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
    tiny = 1e-9
    whole = round(chance * 100)
    if whole == 0 and chance > tiny:
        return "<1 %"
    if whole == 100 and chance < 1 - tiny:  # noqa: PLR2004 - a hundred percent
        return ">99 %"
    return f"{whole} %"


def offered_word(offered: Offered) -> str:
    """How often a reply is on offer."""
    return {Offered.ALWAYS: _("always"), Offered.SOMETIMES: _("sometimes"), Offered.NEVER: _("never")}[offered]


def caveat_words(sentence: str) -> str:
    """What every proof takes for granted, in the interface's language; what one leaves open stays as it is."""
    assumed = (
        _("A typed answer is taken to change nothing and to go where `otherwise` leads."),
        _("A breath is taken only where it unlocks a reply."),
        _("A call that runs out of its 100 answers is lost, and is not counted as an ending reached."),
    )
    return dict(zip(ASSUMED, assumed, strict=True)).get(sentence, sentence)


def escaped(text: str) -> str:
    """Text in which Markdown finds no sign of its own."""
    return "".join(f"\\{each}" if each in "\\`*_[]<>#|" else each for each in text)


def way_words(way: Iterable[Action]) -> str:
    """A way through a call: the replies by id or number, what else is done in words."""
    done = " > ".join(map(_step, way)) or _("at once")
    opening = way.opening if isinstance(way, Way) else ""
    return _("{way} (by the opening “{opening}”)").format(way=done, opening=opening) if opening else done


def _step(action: Action) -> str:
    match action:
        case Choose(reply):
            return reply
        case Listen():
            return _("listen")
        case CutIn():
            return _("cut in")
        case Breathe():
            return _("breathe")
        case Compose(parts):
            return _("compose {parts}").format(parts=" ".join(str(part + 1) for part in parts))
        case Say(text):
            return quoted(text)
    return ""
