"""Names in address, in an answer of a call that is not known: *je vous écoute, madame Roux*.

In play the coach knows the caller's name (`@name`). Here capitals, titles and commas must do.
What must not be here: any other reading, which never looks at capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from callcalm.core.hints import Final

# Texts are looked at with one kind of apostrophe and of space: a class of characters far apart takes a tenth of a
# millisecond to compile, and these stand in dozens of places.
_SAME: Final = (("’", "'"), ("\u202f", "\u00a0"))
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w'\-]*[^\W\d_]"
_NAME = rf"{_CAPITAL}(?:[ \u00a0](?:(?:de|du|des|le|la|van|von|el|ben)[ \u00a0])?{_CAPITAL})?"
_END = r"(?=[ \u00a0]*(?:[,.!?;]|…|$))"
_GAP = r"[ \u00a0]+"

_CAPITAL_AFTER_GAP = re.compile(r"[ \u00a0][A-ZÀ-ÖØ-Þ][\w'\-]")
"""What every name has."""

_TITLES = {
    "en": r"(?:Mr|Mrs|Ms|Mx|Miss|Dr|Prof|Professor|Doctor)\.?",
    "fr": r"(?:[Mm]onsieur|[Mm]adame|[Mm]ademoiselle|MADAME|MONSIEUR|M\.|Mr|Mme|Mlle|[Dd]octeur|Dr|[Mm]aître)",
}
_OPENERS = {
    "en": r"(?:yes|no|thank you|thanks|of course|right|okay|ok|sorry|i'm sorry|well|so|absolutely|certainly)",
    "fr": r"(?:oui|non|merci|bien sûr|bien entendu|d'accord|entendu|alors|bon|désolée?|pardon|tenez|écoutez"
    r"|voilà|très bien|allez|ok|rassurez-vous|excusez-moi|tout à fait|absolument|dites-moi)",
}
_OTHERS = {
    "en": r"(?i)\b(?:advis[eo]r|colleague|manager|director|doctor|engineer|expert|lawyer|neighbou?r|agent|officer"
    r"|nurse|assistant|supervisor|with|by|from|and)$",
    "fr": r"(?i)\b(?:conseill\w+|collègues?|responsable|direct\w+|médecin|docteur|avocate?|experte?|technicien\w*"
    r"|voisine?|agente?|infirmi\w+|assistante?|gestionnaire|référente?|interlocut\w+|remplaçante?|secrétaire|avec|et)$",
}
"""Words for somebody told of: a name after them is not addressed."""
_SPEAKERS = {
    "en": r"(?i)\b(?:i|i'\w+|you|your|we|let's)\b",
    "fr": r"(?i)\b(?:je|j'|vous|votre|vos|tu|te|t'|ton|on|nous)\b|j'",
}
_SENTENCE = r"[.!?\n]|…"
# Openers and titled names stand here once each, for every copy of them is compiled anew.
_PLACES: Final = {
    code: (
        rf"(?:(?<=,){_GAP}(?P<after>{title}{_GAP}{_NAME}){_END}"
        rf"|(?<![,])\s*(?P<opener>(?i:{_OPENERS[code]})(?P<comma>,)?{_GAP})?"
        rf"(?:(?P<titled>{title}{_GAP}{_NAME})(?:(?=,{_GAP}\S)|(?(opener){_END}|(?!)))"
        rf"|(?(comma)(?P<bare>{_CAPITAL}){_END}|(?!)))"
        rf"|(?<=[^\W\d_],){_GAP}(?P<last>{_CAPITAL})(?=[ \u00a0]*[?!]|\.?\s*$))"
    )
    for code, title in _TITLES.items()
}
_ASKS = r"\s*\?"
# Of a run of line breaks only the last is a mark, lest each of them run through all that follow.
_MARKS = re.compile(r"(?:[,.!?:\n]|…)(?!(?<=\n)[^\S\n]*\n)")


@lru_cache(maxsize=16)
def _compiled(pattern: str) -> re.Pattern[str]:
    """Made when a text of its language first needs it: they are dear to make."""
    return re.compile(pattern)


def addressed(text: str, start: int, end: int, language: str) -> Iterator[tuple[int, int]]:
    """Where somebody is addressed by name in ``text[start:end]``, but for the line that greets."""
    # What stands right before tells a beginning from the middle of a sentence.
    shift = max(0, start - 1)
    text = text[shift:end]
    for other, usual in _SAME:
        text = text.replace(other, usual)
    if _CAPITAL_AFTER_GAP.search(text) is None:
        return
    start, end = start - shift, len(text)
    done = start
    for mark, hit in _places(_compiled(_PLACES[language]), text, start, end):
        kind = hit.lastgroup or "after"
        if hit.start(kind) < done:
            continue
        before = text[max(start, mark - 60) : mark]
        if kind == "after" and _compiled(_OTHERS[language]).search(before) is not None:
            continue  # Somebody is told of: "your adviser, Ms Roux, …".
        if kind == "last" and _compiled(_ASKS).match(text, hit.end(), end) is None:
            own = _compiled(_SENTENCE).split(text[max(start, mark - 200) : mark + 1])[-1]
            if _compiled(_SPEAKERS[language]).search(own) is None:
                continue  # "Kind regards, Ruth".
        done = hit.end(kind)
        yield hit.start(kind) + shift, hit.end(kind) + shift


def _places(place: re.Pattern[str], text: str, start: int, end: int) -> Iterator[tuple[int, re.Match[str]]]:
    """Every place where a name may be, at the very start and after each mark, none within another."""
    first = place.match(text, start, end)
    if first is not None:
        yield start, first
    free = start
    for mark in _MARKS.finditer(text, start, end):
        if mark.start() >= free:
            hit = place.match(text, mark.end(), end)
            if hit is not None:
                free = hit.end()
                yield mark.start(), hit
