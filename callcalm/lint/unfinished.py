"""Texts that `new` and `import` left to the writer, and that a learner would see as they are.

What must not be here: comments, which no learner sees, and who wrote the placeholders (workshop).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from callcalm.intake import Code, Path
from callcalm.language import _
from callcalm.lint.subject import Subject
from callcalm.lint.texts import texts

MARKS: Final = ("FILL IN", "CHECK", "À REMPLIR", "À VÉRIFIER", "A REMPLIR", "A VÉRIFIER", "A VERIFIER")
"""What stands where the writer has something to do."""

_CAPITALS: Final = r"[^\W\d_a-zà-ÿœ]{2}"
_MARK: Final = re.compile(
    # At the head of a text, or with a colon or in brackets anywhere. As part of a shout (“FILL IN THE FORM!”) it
    # is none, and “CHECK” alone is a word like others.
    rf"^\s*(?!CHECK)({'|'.join(MARKS)})\b(?!\s+{_CAPITALS})|\b({'|'.join(MARKS)})(?=\s*[:\])])"
)


def check_unfinished(subject: Subject) -> None:
    """Put in each text that a learner sees and that is still to be filled in."""
    if not any(mark in subject.source.text for mark in MARKS):
        return
    for path, text in _shown(subject):
        hit = _hit(text)
        if hit is not None:
            group = 1 if hit[1] else 2
            message = _("this text is still to be filled in: a learner would be shown it as it is")
            hint = _("Write what is said here in place of “{words}”.").format(words=hit[group])
            subject.add(Code.TO_FILL, message, path, within=hit.span(group), matched=hit[group], hint=hint)


def unfinished(text: str) -> bool:
    """Whether the text only holds the place of one that is still to be written."""
    return _hit(text) is not None


def _hit(text: str) -> re.Match[str] | None:
    return _MARK.search(text)


def _shown(subject: Subject) -> Iterator[tuple[Path, str]]:
    yield from texts(subject)
    scenario = subject.scenario
    yield ("caller", "name"), scenario.caller.name
    for at, form in enumerate(scenario.caller.address):
        yield ("caller", "address", at), form
    for at, said in enumerate(scenario.pressed):
        yield ("pressed", at), said
