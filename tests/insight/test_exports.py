"""A round on paper: every fact is there, and no word of anybody works as a sign of the form."""

from __future__ import annotations

import json
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from callcalm.core.actions import Choose, CutIn, Listen, Note, Say
from callcalm.core.price import PriceSheet
from callcalm.core.replaycode import decode
from callcalm.core.round import Round, begin, reference_sheet
from callcalm.core.text import Text, safe, unsafe
from callcalm.insight.exports.account import Account, account
from callcalm.insight.exports.html import as_html
from callcalm.insight.exports.markdown import as_markdown, escaped
from callcalm.insight.exports.paper import (
    Block,
    Code,
    Heading,
    Items,
    NewPage,
    Paper,
    Para,
    Quote,
    Speech,
    Stretch,
    Table,
    apart,
)
from callcalm.insight.exports.plain import WIDTH, as_text
from callcalm.insight.exports.round_json import VERSION, round_json
from callcalm.insight.exports.round_paper import round_paper
from callcalm.insight.exports.writing import FORMS, written
from callcalm.insight.transcript import transcript
from callcalm.storage.convert import action_record, move_record, promise_records
from callcalm.storage.records import ActionRecord, PromiseRecord, RoundRecord
from tests.support import HOSTILE, REGISTRY, found, playbook, scenario
from tests.world import NOON

OWN = "Why did you wait? By four today."
NASTY = "*a* _b_ `c` [d](http://e.f) <script>alert(1)</script> ![i](j) | # 1. & www.a.b x@y.z :smile: $m$ ~~s~~"


def lived() -> Round:
    round_ = begin(scenario(), playbook(), seed=0)
    for action in (
        Listen(),
        CutIn(),
        Note(Text("charged twice")),
        Choose("opening/warm"),
        Say(Text(OWN), found(OWN, ("Why did you", "blame.why-you")), None),
        Choose("heard/1"),
    ):
        round_ = round_.take(action)
    return round_


def recorded(round_: Round, **changes: Any) -> RoundRecord:
    state = round_.state
    assert state.over is not None
    record = RoundRecord(
        id="20261121T120000Z-00000001",
        scenario="test-call",
        title=state.scenario.title,
        digest="d1",
        language="en",
        playbook="core",
        finished=NOON,
        ending=state.over.id,
        kind=state.over.kind.value,
        composure=state.curve,
        own=PriceSheet().answered(True),
        reference=reference_sheet(state).sheet,
        moves=tuple(move_record(seen) for seen in state.seen),
        actions=tuple(action_record(action) for action in round_.actions),
        promises=promise_records(round_),
        notes=state.notes,
        transfer=Text("say when"),
    )
    return replace(record, **changes)


def told(round_: Round | None = None, **changes: Any) -> Account:
    played = lived()
    return account(recorded(played, **changes), round_, REGISTRY, [playbook()], goal="ask first")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("again", [True, False])
def test_every_fact_of_a_round_is_told(form: str, again: bool) -> None:
    played = lived()
    text = written(round_paper(told(played if again else None)), form)
    flat = " ".join(text.split())
    for fact in (
        "A test call",
        "instead of blame.why-you",
        "settle it",
        "charged twice",
        "Next real call I will: say when",
        "The goal: ask first",
        "cc1:test-call:d1:core:0:L.X.warm.TWhy%20did%20you",
        ", ".join(map(str, played.state.curve)),
        "Priority",
        "By four today",
    ):
        assert fact in flat or fact in flat.replace("\\", ""), fact
    assert ("I was charged twice." in flat) is again, "only the encounter knows what the caller said"
    assert ("Lesson of settled." in flat) is again


