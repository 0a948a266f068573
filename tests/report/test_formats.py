"""Each format of a report: what it must hold, what it must not, and hostile words in all of them."""

from __future__ import annotations

import json
from typing import Any

from callcalm.core.text import safe
from callcalm.intake import Code, Place, Problem, Severity, Source
from callcalm.report import Diagnostic, Level, Report, Sheet, about
from callcalm.report.github import MOST, to_github
from callcalm.report.machine import json_pieces, to_json
from callcalm.report.sarif import MOST_RESULTS, to_sarif, uri
from callcalm.report.text import full, underlined, unix

SOURCE = Source("letters/à Zoé.txt", "Hello,\nwhy did you\nwait? 100%, really\n")
FOUND = Diagnostic(
    "why-did-you",
    Level.ERROR,
    "It asks for a defence: 100%.",
    SOURCE.name,
    Place(2, 1, 2, 12),
    matched="why did you",
    instead=("Help me understand.", "Tell me more."),
    more={"move": "blame.why-you"},
)
HELPS = FOUND._replace(rule="thank", level=Level.NONE, instead=(), place=Place(2, 5, 3, 6))
GONE = about(Problem(Code.NO_FILE, "there is no such file", file="gone.txt", hint="Look again."))
REPORT = Report((Sheet(SOURCE, (FOUND, HELPS), "en", ("A remark.",), {"respect": -3}),), (GONE,), (), 2)


def test_text_underlines_the_words_and_says_what_to_say() -> None:
    assert full(FOUND, SOURCE).split("\n") == [
        "letters/à Zoé.txt:2:1: error why-did-you: It asks for a defence: 100%.",
        "    why did you",
        "    ^^^^^^^^^^^",
        "  say instead: Help me understand.",
        "  say instead: Tell me more.",
    ]
    assert full(HELPS, SOURCE).split("\n")[1:] == ["    why did you", "        ^^^^^^^"]
    assert unix(GONE) == "gone.txt: error CC001: there is no such file"
    assert full(GONE, None).endswith("\n  hint: Look again.")


def test_at_a_terminal_what_is_said_is_broken_between_words() -> None:
    told = full(FOUND, SOURCE, fold=40)
    assert told.split("\n") == [
        "letters/à Zoé.txt:2:1: error",
        "  why-did-you: It asks for a defence:",
        "  100%.",
        "    why did you",
        "    ^^^^^^^^^^^",
        "  say instead: Help me understand.",
        "  say instead: Tell me more.",
    ]
    assert full(GONE, None, fold=60) == full(GONE, None)


def test_text_of_an_endless_line_is_short() -> None:
    source = Source("x", "a" * 1_000_000 + " why did you " + "b" * 1_000_000)
    shown = list(underlined(Place(1, 1_000_002, 1, 1_000_013), source))
    assert max(map(len, shown)) <= 110
    marked = shown[0][shown[1].index("^") : shown[1].rindex("^") + 1]
    assert marked == "why did you"


def test_json_comes_in_pieces_and_makes_no_list_of_all_findings() -> None:
    many = Report((Sheet(SOURCE, (FOUND,) * 3),))
    pieces = json_pieces(many)
    assert len(next(pieces)) < len(to_json(many)) // 10
    document = json.loads(to_json(many))
    assert document["files"][0]["findings"] == [json.loads(to_json(many))["files"][0]["findings"][0]] * 3


def test_json_is_versioned_and_says_all() -> None:
    document = json.loads(to_json(REPORT))
    assert document["format"] == 1
    assert set(document) == {"format", "files", "problems", "notices", "suppressed"}
    (file,) = document["files"]
    assert file["estimate"] == {"respect": -3}
    assert file["findings"][0] == {
        "file": SOURCE.name,
        "rule": "why-did-you",
        "level": "error",
        "message": FOUND.message,
        "line": 2,
        "column": 1,
        "end_line": 2,
        "end_column": 12,
        "matched": "why did you",
        "instead": list(FOUND.instead),
        "move": "blame.why-you",
    }
    assert document["problems"][0]["rule"] == "CC001"
    assert "line" not in document["problems"][0]


