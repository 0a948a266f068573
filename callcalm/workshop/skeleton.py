"""What every written scenario starts from: the head of the file with its comments, and endings with usual points.

What must not be here: where the words come from (an interview, a transcript, a story of another tool).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from callcalm.workshop.words import Words
from callcalm.workshop.writing import Draft

PRICES: Final[dict[str, dict[str, Any]]] = {
    "resolved": {"got": True, "priority": 3, "respect": 3, "involvement": 3, "communication": 3, "effort": 3},
    "fair": {
        "got": False,
        "fair": 15,
        "priority": 1,
        "respect": 2,
        "involvement": 1,
        "communication": 2,
        "effort": 2,
    },
    "unresolved": {
        "got": False,
        "fair": 5,
        "priority": -2,
        "respect": -2,
        "involvement": -2,
        "communication": -2,
        "effort": -3,
    },
    "lost": {"got": False, "priority": -4, "respect": -5, "involvement": -4, "communication": -3, "effort": -5},
}
"""A usual sheet for an ending of each kind, to be put right by the writer (S3-p)."""

_COMMENTED: Final = (
    "title",
    "language",
    "channel",
    "setting",
    "level",
    "minutes",
    "playbook",
    "teaches",
    "brief",
    "caller",
    "start",
    "vars",
    "beats",
    "endings",
    "checks",
)


def draft(words: Words, *, title: str, top: Sequence[str], **given: Any) -> Draft:
    """A draft without beats and endings; `given` are keys of the file whose usual values do not do.

    Where the minutes are not given they are measured when it is written.
    """
    words = words.on(given.get("channel", "phone"))
    usual = "defaults."
    data: dict[str, Any] = {
        "format": 1,
        "title": title,
        "language": words.language,
        "channel": "phone",
        "setting": words(usual + "setting"),
        "level": 2,
        "minutes": 4,
        "playbook": "core",
        "teaches": [],
        "brief": words(usual + "brief", facts=words(usual + "fact")),
        "caller": {
            "name": words(usual + "name"),
            "address": [words(usual + "name")],
            "wants": words(usual + "wants"),
            "facts": [words(usual + "fact")],
        },
        "start": {"beat": "", "composure": 70},
        "vars": {},
        "beats": {},
        "endings": {},
    } | given
    made = Draft(data, top=list(top), timed="minutes" not in given)
    for key in _COMMENTED:
        made.note((key,), words(f"comments.{key}"))
    return made


def ending(kind: str, text: str, lesson: str) -> dict[str, Any]:
    """An ending of this kind with the usual points."""
    return {"kind": kind, "text": text, "lesson": lesson, "price": dict(PRICES[kind])}
