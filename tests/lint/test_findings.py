"""What single findings say and where they point, beyond what the examples show."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from random import Random

import pytest

from callcalm.content.library import shipped_folder
from callcalm.content.playbooks import load_playbooks
from callcalm.content.registry import load_rulebook
from callcalm.content.scenarios import CAP, read_scenario, scenario_id
from callcalm.core.actions import Breathe, Choose, Compose, CutIn, Listen, Say
from callcalm.core.call import act, offer, start
from callcalm.core.condition_parsing import parse
from callcalm.core.moves import Finding
from callcalm.core.text import Text
from callcalm.core.weighing import lean
from callcalm.intake import Source, read
from callcalm.lint import teaching
from callcalm.lint.domain import Domain
from callcalm.lint.examples import examples, merged
from callcalm.lint.subject import Subject, place_of
from callcalm.lint.ways import in_words
from callcalm.report import Level
from callcalm.report.percents import in_100
from tests.content.small import SMALL, changed, opened
from tests.lint.small import about, codes, found, one

FILES = sorted(shipped_folder().glob("*/*.toml"))


def text_at(text: str, item: object) -> str:
    place = item.place  # type: ignore[attr-defined]
    assert place.line == place.end_line
    return text.split("\n")[place.line - 1][place.column - 1 : place.end_column - 1]


def test_the_condition_that_is_offered_for_a_variable_can_be_copied() -> None:
    text = SMALL.replace(" and not callback", "")
    hints = [item.hint for item in found(text) if item.rule == "CC509"]
    offered = [hint.partition("when = ")[2].removesuffix(".") for hint in hints]
    assert offered == ['"callback"', '"tries != 1"', "'mood_word != \"\"'"]
    for written in offered:
        parse(tomllib.loads(f"when = {written}")["when"])


@pytest.mark.parametrize("sign", ["\N{HEAVY BLACK HEART}\ufe0f", "1\ufe0f\u20e3", "\N{THUMBS UP SIGN}\U0001f3fd"])
def test_pictures_that_terminals_do_not_agree_on(sign: str) -> None:
    text = examples()["CC608"].files()[1].replace("And when", f"{sign} And when", 1)
    assert text_at(text, one(found(text), "CC608")) in sign


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("CC507", '"composure > 50 and composure < 50"'),
        ("CC509", "told"),
        ("CC601", '"apology.regret"'),
        ("CC605", "Alvares"),
        ("CC608", "😠"),
        ("CC712", '"pacer.console"'),
        ("CC715", "We got this wrong"),
        ("CC801", "5"),
        ("CC802", '"gone"'),
    ],
)
def test_the_caret_stands_under_the_words(code: str, words: str) -> None:
    text = examples()[code].files()[0]
    assert text_at(text, one(found(text), code)) == words


def test_the_caret_stands_under_the_words_that_the_coach_hears() -> None:
    text = examples()["CC603"].files()[0]
    item = one(found(text), "CC603")
    assert text_at(text, item) == item.matched
    assert item.matched.startswith("You should have")


def test_a_witness_tells_the_shortest_way() -> None:
    item = one(found(examples()["CC504"].files()[0]), "CC504")
    assert item.message.endswith("; to get here: opening 1")
    item = one(found(examples()["CC706"].files()[0]), "CC706")
    assert item.message.endswith("; to get here: opening 2 > when 2")
    item = one(found(examples()["CC505"].files()[0]), "CC505")
    assert item.message.endswith("; to get here: opening 1")


@pytest.mark.parametrize("code", ["CC603", "CC604"])
def test_a_cost_that_was_heard_in_a_sentence_as_a_whole_says_so(
    code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = examples()[code].files()[0]
    assert "as a whole" not in one(found(text), code).message
    monkeypatch.setattr(Finding, "by_ear", True)
    assert ", in the sentence as a whole" in one(found(text), code).message


def test_a_finding_says_what_it_is_about_for_machines() -> None:
    assert one(found(examples()["CC605"].files()[0]), "CC605").more == {"path": "beats.when.replies.0.say"}
    assert one(found(examples()["CC707"].files()[0]), "CC707").more == {"path": "beats.when"}
    assert one(found(examples()["CC606"].files()[0]), "CC606").more == {"path": "beats.when.caller"}


def test_ways_in_words() -> None:
    way = (
        Listen(),
        CutIn(),
        Breathe(),
        Choose("a/2"),
        Compose((1, 0)),
        Say(Text("x")),
        Say(Text("x"), (), "b/stay"),
    )
    assert in_words(way) == "cut in > breathe > a 2 > compose 2 1 > say something else > b stay"
    assert in_words(None) == ""
    long = in_words(tuple(Choose(f"b{n}/1") for n in range(40)))
    assert long.startswith("b0 1 > ")
    assert " > … > " in long
    assert long.endswith(" > b39 1")


def test_what_happened_instead_is_told_of_a_failing_check() -> None:
    item = one(found(examples()["CC802"].files()[0]), "CC802")
    assert "should end in “gone”, but ends in “settled”" in item.message
    assert item.hint.startswith("The call went: opening 60 > when ")


def test_a_check_may_type_an_answer() -> None:
    piece = (
        '[[checks]]\nname = "typed"\ndo = [{ say = "I will stay on this until it is settled, Maria." }, 1, 2]\n'
    )
    assert about(piece + 'ends = "settled"') == ()
    assert codes(about(piece + 'ends = "gone"')) == ["CC802"]


def test_all_findings_of_a_file_come_at_once_in_their_order() -> None:
    parts = [examples()[code].bad for code in ("CC714", "CC712", "CC801")]
    items = about("\n".join([parts[1], parts[0], parts[2]]))
    assert codes(items) == ["CC712", "CC714", "CC801"]
    lines = [item.place.line for item in items if item.place]
    assert lines == sorted(lines)


def test_a_file_that_does_not_load_has_its_own_findings_alone() -> None:
    items = about('teaches = ["own-itt", "pacer.console"]')
    assert codes(items) == ["CC103"]
    assert items[0].level is Level.ERROR


def test_what_was_not_proved_is_said() -> None:
    numbers = ", ".join(f"n{number} = {{ start = 0, least = 0, most = 400 }}" for number in range(4))
    adds = "\n".join(
        f'[[beats.sure.replies]]\nsay = "Number {number} of four."\ngoto = "sure"\nadd = {{ n{number} = 1 }}'
        for number in range(4)
    )
    asks = " and ".join(f"n{number} == 7" for number in range(4))
    piece = f"""
