"""Finding many patterns in one pass: contexts, sleeping patterns, and time that is linear whatever comes."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callcalm.coach import Hearing, Phrasebook, backward, load_phrasebook, read
from callcalm.coach import machine as machines
from callcalm.coach.alphabet import Alphabet
from callcalm.coach.matcher import Matcher
from callcalm.coach.reading import BLOCK
from callcalm.coach.tongues import ENGLISH, TONGUES
from callcalm.coach.triggers import survey
from tests.coach.small import book, book_of, matched, rule


@pytest.mark.parametrize(
    ("line", "counts", "does_not"),
    [
        ("we _", "you call them", "we call them"),
        ("_ (for|to) us", "call them for you", "call them for us"),
        ("if ...2 _", "if they were not so busy, call them", "if you like, call them"),
        ("^ _", "please call them", "call them"),
        ("when _ ...2 ready", "when you call them", "when call them if ready"),
        ("friday", "call them on Monday", "call them on Friday"),
        ("friday", "Friday. Call them", "on Friday, call them"),
        ("^ friday", "so friday: no, call them on friday", "Friday we call them"),
        ("we ...+ _", "we do not call them", "we simply call them"),
        ("?", "call them!", "call them?"),
        ("call them (later|soon)", "call them now", "call them soon"),
    ],
)
def test_a_hit_does_not_count_in_its_contexts(line: str, counts: str, does_not: str) -> None:
    phrases = book("call them", unless=[line])
    assert matched(counts, phrases), counts
    assert not matched(does_not, phrases), does_not


def test_a_context_is_looked_for_within_twelve_words() -> None:
    phrases = book("call them", unless=["friday"])
    assert not matched("friday " + "so " * 11 + "call them", phrases)
    assert matched("friday " + "so " * 12 + "call them", phrases)


def test_several_contexts_and_lists_of_contexts() -> None:
    lists = {"ours": ("we _", "_ for us")}
    phrases = book("call them", unless=["<ours>", "never _"], lists=lists)
    texts = ("call them", "we call them", "call them for us", "never call them")
    assert [bool(matched(text, phrases)) for text in texts] == [True, False, False, False]


def test_contexts_for_all_rules_that_cost() -> None:
    lists = {"not-costs": ("you said ...2 _",), "not-helps": ("not _",)}
    costs, helps = rule(["call them"], move="command"), rule(["thank you"], move="thank", name="t")
    phrases = book_of(costs, helps, lists=lists)
    assert matched("You said: call them. Call them. Not thank you. Thank you.", phrases) == [
        "Call them",
        "Thank you",
    ]


def test_contexts_for_all_rules_of_a_move() -> None:
    lists = {"not-command": ("friday", "_ up straight"), "not-hold-blind": ("please _",)}
    orders = rule(["(sit|call them)"], move="command")
    holds = rule(["hold on"], move="hold.blind", name="h")
    phrases = book_of(orders, holds, lists=lists)
    assert matched("Sit. Sit up straight. Please call them. On Friday call them.", phrases) == ["Sit", "call them"]
    assert matched("Please hold on. Hold on.", phrases) == ["Hold on"]


def test_the_fullest_hit_decides_before_its_contexts_do() -> None:
    # "call them now" is what stands there; that "call them" alone would fit must not save the hit.
    phrases = book("call them [now]", unless=["_ please"])
    assert not matched("call them now please", phrases)


def test_many_patterns_are_found_in_one_pass_and_each_names_its_rule() -> None:
    rules = [rule([f"word{number} (here|there)"], name=f"r{number}", move="jargon") for number in range(300)]
    found = read("word7 there. So word299 here.", book_of(*rules))
    assert [finding.rule for finding in found] == ["r7", "r299"]


def test_what_a_pattern_needs() -> None:
    needs = survey(
        [
            "you (failed|forgot) to [ever] sign",
            "a [b] <list> @name ...3",
            "(x (y|z)|v) wake*",
            "(the|refund of) it",
        ],
        ENGLISH,
    )
    assert needs[0][0] == ("sign",)
    assert set(needs[0][1]) == {"failed", "forgot"}
    assert needs[1] == (("a",),)
    assert needs[2] == (("wake*",),)
    # Of each choice its rarest word.
    assert needs[3][-1] == ("the", "refund")
    assert survey(["<list> [word]"], ENGLISH) == [()]


@pytest.mark.timeout(600)  # half a minute's work: a busy machine may take many times as long
@pytest.mark.usefixtures("given_back")
@pytest.mark.parametrize("language", sorted(TONGUES))
def test_sleeping_patterns_miss_nothing(language: str) -> None:
    """With every pattern awake from the start, just the same is found."""
    shipped = load_phrasebook(language)
    awake = Phrasebook(language, shipped.rules, shipped.lists, shipped.example)
    assert not list(awake.matcher.problems())
    lazy = Phrasebook(language, shipped.rules, shipped.lists, shipped.example)
    for each in shipped.in_order:
        for line in (*each.hits, *each.misses):
            assert read(line, lazy) == read(line, awake), line


STORY = "why did you not call us . ? friday we said sorry but i will"


@given(st.lists(st.sampled_from(STORY.split()), max_size=40))
@settings(max_examples=150)
def test_the_machine_finds_what_a_plain_search_does(words: list[str]) -> None:
    text = " ".join(words)
    phrases = book("why did you", "sorry ...3 but", "i will [not] call", unless=["we said _"])
    expected = _plainly(text)
    assert bool(matched(text, phrases)) == expected


def _plainly(text: str) -> bool:
    """The same three patterns, looked for word by word."""
    words = text.split()
    for at in range(len(words)):
        if words[max(0, at - 2) : at] == ["we", "said"]:
            continue
        rest = words[at:]
        if rest[:3] == ["why", "did", "you"]:
            return True
        if rest[:3] == ["i", "will", "call"] or rest[:4] == ["i", "will", "not", "call"]:
            return True
        if rest[:1] == ["sorry"]:
            for word in rest[1:5]:
                if word in ".?":
                    break
                # The fullest hit begins at the last "sorry" before "but".
                if word == "sorry":
                    break
                if word == "but":
                    return True
    return False


HOSTILE = {
    "one line without end": "you ",
    "hits on hits": "why did you not sign sorry but i understand but ",
    "starts that never end": "if you do not if you do not ",
    "unknown words": None,
    "no spaces": "y",
    "only marks": "?!.,;:…—",
    "only newlines": "\n",
    "only spaces": " ",
    "quotes that never close": '"why did you ',
    "single quotes": "'why ",
    "nested quotes": "“«‘",
    "accents": "e\u0301\u0301\u0301\u0301",
    "emoji": "👩‍👩‍👧‍👦 ",
    "wide and odd": "ﷺ\u202e\u200f字\x00\ufffd",
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("language", sorted(TONGUES))
def test_work_grows_no_faster_than_the_text(name: str, language: str) -> None:
    """Counted in steps, not by a clock: twice the text costs at most about twice the work."""
    seed = HOSTILE[name]

    def text(size: int) -> str:
        if seed is None:
            return " ".join(f"wörd{number}" for number in range(size // 8))
        return seed * (size // len(seed))

    def steps(size: int) -> int:
        phrases = Phrasebook(language, shipped.rules, shipped.lists, shipped.example)
        read(text(20_000), phrases)
        before = phrases.matcher.steps
        read(text(size), phrases)
        return phrases.matcher.steps - before

    shipped = load_phrasebook(language)
    once, twice = steps(BLOCK), steps(2 * BLOCK)
    assert twice <= 2.2 * once + 2_000


def test_worst_patterns_on_the_worst_text_stay_linear() -> None:
    """Gaps within gaps, all beginning alike: the classic way to hang a matcher."""
    patterns = [f"a {'[a] ' * 20}...12 a ...12 a ...12 {word}" for word in ("b", "c", "d")]

    def steps(count: int) -> int:
        phrases = book(*patterns)
        read("a b c d " + "a " * count, phrases)
        return phrases.matcher.steps

    assert steps(20_000) <= 2.2 * steps(10_000) + 5_000
    assert steps(20_000) < 20_000 * 400


def test_memory_is_bounded_by_what_states_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    """Machines that share a count start afresh when all together hold too much; what is found stays the same."""
    words = ["ka", "lo", "mi", "nu", "pe", "ra"]
    shuffle = Random(1).choice
    lines = [" ...12 ".join(shuffle(words) for _ in range(4)) for _ in range(6)]
    contexts = ["(ka|lo) ...6 mi ...6 so", "_ ...3 ti ti ti"]
    text = " ".join(shuffle([*words, "so", "ti", "la."]) for _ in range(4_000))
    wide, narrow = (book_of(rule(lines, unless=contexts)) for _ in range(2))
    found = read(text, wide)
    assert len(found) > 10
    most = 2_000
    assert wide.matcher.machine.held.positions > 5 * most
    for module in (machines, backward):
        monkeypatch.setattr(module, "MOST_HELD", most)
    held = narrow.matcher.machine.held
    highest = 0
    for start in range(0, len(text), 500):
        read(text[start : start + 500], narrow)
        highest = max(highest, held.positions)
    # One more state may be made before what is held is looked at.
    assert most / 2 < highest < most + 200
    assert read(text, narrow) == found
    backs = [back for back in narrow.matcher._backwards.values() if isinstance(back, backward.Backward)]
    assert backs
    assert all(machine.held is held for machine in (narrow.matcher.machine, narrow.matcher._sides))
    assert all(machine.held is held for guard in narrow.matcher._guards.values() for machine in guard.near)
    assert all(back._held is held for back in backs)


def test_what_is_known_to_follow_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither what is found, nor that patterns and contexts which wake later are found as well."""
    words = ["ka", "lo", "mi", "nu"]
    shuffle = Random(2).choice
    lines = ["ka lo", "ka so", "lo ...3 mi", "(ka|nu) ti", "so ti la"]
    contexts = ["_ so so", "lo _", "ti ...2 _", "_ nu ti"]
    early = " ".join(shuffle([*words, "mi."]) for _ in range(600))
    later = " ".join(shuffle([*words, "so", "ti", "la."]) for _ in range(2_000))
    found = []
    for often in (0, 1, 10_000):
        monkeypatch.setattr(machines, "OFTEN", often)
        book = book_of(rule(lines, unless=contexts))
        found.append((read(early, book), read(later, book)))
    assert min(map(len, found[0])) > 10
    assert found[0] == found[1] == found[2]


