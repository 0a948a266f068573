"""The handout: what stands in it, in every format, and that no text of anybody's works as markup or formula."""

from __future__ import annotations

import csv
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path

import pytest

from callcalm.cli.main import main
from callcalm.room.hosting import Hosted, tell
from callcalm.room.report_pages import written
from tests.room.rooms import hosted, whole_session
from tests.support import HOSTILE
from tests.world import desk

HOLES = '=HYPERLINK("http://x") <script>alert(1)</script> | [x](y) `z` ' + HOSTILE


def played(folder: Path) -> Hosted:
    made = hosted(folder)
    whole_session(made.room)
    made.save()
    return made


def page(folder: Path, kind: str) -> str:
    made = played(folder)
    text = written(tell(desk(folder), made.path), kind)
    made.end(keep=True)
    return text


def test_the_handout_says_what_was_decided_and_what_to_try(tmp_path: Path) -> None:
    text = page(tmp_path, "md")
    lines = text.splitlines()
    assert lines[0] == "# A test call"
    assert r"Votes; \* marks what was played" in lines
    assert "| A | Why did you wait until now to tell us? | 2 | 0 |" in lines
    assert (
        r"| B \* | Two charges for one scan, Ms. Alvarez. I will stay on this until it is settled. | 1 | 3 |"
        in lines
    )
    assert "The caller got what they needed: 2 say yes, 1 say no." in lines
    assert any(line.startswith(r"| Respect | \+4 | \+4 | −3 to +4 | −3: 1, +4: 2 |") for line in lines), text
    assert "would have earned" not in text
    assert "## What to try next" in lines
    assert "Before that: hearing them out (+2)." in lines
    assert "3 people took part." in text
    assert "ann" not in text.replace("cannot", "")


def test_a_costly_choice_has_its_better_answer_and_a_call_left_early_says_so(tmp_path: Path) -> None:
    made = hosted(tmp_path)
    made.room.start()
    while made.room.round.state.unheard:
        made.room.listen()
    made.room.ask()
    made.room.settle("A")
    made.room.play()
    made.save()
    text = written(tell(desk(tmp_path), made.path), "txt")
    made.end(keep=False)
    told = " ".join(text.split())
    assert "“Why did you wait until now to tell us?”" in told
    assert "What would have earned most: “Two charges for one scan, Ms. Alvarez. I will stay on this" in told
    assert "The session ended before the call did." in told
    assert max(map(len, text.splitlines())) <= 78


@pytest.mark.parametrize("kind", ["md", "html", "txt", "csv"])
def test_every_format_can_be_written_at_every_moment(tmp_path: Path, kind: str) -> None:
    made = hosted(tmp_path)
    steps = list(played(tmp_path / "other").room.entries)
    for entry in steps:
        made.room.obey(entry)
        made.save()
        assert written(tell(desk(tmp_path), made.path), kind)
    made.end(keep=False)


def test_text_from_outside_works_in_no_format(tmp_path: Path) -> None:
    made = hosted(tmp_path)
    made.room.start()
    made.room.listen()
    made.room.saying()
    made.room.add_said(HOLES)
    made.room.pick_said(1)
    made.room.play()
    made.save()
    told = tell(desk(tmp_path), made.path)
    texts = {kind: written(told, kind) for kind in ("md", "html", "txt", "csv")}
    for kind, text in texts.items():
        assert "\x1b" not in text, kind
        assert "\u202e" not in text, kind
    assert "<script>" not in texts["html"]
    assert "&lt;script&gt;" in texts["html"]
    assert r"\<script\>" in texts["md"]
    assert r"\[x\](y)" in texts["md"]
    rows = list(csv.DictReader(StringIO(texts["csv"])))
    (own,) = [row for row in rows if row["kind"] == "say"]
    assert own["text"].startswith("'=HYPERLINK")
    made.end(keep=False)


def test_the_page_stands_by_itself(tmp_path: Path) -> None:
    text = page(tmp_path, "html")
    open_tags: list[str] = []

    class Checker(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert tag not in {"script", "link", "img", "iframe"}
            assert not any(name in {"src", "href", "onclick"} for name, _value in attrs)
            if tag != "meta":
                open_tags.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert open_tags.pop() == tag

    Checker().feed(text)
    assert open_tags == []
    assert '<html lang="en">' in text
    assert "http:" not in text
    assert "https:" not in text


def test_the_numbers_add_up(tmp_path: Path) -> None:
    rows = list(csv.DictReader(StringIO(page(tmp_path, "csv"))))
    first = [row for row in rows if row["question"] == "1"]
    assert [(row["attempt"], row["letter"], row["votes"]) for row in first] == [
        ("1", "A", "2"),
        ("1", "B", "1"),
        ("1", "C", "0"),
        ("2", "A", "0"),
        ("2", "B", "3"),
        ("2", "C", "0"),
    ]
    assert [row["letter"] for row in first if row["played"] == "1"] == ["B"]
    respect = [row for row in rows if row["factor"] == "respect"]
    assert [(row["value"], row["count"], row["median"]) for row in respect] == [
        ("-3", "1", "4.0"),
        ("4", "2", "4.0"),
    ]


def test_the_command_writes_prints_and_refuses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = played(tmp_path)
    made.end(keep=True)
    saves = ["--saves", str(tmp_path)]
    assert main(["session", "last", *saves]) == 0
    assert capsys.readouterr().out.startswith("# A test call")
    out = tmp_path / "debrief.html"
    assert main(["session", made.path.stem, "-o", str(out), *saves]) == 0
    assert out.read_text("utf-8").startswith("<!doctype html>")
    assert main(["session", "last", "-o", str(out), *saves]) == 2
    assert main(["session", "last", "--format", "csv", *saves]) == 0
    assert "section,question" in capsys.readouterr().out
    assert main(["session", "nobody", *saves]) == 2
    told = capsys.readouterr().err
    assert "no session “nobody”" in told
    assert made.path.stem in told, "the newest is named"
    (tmp_path / "scenarios" / "test-call.toml").unlink()
    assert main(["session", "last", *saves]) == 1
    assert "not there any more" in capsys.readouterr().err


def test_a_damaged_file_gives_what_is_whole_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = played(tmp_path)
    made.end(keep=True)
    text = made.path.read_text("utf-8")
    made.path.write_text(text.replace("end = 6\n", "end = 7\n"), "utf-8")
    assert main(["session", "last", "--saves", str(tmp_path)]) == 0
    said = capsys.readouterr()
    assert "end = 6" in said.err
    assert said.out.startswith("# A test call")
    made.path.write_bytes(b"\xff\xfe\x00")
    assert main(["session", "last", "--saves", str(tmp_path)]) == 1
