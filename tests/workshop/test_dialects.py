"""Stories by hand in each of Twine's formats: what cannot be carried over is noted, and nobody says a macro."""

from __future__ import annotations

from pathlib import Path

import pytest

from callcalm.core.model import Scenario
from callcalm.intake import BadFile
from callcalm.workshop.bringing import bring
from tests.workshop.written import ending_of, opened

HEAD = """\
:: StoryData
{{"ifid": "D674C58C-DEFA-4F70-B7A2-27742230C0FC", "format": "{format}", "start": "Opening"}}

:: Walls up
Do not. [[Opening]]

:: Heard [ending-resolved]
Thanks.

:: Opening [mood-angry] {{"position":"100,100"}}
"""


def brought(folder: Path, dialect: str, text: str, encoding: str = "utf-8") -> tuple[Scenario, str]:
    path = folder / "x.twee"
    path.write_bytes((HEAD.format(format=dialect) + text).encode(encoding))
    found = bring(path)
    scenario = opened(found.made.text)
    assert ending_of(scenario, 0)
    return scenario, "\n".join(found.notes)


def said(scenario: Scenario) -> str:
    beats = scenario.beats.values()
    replies = [reply.say for beat in beats for reply in beat.replies]
    return "\n".join([*(part for beat in beats for part in beat.caller), *replies])


SUGARCUBE = """\
<<nobr>>Finally.<</nobr>> <<set $calls to 3>>I have called <<= $calls>> times, $name.
@@color:red;Red words@@ and {{{plain ones}}}.
<<script>>alert("hidden [[no]]");
<</script>><<widget "foo">>hidden<</widget>><style>hidden</style>
[img[hidden.png][Heard]]
* [[I will look.|Heard][$heard to true; $calls += 1]]
* [[Heard<-I am sorry.]]
<<link [[Tell me more.|Walls up]]>><<set $heard to true>><</link>>
<<link 'Let me check.' 'Heard'>><</link>>
<a class="x" data-passage="Heard">Look here.</a>
"""

HARLOWE = """\
(set: $calls to 3, $heard to false)(set: $list to (a: 1, 2))
Finally. (text-colour: red)[I am red.] (print: $calls) calls. |name>[A hook] (put: 3 into $calls)
(if: $heard)+(text-style: "bold")[Styled]
(live: 2s)[Tick](stop:)
(link: "Listen.")[Secret. (go-to: "Heard")]
(link-goto: 'Why?', 'Walls up')
(if: $calls is 3)[[[Three times.->Heard]]]
(if: $heard)[[Only then.->Heard]]
==><==
{Middle}
(macro: str-type _a, [(out:)[(if: (not (it)))]])
(dm: "x",
  1)
"""

CHAPBOOK = """\
calls: 3
name: 'Ms. Alvarez'
--
Finally. {calls} times, {name} and {other}. {embed passage: 'Walls up'}

[if calls > 2]
Three times!

[note to self]
hidden

[continue]
On.
> [[Why?->Walls up]]
{link to: 'Heard', label: 'I will look.'}
"""

SNOWMAN = """\
<% s.calls = 3;
if (s.calls > 2) { %>
Three times!
<% } %>
Called <%= s.calls %> times. <script>hidden()</script>
<a href="javascript:void(0)" data-passage="Heard">I will look.</a>
[[Why?->Walls up]]
"""


@pytest.mark.parametrize(
    ("dialect", "text", "words", "replies", "notes"),
    [
        (
            "SugarCube",
            SUGARCUBE,
            "Finally. I have called 3 times, ….\nRed words and plain ones.",
            ["I will look.", "I am sorry.", "Tell me more.", "Let me check.", "Look here."],
            ["<<script>>", "<<widget>>", "<<nobr>>", "a picture", "(style) (line 14)", "first value"],
        ),
        (
            "Harlowe",
            HARLOWE,
            "Finally. I am red. 3 calls. A hook\nStyled\nTick\nSecret.",
            ["Listen.", "Why?", "Three times.", "Only then."],
            ["(text-colour:)", "(put:)", "(live:)", "(stop:)", "(macro:)", "(dm:)", "assignment"],
        ),
        (
            "Chapbook",
            CHAPBOOK,
            "Finally. 3 times, Ms. Alvarez and ….",
            ["Why?", "I will look."],
            [
                "{embed passage}",
                "modifier if calls > 2 (line 16)",
                "variables at the top",
                "modifier note to self",
            ],
        ),
        (
            "Snowman",
            SNOWMAN,
            "Three times!",
            ["I will look.", "Why?"],
            ["<% and %> (lines 11, 14, 15)", "(script) (line 15)"],
        ),
    ],
)
@pytest.mark.parametrize("wild", [False, True], ids=["unix", "windows"])
def test_no_macro_is_said(
    tmp_path: Path, dialect: str, text: str, words: str, replies: list[str], notes: list[str], wild: bool
) -> None:
    text = text.replace("\n", "\r\n") if wild else text
    scenario, told = brought(tmp_path, dialect, text)
    opening = scenario.beats["opening"]
    assert opening.caller[0].startswith(words)
    assert [reply.say for reply in opening.replies] == replies
    everything = said(scenario)
    for mark in ("<", ">", "[", "]", "{", "}", "$", "@@", "(", "hidden", "=="):
        assert mark not in everything, mark
    for note in notes:
        assert note in told, note


