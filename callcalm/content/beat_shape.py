"""The shape of a beat in a scenario file: every key, what it takes, and what it is for. Data only."""

from __future__ import annotations

from typing import Final

from callcalm.content.shapes import ID, identifier, move_id
from callcalm.core.condition_parsing import MAX_LENGTH
from callcalm.intake import Bool, Choice, Either, Field, Int, ListOf, MapOf, Record, Shape, Str
from callcalm.language import later

REPLY_ID: Final = r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*"
"""Ids of replies: like `shapes.ID`, but never a number, which would be a place in the list."""

VARIABLE: Final = r"[a-z][a-z0-9_]*"
"""Names of variables, as conditions write them."""

MOST_REPLIES: Final = 9
"""As many as there are digit keys."""

MOST_PARTS: Final = 12

LARGEST: Final = 1_000
"""A whole number that a variable holds is from minus this to this."""

_REPLY_FORM: Final = later(
    "small letters without accents, digits and hyphens, such as walls-up, beginning with a letter"
)


def beat() -> Record:
    """A moment of the call."""
    part = Record(
        {
            "say": Field(Str(300, strip=True), "One block of the answer.", required=True),
            "move": Field(move_id(), "The move that it makes."),
        },
        example='{ say = "…", move = "pacer.announce" }',
    )
    compose = Record(
        {
            "pick": Field(Int(1, 9), "How many parts make the answer.", required=True),
            "ideal": Field(
                ListOf(move_id(), 1, 9), "The moves that should be there, in this order.", required=True
            ),
            "goto": Field(target(), "Where the ideal answer leads.", required=True),
        },
        example='{ pick = 3, ideal = ["…"], goto = "…" }',
    )
    right = Field(
        Bool(),
        "Whether cutting in is right here and costs nothing: danger overrides every school (S2-1).",
        default=False,
    )
    return Record(
        {
            "mood": Field(Str(40), "How the caller sounds: the id of a mood, such as furious.", required=True),
            "caller": Field(_lines(600), "What the caller says, at once or in parts.", required=True),
            "replies": Field(ListOf(_reply(), 1, MOST_REPLIES), "The answers on offer."),
            "otherwise": _step("Where a typed answer near no reply leads, or a composed one that is not ideal."),
            "compose": Field(compose, "The player picks and orders parts instead of choosing a reply."),
            "parts": Field(ListOf(part, 2, MOST_PARTS), "The parts for `compose`."),
            "cut_in": _step("What cutting the caller off changes, besides its cost.", {"right": right}),
            "contested": Field(
                Bool(), "Whether schools differ at this turn; the reveal then shows each reading.", default=False
            ),
        },
        example='mood = "…", caller = "…"',
    )


def _reply() -> Record:
    tones = {
        "bright": "cheerful, out of place where the caller is upset",
        "warm": "warm",
        "calm": "calm",
        "flat": "without interest",
    }
    return Record(
        {
            "id": Field(
                Str(60, pattern=REPLY_ID, form=_REPLY_FORM),
                "A name for saves and checks, so that an edit elsewhere breaks nothing.",
            ),
            "say": Field(Str(500, strip=True), "What the player says.", required=True),
            "goto": Field(target(), "The beat or ending that it leads to.", required=True),
            "when": Field(
                Str(MAX_LENGTH, form=later('a condition, such as "composure >= 20"')), "When it is on offer."
            ),
            **_changes(),
            "moves": Field(ListOf(move_id(), most=10), "Moves that the words alone cannot show."),
            "tone": Field(Choice(tones), "How it is said, where words cannot show it."),
            "composure": Field(Int(-50, 50), "Points that it adds or takes besides its moves.", default=0),
        },
        example='say = "…", goto = "…"',
    )


def _step(doc: str, more: dict[str, Field] | None = None) -> Field:
    step = Record(
        {
            "goto": Field(target(), "The beat or ending that follows; without it the call stays here."),
            **_changes(),
            **(more or {}),
        },
        example='{ goto = "…" }',
    )
    return Field(step, doc)


def _changes() -> dict[str, Field]:
    return {
        "set": Field(variables(value(), 1), "Variables that change."),
        "add": Field(
            variables(Int(-LARGEST, LARGEST), 1, "{ holds = 1 }"),
            "What is added to variables that have a range; they stop at its ends.",
        ),
        "promises": Field(_promises(), "What the player is committed to by it."),
    }


def _promises() -> ListOf:
    promise = Record(
        {
            "what": Field(Str(120, strip=True), "What is promised.", required=True),
            "by": Field(Str(60, strip=True), "By when, in words, such as 16:00."),
            "keepable": Field(Bool(), "Whether it can be kept, as the file stands.", default=True),
            "follow_up": Field(identifier(), "The scenario in which it comes due."),
        },
        example='{ what = "call back", by = "16:00" }',
    )
    return ListOf(promise, most=5)


def variables(value: Shape, least: int = 0, example: str = "{ callback = true }") -> MapOf:
    """A table of variables, each holding what `value` takes."""
    form = later("Names here are small letters without accents, digits and _, such as callback.")
    return MapOf(VARIABLE, form, value, least, 50, example=example)


def value() -> Either:
    """What a variable can hold."""
    return Either(Bool(), Int(-LARGEST, LARGEST), Str(60, empty=True))


def target() -> Str:
    """The name of a beat or an ending."""
    form = later(
        "the name of a beat or an ending: small letters without accents, digits and hyphens, such as walls-up"
    )
    return Str(60, pattern=ID, form=form)


def _lines(most: int) -> Shape:
    line = Str(most, multiline=True, strip=True)
    return Either(line, ListOf(line, 1, MOST_PARTS))
