"""What the shapes of scenarios, playbooks and moves have in common. Data only; nothing is loaded here."""

from __future__ import annotations

from typing import Final

from callcalm.core.moves import Factor
from callcalm.core.price import FACTOR_RANGE, FAIR_RANGE
from callcalm.intake import Bool, Choice, Field, Int, Record, Shape, Str
from callcalm.language import later

FORMAT: Final = 1
"""The format of scenario, playbook and moves files that this version reads and writes about."""

LANGUAGES: Final = {"en": "English", "fr": "French"}
"""Languages of scenarios, by code."""

LONGEST_TITLE: Final = 60
LONGEST_SETTING: Final = 60
LONGEST_NAME: Final = 80
MOST_LEVEL: Final = 4
MOST_MINUTES: Final = 60

ID: Final = r"[a-z0-9]+(?:[-_][a-z0-9]+)*"
"""Names of beats, endings and files."""

MOVE_ID: Final = r"[a-z0-9-]+(?:\.[a-z0-9-]+)?"
"""Ids of moves."""

SOURCE: Final = Str(20, pattern=r"S[0-9](?:-[0-9a-z]+)?", form=later("a source id, such as S0-3"))
"""Ids of sources (SOURCES)."""

VERSION: Final = Field(Choice((FORMAT,)), "The format of the file.", required=True)


def identifier() -> Str:
    """A name in the form of `ID`."""
    form = later("a name of small letters without accents, digits and hyphens, such as walls-up")
    return Str(60, pattern=ID, form=form)


def move_id() -> Str:
    """The id of a move; that it is one is checked later."""
    return Str(60, pattern=MOVE_ID, form=later("the id of a move, such as empathy.named"))


def words(most: int) -> Record:
    """The same short text in every language."""
    text = Str(most, strip=True)
    return Record(
        {
            "en": Field(text, "In English.", required=True),
            "fr": Field(text, "In French.", required=True),
        },
        example='{ en = "…", fr = "…" }',
    )


_FACTORS: Final = {
    Factor.PRIORITY: later("The priority score."),
    Factor.RESPECT: later("The respect score."),
    Factor.INVOLVEMENT: later("The involvement score."),
    Factor.COMMUNICATION: later("The communication score."),
    Factor.EFFORT: later("The effort score."),
}


def price() -> Record:
    """A PRICE sheet (S3-p)."""
    points: Shape = Int(*FACTOR_RANGE)
    return Record(
        {
            "got": Field(Bool(), "Whether the caller got what they wanted or needed.", required=True),
            "fair": Field(Int(*FAIR_RANGE), "After a no: how fair it was.", default=0),
            **{factor.value: Field(points, doc, default=0) for factor, doc in _FACTORS.items()},
        },
        example="{ got = true, priority = 3, respect = 2 }",
    )
