"""The estimate of a letter in words. What must not be here: any arithmetic."""

from __future__ import annotations

from collections.abc import Iterator

from callcalm.core.hints import Final
from callcalm.core.moves import Factor
from callcalm.core.price import Reference
from callcalm.core.text import safe
from callcalm.language import _

_MOST_WORDS: Final = 3
_LONGEST: Final = 40


def estimate_lines(name: str, counted: Reference) -> Iterator[str]:
    """The estimate, a line a factor: its points and the words that count most."""
    yield _("{file}: PRICE as these words leave it (each −10 to +5; the result is not in the words)").format(
        file=name
    )
    names = {
        Factor.PRIORITY: _("Priority"),
        Factor.RESPECT: _("Respect"),
        Factor.INVOLVEMENT: _("Involvement"),
        Factor.COMMUNICATION: _("Communication"),
        Factor.EFFORT: _("Effort"),
    }
    width = max(map(len, names.values()))
    for factor, named in names.items():
        items = sorted(
            (item for item in counted.evidence if item.factor is factor),
            key=lambda item: (-abs(item.points), item.points),
        )
        quoted = _("“{words}” ({points})")
        words = [
            quoted.format(words=_short(item.quote), points=signed(item.points)) for item in items[:_MOST_WORDS]
        ]
        words += ["…"] if len(items) > _MOST_WORDS else []
        yield f"  {named:<{width}} {signed(counted.sheet.factor(factor)):>4}  {', '.join(words)}".rstrip()


def signed(points: int) -> str:
    """Points with their sign, a true minus: +3, −8, 0."""
    return f"+{points}" if points > 0 else f"−{-points}" if points else "0"


def _short(quote: str) -> str:
    words = safe(" ".join(quote[: _LONGEST * 2].split()), multiline=False)
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