vars = {{ {numbers} }}

[beats.sure]
mood = "wary"
caller = "And if you forget me?"

{adds}

[[beats.sure.replies]]
say = "I will call you by four, whatever I know then."
goto = "settled"

[[beats.sure.replies]]
say = "Well."
goto = "gone"
when = "{asks}"

[[checks]]
name = "the model answer settles it"
do = [2, 1, 5]
ends = "settled"
"""
    item = one(about(piece), "CC511")
    assert item.level is Level.NOTE
    assert "not followed" in item.message


def test_a_chance_that_takes_too_long_is_not_worked_out_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    easy = """
[beats.sure]
mood = "wary"
caller = "And if you forget me?"

[[beats.sure.replies]]
say = "Let me look once more."
goto = "sure"

[[beats.sure.replies]]
say = "I will call you by four, whatever I know then."
goto = "settled"
"""
    assert "CC511" not in codes(about(easy))
    monkeypatch.setattr(teaching, "MOST_ROUND", 10)
    looked = about(easy)
    item = one(looked, "CC511")
    assert item.level is Level.NOTE
    assert "not worked out" in item.message


@pytest.mark.parametrize(
    ("condition", "outcomes"),
    [
        ("composure >= 20", {True, False}),
        ("composure >= 1", {True}),
        ("composure > 100", {False}),
        ("tries == 1", {True, False}),
        ("tries == 2 or tries == 1", {True}),
        ("tries > 2", {False}),
        ("callback or not callback", {True}),
        ('mood_word == "sad"', {False}),
        ("composure < 50 and composure > 48", {True, False}),
    ],
)
def test_what_a_condition_can_come_to(condition: str, outcomes: set[bool]) -> None:
    assert Domain(opened().scenario).outcomes(parse(condition)) == outcomes


def test_a_range_is_all_that_a_variable_can_hold() -> None:
    scenario = opened(changed(("tries = 1", "tries = { start = 1, least = 0, most = 4 }"))).scenario
    domain = Domain(scenario)
    assert domain.outcomes(parse("tries == 4")) == {True, False}
    assert domain.outcomes(parse("tries > 4")) == {False}


@pytest.mark.parametrize(
    ("say", "codes_told"),
    [
        ("Maria, by four.", []),
        ("Marai, by four.", ["CC605"]),
        ("MARIA, by four.", ["CC605"]),
        ("By four, Ms. Alvárez.", ["CC605"]),
        ("By four. The Alvarezs, all of them.", []),
        ("Marta and Mario and Marla, by four. Marta and Mario and Marla. Marta and Mario and Marla.", []),
    ],
)
def test_names(say: str, codes_told: list[str]) -> None:
    piece = f"""