@pytest.mark.parametrize(
    ("changes", "remark"),
    [
        ({"gone": True}, "not there any more"),
        ({"changed": True}, "has changed since"),
        ({"format": 2}, "A later callcalm"),
        ({"complete": False}, "cut off"),
        ({"coached": True}, "coached run"),
    ],
)
def test_what_could_not_be_told_in_full_is_said(changes: dict[str, Any], remark: str) -> None:
    flags = {key: changes.pop(key) for key in ("gone", "changed") if key in changes}
    text = as_text(round_paper(account(recorded(lived(), **changes), None, REGISTRY, [], **flags)))
    assert remark in " ".join(text.split())


def test_the_json_has_its_version_and_places_that_are_right() -> None:
    data = json.loads(round_json(told(lived())))
    assert data["callcalm"] == {"kind": "round", "version": VERSION, "app": data["callcalm"]["app"]}
    for answer in data["answers"]:
        for seen in answer["moves"]:
            if seen["start"] is not None:
                assert answer["words"][seen["start"] : seen["end"]] == seen["quote"]
    typed = data["answers"][1]
    assert typed["typed"] is True
    (blame,) = [seen for seen in typed["moves"] if seen["move"] == "blame.why-you"]
    assert (blame["points"], blame["instead"]) == (-8, "instead of blame.why-you")
    assert data["sheets"]["gap"]["total"] == data["sheets"]["self"]["total"] - data["sheets"]["reference"]["total"]
    assert data["composure"] == list(lived().state.curve)
    kept = json.loads(round_json(told(None)))
    assert [one["words"] for one in kept["answers"]] == [one["words"] for one in data["answers"]]
    assert [one["after"] for one in kept["answers"]] == [one["after"] for one in data["answers"]]


def test_a_round_that_came_back_to_a_promise_says_by_which_way_it_began() -> None:
    code = decode(told(None, opening="kept").replay)
    assert (code.opening, code.scenario) == ("kept", "test-call")


def test_what_was_no_call_is_told_step_by_step() -> None:
    record = RoundRecord(
        id="x",
        scenario="letter/reply.txt",
        kind="letter",
        finished=NOON,
        own=PriceSheet(respect=2),
        reference=PriceSheet(respect=-4),
        actions=(
            ActionRecord("line", "blame", Text("You failed to sign.")),
            ActionRecord("rewrote", "", Text("We could not find your signature.")),
            ActionRecord("letter", "", Text("Dear Ms. Roe,\nWe could not find your signature.")),
        ),
    )
    text = as_text(round_paper(account(record, None, REGISTRY, [])))
    assert "1. as it was (blame): You failed to sign." in text
    assert "    Dear Ms. Roe,\n    We could not" in text
    assert "Result" not in text, "nobody was asked for a result"
    assert "Respect        +2   −4         +6" in text
    assert "not there any more" not in text


def hostile() -> tuple[Block, ...]:
    words = NASTY + HOSTILE
    return (
        Heading(1, words),
        Para(words),
        Quote(f"{words}\n- {words}"),
        Speech(words, words, (Stretch(0, 5, True, words), Stretch(3, 9, False, words))),
        Items((words, f"- {words}", f"1. {words}", f"    {words}")),
        Table(words, (words, words), ((words, words), (words, ""))),
        Code(words, words),
        NewPage(),
        Heading(2, words),
    )


