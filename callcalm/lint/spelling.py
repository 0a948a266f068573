"""The caller's name, and words that are nearly it. What must not be here: other spelling.

A word counts as a slip when it stands once or twice, begins like the name, is one slip of the pen away from it
(two in a long name, or an accent or a capital apart), and is no word that the file also writes in small letters.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Final

from callcalm.intake import Code, Path
from callcalm.lint.subject import Subject
from callcalm.lint.texts import texts

LEAST: Final = 4
"""Letters of the shortest name that slips are looked for of."""

_LONG: Final = 8
_OFTEN: Final = 2
"""A word that stands more often than this is a name of its own."""

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

Stand = tuple[Path, int, int]


def check_names(subject: Subject) -> None:
    """Put in the words that are nearly a name of the caller."""
    caller = subject.scenario.caller
    names = {word for form in (caller.name, *caller.address) for word in _WORD.findall(form)}
    wanted = [name for name in sorted(names) if len(name) >= LEAST]
    if not wanted:
        return
    stands, small = _words(subject, {name[0].casefold() for name in wanted})
    for word, places in stands.items():
        if word in names or word.casefold() in small or len(places) > _OFTEN:
            continue
        name = next((name for name in wanted if _near(word, name)), None)
        if name is None or any(word in {other + "s", other + "’s"} for other in names):
            continue
        for path, start, end in places:
            message = f"“{word}” is nearly “{name}”, a name of the caller"
            hint = f"If the caller is meant, write “{name}”; another person needs a name less like it."
            subject.add(Code.NAME_SPELLING, message, path, within=(start, end), matched=word, hint=hint)


def _words(subject: Subject, initials: set[str]) -> tuple[dict[str, list[Stand]], set[str]]:
    """Words with a capital inside a sentence, where they stand; and the words written small, folded."""
    first = re.escape("".join(initials | {initial.upper() for initial in initials}))
    word_of = re.compile(rf"(?<![\w-])[{first}][^\W\d_]+(?:-[^\W\d_]+)*")
    stands: dict[str, list[Stand]] = defaultdict(list)
    small: set[str] = set()
    for path, text in texts(subject):
        for hit in word_of.finditer(text):
            word = hit.group()
            if len(word) < LEAST - 1:
                continue
            if word[0].islower():
                small.add(word.casefold())
            else:
                stands[word].append((path, hit.start(), hit.end()))
    return stands, small


def _near(word: str, name: str) -> bool:
    slips = 1 if len(name) < _LONG else 2
    if word[0].casefold() != name[0].casefold() or abs(len(word) - len(name)) > slips:
        return False
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - most files have no word that comes this far

    return OSA.distance(word.casefold(), name.casefold(), score_cutoff=slips) <= slips
