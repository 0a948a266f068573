"""The shape of a scenario file: every key, what it takes, and what it is for. Data only."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from callcalm.content.shapes import (
    ID,
    LANGUAGES,
    LONGEST_NAME,
    LONGEST_SETTING,
    LONGEST_TITLE,
    MOST_LEVEL,
    MOST_MINUTES,
    SOURCE,
    VERSION,
    identifier,
    move_id,
    price,
)
from callcalm.core.condition import MAX_LENGTH
from callcalm.core.model import EndingKind, Kept
from callcalm.intake import Bool, Choice, Either, Field, Int, ListOf, MapOf, Record, Shape, Str
from callcalm.language import later

REPLY_ID: Final = r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*"
"""Ids of replies: like `shapes.ID`, but never a number, which would be a place in the list."""

VARIABLE: Final = r"[a-z][a-z0-9_]*"
"""Names of variables, as conditions write them."""

MOST_REPLIES: Final = 9
"""As many as there are digit keys."""

MOST_PARTS: Final = 12

MOST_BEATS: Final = 20_000

LARGEST: Final = 1_000
"""A whole number that a variable holds is from minus this to this."""

DEEDS: Final = ("listen", "cut-in", "breathe")
"""Steps of a check that are no reply."""


_NAMES: Final = later("Names here are small letters without accents, digits and hyphens, such as walls-up.")
_REPLY_FORM: Final = later(
    "small letters without accents, digits and hyphens, such as walls-up, beginning with a letter"
)


def _lines(most: int) -> Shape:
    line = Str(most, multiline=True, strip=True)
    return Either(line, ListOf(line, 1, MOST_PARTS))


def _value() -> Either:
    return Either(Bool(), Int(-LARGEST, LARGEST), Str(60, empty=True))


def _variables(value: Shape, least: int = 0, example: str = "{ callback = true }") -> MapOf:
    form = later("Names here are small letters without accents, digits and _, such as callback.")
    return MapOf(VARIABLE, form, value, least, 50, example=example)


def _declared() -> Shape:
    number = Int(-LARGEST, LARGEST)
    counter = Record(
        {
            "start": Field(number, "What it is at the start.", required=True),
            "least": Field(number, "The least that it can be.", required=True),
            "most": Field(number, "The most that it can be.", required=True),
        },
        example="{ start = 0, least = 0, most = 5 }",
    )
    return Either(*_value().shapes, counter)


def _changes() -> dict[str, Field]:
    return {
        "set": Field(_variables(_value(), 1), "Variables that change."),
        "add": Field(
            _variables(Int(-LARGEST, LARGEST), 1, "{ holds = 1 }"),
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


def _openings() -> Record:
    entrance = Record(
        {
            "beat": Field(identifier(), "The beat with which it begins then.", required=True),
            "set": Field(_variables(_value(), 1), "Variables that differ then from the start."),
        },
        example='{ beat = "…", set = { kept = false } }',
    )
    kinds = {
        Kept.KEPT: later("Where it begins when the call that was promised comes in time."),
        Kept.LATE: later("Where it begins when it comes too late."),
        Kept.BROKEN: later("Where it begins when what was promised could not be kept."),
    }
    return Record(
        {kind.value: Field(Either(identifier(), entrance), doc) for kind, doc in kinds.items()},
        example='kept = "…"',
    )


def _target() -> Str:
    form = later(
        "the name of a beat or an ending: small letters without accents, digits and hyphens, such as walls-up"
    )
    return Str(60, pattern=ID, form=form)


def _step(doc: str, more: dict[str, Field] | None = None) -> Field:
    step = Record(
        {
            "goto": Field(_target(), "The beat or ending that follows; without it the call stays here."),
            **_changes(),
            **(more or {}),
        },
        example='{ goto = "…" }',
    )
    return Field(step, doc)


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
            "goto": Field(_target(), "The beat or ending that it leads to.", required=True),
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


def _beat() -> Record:
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
            "goto": Field(_target(), "Where the ideal answer leads.", required=True),
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


def _ending() -> Record:
    kinds = {
        "resolved": "they got what they needed",
        "fair": "a refusal that was fairly made",
        "unresolved": "nothing is settled",
        "lost": "the call broke off",
    }
    assert set(kinds) == set(EndingKind)  # noqa: S101 - a new kind needs its words
    return Record(
        {
            "kind": Field(Choice(kinds), "What it amounts to.", required=True),
            "text": Field(Str(1_500, multiline=True, strip=True), "How it ends.", required=True),
            "lesson": Field(Str(400, strip=True), "What to take along, as an if-then rule.", required=True),
            "price": Field(price(), "What the caller would score (S3-p).", required=True),
        },
        example='kind = "resolved", text = "…", …',
    )


def _check() -> Record:
    number = Int(1, MOST_PARTS)
    other = Record(
        {
            "say": Field(Str(500, strip=True), "An answer in one's own words."),
            "compose": Field(ListOf(number, 1, 9), "The numbers of the parts, in the order to be said."),
        },
        example="{ compose = [2, 1] }",
    )
    step = Either(Int(1, MOST_REPLIES), Str(60, form=later('a reply id, "listen", "cut-in" or "breathe"')), other)
    return Record(
        {
            "name": Field(Str(120, strip=True), "What the check shows.", required=True),
            "do": Field(ListOf(step, 1, 100), "What the player does, step by step.", required=True),
            "ends": Field(_target(), "The ending that must be reached."),
            "composure": Field(
                Str(20, pattern=r"(?:[<>]=?|==|!=) *[0-9]{1,3}", form=later('a comparison, such as ">= 60"')),
                "What composure must be in the end.",
            ),
            "opening": Field(
                Choice({kind.value: f"[openings] has it as {kind}" for kind in Kept}),
                "The opening that it begins by, if not plainly.",
            ),
        },
        example='name = "…", do = [2, 1], ends = "…"',
    )


@lru_cache(maxsize=1)
def scenario_record() -> Record:
    """The shape of a scenario file."""
    channels = {"phone": "a call", "in-person": "face to face", "letter": "a letter or e-mail"}
    caller = Record(
        {
            "name": Field(Str(LONGEST_NAME, strip=True), "The caller's full name.", required=True),
            "address": Field(
                ListOf(Str(LONGEST_NAME, strip=True), 1, 6),
                "Forms of the name that the player may use.",
                required=True,
            ),
            "wants": Field(Str(200, strip=True), "What the caller wants, in a phrase.", required=True),
            "facts": Field(ListOf(Str(120, strip=True), 1, 12), "What good notes would hold.", required=True),
        }
    )
    start = Record(
        {
            "beat": Field(identifier(), "The first beat.", required=True),
            "composure": Field(Int(1, 100), "The player's composure as the phone rings.", default=70),
        },
        example='beat = "opening"',
    )
    return Record(
        {
            "format": VERSION,
            "title": Field(Str(LONGEST_TITLE, strip=True), "The title, as the list shows it.", required=True),
            "language": Field(Choice(LANGUAGES), "The language it is written in.", required=True),
            "channel": Field(Choice(channels), "How the encounter reaches the player.", required=True),
            "setting": Field(
                Str(LONGEST_SETTING, strip=True), "Where it takes place, in a few words.", required=True
            ),
            "level": Field(Int(1, MOST_LEVEL), "How hard it is: 1 easy, 4 hard.", required=True),
            "minutes": Field(Int(1, MOST_MINUTES), "About how long it takes.", required=True),
            "playbook": Field(identifier(), "The house rules that it is played by.", default="core"),
            "teaches": Field(ListOf(move_id(), most=20), "The moves that it teaches."),
            "sources": Field(
                ListOf(SOURCE, 1, 10),
                "The sources that it teaches by what happens in it, besides those of its moves.",
            ),
            "brief": Field(
                Str(2_000, multiline=True, strip=True), "What the player knows before it begins.", required=True
            ),
            "after": Field(
                identifier(),
                "The encounter whose promise it comes back from: lists leave it out, since it begins there.",
            ),
            "pressed": Field(
                ListOf(Str(300, strip=True), 1, 5), "What this caller says, in turn, to an answer that was none."
            ),
            "caller": Field(caller, "The person on the other end.", required=True),
            "start": Field(start, "Where it begins.", required=True),
            "openings": Field(_openings(), "Where it begins instead when a promise brings it back."),
            "vars": Field(
                _variables(_declared()),
                "Variables and what they are at the start; a whole number may have a range besides.",
            ),
            "beats": Field(
                MapOf(ID, _NAMES, _beat(), 1, MOST_BEATS, example="[beats.opening]"),
                "The moments of the call.",
                required=True,
            ),
            "endings": Field(
                MapOf(ID, _NAMES, _ending(), 1, 40, example="[endings.resolved]"),
                "How it can end.",
                required=True,
            ),
            "checks": Field(ListOf(_check(), most=100), "The writer's own tests, run by lint."),
        }
    )