[beats.when]
mood = "wary"
caller = "And when will I hear from you?"
replies = [{{ say = "{say}", goto = "sure" }}, {{ say = "You should have asked.", goto = "gone" }}]
"""
    assert [code for code in codes(about(piece)) if code == "CC605"] == codes_told


def test_a_title_in_small_letters_is_no_name() -> None:
    text = changed(
        ('address = ["Ms. Alvarez"', 'address = ["madame Alvarez"'), ('say = "Why did', 'say = "Madame, why did')
    )
    assert "Madame" in text
    assert "CC605" not in codes(found(text))


def test_replies_that_exclude_each_other_are_not_counted_together() -> None:
    options = ", ".join(
        f'{{ say = "Calm down, number {number}.", goto = "gone", when = "composure {op} 62" }}'
        for number, op in enumerate(("<", "<", ">=", ">="))
    )
    rest = '{ say = "I will call you by four today.", goto = "sure" }, { say = "Well, no.", goto = "gone" }'
    piece = f'[beats.when]\nmood = "wary"\ncaller = "When?"\nreplies = [{rest}, {options}]'
    assert "CC607" not in codes(about(piece))
    assert "CC607" in codes(about(piece.replace('"composure < 62"', '"composure >= 62"')))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_reply_gains_what_the_engine_gives(path: Path) -> None:
    rulebook = load_rulebook()
    schools = load_playbooks(rulebook.registry)
    file = read_scenario(read(path, CAP), scenario_id(path), rulebook, schools)
    subject = Subject(file, schools[file.scenario.playbook], schools)
    state = start(file.scenario, subject.playbook)
    while state.unheard:
        state = act(state, Listen()).state
    replies = [one.reply for one in offer(state).replies]
    assert replies
    for reply in replies:
        assert subject.weights(state.here)[place_of(reply, state.here)][1] == lean(reply, state)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_shipped_encounters_have_no_errors(path: Path) -> None:
    items = found(path.read_text("utf-8"))
    assert [item for item in items if item.level is Level.ERROR] == []


def test_tasks_that_lead_round_and_round_end() -> None:
    task = """
[beats.{name}]
mood = "wary"
caller = "And when?"
compose = {{ pick = 2, ideal = ["own-it", "by-when"], goto = "{goto}" }}
parts = [
  {{ say = "I will see to this.", move = "own-it" }},
  {{ say = "I will call you by four.", move = "by-when" }},
]
"""
    piece = task.format(name="when", goto="sure") + task.format(name="sure", goto="when")
    assert "CC504" in codes(about(piece))


def test_the_best_reply_is_the_one_that_gains_most_of_those_that_lead_to_the_same() -> None:
    piece = """
[start]
beat = "opening"
composure = 100

