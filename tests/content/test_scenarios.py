"""Scenario files: everything in the format, and everything that can be wrong with it, told in its place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from callcalm import language
from callcalm.content import hearing, remembering
from callcalm.content.hearing import Said, with_findings
from callcalm.content.scenarios import load_scenario, scenario_id
from callcalm.core.condition import Both, Compare, Literal, Name, Not
from callcalm.core.model import CheckStep, EndingKind, Promise, Scenario, Step, Tone
from callcalm.core.moves import Finding
from callcalm.core.text import Text
from callcalm.intake import BadFile, Code, Severity
from tests.content.small import SMALL, changed, opened, playbooks, problems, rulebook


def test_everything_in_the_format_becomes_core_types() -> None:
    file = opened()
    scenario = file.scenario
    assert file.warnings == ()
    assert (scenario.id, scenario.title, scenario.playbook) == ("x", "Third time", "core")
    assert scenario.brief == "You are on the desk.\nIt rings."
    assert scenario.vars == {"callback": False, "tries": 1, "mood_word": "cross"}
    assert (scenario.start, scenario.composure) == ("opening", 60)
    opening, heard = scenario.beats["opening"], scenario.beats["heard"]
    assert opening.caller == ("Finally.", "I was charged twice.")
    assert heard.caller == ("So what happens now?",)
    assert opening.cut_in == Step(None, {"tries": 2})
    assert opening.otherwise == Step("heard", {"mood_word": "calm"})
    first, stay = opening.replies
    assert (first.key, first.composure, first.when, first.tone) == ("opening/1", -4, None, None)
    assert (stay.key, stay.tone, stay.moves) == ("opening/stay", Tone.WARM, ("hold.checked",))
    assert stay.when == Both(Compare(">=", Name("composure"), Literal(20)), Not(Name("callback")))
    assert stay.promises == (Promise(Text("settle it"), Text("16:00"), False, "back-by-four"),)
    assert heard.compose is not None
    assert heard.compose.ideal == ("pacer.prepare", "pacer.announce")
    assert [part.move for part in heard.compose.parts] == ["pacer.announce", "pacer.prepare", None]
    assert scenario.lost == "gone"
    assert scenario.endings["gone"].price.fair == 3
    assert scenario.pressed == rulebook().pressed["en"]
    (check,) = scenario.checks
    assert check.do == (CheckStep("reply", reply="stay"), CheckStep("compose", parts=(1, 0)))
    assert check.composure == Compare(">=", Name("composure"), Literal(50))


def test_without_a_lost_ending_the_general_one_of_the_language_is_used() -> None:
    text = changed(('kind = "lost"', 'kind = "unresolved"'), ('language = "en"', 'language = "fr"'))
    scenario = opened(text).scenario
    assert scenario.lost == "lost"
    assert scenario.endings["lost"] == rulebook().lost["fr"]
    assert scenario.endings["lost"].kind is EndingKind.LOST


def test_own_pressing_lines_replace_the_general_ones() -> None:
    assert opened(changed(("level = 2", 'level = 2\npressed = ["Well?"]'))).scenario.pressed == ("Well?",)


def test_the_digest_follows_the_text_and_nothing_else() -> None:
    assert opened().scenario.digest == opened(SMALL).scenario.digest
    assert opened().scenario.digest != opened(SMALL + "\n").scenario.digest


def test_the_reader_hears_every_reply_and_part_at_its_beat() -> None:
    heard: list[tuple[str, str]] = []

    def reader(_scenario: Scenario, said: Sequence[Said]) -> Iterable[tuple[Finding, ...]]:
        for beat, text in said:
            heard.append((beat.id, text))
            yield (Finding("r", "thank", 0, 1, text[0]),)

    scenario = with_findings(opened().scenario, reader)
    assert [name for name, _ in heard] == ["opening"] * 2 + ["heard"] * 3
    assert scenario.beats["opening"].replies[0].findings[0].matched == "W"
    assert scenario.beats["heard"].compose is not None
    assert scenario.beats["heard"].compose.parts[2].findings[0].matched == "I"


def test_the_coach_reads_when_no_other_reader_is_given(tmp_path: Path) -> None:
    path = tmp_path / "my-call.toml"
    path.write_text(SMALL, encoding="utf-8")
    scenario = load_scenario(path, rulebook(), playbooks())
    assert scenario.id == "my-call"
    assert "blame.why-you" in {finding.move for finding in scenario.beats["opening"].replies[0].findings}


def test_ids_are_safe_names_of_files() -> None:
    assert scenario_id("a/b/one.two.toml") == "one.two"
    assert scenario_id("a/\x1b[2J.toml") == "\ufffd[2J"


FAULTS: list[tuple[str, tuple[str, str], Code, str, str]] = [
    (
        "a goto to nowhere",
        ('goto = "heard"\ncomp', 'goto = "herd"\ncomp'),
        Code.NO_TARGET,
        "beat or ending `herd`",
        '"herd"',
    ),
    ("otherwise to nowhere", ('goto = "gone"', 'goto = "went"'), Code.NO_TARGET, "`went`", '"went"'),
    ("cut in to nowhere", ("set = { tries = 2 }", 'goto = "x"'), Code.NO_TARGET, "`x`", '"x"'),
    ("compose to nowhere", ('goto = "settled" }', 'goto = "setled" }'), Code.NO_TARGET, "`setled`", "setled"),
    (
        "a start that is not there",
        ('beat = "opening"', 'beat = "opning"'),
        Code.NO_TARGET,
        "no beat `opning`",
        "opning",
    ),
    (
        "a check of no ending",
        ('ends = "settled"', 'ends = "heard"'),
        Code.NO_TARGET,
        "no ending `heard`",
        "ends =",
    ),
    (
        "a beat named like an ending",
        ("[endings.settled]", "[endings.heard]"),
        Code.TWO_TARGETS,
        "too",
        "[endings.heard]",
    ),
    ("a mood that is not there", ('"furious"', '"furius"'), Code.UNKNOWN_MOOD, "`furius`", "furius"),
    ("no such playbook", ("level = 2", 'level = 2\nplaybook = "cor"'), Code.UNKNOWN_PLAYBOOK, "`cor`", "playbook"),
    ("a technique that is not there", ('["own-it"]', '["own-itt"]'), Code.UNKNOWN_MOVE, "`own-itt`", "own-itt"),
    (
        "a declared move not there",
        ('["hold.checked"]', '["hold.cheked"]'),
        Code.UNKNOWN_MOVE,
        "`hold.cheked`",
        "cheked",
    ),
    (
        "a part's move not there",
        ('no.", move = "pacer.a', 'no.", move = "paser.a'),
        Code.UNKNOWN_MOVE,
        "`paser.",
        "paser",
    ),
    (
        "an undeclared variable",
        ("{ callback = true }", "{ calback = 1 }"),
        Code.UNKNOWN_VARIABLE,
        "`calback`",
        "calback",
    ),
    (
        "a variable of another kind",
        ("{ callback = true }", "{ callback = 1 }"),
        Code.VARIABLE_TYPE,
        "or false",
        "= 1 }",
    ),
    (
        "otherwise sets another kind",
        ('mood_word = "calm"', "mood_word = true"),
        Code.VARIABLE_TYPE,
        "text",
        "word = true",
    ),
    ("a condition that ends early", ('>= 20 and not callback"', '>="'), Code.CONDITION, "too early", "when ="),
    ("a condition with one =", (">= 20 and not", "= 20 and not"), Code.CONDITION, "“=”", "when ="),
    (
        "a condition on nothing known",
        ("not callback", "not calback"),
        Code.UNKNOWN_VARIABLE,
        "`calback`",
        "when =",
    ),
    (
        "a condition without sense",
        ("not callback", "callback > 1"),
        Code.CONDITION_SENSE,
        "different kinds",
        "when =",
    ),
    (
        "a reply id given twice",
        ('say = "Why did', 'id = "stay"\nsay = "Why did'),
        Code.ID_TWICE,
        "`stay`",
        'id = "stay"\nsay = "I w',
    ),
    ("a reply id with a meaning", ('id = "stay"', 'id = "listen"'), Code.RESERVED, "`listen`", "listen"),
    ("a variable with a meaning", ("tries = 1", "composure = 1"), Code.RESERVED, "`composure`", "composure = 1"),
    (
        "a lost ending that is not",
        ("[endings.settled]", "[endings.lost]"),
        Code.RESERVED,
        "`lost`",
        "[endings.lost]",
    ),
    (
        "an ideal move nobody makes",
        ('"pacer.announce"], g', '"own-it"], g'),
        Code.COMPOSE,
        "no part makes",
        "compose =",
    ),
    ("an ideal move twice", ('"pacer.announce"], g', '"pacer.prepare"], g'), Code.COMPOSE, "twice", "compose ="),
    ("too few to pick", ("pick = 2", "pick = 1"), Code.COMPOSE, "only 1 parts", "pick"),
    ("too many to pick", ("pick = 2", "pick = 4"), Code.COMPOSE, "there are 3", "pick"),
    (
        "fairness after a yes",
        ("got = true, pri", "got = true, fair = 3, pri"),
        Code.FAIRNESS,
        "after a no",
        "got = true",
    ),
    ("a step of two things", ("[2, 1] }", '[2, 1], say = "x" }'), Code.CHECK_STEP, "either", "do ="),
    ("a check that is no comparison", ('">= 50"', '"over 50"'), Code.TEXT_FORM, "`composure`", "over 50"),
    ("a follow-up that is a path", ('"back-by-four"', '"../back"'), Code.TEXT_FORM, "`follow_up`", "../back"),
    ("a reply id that is a number", ('id = "stay"', 'id = "2"'), Code.TEXT_FORM, "`id`", 'id = "2"'),
    ("fairness out of range", ("fair = 3", "fair = 26"), Code.OUT_OF_RANGE, "from 0 to 25", "fair ="),
    ("a factor out of range", ("respect = -6", "respect = -11"), Code.OUT_OF_RANGE, "from -10 to 5", "respect ="),
    ("a beat with a bad name", ("[beats.heard.oth", "[beats.Heard.oth"), Code.KEY_FORM, "`Heard`", "[beats.Heard"),
    ("a key that is not there", ("minutes = 6", "minuts = 6"), Code.UNKNOWN_KEY, "`minuts`", "minuts"),
    ("a newer format", ("format = 1", "format = 2"), Code.NEWER_FORMAT, "format 2", "format ="),
]


@pytest.mark.parametrize(
    ("change", "code", "words", "mark"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS]
)
def test_faults_are_told_in_their_place(change: tuple[str, str], code: Code, words: str, mark: str) -> None:
    text = changed(change)
    found = [problem for problem in problems(text) if problem.code is code]
    assert found
    assert words in found[0].message
    assert found[0].place is not None
    assert found[0].place.line == text[: text.index(mark)].count("\n") + 1
    assert found[0].severity is Severity.ERROR


@pytest.mark.parametrize(
    ("change", "hint"),
    [
        (('goto = "heard"\ncomp', 'goto = "herd"\ncomp'), "Did you mean `heard`?"),
        (('"furious"', '"furius"'), "Did you mean `furious`?"),
        (("{ callback = true }", "{ calback = true }"), "Did you mean `callback`?"),
        (('["hold.checked"]', '["hold.cheked"]'), "Did you mean `hold.checked`?"),
        (("level = 2", 'level = 2\nplaybook = "cor"'), "Did you mean `core`?"),
        (("minutes = 6", "minuts = 6"), "Did you mean `minutes`?"),
        (('["own-it"]', '["empathy"]'), "Did you mean `empathy.named`?"),
        (('["hold.checked"]', '["zzzz"]'), "“callcalm explain” lists all moves."),
        (('["hold.checked"]', '["Hold checked"]'), 'Write "hold-checked".'),
        (('goto = "heard"\ncomp', 'goto = "Heard"\ncomp'), 'Write "heard".'),
        (("callback = false", "callback = false\nsaid-why = true"), "Write said_why."),
    ],
)
def test_slips_get_a_hint(change: tuple[str, str], hint: str) -> None:
    assert hint in [problem.hint for problem in problems(changed(change))]


def test_a_name_in_the_wrong_form_is_told_once_and_where_it_is_declared() -> None:
    (problem,) = problems(changed(("callback = false", "Callback = false")))
    assert (problem.code, problem.hint) == (Code.KEY_FORM, "Write callback.")
    told = problems(SMALL.replace("[beats.heard", "[beats.Heard").replace("[[beats.heard", "[[beats.Heard"))
    assert {(problem.code, problem.hint) for problem in told} == {(Code.KEY_FORM, "Write heard.")}


def test_that_there_are_no_endings_is_told_once() -> None:
    told = problems(SMALL.replace("[endings.", "[ending."))
    assert [problem.code for problem in told] == [Code.MISSING_KEY, Code.UNKNOWN_KEY]


def test_a_mood_like_no_other_gets_the_list_of_all() -> None:
    (problem,) = problems(changed(('"furious"', '"pissed off"')))
    assert problem.hint is not None
    assert problem.hint.startswith("The moods are `calm`, ")
    assert "`furious`" in problem.hint


def test_a_mood_in_french_is_told_by_its_french_name() -> None:
    language.use("fr")
    try:
        (one,) = problems(changed(('"furious"', '"En colère"')))
        (other,) = problems(changed(('"furious"', '"pissed off"')))
    finally:
        language.use("en")
    assert one.hint is not None
    assert "`angry`" in one.hint
    assert "`wary` (sur ses gardes)" in str(other.hint)


def test_a_list_of_replies_in_single_brackets_is_told_by_its_own_header() -> None:
    alone = '[beats.alone]\nmood = "wary"\ncaller = "?"\n[beats.alone.replies]\nsay = "x"\ngoto = "gone"\n\n'
    (problem,) = problems(changed(("[endings.settled]", alone + "[endings.settled]")))
    assert problem.hint == "Double the brackets: [[beats.alone.replies]]."


def test_errors_in_a_condition_stand_inside_its_text() -> None:
    line = next(row for row in SMALL.split("\n") if row.startswith("when"))
    for wrong, at in (("= 20", "= 20"), (">= 20 and not calback", "calback"), (">= 20 20", "20 20")):
        text = changed((">= 20 and not callback", wrong))
        (problem,) = problems(text)
        row = line.replace(">= 20 and not callback", wrong)
        expected = row.index(at) + 1 + (3 if at == "20 20" else 0)
        assert problem.place is not None
        assert problem.place.column == expected


def test_a_beat_without_answers() -> None:
    start, end = SMALL.index("compose = {"), SMALL.index("[beats.heard.otherwise]")
    (problem,) = problems(SMALL[:start] + SMALL[end:])
    assert problem.code is Code.NO_ANSWER
    assert problem.place is not None
    assert problem.place.line == SMALL[: SMALL.index("[beats.heard]")].count("\n") + 1


def test_a_beat_that_was_renamed_in_its_own_header_only() -> None:
    told = problems(SMALL.replace("[beats.opening]", "[beats.begin]"))
    (alone,) = [problem for problem in told if problem.code is Code.NO_ANSWER]
    assert alone.hint == "`opening` has nothing but replies: if it is the same beat, give both one name."
    told = problems(SMALL.replace("[beats.opening]", "[beats]\nodd = 3\n[beats.begin]"))
    assert Code.NO_ANSWER in [problem.code for problem in told]


def test_compose_and_parts_and_replies_go_together() -> None:
    no_parts = SMALL[: SMALL.index("parts = [")] + SMALL[SMALL.index("[beats.heard.otherwise]") :]
    assert [problem.message for problem in problems(no_parts)] == ["`compose` needs `parts` beside it"]
    no_compose = SMALL.replace(SMALL[SMALL.index("compose = {") : SMALL.index("parts = [")], "")
    assert [problem.code for problem in problems(no_compose)] == [Code.NO_ANSWER, Code.COMPOSE]
    both = changed(
        ("[beats.heard.otherwise]", '[[beats.heard.replies]]\nsay = "x"\ngoto = "gone"\n\n[beats.heard.otherwise]')
    )
    assert [problem.message for problem in problems(both)] == ["a beat has either replies or `compose`, not both"]


def test_more_replies_than_digit_keys() -> None:
    more = '[[beats.opening.replies]]\nsay = "x"\ngoto = "heard"\n\n' * 8
    (problem,) = problems(changed(("[beats.opening.otherwise]", more + "[beats.opening.otherwise]")))
    assert problem.code is Code.ITEM_COUNT
    assert "at most 9" in problem.message


def test_what_no_path_leads_to_is_a_warning() -> None:
    text = changed(('goto = "settled" }', 'goto = "gone" }'))
    (problem,) = problems(text)
    assert (problem.code, problem.severity) == (Code.UNREACHED, Severity.WARNING)
    assert "ending `settled`" in problem.message
    assert problem.hint == 'Write goto = "settled" in a reply that is to end so, or delete the ending.'
    alone = '[beats.alone]\nmood = "wary"\ncaller = "?"\n[[beats.alone.replies]]\nsay = "x"\ngoto = "alone"\n\n'
    (problem,) = problems(changed(("[endings.settled]", alone + "[endings.settled]")))
    assert "beat `alone`" in problem.message
    assert problem.hint == 'Write goto = "alone" in a reply that is to lead here, or delete the beat.'
    assert opened(text).scenario.endings.keys() == {"settled", "gone"}


def test_cutting_in_on_one_part_is_a_warning() -> None:
    (problem,) = problems(changed(('["Finally.", "I was charged twice."]', '"Finally."')))
    assert (problem.code, problem.severity) == (Code.NEVER_CUT, Severity.WARNING)


def test_all_problems_come_at_once() -> None:
    text = changed(
        ("level = 2", "level = 9"),
        ('mood = "furious"', 'mood = "furius"'),
        ('goto = "heard"\ncomp', "goto = 3\ncomp"),
        ("not callback", "not calback"),
        ('"pacer.announce"], g', '"own-it"], g'),
        ('lesson = "If they wait, I say until when."\n', ""),
    )
    codes = [problem.code for problem in problems(text)]
    assert codes == [
        Code.OUT_OF_RANGE,
        Code.UNKNOWN_MOOD,
        Code.WRONG_TYPE,
        Code.UNKNOWN_VARIABLE,
        Code.COMPOSE,
        Code.MISSING_KEY,
    ]


HOSTILE = "[sighs] [/] [b \x1b[2J \u202eabc\u2028 [link=file:///etc/passwd]x[/] \x9b31m"


def test_hostile_text_is_safe_in_the_scenario_and_in_every_message() -> None:
    text = changed(
        ('"Third time"', tomli_w.dumps({"x": HOSTILE})[4:].strip()),
        ('"It is settled."', tomli_w.dumps({"x": HOSTILE})[4:].strip()),
        ('"furious"', tomli_w.dumps({"x": HOSTILE[:39]})[4:].strip()),
    )
    with pytest.raises(BadFile) as caught:
        opened(text)
    shown = str(caught.value)
    assert "CC104" in shown
    assert all(char == "\n" or char.isprintable() for char in shown)
    scenario = opened(changed(('"Third time"', tomli_w.dumps({"x": HOSTILE})[4:].strip()))).scenario
    assert scenario.title.isprintable()
    assert "[link=" in scenario.title


CUTS = st.tuples(
    st.integers(0, len(SMALL)),
    st.integers(0, 30),
    st.sampled_from(["", '"', "[", "]", "=", "\n", "1", "x", "{", "true"]),
)


@given(st.lists(CUTS, min_size=1, max_size=3))
def test_a_damaged_file_is_a_scenario_or_a_bad_file(cuts: list[tuple[int, int, str]]) -> None:
    text = SMALL
    for at, length, new in cuts:
        text = text[:at] + new + text[at + length :]
    try:
        scenario = opened(text).scenario
    except BadFile as bad:
        assert bad.problems  # noqa: PT017 - either way is right, and each has its own test
        return
    assert scenario.beats[scenario.start]


LINES = [row for row in SMALL.split("\n") if row and not row.startswith("#")]


@given(st.sets(st.integers(0, len(LINES) - 1), max_size=4))
def test_a_file_with_lines_missing_is_a_scenario_or_a_bad_file(missing: set[int]) -> None:
    problems("\n".join(row for index, row in enumerate(LINES) if index not in missing))


def test_an_answer_that_stands_as_it_stood_is_not_read_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    real = hearing.Coach.__call__

    def counted(self: hearing.Coach, scenario: Scenario, said: Sequence[Said]) -> Iterable[tuple[Finding, ...]]:
        read.extend(text for _, text in said)
        return real(self, scenario, said)

    monkeypatch.setattr(hearing.Coach, "__call__", counted)
    reader = remembering.Remembering(rulebook().registry)
    first = hearing.with_findings(opened().scenario, reader)
    assert "Why did you wait?" in read
    read.clear()
    again = hearing.with_findings(opened(changed(("Why did you wait?", "Why would you wait?"))).scenario, reader)
    assert read == ["Why would you wait?"]
    assert again.beats["heard"] == first.beats["heard"]
    read.clear()
    hearing.with_findings(opened(changed(('name = "Maria Alvarez"', 'name = "Mary Alvarez"'))).scenario, reader)
    assert len(read) > 1
