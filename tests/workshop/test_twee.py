"""Twee 3 out and in: what goes to Twine comes back, and whatever comes from Twine plays or is refused."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callcalm.content.library import shipped_folder
from callcalm.content.scenario_shape import scenario_record
from callcalm.intake import BadFile, Source, load_source
from callcalm.workshop import finishing
from callcalm.workshop.bringing import CAP, bring, story_of
from callcalm.workshop.twee import passages
from callcalm.workshop.twee_out import ifid, twee_text
from callcalm.workshop.words import DATA
from tests.content.small import SMALL
from tests.workshop.written import data, ending_of, opened

FILES = [*sorted(shipped_folder().glob("*/*.toml")), *sorted(DATA.glob("[!w]*.toml"))]


def brought(folder: Path, text: str, name: str = "x.twee") -> tuple[str, tuple[str, ...]]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    found = bring(path)
    return found.made.text, found.notes


def from_data(values: dict[str, object], name: str = "x") -> str:
    return twee_text(values, name)[0]


def values_of(text: str) -> dict[str, object]:
    return load_source(Source("x", text), scenario_record()).data


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_there_and_back(tmp_path: Path, path: Path) -> None:
    text = path.read_text("utf-8")
    twee = from_data(values_of(text), path.stem)
    again, notes = brought(tmp_path, twee)
    assert notes == ()
    # Nothing was left out: the file does not send anyone to a list of what was.
    assert not re.search("list above|liste ci-dessus", again)
    before, after = data(text), data(again)
    # A check that does not hold is not written again; every other one is.
    kept, checks = after.pop("checks"), before.pop("checks")
    assert after == before
    assert kept
    assert all(check in checks for check in kept)
    # And once more: what stands in every passage but our own is what went out.
    first, second = (
        [one for one in passages(Source("x", some)) if one.name != "callcalm"]
        for some in (twee, from_data(values_of(again), path.stem))
    )
    assert first == second


@pytest.mark.parametrize(("tag", "found"), [("ending-lost", "lost"), ("ending-fair", "lost-2")])
def test_the_ending_called_lost_keeps_its_name_where_it_may(tmp_path: Path, tag: str, found: str) -> None:
    text, _notes = brought(tmp_path, f":: Start\nHello.\n[[Bye.->lost]]\n:: lost [{tag}]\nGone.\n")
    assert re.findall(r"\[endings\.(\S+)\]", text) == [found]
    assert opened(text).beats["start"].replies[0].goto == found


AWKWARD = [
    'He said "no.',
    "[[sighs]] [/] ]] [[",
    "a->b<-c|d",
    "$100 $name _temp <<set>> <b>x</b>",
    "R&D &amp; &#36;",
    "''x'' //y// __z__ {{{q}}} -- ==s== @@t@@ !h",
    "(set: $x to 1)[hook] (he: she)",
    "::not a passage",
    "back\\slash \\",
    "/* no comment */ <!-- none -->",
]


@pytest.mark.parametrize("words", AWKWARD)
def test_special_characters_survive(tmp_path: Path, words: str) -> None:
    text = SMALL.replace('say = "Why did you wait?"', f"say = {json.dumps(words)}")
    text = text.replace('caller = ["Finally.", "I was charged twice."]', f'caller = [{json.dumps(words)}, "b"]')
    text = text.replace('text = "It is settled."', f"text = {json.dumps(words)}")
    assert data(text) != data(SMALL)
    again, _notes = brought(tmp_path, from_data(values_of(text)))
    assert data(again) == data(text)


@settings(max_examples=40)
@given(
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Zl", "Zp", "Cn", "Mn", "Co"]),
        min_size=1,
        max_size=60,
    )
)
def test_any_words_survive(tmp_path_factory: pytest.TempPathFactory, words: str) -> None:
    words = " ".join(words.split(" ")).strip()
    if not words or "  " in words or not words.strip():
        return
    text = SMALL.replace('say = "Why did you wait?"', f"say = {json.dumps(words, ensure_ascii=False)}")
    again, _notes = brought(tmp_path_factory.mktemp("x"), from_data(values_of(text)))
    assert (
        data(again)["beats"]["opening"]["replies"][0]["say"] == data(text)["beats"]["opening"]["replies"][0]["say"]
    )


def test_the_words_of_a_link_stay_as_they_are() -> None:
    text = SMALL.replace("Why did you wait?", r"It is $20, R&D {share} < 5%. \"Fine,\" I said.")
    twee, notes = twee_text(values_of(text), "x")
    assert '[[It is $20, R&D {share} < 5%. "Fine," I said.->heard]]' in twee
    assert not any("codes" in line for line in notes.lines())
    assert any("codes" in line for line in twee_text(values_of(text.replace("$20", "[20]")), "x")[1].lines())


def test_it_is_twee_3() -> None:
    twee = from_data(values_of(SMALL), "third-time")
    found = {passage.name: passage for passage in passages(Source("x", twee))}
    story = json.loads(found["StoryData"].text)
    assert re.fullmatch(r"[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}", story["ifid"])
    assert (story["ifid"], story["start"]) == (ifid("third-time"), "opening")
    assert found["StoryTitle"].text == "Third time"
    assert found["opening"].tags == ("beat", "mood-furious")
    assert "[[Why did you wait?->heard]]" in found["opening"].text
    assert "<<if ($composure >= 20) and (not ($callback))>>" in found["opening"].text
    assert "[$callback to true]]" in found["opening"].text
    assert ifid("third-time") != ifid("other")
    # Twine would take two brackets for a link.
    assert "[[" not in found["callcalm"].text


TWINE = """\
:: StoryTitle
Late [again]