def required(log: dict[str, Any]) -> None:
    """What the SARIF 2.1.0 schema requires of the parts that we write, and the values it allows."""
    assert log["version"] == "2.1.0"
    assert log["$schema"].startswith("https://")
    assert set(log) <= {"$schema", "version", "runs", "inlineExternalProperties", "properties"}
    for run in log["runs"]:
        driver = run["tool"]["driver"]
        assert driver["name"]
        ids = [rule["id"] for rule in driver["rules"]]
        assert len(ids) == len(set(ids))
        assert run["columnKind"] in {"utf16CodeUnits", "unicodeCodePoints"}
        for invocation in run["invocations"]:
            assert isinstance(invocation["executionSuccessful"], bool)
            for note in invocation["toolExecutionNotifications"]:
                assert note["message"]["text"]
                assert note["level"] in {"none", "note", "warning", "error"}
        for rule in driver["rules"]:
            assert rule["shortDescription"]["text"]
        for result in run["results"]:
            assert result["message"]["text"]
            assert ids[result["ruleIndex"]] == result["ruleId"]
            assert result["level"] in {"none", "note", "warning", "error"}
            # The schema: a kind other than "fail" goes with the level "none", and only with it.
            assert (result.get("kind", "fail") != "fail") == (result["level"] == "none")
            for location in result["locations"]:
                physical = location["physicalLocation"]
                assert " " not in physical["artifactLocation"]["uri"]
                region = physical.get("region", {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1})
                assert (region["startLine"], region["startColumn"]) <= (region["endLine"], region["endColumn"])
                assert min(region["startLine"], region["startColumn"]) >= 1


def test_sarif_holds_what_its_schema_requires() -> None:
    log = json.loads(to_sarif(REPORT))
    required(log)
    run = log["runs"][0]
    assert run["invocations"][0]["executionSuccessful"] is False
    assert run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == (
        "letters/%C3%A0%20Zo%C3%A9.txt"
    )
    required(json.loads(to_sarif(Report(()))))
    assert uri("/a b.txt").startswith("file:///")


def test_sarif_and_github_say_all_that_the_text_says() -> None:
    hinted = Diagnostic(
        "CC101", Level.ERROR, "there is no beat `bel`", "x.toml", Place(1, 1, 1, 4), hint="Say `bell`."
    )
    report = Report((Sheet(SOURCE, (hinted,)),), (GONE,))
    run = json.loads(to_sarif(report))["runs"][0]
    assert run["results"][0]["message"]["text"] == "there is no beat `bel`. Say `bell`."
    notes = run["invocations"][0]["toolExecutionNotifications"]
    assert notes[0]["message"]["text"] == "there is no such file. Look again."
    assert "Say `bell`." in list(to_github(report))[1]


def test_sarif_is_capped_and_says_so() -> None:
    log = json.loads(to_sarif(Report((Sheet(SOURCE, (FOUND,) * (MOST_RESULTS + 5)),))))
    required(log)
    run = log["runs"][0]
    assert len(run["results"]) == MOST_RESULTS
    assert "5 more" in run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]


def test_github_escapes_and_caps() -> None:
    odd = FOUND._replace(file="a,b:c%.txt", message="one\ntwo 100%")
    (line,) = to_github(Report((Sheet(SOURCE, (odd,)),)))
    assert line.startswith("::error file=a%2Cb%3Ac%25.txt,line=2,col=1,endLine=2,endColumn=12,title=")
    assert "one%0Atwo 100%25" in line
    lines = list(to_github(Report((Sheet(SOURCE, (FOUND,) * 25 + (HELPS,)),), (GONE,))))
    assert sum(line.startswith("::error ") for line in lines) == MOST
    assert sum(line.startswith("::notice ") for line in lines) == 1
    assert lines[-1].startswith("16 more")


def test_github_says_the_words_once() -> None:
    named = FOUND._replace(message="“why did you” costs here")
    (line,) = to_github(Report((Sheet(SOURCE, (named,)),)))
    assert line.count("why did you") == 1


def test_github_tells_each_sentence_on_a_line_of_its_own() -> None:
    dangling = Diagnostic(
        "CC101", Level.ERROR, "there is no beat `bel`", "f", Place(1, 1, 1, 2), hint="Did you mean `bell`?"
    )
    (line,) = to_github(Report((Sheet(SOURCE, (dangling,)),)))
    assert line.endswith("::there is no beat `bel`%0ADid you mean `bell`?")


def test_hostile_words_are_harmless_in_every_format() -> None:
    raw = "[/] \x1b[2J \u202e \x9b31m ::error::x"
    source = Source("x\x1b.txt", raw)
    item = Diagnostic("r", Level.NOTE, "m", source.name, source.place(0, len(raw)), safe(raw, multiline=False))
    report = Report((Sheet(source, (item,)),))
    written = [full(item, source), unix(item), to_json(report), to_sarif(report), *to_github(report)]
    for text in written:
        assert not {"\x1b", "\u202e", "\x9b"} & set(text)
    assert sum(line.startswith("::") for line in to_github(report)) == 1


def test_problems_of_files_are_diagnostics_too() -> None:
    warning = Problem(Code.BYTE_ORDER_MARK, "m", Place(1, 1, 1, 2), file="f", severity=Severity.WARNING)
    assert about(warning) == Diagnostic("CC007", Level.WARNING, "m", "f", Place(1, 1, 1, 2))
