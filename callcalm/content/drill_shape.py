"""The shape of a drill file: every key, what it takes, and what it is for. Data only."""

from __future__ import annotations

from callcalm.content.shapes import LANGUAGES, LONGEST_TITLE, MOST_MINUTES, SOURCE, VERSION, move_id
from callcalm.intake import Bool, Choice, Field, Int, ListOf, Record, Str


def drill_record() -> Record:
    """The shape of a drill file."""
    text, line = Str(400, multiline=True, strip=True), Str(300, strip=True)
    option = Record(
        {
            "say": Field(line, "The answer.", required=True),
            "right": Field(Bool(), "Whether it is right.", default=False),
            "why": Field(line, "Why it is, or what it does instead.", required=True),
        },
        example='{ say = "…", right = true, why = "…" }',
    )
    item = Record(
        {
            "scene": Field(text, "What goes before: who calls, or what the caller says."),
            "given": Field(text, "The words to work on."),
            "why": Field(line, "What to take from the item.", required=True),
            "options": Field(ListOf(option, 2, 6), "To choose from: at least one is right."),
            "parts": Field(ListOf(line, 2, 7), "To put in order: here in the right order."),
            "decoys": Field(ListOf(line, 0, 4), "Parts that belong nowhere."),
            "text": Field(ListOf(line, 2, 14), "A text to search, line by line; what costs stands in [[ ]]."),
            "wants": Field(ListOf(move_id(), 1, 6), "For own words: moves of which one must be heard."),
            "takes": Field(ListOf(line, 1, 3), "For own words: model answers."),
        },
        example='given = "…", why = "…", options = […]',
    )
    return Record(
        {
            "format": VERSION,
            "title": Field(Str(LONGEST_TITLE, strip=True), "The title, as the list shows it.", required=True),
            "language": Field(Choice(LANGUAGES), "The language it is written in.", required=True),
            "about": Field(text, "What it practises, in a sentence or two.", required=True),
            "rule": Field(line, "The skill as an if-then rule.", required=True),
            "minutes": Field(Int(1, MOST_MINUTES), "About how long it takes.", required=True),
            "teaches": Field(ListOf(move_id(), 1, 20), "The moves that it practises.", required=True),
            "sources": Field(ListOf(SOURCE, 1, 10), "The sources it comes from.", required=True),
            "items": Field(ListOf(item, 1, 100), "The tasks.", required=True),
        }
    )
