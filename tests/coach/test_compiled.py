"""What is kept of a phrasebook finds just what its file does, however its patterns wake."""

from __future__ import annotations

import marshal
import tomllib
from pathlib import Path

import pytest

from callcalm.coach import Hearing, Phrasebook, loading, read
from callcalm.coach.compiled import Compiled
from callcalm.coach.compiling import compiled
from callcalm.coach.pieces import Pile


def from_source(language: str) -> Phrasebook:
    """The shipped phrasebook, its patterns read from the file."""
    return loading._book(tomllib.loads((loading.SHIPPED / f"{language}.toml").read_text("utf-8")), language)


@pytest.mark.timeout(600)  # half a minute's work: a busy machine may take many times as long
@pytest.mark.usefixtures("given_back")
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_kept_patterns_find_what_the_written_ones_do(language: str) -> None:
    plain = from_source(language)
    pile = Pile()
    packed = loading._packed(plain, pile)
    kept = loading._unpacked(marshal.loads(marshal.dumps(packed)), pile.bulk(), language, None)
    assert (dict(kept.rules), dict(kept.lists)) == (plain.rules, plain.lists)
    assert (kept.example, kept.naming) == (plain.example, plain.naming)
    examples = [line for rule in plain.in_order for line in (*rule.hits, *rule.misses)]
    for hearing in (Hearing(), plain.example):
        for line in examples:
            assert read(line, kept, hearing) == read(line, plain, hearing), line
    # All in one text wakes patterns in another order, and many at once.
    text = "\n\n".join(examples)
    assert read(text, kept) == read(text, plain)


def test_everything_kept_is_plain_data() -> None:
    made = compiled(from_source("en"), Pile())
    assert Compiled(*marshal.loads(marshal.dumps(tuple(made)))) == made


def test_own_rules_are_found_beside_the_kept_ones(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        'format = 1\nlanguage = "en"\n[[rules]]\nid = "own"\nmove = "jargon"\nseverity = 2\n'
        'patterns = ["frobnicate* [the] <weekday>"]\nwhy = "w"\ninstead = ["i"]\nsource = "S0-q"\n'
        'hits = ["frobnicated monday"]\nmisses = ["monday"]\n',
        encoding="utf-8",
    )
    book = loading.load_phrasebook("en", (own,))
    found = {finding.rule for finding in read("Why did you call? We frobnicated the monday.", book)}
    assert {"own", "why-did-you"} <= found


def test_where_nothing_can_be_kept_patterns_are_read_as_they_wake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    file, sounds = loading.SHIPPED / "en.toml", loading.SHIPPED / "en.ear.tsv"
    (values, patterns, _), _ = loading._made(file, sounds, "en")
    assert values is not None
    assert patterns is None
    book = loading._book(values, "en")
    assert read("Why did you wait?", book)[0].rule == "why-did-you"
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    monkeypatch.setattr("callcalm.intake.kept.can_keep", lambda _: False)
    assert loading._made(file, sounds, "en")[0][1] is None
