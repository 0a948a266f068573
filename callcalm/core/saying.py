"""A sentence for people that is put into their language later, on a floor above. No languages here."""

from __future__ import annotations

from callcalm.core.records import NamedTuple


class Saying(NamedTuple):
    """A sentence in English with names in braces, and what stands at each: `language.said` says it.

    The thousands of whole numbers are set apart.

    >>> str(saying("there is no list called `{name}`", name="weekday"))
    'there is no list called `weekday`'
    """

    words: str
    fields: tuple[tuple[str, object], ...] = ()

    def __str__(self) -> str:
        fields = {name: f"{value:,}" if type(value) is int else value for name, value in self.fields}
        return self.words.format(**fields)


def saying(words: str, **fields: object) -> Saying:
    """A sentence with what stands at its names."""
    return Saying(words, tuple(fields.items()))
