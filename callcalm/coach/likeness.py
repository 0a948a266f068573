"""Likeness: which authored reply a typed answer is nearest to, by what it does and by the words it uses.

The weights and the bar were tuned on the typed answers of `tests/data`. What must not be here: what happens next,
which the engine decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from math import log, sqrt

from callcalm.coach.effects import COSTS
from callcalm.coach.hearing import Hearing, carries, stem
from callcalm.coach.tongues import TONGUES, Tongue
from callcalm.coach.words import CHUNK, words_in
from callcalm.core.hints import TYPE_CHECKING, Final
from callcalm.core.moves import Finding
from callcalm.core.records import dataclass
from callcalm.core.text import Text, safe
from callcalm.language import _

if TYPE_CHECKING:
    from collections.abc import Callable

    Ratio = Callable[[str, str], float]

Option = tuple[str, str, Collection[str]]
"""A reply on offer: its key, its text, the moves it makes."""

BAR: Final = 0.25
"""Score below which an answer is none of the replies."""

WORDS: Final = 0.30
"""Weight of the meaningful words in common, those that tell the replies apart counting most."""

WORDING: Final = 0.55
"""Weight of how alike the two read as a whole, whatever the order."""

MOVES: Final = 0.15
"""Weight of the share of the answer's moves that the reply makes too."""

_KIND: Final = 2
"""Helping moves that make an answer without a cost surely a kind one: a single one may be misheard."""

_ALIKE: Final = 84
_LONG: Final = 5
_SHOWN: Final = 3
_MOST: Final = 400
"""Words of one text that are looked at: nobody says more in one breath."""


@dataclass(frozen=True, slots=True)
class Match:
    """What a typed answer is taken for.

    `key` is the reply's, None when none is near enough; `score` is that of the nearest one, 0 to 1; `why` says it
    to the player in one line.
    """

    key: str | None
    score: float
    why: Text


def understand(
    text: str, findings: Sequence[Finding], options: Sequence[Option], hearing: Hearing, *, language: str = ""
) -> Match:
    """The authored reply that a typed answer is nearest to, with its reason.

    `findings` are what the coach reads in the answer. The caller's name, which nearly every answer has, counts for
    nothing. Without `language` the replies tell it.
    """
    from rapidfuzz.fuzz import ratio, token_sort_ratio  # noqa: PLC0415 - only typed answers need it

    tongue = TONGUES[language or _language(options)]
    names = {word for form in hearing.names for word in _words(form, tongue)}
    answer = _words(text, tongue)
    told = _stems(answer, tongue, names)
    replies = [_words(say, tongue) for _, say, _ in options]
    stems = [_stems(words, tongue, names) for words in replies]
    known = Counter(one for each in stems for one in each)

    def worth(of: Collection[str]) -> float:
        return sum(log((len(options) + 1) / (known[one] + 0.5)) for one in of)

    moves = {_kind(finding.move) for finding in findings} - {"use-name"}
    best: tuple[float, int, list[str]] = (0.0, -1, [])
    for index, (_key, _say, made) in enumerate(options):
        shared = _shared(told, stems[index], ratio)
        both = worth(shared) / sqrt(worth(told) * worth(stems[index])) if shared else 0.0
        wording = token_sort_ratio(" ".join(answer), " ".join(replies[index])) / 100
        same = len(moves & {_kind(move) for move in made}) / len(moves) if moves else 0.0
        if not shared and moves and made and moves <= COSTS and COSTS.isdisjoint(made):
            continue  # Letters alone would have a threat taken for comfort.
        if not (shared or same or COSTS.isdisjoint(made)) and len(moves) >= _KIND and COSTS.isdisjoint(moves):
            continue  # And comfort for a shrug.
        score = WORDS * min(both, 1.0) + WORDING * wording + MOVES * same
        if score > best[0]:
            # Those that tell the replies apart come first; of equals the one said first.
            best = (score, index, sorted(shared, key=lambda one: known[one]))
    score, index, common = best
    if index < 0 or score < BAR:
        return Match(None, score, safe(_("None of the replies is near what you said.")))
    return Match(options[index][0], score, _because([_as_typed(text, one, tongue) for one in common[:_SHOWN]]))


def _because(words: Sequence[str]) -> Text:
    if not words:
        return safe(_("Taken for the reply that does the same."))
    listed = ", ".join(f"“{word}”" for word in words)
    return safe(_("Taken for the reply that also says {words}.").format(words=listed))


def _language(options: Sequence[Option]) -> str:
    """The language in which the replies have the most small words."""
    text = " ".join(say for _, say, _ in options)
    return max(TONGUES, key=lambda code: sum(word in TONGUES[code].empty for word in _words(text, TONGUES[code])))


def _words(text: str, tongue: Tongue) -> list[str]:
    chunks = CHUNK.findall(text)[:_MOST]
    return [word for chunk in chunks for word, _, _ in words_in(chunk, tongue) if word[0].isalnum()]


def _stems(words: Sequence[str], tongue: Tongue, names: Collection[str]) -> list[str]:
    """The stems that carry meaning, each once, in the order said: so that sums come out the same every time."""
    carrying = (word for word in words if carries(word, tongue) and word not in names)
    return list(dict.fromkeys(stem(word, tongue.code) for word in carrying))


def _shared(told: Sequence[str], others: Sequence[str], ratio: Ratio) -> list[str]:
    """The stems of the answer that the reply has too, slips of the finger forgiven in long ones."""
    long = [other for other in others if len(other) >= _LONG]
    return [
        one
        for one in told
        if one in others or (len(one) >= _LONG and any(ratio(one, other) >= _ALIKE for other in long))
    ]


def _kind(move: str) -> str:
    """Empathy is one kind here, however well it is done."""
    return "empathy" if move in {"empathy.named", "empathy.generic"} else move


def _as_typed(text: str, wanted: str, tongue: Tongue) -> str:
    """A stem as it stands in the answer."""
    for chunk in CHUNK.findall(text)[:_MOST]:
        for word, start, end in words_in(chunk, tongue):
            if word[0].isalnum() and stem(word, tongue.code) == wanted:
                typed: str = chunk[start:end]
                return typed
    return wanted
