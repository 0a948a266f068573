"""The phrasebooks in use: the shipped ones with the files of a player's or a firm's own. No reading of letters."""

from __future__ import annotations

from pathlib import Path

from callcalm.coach import Phrasebook, load_phrasebook
from callcalm.intake.problems import BadFile
from callcalm.letters.tongue import LANGUAGES


class BadPhrases(BadFile):
    """A phrasebook of one's own that cannot be used: it stands in the way of whatever was to be done."""


class Books:
    """Phrasebooks by language, each with those of the own `files` that are of its language."""

    def __init__(self, files: tuple[Path, ...] = ()) -> None:
        self._files = files
        self._by_language: dict[str, tuple[Path, ...]] | None = None
        self._books: dict[str, Phrasebook] = {}

    def __getitem__(self, language: str) -> Phrasebook:
        """The phrasebook of a language. Raises `BadPhrases` for an own file that cannot be used."""
        book = self._books.get(language)
        if book is None:
            try:
                book = self._books[language] = load_phrasebook(language, self._own(language))
            except BadFile as bad:
                raise BadPhrases(bad.problems, bad.source) from bad
        return book

    def names(self) -> frozenset[str]:
        """Every rule that the phrasebooks have, in any language, and every move that words can make."""
        from callcalm.coach.effects import COSTS, HELPS  # noqa: PLC0415 - only to name one wants all

        rules = (rule for language in LANGUAGES for rule in self[language].rules)
        return frozenset(rules) | COSTS | HELPS

    def _own(self, language: str) -> tuple[Path, ...]:
        if self._by_language is None:
            self._by_language = {}
            for file in self._files:
                code = _language_of(file)
                self._by_language[code] = (*self._by_language.get(code, ()), file)
        return self._by_language.get(language, ())


def _language_of(file: Path) -> str:
    from callcalm.coach.loading import CAP  # noqa: PLC0415 - only own files need all this
    from callcalm.intake import parse, read  # noqa: PLC0415

    code = parse(read(file, CAP)).values.get("language")
    # Of a file that says none, or one nobody knows, the loader tells what is wrong.
    return code if code in LANGUAGES else LANGUAGES[0]
