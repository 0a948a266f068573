"""The registry of moves and moods from `data/moves.toml`, with what is said when a call is lost or an answer none.

What must not be here: arithmetic, and what any playbook holds of a move.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

from callcalm.content import shapes
from callcalm.content.shapes import FORMAT, LANGUAGES, SOURCE, VERSION, move_id, price, words
from callcalm.core import text
from callcalm.core.model import Ending, EndingKind
from callcalm.core.moves import Effect, Factor, Mood, Move, Phase, Registry
from callcalm.core.price import PriceSheet
from callcalm.core.records import dataclass
from callcalm.core.text import Text
from callcalm.intake import (
    BAD,
    Bool,
    Choice,
    Code,
    Field,
    Inbox,
    Int,
    ListOf,
    Problem,
    Record,
    Source,
    Str,
    load,
    load_source,
)
from callcalm.intake.kept import kept
from callcalm.language import _

SHIPPED: Final = Path(__file__).parent / "data" / "moves.toml"
CAP: Final = 1024 * 1024
"""Largest moves file, in bytes."""

ALIKE: Final = 0.7
"""How like the name of a move or a mood a word must be to be a slip for it: words that mean something are many."""

CODE: Final = (Path(__file__), Path(shapes.__file__), Path(text.__file__))
"""The code besides the way in that decides what becomes of a file: what is kept is made anew when it changes."""

LOST: Final = "lost"
"""The id of the general ending for a call whose composure is gone."""


@dataclass(frozen=True, slots=True)
class Rulebook:
    """What holds for every call: moves and moods, and by language what no scenario need repeat.

    `lost` ends a call whose composure is gone; `pressed` is what a caller says, in turn, to an answer that was
    none.
    """

    registry: Registry
    lost: Mapping[str, Ending]
    pressed: Mapping[str, tuple[Text, ...]]


def moves_record() -> Record:
    """The shape of the moves file."""
    sentence = words(300)
    name = words(80)
    move = Record(
        {
            "id": Field(move_id(), "The id of the move.", required=True),
            "effect": Field(Choice(tuple(Effect)), "Whether it helps, costs, or does neither.", required=True),
            "weight": Field(
                Int(-30, 30), "Composure points: over 0 if it helps, under 0 if it costs.", required=True
            ),
            "phase": Field(Choice(tuple(Phase)), "Heart, head, or either (S1-h).", default=Phase.EITHER.value),
            "sources": Field(ListOf(SOURCE, 1, 10), "The sources that teach it.", required=True),
            "price": Field(
                Record({factor.value: Field(Int(-5, 5), f"{factor.value} points.") for factor in Factor}),
                "What one use adds to each factor of the reference sheet.",
            ),
            "name": Field(name, "What it is called.", required=True),
            "why": Field(sentence, "Why it helps or costs, in one sentence.", required=True),
            "example": Field(sentence, "For a helping move: words that do it."),
            "instead": Field(sentence, "For a costing move: what to say in its place."),
        }
    )
    mood = Record(
        {
            "id": Field(move_id(), "The id of the mood.", required=True),
            "hot": Field(Bool(), "Whether a bright tone is out of place (S2-9).", required=True),
            "name": Field(name, "What it is called.", required=True),
        }
    )
    ending = Record(
        {
            "text": Field(Str(800, multiline=True, strip=True), "How it ends.", required=True),
            "lesson": Field(Str(400, strip=True), "What to take along.", required=True),
            "price": Field(price(), "The reference sheet.", required=True),
        }
    )
    lines = ListOf(Str(300, strip=True), 1, 5)

    def each(shape: Record | ListOf) -> Record:
        return Record({code: Field(shape, f"In {name}.", required=True) for code, name in LANGUAGES.items()})

    return Record(
        {
            "format": VERSION,
            "moves": Field(ListOf(move, 1), "Every move an answer can make.", required=True),
            "moods": Field(ListOf(mood, 1), "How a caller can sound.", required=True),
            "pressed": Field(each(lines), "What a caller says to an answer that was none.", required=True),
            "lost": Field(each(ending), "The ending of a call whose composure is gone.", required=True),
        }
    )


def load_rulebook(path: Path = SHIPPED) -> Rulebook:
    """The rulebook in a moves file. Raises `BadFile` with all that is wrong with it."""
    made = partial(_read, path)
    data: Mapping[str, Any] = kept("moves", [path, *CODE], made) if path == SHIPPED else made()
    moves = {item["id"]: _move(item) for item in data["moves"]}
    moods = {item["id"]: Mood(item["id"], item["name"], item["hot"]) for item in data["moods"]}
    return Rulebook(
        Registry(moves, moods),
        {
            code: Ending(LOST, EndingKind.LOST, item["text"], item["lesson"], PriceSheet(**item["price"]))
            for code, item in data["lost"].items()
        },
        {code: tuple(lines) for code, lines in data["pressed"].items()},
    )


def moves_problems(source: Source) -> tuple[Problem, ...]:
    """What is wrong with a moves file. Raises `BadFile` when that keeps it from being used."""
    loaded = load_source(source, moves_record(), number=FORMAT)
    _check(loaded.data, loaded.inbox)
    return loaded.inbox.warnings()


def _read(path: Path) -> dict[str, Any]:
    """What a moves file holds, every check passed."""
    loaded = load(path, moves_record(), cap=CAP, number=FORMAT)
    _check(loaded.data, loaded.inbox)
    loaded.inbox.warnings()
    return loaded.data


def _move(item: Mapping[str, Any]) -> Move:
    return Move(
        id=item["id"],
        effect=Effect(item["effect"]),
        weight=item["weight"],
        name=item["name"],
        why=item["why"],
        instead=item.get("instead"),
        sources=tuple(item["sources"]),
        phase=Phase(item["phase"]),
        example=item.get("example"),
        price={Factor(name): points for name, points in item.get("price", {}).items()},
    )


def _check(data: Mapping[str, Any], inbox: Inbox) -> None:
    for kind in ("moves", "moods"):
        seen: set[str] = set()
        for index, item in enumerate(data.get(kind, ())):
            if item is BAD or "id" not in item:
                continue
            if item["id"] in seen:
                message = _("there is another `{name}` above").format(name=item["id"])
                inbox.add(Code.ID_TWICE, message, (kind, index, "id"))
            seen.add(item["id"])
    for index, item in enumerate(data.get("moves", ())):
        if item is not BAD:
            _check_weight(item, ("moves", index), inbox)


def _check_weight(item: Mapping[str, Any], path: tuple[str | int, ...], inbox: Inbox) -> None:
    effect, weight = item.get("effect"), item.get("weight")
    if effect is not None and weight is not None:
        sign = (weight > 0) - (weight < 0)
        if sign != {Effect.HELPS: 1, Effect.COSTS: -1, Effect.NEUTRAL: 0}[Effect(effect)]:
            message = _("a move that is “{effect}” cannot weigh {weight}").format(effect=effect, weight=weight)
            inbox.add(Code.WEIGHT, message, (*path, "weight"))
    needed = {Effect.HELPS.value: "example", Effect.COSTS.value: "instead"}.get(effect or "")
    if needed is not None and needed not in item:
        message = _("a move that is “{effect}” needs the key `{key}`").format(effect=effect, key=needed)
        inbox.add(Code.NO_TAKE, message, path)


def move_hint(inbox: Inbox, move: str, known: Iterable[str]) -> str:
    """What to do about a move that there is not: the one that is surely meant, or where all of them are listed."""
    # What merely begins alike may be the opposite: “cannot” is no slip for “can-do”.
    return inbox.guess(move, known, ALIKE) or _("“callcalm explain” lists all moves.")