[beats.when]
mood = "wary"
caller = "And when will I hear from you?"
replies = [
  { say = "Soon enough.", goto = "sure" },
  { say = "I will call you by four today.", goto = "sure" },
  { say = "You should have asked.", goto = "gone" },
]
"""
    rulebook = load_rulebook()
    schools = load_playbooks(rulebook.registry)
    file = read_scenario(Source("x.toml", merged(piece)), Text("x"), rulebook, schools)
    subject = Subject(file, schools["core"], schools)
    assert {beat: reply.key for beat, reply in subject.best.items()} == {
        "opening": "opening/2",
        "when": "when/2",
        "sure": "sure/2",
    }


@pytest.mark.parametrize(
    "text",
    [
        "FILL IN a better answer here.",
        "FILL IN: what the caller says here.",
        "À REMPLIR : une autre réponse.",
        "I'll call you by four. [CHECK]",
        "À VÉRIFIER : est-ce bien sa voix ?",
        "You know this. FILL IN: what else?",
    ],
)
def test_what_is_still_to_be_filled_in_is_found_wherever_a_learner_reads_it(text: str) -> None:
    for key in ("brief", "title"):
        item = one(about(f'{key} = "{text}"'), "CC609")
        assert item.level is Level.WARNING
        assert text_at(merged(f'{key} = "{text}"'), item) == item.matched
        assert item.matched in text
    facts = (
        f'[caller]\nname = "Maria Alvarez"\naddress = ["Maria"]\nwants = "it back"\nfacts = ["a scan", "{text}"]'
    )
    assert one(about(facts), "CC609").more == {"path": "caller.facts.1"}
    assert one(about(f'pressed = ["Excuse me?", "{text}", "Hello?"]'), "CC609").more["path"].startswith("pressed.")


def test_the_words_of_a_placeholder_are_not_the_writers_and_cost_nothing() -> None:
    """“FILL IN a better answer here.” sounds like an order, and no learner is ever to read it."""
    replies = '[beats.when]\nmood = "wary"\ncaller = "And when?"\nreplies = [{{ say = "{}", goto = "sure" }}]'
    told = codes(about(replies.format("FILL IN a better answer here.")))
    assert "CC609" in told
    assert "CC603" not in told
    assert "CC603" in codes(about(replies.format("Calm down, that's our policy.")))


@pytest.mark.parametrize(
    "text",
    [
        "You told me to FILL IN that form.",
        "FILL IN THE FORM, you said.",
        "CHECK your e-mail, you said.",
        "Where is my check?",
        "Merci de remplir ceci.",
        "WHERE IS MY CHECK?",
    ],
)
def test_words_that_are_only_like_a_placeholder_are_none(text: str) -> None:
    assert "CC609" not in codes(about(f'brief = "{text}" # FILL IN: more of it'))


def test_shares_are_rounded_and_are_never_all_or_nothing_where_they_are_neither() -> None:
    assert [in_100(part / 9) for part in (0, 7, 8, 9)] == ["0", "78", "89", "100"]
    assert [in_100(part / 1_000) for part in (1, 5, 125, 994, 999)] == ["<1", "1", "13", "99", ">99"]


@pytest.mark.parametrize(
    ("mood", "hint"),
    [
        ("furios", "Did you mean `furious`?"),
        ("anger", "Did you mean `angry`?"),
        # Half of their letters stand in `frustrated`, `tearful` and `wary`, and that is all.
        ("outraged", "The moods are `calm`"),
        ("grateful", "The moods are `calm`"),
        ("worry", "The moods are `calm`"),
    ],
)
def test_only_a_slip_in_a_mood_is_put_right_else_all_are_told(mood: str, hint: str) -> None:
    beat = f'[beats.odd]\nmood = "{mood}"\ncaller = "Hello?"\n[[beats.odd.replies]]\nsay = "Yes."\ngoto = "odd"'
    assert one(about(beat), "CC104").hint.startswith(hint)


@pytest.mark.parametrize(
    ("piece", "error"),
    [
        ('[beats.empty]\nmood = "wary"\ncaller = "Hello?"', "CC110"),
        ('teaches = ["own-itt"]', "CC103"),
        ('playbook = "cor"', "CC105"),
        (
            '[beats.odd]\nmood = "waryy"\ncaller = "Hello?"\n[[beats.odd.replies]]\nsay = "Yes."\ngoto = "odd"',
            "CC104",
        ),
    ],
)
def test_what_keeps_a_call_from_being_played_hides_nothing_in_its_texts(piece: str, error: str) -> None:
    text = merged(piece).replace("And when will", "😠 FILL IN: And when will", 1)
    assert {error, "CC608", "CC609"} <= set(codes(found(text)))


@pytest.mark.parametrize("code", [code for code in examples() if code.startswith("CC1")])
def test_no_error_about_what_belongs_together_hides_what_is_found_in_texts(code: str) -> None:
    bad = examples()[code].files()[0]
    text = bad.replace('brief = "', 'brief = "😠 FILL IN: ', 1)
    assert {code, "CC608", "CC609"} <= set(codes(found(text)))


@pytest.mark.parametrize(
    "piece",
    [
        'compose = { pick = 1, ideal = ["own-it"], goto = "gone" }',
        'parts = [{ say = "One.", move = "own-it" }, { say = "Two.", move = "by-when" }]',
        'replies = [{ say = "Yes.", goto = "sure", when = "composure >" }]',
        'replies = [{ say = "Yes.", goto = "sure", id = "listen" }]',
    ],
)
def test_nor_does_half_an_answer(piece: str) -> None:
    text = merged(f'[beats.odd]\nmood = "wary"\ncaller = "😠 FILL IN: Hm?"\n{piece}')
    assert {"CC608", "CC609"} <= set(codes(found(text)))


def test_nor_does_a_check_of_no_known_step() -> None:
    text = merged('brief = "😠 FILL IN: more"\n\n[[checks]]\nname = "x"\ndo = [{ say = "a", compose = [1] }]')
    assert {"CC114", "CC608", "CC609"} <= set(codes(found(text)))


def test_nor_does_a_quote_that_is_missing() -> None:
    text = merged('brief = "😠 FILL IN: more"\n[beats.odd]\nmood = "waryy"\ncaller = "Hm?')
    text += '\n[[beats.odd.replies]]\nsay = "Yes."\ngoto = "odd"\n'
    assert codes(found(text)) == ["CC608", "CC609", "CC104", "CC010"]


@pytest.mark.parametrize("text", ["", "# Nothing yet.\n\n"])
def test_of_an_empty_file_that_is_told_once_with_how_to_begin(text: str) -> None:
    (only,) = found(text)
    assert (only.rule, only.message) == ("CC022", "the file is empty")
    assert "callcalm new" in only.hint


def test_a_move_that_only_begins_alike_is_not_offered() -> None:
    (one,) = (one for one in found(merged('teaches = ["cannot"]')) if one.rule == "CC103")
    assert one.hint == "“callcalm explain” lists all moves."


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("true", "Write true or false, without quotes."),
        ("0", "Write a whole number, without quotes."),
        ('"x"', "Write text between quotes."),
    ],
)
def test_what_to_write_for_a_variable_of_another_type_is_said(value: str, hint: str) -> None:
    reply = 'say = "Yes."\ngoto = "odd"\nset = { told = %s }' % ("3" if value != "0" else '"x"')
    piece = f'[vars]\ntold = {value}\n[beats.odd]\nmood = "wary"\ncaller = "Hm?"\n[[beats.odd.replies]]\n{reply}'
    assert [one.hint for one in found(merged(piece)) if one.rule == "CC107"] == [hint]


BESIDE = [
    ('title = "Charged twice"\n', "", "CC022"),
    ('title = "Charged twice"\n', 'titel = "Charged twice"\n', "CC021"),
    ("level = 1", "level = 9", "CC027"),
    ('mood = "angry"', 'mood = "livid"', "CC104"),
    ('caller = "I was charged twice for one scan."', f'caller = "{"Hm. " * 200}"', "CC023"),
    ('wants = "one charge back"', 'wants = ""', "CC024"),
    ('lesson = "If they ask when, I name an hour."\n', "", "CC022"),
    ("priority = 3", "priority = 30", "CC027"),
    ("got = true, priority = 3", "got = true, fair = 3", "CC112"),
]
"""What can be wrong beside where a call can go, as (what stands there, what is put in its place, the code)."""


@pytest.mark.parametrize(("old", "new", "error"), BESIDE)
@pytest.mark.parametrize("code", ["CC113", "CC501", "CC506", "CC509", "CC705", "CC707", "CC709", "CC802"])
def test_no_error_beside_where_a_call_can_go_hides_what_is_found_of_that(
    code: str, old: str, new: str, error: str
) -> None:
    bad = examples()[code].files()[0]
    if old in bad:
        assert {error, code} <= set(codes(found(bad.replace(old, new, 1))))


BEAT = '[beats.odd]\nmood = "wary"\ncaller = "Hm?"\n'
ANSWER = 'say = "Yes."\ngoto = "odd"\n'


def test_a_header_below_a_list_that_is_not_closed_is_told_where_the_list_is() -> None:
    text = merged(
        f'[beats.odd]\nmood = "wary"\ncaller = [\n  "Hm?",\n  "Well?",\n\n[[beats.odd.replies]]\n{ANSWER}'
    )
    item = one(found(text), "CC010")
    assert item.message == "this list is not closed, or an item has no comma before it"
    assert item.place is not None
    assert text.split("\n")[item.place.line - 1].strip() == '"Well?",'
    assert "Is a comma missing between two items, or the closing ] ?" in item.hint


def test_of_an_answer_without_its_header_one_thing_is_told_and_what_to_write() -> None:
    text = merged(f"{BEAT}[[beats.odd.replies]]  # one\nid = 'a'\n{ANSWER}\nid = 'b'\n{ANSWER}")
    item = one(found(text), "CC011")
    assert item.hint.endswith("If another one begins here, write [[beats.odd.replies]] above it.")
    again = merged(f"{BEAT}[[beats.odd.replies]]\n{ANSWER}{ANSWER}[[beats.odd.replies]]\n{ANSWER}{ANSWER}")
    assert codes(found(again)).count("CC011") == 2


def test_answers_with_single_brackets_each_are_told_how_several_stand() -> None:
    text = merged(f"{BEAT}[beats.odd.replies]\n{ANSWER}[beats.odd.replies]\n{ANSWER}")
    hint = one(found(text), "CC011").hint
    assert hint.endswith("as answers do, each header has double brackets: [[beats.odd.replies]].")
    assert "double brackets" not in one(found(merged(f"{BEAT}{BEAT}")), "CC011").hint


def test_a_beat_with_double_brackets_is_one_finding() -> None:
    text = merged(f"{BEAT.replace('[beats.odd]', '[[beats.odd]]')}[[beats.odd.replies]]\n{ANSWER}")
    assert one(found(text), "CC020").hint == "Write [beats.odd], with single brackets."
    assert "CC101" not in codes(found(text))


def test_a_path_where_a_name_belongs_is_told_by_its_name() -> None:
    text = merged(f'{BEAT}[[beats.odd.replies]]\nsay = "Yes."\ngoto = "beats.odd"')
    assert one(found(text), "CC025").hint == 'Write "odd".'


def test_an_apostrophe_between_single_quotes_is_told_what_helps() -> None:
    text = merged(f"{BEAT}[[beats.odd.replies]]\nsay = 'They will, don't worry.'\ngoto = \"odd\"")
    assert one(found(text), "CC010").hint == 'Text with an apostrophe goes between double quotes: "…".'


def lost(text: str, pick: Random) -> str:
    """The text with up to three answers that lead to nothing that there is."""
    gotos = list(re.finditer(r'goto = "[^"]+"', text))
    for found_ in sorted(pick.sample(gotos, min(len(gotos), pick.randint(1, 3))), key=lambda one: -one.start()):
        text = f'{text[: found_.start()]}goto = "nowhere-yet"{text[found_.end() :]}'
    return text


@pytest.mark.parametrize("code", sorted(code for code in examples() if code >= "CC5"))
def test_beside_answers_that_lead_nowhere_nothing_is_told_that_mending_them_takes_back(code: str) -> None:
    text = examples()[code].files()[0]
    told = {(one.rule, one.message) for one in found(text)}
    for seed in range(5):
        broken = lost(text, Random(f"{code} {seed}"))
        now = {(one.rule, one.message) for one in found(broken) if one.rule != "CC101"}
        assert now <= told


@pytest.mark.parametrize("code", ["CC119", "CC505", "CC507", "CC509", "CC601", "CC705", "CC707", "CC708", "CC714"])
def test_an_answer_that_leads_nowhere_hides_nothing_that_does_not_hang_on_it(code: str) -> None:
    odd = '[beats.odd]\nmood = "wary"\ncaller = "Hm?"\n[[beats.odd.replies]]\nsay = "Yes."\ngoto = "nowhere-yet"'
    text = f"{examples()[code].files()[0]}\n{odd}\n"
    assert {"CC101", code} <= set(codes(found(text)))


@pytest.mark.parametrize(
    ("when", "error"), [("not_there and", "CC108"), ("not_there", "CC106"), ("composure = 3", "CC108")]
)
@pytest.mark.parametrize("code", ["CC119", "CC601", "CC705", "CC707", "CC708", "CC712", "CC714"])
def test_a_condition_that_cannot_be_asked_hides_nothing_that_does_not_hang_on_it(
    code: str, when: str, error: str
) -> None:
    odd = f'[beats.odd]\nmood = "wary"\ncaller = "Hm?"\n[[beats.odd.replies]]\nsay = "Yes."\nwhen = "{when}"'
    text = f'{examples()[code].files()[0]}\n{odd}\ngoto = "odd"\n'
    assert {error, code} <= set(codes(found(text)))


def test_beside_such_a_condition_nothing_is_told_that_hangs_on_it() -> None:
    for code in ("CC505", "CC507", "CC509", "CC510"):
        text = examples()[code].files()[0]
        told = {one.rule for one in found(text)}
        for whole in re.finditer(r'when = "[^"]+"', text):
            broken = f'{text[: whole.start()]}when = "not_there"{text[whole.end() :]}'
            now = {one.rule for one in found(broken)}
            assert now - {"CC106"} <= told
            assert not now & {"CC505", "CC507", "CC509", "CC510"}


def test_a_check_that_ends_nowhere_hides_only_what_checks_find() -> None:
    text = examples()["CC707"].files()[0]
    text += '\n[[checks]]\nname = "it ends"\ndo = []\nends = "nowhere-yet"\n'
    assert {"CC101", "CC707"} <= set(codes(found(text)))


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ('when = "composure > 50 and composure < 50"', "when = 5", "CC020"),
        ('goto = "when"', 'got = "when"', "CC021"),
        ("composure = 60", "composure = 600", "CC027"),
        ("[beats.opening]", "[beats.opening]\nreply = 4", "CC021"),
    ],
)
def test_an_error_in_where_a_call_can_go_leaves_only_the_texts(old: str, new: str, error: str) -> None:
    text = examples()["CC507"].files()[0].replace('brief = "', 'brief = "😠 ', 1)
    assert old in text
    assert {item.rule for item in found(text.replace(old, new, 1))} - {"CC022", "CC110"} == {error, "CC608"}


def test_a_best_reply_that_only_counts_before_a_breath_ends_the_way_to_it() -> None:
    text = merged(
        '[start]\nbeat = "opening"\ncomposure = 20\n\n'
        '[beats.opening]\nmood = "angry"\ncaller = "I was charged twice for one scan."\nreplies = [\n'
        '  { say = "Why did you wait until now to tell us?", goto = "gone" },\n'
        '  { say = "I will stay on this until it is settled.", goto = "when", when = "composure < 24" },\n'
        "]"
    )
    assert "CC707" not in codes(found(text))


def test_beats_behind_which_nothing_is_good_have_no_model_answer() -> None:
    piece = """
[beats.odd]
mood = "wary"
caller = "Hello?"
replies = [{ say = "Hold on.", goto = "odder" }]

[beats.odder]
mood = "wary"
caller = "Hello?"
replies = [{ say = "Hold on.", goto = "gone" }]

[beats.when]
mood = "wary"
caller = "And when will I hear from you?"
replies = [
  { say = "I will call you by four today.", goto = "sure" },
  { say = "As soon as somebody has time, that is our policy.", goto = "odd" },
]
"""
    assert codes(about(piece)) == ["CC706", "CC706"]
    # Where not even a bad ending can be come to, that alone is told.
    assert codes(about(piece.replace('goto = "gone"', 'goto = "odd"'))) == ["CC504"]


@pytest.mark.parametrize(
    ("said", "slips"),
    [
        ("I see, Ms. Alvarezs.", ["Alvarezs"]),
        ("The Alvarezs came.", []),
        ("Madame Alvares, j’écoute.", ["Alvares"]),
    ],
)
def test_after_a_title_more_than_one_of_the_name_is_a_slip(said: str, slips: list[str]) -> None:
    text = merged("").replace("I'm listening.", said)
    assert [item.matched for item in found(text) if item.rule == "CC605"] == slips