:: StoryInit
<<set $late to 2>>

:: Start {"position":"1,2"}
"You are late," she says. //Really.// <b>Late</b> &amp; wet. // [sighs]
[[I am sorry->Sorry \\ one][$told to true]]
<<if $late gte 2 and not $told>>[[Traffic|Wall]]<<else>>[[Nothing->Wall]]<</if>>
[[Gone->Nowhere]]
<<timed 2s>>[[unclosed

:: Sorry \\\\ one [mood-calm mood-strange]
(if: $told is true)[ [[Thanks->The end]] ](else:)[ [[Start]] ]

:: Wall
(set: $late to it + 1)(set: $late to $late * 2) Hm.
[[Start]]

:: Wall
Second.

:: The end [ending-fair]
Good.

:: ../../etc/passwd [a]
Path.

:: code [script]
alert(1)
"""


def test_a_story_from_twine(tmp_path: Path) -> None:
    text, notes = brought(tmp_path, TWINE)
    scenario = opened(text)
    assert scenario.title == "Late [again]"
    assert scenario.start == "start"
    start = scenario.beats["start"]
    assert start.caller[0].startswith('"You are late," she says. Really. Late & wet.')
    assert [(reply.say, reply.goto) for reply in start.replies] == [
        ("I am sorry", "sorry-one"),
        ("Traffic", "wall"),
        ("Nothing", "wall"),
        ("Gone", "not-written"),
    ]
    assert start.replies[0].set == {"told": True}
    assert [reply.when is None for reply in start.replies] == [True, False, False, True]
    assert start.replies[1].add == {"late": 1}
    assert scenario.endings["the-end"].kind == "fair"
    assert scenario.beats["sorry-one"].replies[0].when is not None
    told = "\n".join(notes)
    for words in (
        "same name",
        "script",
        "<<timed>>",
        "not closed",
        "“Nowhere”",
        "strange",
        "assignment",
        "etc-passwd",
    ):
        assert words in told, words
    for line in notes:
        assert line.partition(" (line")[0].split(" × ")[-1][:60] in " ".join(text.replace("\n# ", " ").split())


def test_an_if_may_be_closed_in_the_old_way(tmp_path: Path) -> None:
    story = ":: StoryInit\n<<set $a to true>>\n:: A\n<<if $a>>[[Yes->B]]<<endif>>[[No->B]]\n:: B\nBye.\n"
    text, notes = brought(tmp_path, story)
    assert [reply.when is None for reply in opened(text).beats["a"].replies] == [False, True]
    assert not [note for note in notes if "not closed" in note or "endif" in note]


def test_what_a_link_changes_is_changed_where_it_is_taken(tmp_path: Path) -> None:
    story = (
        ":: StoryInit\n<<set $angry to true>><<set $late to 0>>\n:: A\nHello.\n"
        '<<link "Sorry." "B">><<set $angry to false>><</link>>\n'
        '<<button "Late.">><<set $late += 1>><<goto "C">><</button>>\n'
        '(link-reveal-goto: "Traffic.", "C")[(set: $late to 3)]\n'
        '<<link "Nothing.">><<replace "#x">>y<</replace>><</link>>\n'
        "[[Bye.->B]]\n:: B\n[[On.->C]]\n:: C\n.\n"
    )
    text, notes = brought(tmp_path, story)
    scenario = opened(text)
    found = [(one.say, one.goto, one.set, one.add) for one in scenario.beats["a"].replies]
    assert found == [
        ("Sorry.", "b", {"angry": False}, {}),
        ("Late.", "c", {}, {"late": 1}),
        ("Traffic.", "c", {"late": 3}, {}),
        ("Bye.", "b", {}, {}),
    ]
    assert scenario.vars["angry"] is True
    assert any("leads nowhere" in note for note in notes)


@pytest.mark.parametrize(
    "text",
    [
        ":: Start\nNo link at all.\n",
        ":: A\n[[B]]\n:: B\n[[A]]\n",
        ":: A\n" + "".join(f"[[x{n}->A]]\n" for n in range(30)),
        ":: A\n" + "".join(f"[[x{n}->E{n}]]\n" for n in range(9)) + "".join(f":: E{n}\n.\n" for n in range(60)),
        ":: A\n<<if $x>>[[B]]\n:: B\n",
        ":: A [\n[[B]]\n:: B {broken\n.",
        ":: callcalm\n[]\n:: A\n[[A]]\n",
        ":: A\n[[B][$x to 1, $x += 2]]\n:: B\n<<set $x to 3>><<set $x += 4>>\n[[A]]\n",
        ':: callcalm\n{"vars": {"x": {"start": 1, "least": 3, "most": 2}}}\n:: A\n<<set $x to 1>>[[A]]\n',
        (
            ':: callcalm\n{"beats": {"A": {"replies": [{"say": 3}]}}, "checks": [{"name": 1, "do": [9]}]}\n'
            ":: A\n[[A]]\n"
        ),
        ':: callcalm\n{"language": "xx", "channel": [], "caller": 1}\n:: A\n[[B]]\n',
        ':: callcalm\n{"title": null, "brief": {"a": [[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]}}\n:: A\n[[B]]\n',
        ":: callcalm\n" + "[" * 100_000 + "\n:: A\n[[B]]\n",
        ":: StoryData\n{{{\n:: A\n[[B]]\n:: B\nx",
    ],
)
def test_odd_stories_still_play(tmp_path: Path, text: str) -> None:
    scenario = opened(brought(tmp_path, text)[0])
    for pick in range(3):
        assert ending_of(scenario, pick)


def test_what_was_renamed_in_twine_is_found_again(tmp_path: Path) -> None:
    path = shipped_folder() / "en" / "refill-blame.toml"
    twee = from_data(values_of(path.read_text("utf-8")))
    renamed = twee.replace(":: two-a-day [", ":: Two a day [").replace("->two-a-day]", "->Two a day]")
    text, notes = brought(tmp_path, renamed)
    scenario = opened(text)
    assert {reply.goto for reply in scenario.beats["suspect"].replies} >= {"two-a-day"}
    assert any("two-a-day" in note for note in notes)


@pytest.mark.parametrize("raw", [b"\x00\x01\xff", b"\xff\xfe:\x00", b":: A\n" + b"x" * CAP, b"", b"just words\n"])
def test_what_is_no_story_is_refused(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "x.twee"
    path.write_bytes(raw)
    with pytest.raises(BadFile):
        bring(path)


def test_far_too_many_passages_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="at most 2,000"):
        brought(tmp_path, "".join(f":: p{n}\n" for n in range(3_000)))


PIECES = st.sampled_from(
    [
        ":: A\n",
        ":: B [x]\n",
        "[[A]]",
        "[[say->B]]",
        "[[",
        "]]",
        "<<if $x>>",
        "<<else>>",
        "<</if>>",
        "<<set $x to 1>>",
        "\n",
        "(if: $x)[",
        "(else:)[",
        "]",
        "(set: $x to true)",
        "$x",
        "<b>",
        "-->",
        "/*",
        "*/",
        '"',
        "words ",
        ":: callcalm\n{}",
        "\\",
    ]
)


@settings(max_examples=150)
@given(st.lists(PIECES, max_size=25))
def test_any_twee_plays_or_is_refused(tmp_path_factory: pytest.TempPathFactory, pieces: list[str]) -> None:
    source = Source("x.twee", "".join(pieces))
    if not any(line.startswith(":: ") and "callcalm" not in line for line in source.text.split("\n")):
        with pytest.raises(BadFile, match="no passage to play"):
            story_of(source, "twee")
        return
    text, _notes = brought(tmp_path_factory.mktemp("x"), source.text)
    assert ending_of(opened(text), 1)


@pytest.mark.parametrize(
    "piece", ["[[", "<<if ", '<<a "" ', "(a:(", "/*", "<!--", "[[a][", ":: ", "[", "<a ", "&", '"', "<x>\n"]
)
def test_long_nonsense_is_read_in_one_pass(piece: str) -> None:
    # No time is asserted: a reading that takes more than linear time runs into the suite's limit.
    text = ":: A\n" + piece * (900_000 // len(piece))
    assert story_of(Source("x.twee", text), "twee").nodes


def test_how_long_it_takes_is_not_found_out_where_that_takes_too_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    round_and_round = ":: Start\nHi. [[on->next]] [[out->end]]\n\n:: next\nHm. [[back->Start]]\n\n:: end\nBye.\n"
    assert opened(brought(tmp_path, round_and_round)[0]).minutes == 1
    monkeypatch.setattr(finishing, "MOST_ROUND", 1)
    assert opened(brought(tmp_path, round_and_round)[0]).minutes == 4  # as every draft


def test_a_tag_that_is_a_mood_is_one(tmp_path: Path) -> None:
    text = ":: Start [Angry red]\nWhere is it?\n[[Here.->End]]\n\n:: End [calm]\nFine.\n"
    assert values_of(brought(tmp_path, text)[0])["beats"]["start"]["mood"] == "angry"  # type: ignore[index]
    ours = text.replace("Angry red", "mood-hurt angry")
    assert values_of(brought(tmp_path, ours)[0])["beats"]["start"]["mood"] == "hurt"  # type: ignore[index]