def test_memory_is_bounded() -> None:
    phrases = load_phrasebook("en")
    matcher = Matcher(
        [each.patterns for each in phrases.in_order], [()] * len(phrases.rules), phrases.lists, ENGLISH
    )
    lexicon = matcher.lexicon
    state = matcher.machine.start
    for number in range(60_000):
        for word in lexicon[f"you{number} "]:
            state = state[word]
    assert len(lexicon) <= 40_000
    assert len(matcher.alphabet.terms) < 5_000


def test_machines_start_afresh_when_they_are_full() -> None:
    phrases = book("you ...12 failed", "failed ...12 you")
    machine = phrases.matcher.machine
    machine.memory = 20
    text = "you so failed or you never failed and failed you " * 30
    crowded = matched(text, phrases)
    assert crowded == matched(text, book("you ...12 failed", "failed ...12 you"))


def test_a_hearing_adds_terms_and_takes_none() -> None:
    phrases = load_phrasebook("en")
    text = "Why did you wait, Maria? Thank you for calling about the scan."
    plain = {finding.rule for finding in read(text, phrases)}
    heard = {finding.rule for finding in read(text, phrases, Hearing(("Maria",), ("scan",)))}
    assert plain | {"use-name"} == heard
    assert Alphabet.STOP in phrases.matcher.lexicon["Maria? "]
