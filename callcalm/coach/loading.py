"""Phrasebooks from TOML: the shipped ones, and files of a player's or a firm's own. No matching here."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import lru_cache, partial
from operator import attrgetter
from pathlib import Path

from callcalm.coach.book import Phrasebook, Rule, by_ear
from callcalm.coach.compiled import Compiled
from callcalm.coach.ear import Ear, Kept
from callcalm.coach.ear import kept as kept_ear
from callcalm.coach.effects import COSTS, HELPS
from callcalm.coach.hearing import Hearing
from callcalm.coach.pieces import Bulk, Fetched, Pile
from callcalm.coach.tongues import TONGUES
from callcalm.core.hints import TYPE_CHECKING, Any, Final
from callcalm.core.moves import BY_EAR
from callcalm.core.records import replace
from callcalm.core.text import Text
from callcalm.language import _, later

if TYPE_CHECKING:
    from callcalm.intake import Loaded, Record, Source

SHIPPED: Final = Path(__file__).parent / "phrasebooks"
FORMAT: Final = 1
CAP: Final = 4 * 1024 * 1024
"""Largest phrasebook file, in bytes."""

_RULE: Final = attrgetter(*Rule.__match_args__)
_HEARING: Final = attrgetter(*Hearing.__match_args__)

MAX_RULES: Final = 2_000
MAX_LINES: Final = 40


@lru_cache(maxsize=16)
def load_phrasebook(lang: str, extra: tuple[str | os.PathLike[str], ...] = ()) -> Phrasebook:
    """The shipped phrasebook of a language, with the rules of further files added.

    A rule of a later file replaces one of the same id; a list of the same name gets more lines. Kept for the life
    of the process. Raises `ValueError` for a language there is no book of, and `callcalm.intake.BadFile` with
    all that is wrong in a file of `extra`, each problem with its place.
    """
    if lang not in TONGUES:
        raise ValueError(f"there is no phrasebook for the language {lang!r}; there are: {', '.join(TONGUES)}")
    book = _shipped(lang)
    for path in extra:
        book = _with(book, path)
    return book


def _shipped(lang: str) -> Phrasebook:
    from callcalm.intake.kept import kept_with_bulk  # noqa: PLC0415 - home opens before any phrasebook does

    file, sounds = SHIPPED / f"{lang}.toml", SHIPPED / f"{lang}.ear.tsv"
    # What is kept depends on the code that makes it, too.
    folder = Path(__file__).parent
    code = sorted([folder / name for name in os.listdir(folder) if name.endswith(".py")])  # noqa: PTH208 - faster
    made, bulk = kept_with_bulk(f"{lang}.phrases", [file, sounds, *code], partial(_made, file, sounds, lang))
    values, packed, heard = made
    ear = Ear(Kept(*heard), bulk)
    return _book(values, lang, ear) if packed is None else _unpacked(packed, bulk, lang, ear)


def _made(file: Path, sounds: Path, lang: str) -> tuple[tuple[Any, Any, tuple[Any, ...]], Bulk]:
    """What is worth keeping of a phrasebook and its ear: the book's values, or else what was made of them."""
    # Our own files are held to every check by the tests, not by every start.
    import tomli  # noqa: PLC0415 - what is kept needs no parser

    from callcalm.intake.kept import can_keep  # noqa: PLC0415 - as above

    values = tomli.loads(file.read_text("utf-8"))
    pile = Pile()
    heard = tuple(kept_ear(sounds.read_text("utf-8"), pile))
    # Where nothing can be kept, patterns are read as they wake.
    packed = _packed(_book(values, lang), pile) if can_keep(file) else None
    return (None if packed else values, packed, heard), pile.bulk()


def _packed(book: Phrasebook, pile: Pile) -> tuple[Any, ...]:
    """A phrasebook as plain data: its rules and lists, each by itself on the pile, and its patterns laid out."""
    from callcalm.coach.compiling import compiled  # noqa: PLC0415 - what is kept needs no reading

    rules = pile.put_each({name: _RULE(rule) for name, rule in book.rules.items()})
    lists = pile.put_each(book.lists)
    return (rules, lists, _HEARING(book.example), tuple(compiled(book, pile)))


