"""The words that a written file holds besides the writer's own: comments, defaults, examples, in its language."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

DATA: Final = Path(__file__).parent / "data"

TITLES: Final = ("comments", "new", "coach", "transcript", "import", "defaults", "examples", "prefixes")
"""The tables of a words file."""


class Words:
    """The words of one language, by ``table.key``."""

    def __init__(self, language: str, values: dict[str, Any]) -> None:
        self.language = language
        self._values = values

    def __call__(self, key: str, **named: object) -> str:
        """The sentence, with its names filled in. Raises `KeyError` for one that is not there."""
        text: str = self._value(key)
        for name, value in named.items():
            text = text.replace(f"{{{name}}}", str(value))
        return text

    def by(self, channel: str, key: str, **named: object) -> str:
        """The sentence as this channel has it, where it has one of its own: nobody hangs up at a counter."""
        own = f"{key}-{channel}"
        return self(own if self.has(own) else key, **named)

    def lines(self, key: str) -> Sequence[str]:
        """A list of sentences."""
        found: list[str] = self._value(key)
        return found

    def has(self, key: str) -> bool:
        """Whether there is such a sentence."""
        table, _dot, name = key.partition(".")
        return name in self._values.get(table, {})

    def _value(self, key: str) -> Any:
        table, _dot, name = key.partition(".")
        return self._values[table][name]


@lru_cache(maxsize=4)
def words(language: str) -> Words:
    """The words for files in this language. Raises `FileNotFoundError` for one that there are none of."""
    import tomli  # noqa: PLC0415 - only writing needs it

    return Words(language, tomli.loads((DATA / f"words.{language}.toml").read_text("utf-8")))
