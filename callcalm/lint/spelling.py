"""The caller's name, and words that are nearly it. What must not be here: other spelling.

A word counts as a slip when it stands once or twice, begins like the name, is one slip of the pen away from it
(two in a long name, or an accent or a capital apart), and is no word that the file also writes in small letters,
nor more than one of the name; after a title it is a slip all the same.
A part of the name in small letters, as in *madame Lebrun*, is a word like others, and no name.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from callcalm.intake import Code
from callcalm.language import _
from callcalm.lint.subject import Subject
from callcalm.lint.texts import texts

LEAST: Final = 4
"""Letters of the shortest name that slips are looked for of."""

_LONG: Final = 8
_OFTEN: Final = 2
"""A word that stands more often than this is a name of its own."""

_TITLE: Final = r"\b(?:Mr|Mrs|Ms|Miss|Dr|Mme|Mlle|[Mm]adame|[Mm]onsieur)\b\.? "
"""What stands after it is a name, also where the file has it as a word, or as several of something."""

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def check_names(subject: Subject) -> None:
    """Put in the words that are nearly a name of the caller."""
    caller = subject.scenario.caller
    names = {word for form in (caller.name, *caller.address) for word in _WORD.findall(form)}
    wanted = [name for name in sorted(names) if len(name) >= LEAST and not name[0].islower()]
    if not wanted:
        return
    initials = {name[0].casefold() for name in wanted}
    first = re.escape("".join(initials | {initial.upper() for initial in initials}))
    # The letter first: then only where one stands is it looked what stands before.
    word_of = re.compile(rf"[{first}](?<![\w-].)[^\W\d_]+(?:-[^\W\d_]+)*")
    # All texts at once: one search in all of them takes a quarter of the time of one in each.
    whole = "\n".join([text for _path, text in texts(subject)])
    stand = Counter(word_of.findall(whole))
    small = {word.casefold() for word in stand if word[0].islower()}
    nearly: dict[str, str] = {}
    for word, often in stand.items():
        if word[0].islower() or len(word) < LEAST - 1 or often > _OFTEN:
            continue
        if word in names:
            continue
        name = next((name for name in wanted if _near(word, name)), None)
        if name is None:
            continue
        other = word.casefold() in small or any(word in {one + "s", one + "’s"} for one in names)
        if not other or re.search(_TITLE + re.escape(word) + r"\b", whole):
            nearly[word] = name
    for path, text in texts(subject) if nearly else ():
        for hit in word_of.finditer(text):
            word = hit.group()
            if word in nearly:
                message = _("“{word}” is nearly “{name}”, a name of the caller")
                message = message.format(word=word, name=nearly[word])
                hint = _("If the caller is meant, write “{name}”; another person needs a name less like it.")
                hint = hint.format(name=nearly[word])
                subject.add(Code.NAME_SPELLING, message, path, within=hit.span(), matched=word, hint=hint)


def _near(word: str, name: str) -> bool:
    slips = 1 if len(name) < _LONG else 2
    if word[0].casefold() != name[0].casefold() or abs(len(word) - len(name)) > slips:
        return False
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - most files have no word that comes this far

    return OSA.distance(word.casefold(), name.casefold(), score_cutoff=slips) <= slips