def _unpacked(packed: tuple[Any, ...], bulk: Bulk, lang: str, ear: Ear | None) -> Phrasebook:
    rules, lists, example, patterns = packed
    made = Fetched(rules, bulk, lambda values: Rule(*values))
    book = Phrasebook(lang, made, Fetched(lists, bulk, tuple), Hearing(*example), ear)
    book.keep(Compiled(*patterns), bulk)
    return book


def _book(values: Mapping[str, Any], lang: str, ear: Ear | None = None) -> Phrasebook:
    rules = {rule["id"]: _rule(rule) for rule in values.get("rules", ())}
    for words in values.get("by-ear", ()):
        rules[by_ear(words["move"])] = _rule({"id": by_ear(words["move"]), "severity": 1, "patterns": (), **words})
    lists = {name: tuple(lines) for name, lines in values.get("lists", {}).items()}
    return Phrasebook(lang, rules, lists, _hearing(values.get("example", {})), ear)


def _rule(values: Mapping[str, Any]) -> Rule:
    return Rule(
        values["id"],
        values["move"],
        values["severity"],
        tuple(values["patterns"]),
        tuple(values.get("not", ())),
        Text(values["why"]),
        tuple(values["instead"]),
        values["source"],
        tuple(values["hits"]),
        tuple(values["misses"]),
        tuple(values.get("after", ())),
    )


def _hearing(values: Mapping[str, Any]) -> Hearing:
    names, facts, said = (tuple(values.get(key, ())) for key in ("names", "facts", "said"))
    return Hearing(names, facts, said, hot=values.get("hot", False))


def _with(book: Phrasebook, path: str | os.PathLike[str]) -> Phrasebook:
    from callcalm.intake import read  # noqa: PLC0415 - only files of one's own need it

    return add_phrases(book, read(path, CAP))[0]


def add_phrases(book: Phrasebook, source: Source) -> tuple[Phrasebook, Loaded]:
    """The phrasebook with the rules of a file's text added, and that file as it was loaded.

    Raises `BadFile` with all that is wrong in it, each problem with its place.
    """
    from callcalm.intake import load_source  # noqa: PLC0415 - only files of one's own need it

    loaded = load_source(source, record(), number=FORMAT)
    _check(loaded, book)
    loaded.inbox.warnings()
    own = _book(loaded.data, book.language)
    lists = dict(book.lists)
    for name, lines in own.lists.items():
        # A line that is there already adds nothing but size.
        lists[name] = tuple(dict.fromkeys((*lists.get(name, ()), *lines)))
    example = own.example if "example" in loaded.data else book.example
    mine = {name: replace(rule, own=True) for name, rule in own.rules.items()}
    rules = {**book.rules, **mine}
    ear = book.ear if loaded.data["ear"] else None
    return Phrasebook(book.language, rules, lists, example, ear, book.own | own.rules.keys()), loaded


def _check(loaded: Loaded, base: Phrasebook) -> None:
    """What the record cannot see: the language, ids given twice, moves, patterns."""
    from callcalm.intake import BAD, Code  # noqa: PLC0415

    data, inbox = loaded.data, loaded.inbox
    if data.get("language", base.language) != base.language:
        message = _("the phrases are of another language than {language}").format(language=base.language)
        inbox.add(Code.NOT_A_CHOICE, message, ("language",))
    for table, name, moves, no_move in (
        ("rules", "id", COSTS | HELPS, later("there is no move `{move}` in words")),
        ("by-ear", "move", COSTS, later("there is no move `{move}` that costs and can be heard")),
    ):
        seen: set[str] = set()
        for index, rule in enumerate(data.get(table, ())):
            if rule is BAD:
                continue
            if rule.get(name) in seen:
                message = _("the {key} `{name}` is given twice").format(key=name, name=rule[name])
                inbox.add(Code.TWICE, message, (table, index, name))
            seen.add(rule.get(name, ""))
            if table == "rules" and str(rule.get("id")).startswith(BY_EAR):
                inbox.add(
                    Code.TEXT_FORM,
                    _("names that begin with `{start}` are for what the ear hears").format(start=BY_EAR),
                    (table, index, "id"),
                    hint=_(
                        "Write it as `[[by-ear]]`, with its move and without patterns, or give it another name."
                    ),
                )
            named: list[tuple[tuple[str | int, ...], object]] = [(("move",), rule.get("move"))]
            named += [(("after", at), move) for at, move in enumerate(rule.get("after", ()))]
            for place, move in named:
                if isinstance(move, str) and move not in moves:
                    hint = inbox.guess(move, sorted(moves))
                    message = _(no_move).format(move=move)
                    inbox.add(Code.NOT_A_CHOICE, message, (table, index, *place), hint=hint)
    _check_patterns(loaded, base)