class Reader(HTMLParser):
    """What a browser would take for elements."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not {name for name, _value in attrs} & {"src", "href", "onclick", "onerror"}

    def handle_data(self, data: str) -> None:
        self.words += data


def test_no_word_is_an_element_of_html_and_nothing_comes_from_outside() -> None:
    page = as_html(Paper(NASTY, "en", hostile()))
    reader = Reader()
    reader.feed(page)
    assert not {"script", "img", "a", "link", "iframe"} & set(reader.tags)
    assert "<script>alert(1)</script>" in reader.words
    assert not unsafe().search(page)
    assert page.startswith('<!doctype html>\n<html lang="en">')
    assert "url(" not in page
    assert "@import" not in page
    assert 'section class="page"' in page
    assert "color-scheme" in page
    assert page.count('<th scope="col">') == 2


def test_headings_come_in_order_and_there_is_one_of_the_first() -> None:
    levels = [block.level for block in round_paper(told(lived())).blocks if isinstance(block, Heading)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_no_word_is_markup_in_markdown() -> None:
    text = as_markdown(Paper(NASTY, "en", hostile()))
    assert not unsafe().search(text)
    tokens = MarkdownIt("gfm-like", {"html": True}).parse(text)
    kinds = {token.type for token in tokens}
    inner = {child.type for token in tokens for child in token.children or ()}
    assert inner <= {"text", "text_special", "strong_open", "strong_close", "softbreak", "link_open", "link_close"}
    assert not {"html_block", "fence", "lheading"} & kinds
    links = [c.attrGet("href") for t in tokens for c in t.children or () if c.type == "link_open"]
    assert not [link for link in links if link and not str(link).startswith("mailto:")]


@given(st.text(max_size=60))
def test_any_text_stays_itself_in_markdown(words: str) -> None:
    (opened, inline, closed) = MarkdownIt("commonmark").parse(f"x {escaped(words)}")
    assert (opened.type, closed.type) == ("paragraph_open", "paragraph_close")
    read = "".join(child.content for child in inline.children or ())
    assert read == f"x {' '.join(safe(words).split())}".strip()


@given(st.text(min_size=1, max_size=60))
def test_any_text_is_a_plain_paragraph_where_it_stands_alone(words: str) -> None:
    line = escaped(words)
    if line:
        tokens = MarkdownIt("gfm-like", {"html": True, "linkify": False}).parse(line)
        assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]


def test_plain_text_is_wrapped_and_parted() -> None:
    text = as_text(round_paper(told(lived())))
    assert max(len(line) for line in text.splitlines() if not line.startswith("cc1:")) <= WIDTH
    assert "[− Why did you]" in " ".join(text.split())
    assert "\f" in as_text(Paper("x", "en", (Para("a"), NewPage(), Para("b"))))


def test_plain_text_breaks_no_line_before_a_french_mark() -> None:
    said = "Vous voulez que j’attende encore ? Non ! Et la lettre « en cours » : je la garde ; voilà. "
    lines = as_text(Paper("x", "fr", (Para(said * 40),))).splitlines()
    assert len(lines) > 40
    assert not any(line.startswith(("?", "!", ";", ":", "»")) or line.endswith("«") for line in lines)


def test_stretches_never_overlap() -> None:
    made = (Stretch(4, 9, True, ""), Stretch(0, 5, True, ""), Stretch(9, 99, True, ""), Stretch(9, 10, True, ""))
    assert [(one.start, one.end) for one in apart(made, 12)] == [(0, 5), (9, 10)]


def test_a_hostile_save_can_be_written_in_every_form() -> None:
    words = safe(NASTY + HOSTILE)
    record = recorded(
        lived(),
        title=words,
        transfer=words,
        kind="later-kind",
        notes=(words,),
        promises=(PromiseRecord(words, words, keepable=False),),
        actions=(ActionRecord("say", "", words), ActionRecord("teleport", "", words)),
    )
    made = account(record, None, REGISTRY, [])
    assert made.replay == "", "no code can say what a later callcalm did"
    for form in FORMS:
        assert not unsafe().search(written(round_paper(made), form).replace("\f", ""))
    assert json.loads(round_json(made))["transfer"] == words
    with pytest.raises(KeyError):
        written(round_paper(made), "pdf")


def test_the_transcript_to_copy_lets_no_word_be_markup() -> None:
    text = transcript(begin(scenario(title=Text(NASTY)), playbook()).take(Listen()), None, NASTY)
    inner = {child.type for token in MarkdownIt("gfm-like").parse(text) for child in token.children or ()}
    assert not {"image", "html_inline", "code_inline", "em_open"} & inner
