"""The terms that words have besides themselves, ``stem*`` and ``<list>``. No reading and no matching here."""

from __future__ import annotations

from callcalm.core.hints import Final

ANY: Final = ""
"""The term that every word has; only gaps ask for it."""

POSITIVE: Final = "+"
"""The term that every word has but those that say no."""

START: Final = "^"
"""The term of a place where a sentence may begin."""

NAME: Final = "@name"
NAME_PART: Final = "@name-part"
"""A small word of the caller's name, such as *Le* in *Le Bihan*: no name by itself."""

FACT: Final = "@fact"