def _check_patterns(loaded: Loaded, base: Phrasebook) -> None:
    from callcalm.coach.matcher import Matcher  # noqa: PLC0415
    from callcalm.intake import BAD, Code  # noqa: PLC0415

    def lines(table: Mapping[str, Any], key: str) -> tuple[str, ...]:
        return tuple("" if line is BAD else line for line in table.get(key, ()))

    rules = [{} if rule is BAD else rule for rule in loaded.data.get("rules", ())]
    own = {name: lines({name: found}, name) for name, found in loaded.data.get("lists", {}).items()}
    patterns, contexts = [lines(rule, "patterns") for rule in rules], [lines(rule, "not") for rule in rules]
    for where, key, line, error in Matcher(patterns, contexts, {**base.lists, **own}, base.tongue).problems():
        if isinstance(where, str) and where not in own:
            continue
        path: tuple[str | int, ...]
        if isinstance(where, str):
            path, text = ("lists", where, line), own[where][line]
        else:
            path, text = ("rules", where, key, line), (contexts if key == "not" else patterns)[where][line]
        # What is no text, or an empty or a too long one, has had its problem told.
        if text.strip():
            inbox = loaded.inbox
            inbox.add(Code.TEXT_FORM, error.message, path, within=(error.start, error.end), hint=error.hint)


def record() -> Record:
    """The shape of a phrasebook file."""
    from callcalm.intake import Bool, Field, Int, ListOf, MapOf, Record, Str  # noqa: PLC0415

    name = r"[a-z0-9]+(?:-[a-z0-9]+)*"
    line = Str(most=1_000)
    lines = ListOf(line, most=MAX_LINES)
    told = {
        "why": Field(Str(400), "One sentence: why it costs or helps.", required=True),
        "instead": Field(ListOf(Str(400), 1, 8), "What to say.", required=True),
        "source": Field(Str(60), "Where the advice comes from, such as S0-q.", required=True),
        "hits": Field(ListOf(line, 1, MAX_LINES), "Sentences in which the rule must stand.", required=True),
        "misses": Field(ListOf(line, 1, MAX_LINES), "Sentences in which it must not.", required=True),
    }
    rule = Record(
        {
            "id": Field(
                Str(60, pattern=name, form=later('a short name such as "why-did-you"')), "The rule's name.", True
            ),
            "move": Field(Str(60), "What the words do: the id of a move.", required=True),
            "severity": Field(Int(1, 3), "How much it matters, 1 to 3.", required=True),
            "patterns": Field(ListOf(line, 1, MAX_LINES), "What to look for.", required=True),
            "not": Field(lines, "Where it does not count; `_` stands for the hit.", default=[]),
            "after": Field(
                ListOf(Str(60), most=MAX_LINES),
                "Moves of which one must stand in the sentence before.",
                default=[],
            ),
            **told,
        },
        example='id = "…", move = "…"',
    )
    by_ear = Record(
        {"move": Field(Str(60), "What the sentence does: the id of a move that costs.", required=True), **told},
        example='move = "…"',
    )
    texts = ListOf(Str(400), most=MAX_LINES)
    example = Record(
        {
            "names": Field(texts, "Forms of the caller's name."),
            "facts": Field(texts, "What good notes would hold."),
            "said": Field(texts, "The caller's words so far."),
            "hot": Field(Bool(), "Whether the caller is upset."),
        }
    )
    return Record(
        {
            "format": Field(Int(1, FORMAT), "The format of the file.", required=True),
            "language": Field(Str(5), "The language of the phrases.", required=True),
            "ear": Field(Bool(), "Whether the coach listens to whole sentences, beside the rules.", default=True),
            "example": Field(example, "The call in which the examples are read."),
            "lists": Field(
                MapOf(name, later("Names here are small letters, digits and -."), ListOf(line, 1, 400), most=200),
                "Named word lists.",
            ),
            "rules": Field(ListOf(rule, most=MAX_RULES), "The rules.", default=[]),
            "by-ear": Field(
                ListOf(by_ear, most=len(COSTS)),
                "What to tell of sentences that cost without a wording that a rule knows.",
                default=[],
            ),
        }
    )
