"""The shape of a scenario file: every key, what it takes, and what it is for. Data only.

What a beat holds is in `beat_shape`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from callcalm.content.beat_shape import LARGEST, MOST_PARTS, MOST_REPLIES, beat, target, value, variables
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
from callcalm.core.model import EndingKind, Kept
from callcalm.intake import Choice, Either, Field, Int, ListOf, MapOf, Record, Shape, Str
from callcalm.language import later

MOST_BEATS: Final = 20_000

DEEDS: Final = ("listen", "cut-in", "breathe")
"""Steps of a check that are no reply."""

_NAMES: Final = later("Names here are small letters without accents, digits and hyphens, such as walls-up.")


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
                variables(_declared()),
                "Variables and what they are at the start; a whole number may have a range besides.",
            ),
            "beats": Field(
                MapOf(ID, _NAMES, beat(), 1, MOST_BEATS, example="[beats.opening]"),
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
    return Either(*value().shapes, counter)


def _openings() -> Record:
    entrance = Record(
        {
            "beat": Field(identifier(), "The beat with which it begins then.", required=True),
            "set": Field(variables(value(), 1), "Variables that differ then from the start."),
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
            "ends": Field(target(), "The ending that must be reached."),
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