def test_what_a_setter_or_a_condition_says_is_kept(tmp_path: Path) -> None:
    scenario, _told = brought(tmp_path, "SugarCube", ":: StoryInit\n<<set $heard to false>>\n:: x\n")
    assert not scenario.vars or scenario.vars["heard"] is False
    sugar = SUGARCUBE + ":: StoryInit\n<<set $heard to false>>\n"
    scenario, _told = brought(tmp_path, "SugarCube", sugar)
    looked, _sorry, more, *_others = scenario.beats["opening"].replies
    assert (looked.set, looked.add) == ({"heard": True}, {"calls": 1})
    assert more.set == {"heard": True}
    scenario, _told = brought(tmp_path, "Harlowe", HARLOWE)
    assert [reply.when is None for reply in scenario.beats["opening"].replies] == [True, True, False, False]


def test_what_harlowe_runs_or_shows_around_passages_is_no_passage(tmp_path: Path) -> None:
    text = "Hello. $calls [[Bye.->Heard]]\n:: A [startup]\n(set: $calls to 4)\n:: B [header]\nCalls: $calls\n"
    scenario, told = brought(tmp_path, "Harlowe", text)
    assert scenario.beats["opening"].caller == ("Hello. 4",)
    assert not {"a", "b"} & (scenario.endings.keys() | scenario.beats.keys())
    assert "the special passage B" in told
    # In SugarCube a tag “header” is the writer's own.
    assert "the special passage B" not in brought(tmp_path, "SugarCube", text)[1]


def test_brackets_and_braces_are_words_where_the_format_does_not_use_them(tmp_path: Path) -> None:
    text = "She [sighs] and (note: quietly) says {this}.\n[[Bye.->Heard]] [[No.->Walls up]]\n"
    scenario, told = brought(tmp_path, "SugarCube", text, "utf-8-sig")
    assert scenario.beats["opening"].caller == ("She [sighs] and (note: quietly) says {this}.",)
    assert told == ""


@pytest.mark.parametrize("name", ["story.html", "story.twee"])
def test_a_story_published_as_a_page_is_refused_with_the_way_out(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text('<!DOCTYPE html>\n<tw-storydata name="X"><tw-passagedata>:: [[a]]\n</tw-passagedata>', "utf-8")
    with pytest.raises(BadFile) as bad:
        bring(path)
    assert "export it as Twee" in str(bad.value.problems[0].hint)


@pytest.mark.parametrize(
    "piece",
    ["<%", "<<script>>", "<script>", "@@a:", "{x", "[a]\n", "(a:", "|a>", "<a data-passage='", "(a:" * 300 + "\n"],
)
@pytest.mark.parametrize("dialect", ["SugarCube", "Harlowe", "Chapbook"])
def test_long_nonsense_is_read_in_one_pass(tmp_path: Path, dialect: str, piece: str) -> None:
    # No time is asserted: a reading that takes more than linear time runs into the suite's limit.
    assert brought(tmp_path, dialect, piece * (900_000 // len(piece)) + "\n[[Bye.->Heard]]\n")[0]


def test_quotes_in_the_words_of_a_link_are_words(tmp_path: Path) -> None:
    text = """\
!!The desk
"Yes?"\\
<<link "@@.me;\\"I'm late.\\"@@" "Heard">><</link>>
<<set _all = [
  { text: "No, wait", cost: 1 },
]>>
[[[Bracketed|Heard]]]
"""
    scenario, notes = brought(tmp_path, "SugarCube", text)
    begun = scenario.beats[scenario.start]
    assert [(reply.say, reply.goto) for reply in begun.replies] == [
        ('"I\'m late."', "heard"),
        ("Bracketed", "heard"),
    ]
    assert "".join(begun.caller).startswith('The desk\n"Yes?"')
    assert not set("!\\{_") & set("".join(begun.caller))
    assert "an assignment that callcalm cannot make" in notes


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("key: true\n--\nA door.\n\n[if key]\nIt opens.\n[continued]\n", "A door.\n\nIt opens."),
        ("(set: $key to true)A (text-style: 'bold')[door].", "A door."),
        ("!A door\n<<set $key to true>>It opens.", "A door\nIt opens."),
    ],
)
def test_a_story_that_does_not_say_its_format_is_read_by_what_it_writes(
    tmp_path: Path, text: str, heard: str
) -> None:
    path = tmp_path / "x.twee"
    path.write_text(f":: Start\n{text}\n\n[[On]]\n\n:: On\nThere.\n", encoding="utf-8")
    scenario = opened(bring(path).made.text)
    assert "\n\n".join(scenario.beats[scenario.start].caller) == heard
