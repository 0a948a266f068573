"""A firm's own phrases: added, put in the place of shipped ones, and told what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from callcalm.coach import Hearing, Phrasebook, load_phrasebook, read
from callcalm.intake import BadFile
from tests.coach.small import Told

RULE = """
[[rules]]
id = "{id}"
move = "{move}"
severity = 2
patterns = {patterns}
why = "It stings."
instead = ["Say it kindly."]
source = "S0-q"
hits = ["a hit"]
misses = ["a miss"]
"""
HEAD = 'format = 1\nlanguage = "en"\n'


def written(folder: Path, body: str, name: str = "own.toml") -> Path:
    path = folder / name
    path.write_text(HEAD + body, encoding="utf-8")
    return path


def test_own_rules_are_found_beside_the_shipped_ones(tmp_path: Path) -> None:
    own = written(tmp_path, RULE.format(id="own", move="jargon", patterns='["frobnicate* it"]'))
    book = load_phrasebook("en", (own,))
    assert {"own", "why-did-you"} <= {finding.rule for finding in read("Why did you? I frobnicated it.", book)}
    assert book.rules["own"].instead == ("Say it kindly.",)


def test_a_rule_of_the_same_id_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    own = written(
        tmp_path, RULE.format(id="why-did-you", move="blame.why-you", patterns='["wherefore didst thou"]')
    )
    book = load_phrasebook("en", (own,))
    assert "why-did-you" not in {finding.rule for finding in read("Why did you wait?", book)}
    assert read("Wherefore didst thou wait?", book)[0].rule == "why-did-you"
    assert read("Why did you wait?", load_phrasebook("en"))[0].rule == "why-did-you"


def test_a_rule_of_ones_own_is_told_where_shipped_ones_of_its_move_stand_too(tmp_path: Path) -> None:
    """However mild: a shipped rule that weighs more stands in the same words."""
    shipped = {finding.rule for finding in read("Why did you wait until now?", load_phrasebook("en"))}
    body = RULE.format(id="why-did-you", move="blame.why-you", patterns='["why did you"]')
    book = load_phrasebook("en", (written(tmp_path, body.replace("severity = 2", "severity = 1")),))
    (finding,) = read("Why did you wait until now?", book)
    assert shipped == {"why-did-you"}
    assert book.rules[finding.rule].why == "It stings."


def test_a_later_file_goes_before_an_earlier_one(tmp_path: Path) -> None:
    one = written(tmp_path, RULE.format(id="own", move="jargon", patterns='["one"]'), "one.toml")
    two = written(tmp_path, RULE.format(id="own", move="pity", patterns='["two"]'), "two.toml")
    assert load_phrasebook("en", (one, two)).rules["own"].move == "pity"


def test_lists_get_more_lines_and_shipped_lists_may_be_used(tmp_path: Path) -> None:
    body = '[lists]\nweekday = ["someday"]\n' + RULE.format(
        id="own", move="jargon", patterns='["never on <weekday>"]'
    )
    book = load_phrasebook("en", (written(tmp_path, body),))
    found = [finding.matched for finding in read("Never on Someday. Never on Friday.", book)]
    assert found == ["Never on Someday", "Never on Friday"]


def test_the_example_call_stays_when_none_is_given(tmp_path: Path) -> None:
    plain = written(tmp_path, RULE.format(id="own", move="jargon", patterns='["one"]'))
    assert load_phrasebook("en", (plain,)).example == load_phrasebook("en").example
    own = written(tmp_path, '[example]\nnames = ["Ada"]\nhot = true\n', "call.toml")
    assert load_phrasebook("en", (own,)).example == Hearing(names=("Ada",), hot=True)


def test_a_book_is_read_once_for_the_life_of_the_process(tmp_path: Path) -> None:
    assert load_phrasebook("en") is load_phrasebook("en")
    own = written(tmp_path, RULE.format(id="own", move="jargon", patterns='["one"]'))
    assert load_phrasebook("en", (own,)) is load_phrasebook("en", (own,))


def test_there_are_two_languages() -> None:
    with pytest.raises(ValueError, match="no phrasebook for the language 'de'"):
        load_phrasebook("de")


def problems(path: Path) -> list[tuple[int, str, str | None]]:
    with pytest.raises(BadFile) as caught:
        load_phrasebook("en", (path,))
    return [
        (problem.place.line if problem.place else 0, problem.message, problem.hint)
        for problem in caught.value.problems
    ]


def test_all_that_is_wrong_is_told_at_once_with_its_place(tmp_path: Path) -> None:
    body = (
        '[lists]\nday = ["monday", "(tuesday"]\nround = ["<round>"]\n'
        + RULE.format(id="one", move="sarcasmm", patterns='["why (did you", "so ...99 what", "fine"]')
        + RULE.format(id="one", move="pity", patterns='["<dy>", "@who"]').replace(
            "severity", 'not = ["_ _"]\nseverity'
        )
    )
    told = problems(written(tmp_path, body))
    messages = [message for _, message, _ in told]
    assert messages == [
        "this `(` is not closed",
        "the list `round` names itself",
        "there is no move `sarcasmm` in words",
        "this `(` is not closed",
        "a gap skips 1 to 12 words",
        "the id `one` is given twice",
        "`_` stands for the hit and may be written once",
        "there is no list called `dy`",
        "`@who` means nothing in a pattern",
    ]
    assert {message: hint for _, message, hint in told}["there is no move `sarcasmm` in words"] == (
        "Did you mean `sarcasm`?"
    )
    assert [line for line, _, _ in told] == sorted(line for line, _, _ in told)
    assert all(line for line, _, _ in told)


def test_a_list_that_cannot_be_read_is_told_wherever_it_is_named(tmp_path: Path) -> None:
    body = (
        '[lists]\nday = ["monday", "two (words"]\nthen = ["on <day>"]\na = ["x <b>"]\nb = ["y <a>"]\n'
        + RULE.format(id="one", move="pity", patterns='["come <then>", "go on <day>"]')
    )
    day = "the list `day` cannot be read: this `(` is not closed"
    assert [(line, message) for line, message, _ in problems(written(tmp_path, body))] == [
        (4, "this `(` is not closed"),
        (5, day),
        (6, "the list `b` names itself"),
        (7, "the list `b` names itself"),
        (13, day),
        (13, day),
    ]


@pytest.mark.parametrize("hostile", ["re-*", "*", "'*", "`", "``*", "[``", "\u0301*", "’* @name"])
def test_no_pattern_or_context_can_crash_the_coach(tmp_path: Path, hostile: str) -> None:
    body = RULE.format(id="one", move="pity", patterns=f'["{hostile}"]').replace(
        "severity", f'not = ["{hostile} _"]\nseverity'
    )
    assert len(problems(written(tmp_path, body))) >= 2


def test_a_line_that_is_too_long_is_told_once(tmp_path: Path) -> None:
    body = RULE.format(id="one", move="pity", patterns=f'["{"so " * 400}"]')
    assert [message for _, message, _ in problems(written(tmp_path, body))] == [
        "item 1 of `patterns` has 1,200 characters; at most 1,000 are allowed"
    ]


def test_the_caret_stands_under_the_mistake(tmp_path: Path) -> None:
    path = written(tmp_path, RULE.format(id="one", move="pity", patterns='["why (did you"]'))
    with pytest.raises(BadFile) as caught:
        load_phrasebook("en", (path,))
    shown = str(caught.value).splitlines()
    line = next(number for number, text in enumerate(shown) if text.startswith("    patterns"))
    assert shown[line + 1].index("^") == shown[line].index("(did")
    assert shown[line + 2] == "  hint: Write `)` where it ends."


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ('langauge = "en"', "there is no key `langauge`"),
        ("rules = 3", "`rules` should not be the number 3"),
        ("[lists]\nx = 3", "`x` should not be the number 3"),
        ("[lists]\nx = []", "`x` has 0; it needs at least 1 item"),
        ('[[rules]]\nid = "one"', "item 1 of `rules` needs the key `move`"),
        (
            RULE.format(id="One Two", move="pity", patterns='["one"]'),
            "`id` does not have the right form: “One Two”",
        ),
        (RULE.format(id="one", move="pity", patterns="[]"), "`patterns` has 0; it needs at least 1 item"),
        (RULE.format(id="one", move="pity", patterns="[1]"), "item 1 of `patterns` should not be the number 1"),
        (RULE.format(id="one", move="pity", patterns='[" "]'), "item 1 of `patterns` is empty"),
        (RULE.format(id="one", move="listen", patterns='["one"]'), "there is no move `listen` in words"),
        (
            RULE.format(id="one", move="pity", patterns='["one"]\nafter = ["thanks"]'),
            "there is no move `thanks` in words",
        ),
        (
            RULE.format(id="one", move="pity", patterns='["one"]\nafter = [3]'),
            "item 1 of `after` should not be the number 3",
        ),
    ],
)
def test_what_is_said_of_a_bad_file(tmp_path: Path, body: str, message: str) -> None:
    assert message in [text for _, text, _ in problems(written(tmp_path, body))]


def test_a_rule_may_take_back_what_the_sentence_before_said(tmp_path: Path) -> None:
    body = RULE.format(id="own", move="empathy.but", patterns='["^ anyway"]\nafter = ["thank"]')
    book = load_phrasebook("en", (written(tmp_path, body),))

    def stands(text: str) -> list[str]:
        return [finding.matched for finding in read(text, book) if finding.rule == "own"]

    assert stands("Well. Thank you for waiting. Anyway, the shop is shut.") == ["Thank you for waiting. Anyway"]
    assert stands("Thank you for waiting. The shop is shut. Anyway, so it is.") == []
    assert stands("The shop is shut. Anyway, thank you for waiting.") == []
    assert stands("Thank you for waiting. Anyway, I can open the shop for you.") == []


HEARD = """
[[by-ear]]
move = "{move}"
why = "Our house does not order guests about."
instead = ["May I ask you to come over?"]
source = "S3-7"
hits = ["Leave it on the counter and go."]
misses = ["I'll leave it on the counter for you."]
"""


def test_what_the_ear_hears_can_be_told_in_other_words(tmp_path: Path) -> None:
    book = load_phrasebook("en", (written(tmp_path, HEARD.format(move="dismiss.minimise")),))
    told = book.rules["by-ear-dismiss-minimise"]
    assert told.why == "Our house does not order guests about."
    assert told.instead == ("May I ask you to come over?",)
    assert (told.severity, told.patterns, told.move) == (1, (), "dismiss.minimise")
    # The others keep theirs.
    assert book.rules["by-ear-command"] == load_phrasebook("en").rules["by-ear-command"]


def test_a_sentence_that_is_heard_is_told_in_the_words_of_the_file(tmp_path: Path) -> None:
    own = load_phrasebook("en", (written(tmp_path, HEARD.format(move="command")),))
    book = Phrasebook("en", own.rules, own.lists, own.example, Told(bad=["desk"]), own.own)
    (finding,) = read("To the desk.", book)
    assert (finding.rule, finding.matched) == ("by-ear-command", "To the desk")
    assert book.rules[finding.rule].why == "Our house does not order guests about."


def test_the_ear_can_be_silenced(tmp_path: Path) -> None:
    deaf = written(tmp_path, "ear = false\n", "deaf.toml")
    assert load_phrasebook("en", (deaf,)).listener is None
    # A file after it does not wake it.
    own = written(tmp_path, RULE.format(id="own", move="jargon", patterns='["one"]'))
    assert load_phrasebook("en", (deaf, own)).listener is None
    assert load_phrasebook("en", (own,)).listener is not None


def test_more_words_tell_of_trouble_and_bad_ones_are_told_with_their_place(tmp_path: Path) -> None:
    text = "Happy Friday! The parcel is soggy."
    own = written(tmp_path, '[lists]\ntells-of-trouble = ["soggy", "<weekday> morning blues"]\n')
    assert read(text, load_phrasebook("en")) == ()
    assert [finding.move for finding in read(text, load_phrasebook("en", (own,)))] == ["tone.bright"]
    body = '[lists]\ntells-of-trouble = ["soggy", "we _"]\ntells-of-no-trouble = ["(not", "not soggy"]\n'
    told = [(line, message) for line, message, _ in problems(written(tmp_path, body, "bad.toml"))]
    assert told == [
        (4, "no rule asks for this list, so there is no hit for `_`"),
        (5, "this `(` is not closed"),
    ]


def test_all_that_is_wrong_with_what_is_heard_is_told_with_its_place(tmp_path: Path) -> None:
    body = (
        HEARD.format(move="comand")
        + HEARD.format(move="thank")
        + HEARD.format(move="pity")
        + HEARD.format(move="pity")
        + HEARD.format(move="bluff").replace("why =", "patterns = []\nwhy =")
        + HEARD.format(move="jargon").replace('hits = ["Leave it on the counter and go."]', "hits = []")
        + RULE.format(id="by-ear-command", move="command", patterns='["sit"]')
    )
    told = problems(written(tmp_path, "ear = 3\n" + body))
    messages = [message for _, message, _ in told]
    assert messages == [
        "`ear` should not be the number 3",
        "there is no move `comand` that costs and can be heard",
        "there is no move `thank` that costs and can be heard",
        "the move `pity` is given twice",
        "there is no key `patterns` in item 5 of `by-ear`",
        "`hits` has 0; it needs at least 1 item",
        "names that begin with `by-ear-` are for what the ear hears",
    ]
    hints = {message: hint for _, message, hint in told}
    assert hints["there is no move `comand` that costs and can be heard"] == "Did you mean `command`?"
    assert "[[by-ear]]" in (hints[messages[-1]] or "")
    assert all(line for line, _, _ in told)


def test_a_book_of_another_language_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('format = 1\nlanguage = "fr"\n', encoding="utf-8")
    assert problems(path)[0][1] == "the phrases are of another language than en"


def test_hostile_files_are_refused(tmp_path: Path) -> None:
    deep = written(tmp_path, RULE.format(id="one", move="pity", patterns='["' + "(" * 900 + '"]'))
    assert problems(deep)[0][1] == "a pattern has at most 600 characters"
    nested = tmp_path / "nested.toml"
    nested.write_text(HEAD + "x = " + "[" * 100_000, encoding="utf-8")
    with pytest.raises(BadFile):
        load_phrasebook("en", (nested,))
    with pytest.raises(BadFile):
        load_phrasebook("en", (tmp_path / "missing.toml",))
    huge = tmp_path / "huge.toml"
    huge.write_bytes(b"#" * (5 * 1024 * 1024))
    with pytest.raises(BadFile):
        load_phrasebook("en", (huge,))
