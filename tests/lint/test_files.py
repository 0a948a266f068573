"""Which files are looked at and as what, and files that are no good text at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from callcalm.coach.loading import SHIPPED as PHRASEBOOKS
from callcalm.content.drills import SHIPPED as DRILLS
from callcalm.content.kinds import Kind, kind_of
from callcalm.content.library import shipped_folder
from callcalm.content.playbooks import SHIPPED as PLAYBOOKS
from callcalm.content.registry import SHIPPED as MOVES
from callcalm.intake import Problem
from callcalm.lint import files
from callcalm.lint.examples import DATA, examples, merged
from callcalm.lint.files import gather
from callcalm.lint.linting import Linter
from callcalm.report import Report
from tests.coach.small import Told, book_of
from tests.lint.small import linter


def told(report: Report) -> list[tuple[str, str]]:
    return [
        (sheet.source.name.rpartition("/")[2], item.rule) for sheet in report.sheets for item in sheet.diagnostics
    ]


def test_shipped_files_are_told_by_what_is_in_them() -> None:
    kinds = {
        Kind.SCENARIO: sorted(shipped_folder().glob("*/*.toml")),
        Kind.PHRASEBOOK: sorted(PHRASEBOOKS.glob("*.toml")),
        Kind.PLAYBOOK: sorted(PLAYBOOKS.glob("*.toml")),
        Kind.MOVES: [MOVES],
        Kind.DRILL: sorted(DRILLS.rglob("*.toml")),
    }
    for kind, shipped in kinds.items():
        assert shipped
        for file in shipped:
            text = file.read_text("utf-8")
            assert kind_of(text) is kind, file
            bare = "\n".join(line for line in text.split("\n") if not line.startswith("#"))
            assert kind_of(bare) is kind, file


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("#:schema ../schemas/playbook.json\nformat = 1", Kind.PLAYBOOK),
        ('theme = "calm"', Kind.SETTINGS),
        ('language = "fr"', Kind.SETTINGS),
        ("temptation = false", Kind.SETTINGS),
        ('format = 1\nlanguage = "fr"', Kind.SCENARIO),
        ('title = "Third call"\nlanguage = "en"\nplaybook = "core"', Kind.SCENARIO),
        ("format = 1\near = false", Kind.PHRASEBOOK),
        ("format = 1\n[[by-ear]]", Kind.PHRASEBOOK),
        ("[tool.ruff]\nline-length = 1", Kind.OTHER),
        ("", Kind.OTHER),
    ],
)
def test_kinds(text: str, kind: Kind) -> None:
    assert kind_of(text) is kind


def test_a_folder_is_looked_at_with_all_below_it_and_each_file_once(tmp_path: Path) -> None:
    (tmp_path / "en" / "deep").mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    for name in ("b.toml", "en/a.toml", "en/deep/c.TOML", ".git/d.toml", "en/e.txt"):
        (tmp_path / name).write_text("")
    wanted = list(gather([tmp_path / "b.toml", tmp_path, tmp_path / "en"], []))
    assert [str(one.path.relative_to(tmp_path)) for one in wanted] == ["b.toml", "en/a.toml", "en/deep/c.TOML"]
    assert [one.named for one in wanted] == [True, False, False]


def test_two_ways_to_one_file_are_no_two_files(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "linked").symlink_to("a")
    (tmp_path / "a" / "x.toml").write_text(merged(""))
    ways = ["a", "a/../a/x.toml", "linked", "linked/x.toml"]
    report = linter().report([tmp_path / way for way in ways])
    assert [len(report.sheets), told(report)] == [1, []]


def test_a_link_in_a_folder_is_followed_to_a_file_and_not_to_a_folder(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "x.toml").write_text("")
    (tmp_path / "again.toml").symlink_to("real/x.toml")
    (tmp_path / "folder.toml").symlink_to("real")
    (tmp_path / "round").symlink_to(".")
    found = gather([tmp_path], [])
    assert [str(one.path.relative_to(tmp_path)) for one in found] == ["again.toml", "real/x.toml"]


def test_of_too_many_files_it_is_told_that_not_all_were_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MOST_FILES", 3)
    for number in range(3):
        (tmp_path / f"{number}.toml").write_text("")
    assert linter().report([tmp_path]).trouble == ()
    (tmp_path / "3.toml").write_text("")
    trouble: list[Problem] = []
    assert len(list(gather([tmp_path], trouble))) == 3
    (only,) = linter().report([tmp_path]).trouble
    assert (only.rule, only.file) == ("CC004", str(tmp_path))
    assert only.message == trouble[0].message
    assert "more than 3 TOML files" in only.message


@pytest.mark.parametrize("error", [PermissionError(13, "x"), OSError(5, "x")])
def test_a_folder_that_cannot_be_looked_into_is_told_and_the_others_are_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    for name in ("closed", "open"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.toml").write_text(merged(""))
    scandir = os.scandir

    def refuse(folder: str | Path) -> object:
        if Path(folder).name == "closed":
            raise error
        return scandir(folder)

    monkeypatch.setattr("callcalm.lint.files.os.scandir", refuse)
    report = linter().report([tmp_path])
    (only,) = report.trouble
    assert (only.rule, only.file) == ("CC002", str(tmp_path / "closed"))
    assert only.message.startswith("the folder cannot be read: ")
    assert [sheet.source.name for sheet in report.sheets] == [str(tmp_path / "open" / "open.toml")]


def test_a_name_that_the_system_refuses_is_told(tmp_path: Path) -> None:
    (only,) = linter().report([tmp_path / ("a" * 300 + ".toml")]).trouble
    assert only.rule == "CC002"


def test_what_stands_in_a_folder_that_may_only_be_listed_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "listed"
    folder.mkdir()
    (folder / "x.toml").write_text("")
    folder.chmod(0o400)
    try:
        if os.access(folder / "x.toml", os.R_OK):
            pytest.skip("nothing is forbidden to whoever runs this")
        assert [item.rule for item in linter().report([folder]).trouble] == ["CC002"]
        assert [item.rule for item in linter().report([folder / "x.toml"]).trouble] == ["CC002"]
    finally:
        folder.chmod(0o700)


def test_other_toml_files_of_a_folder_are_left_alone_but_not_a_named_one(tmp_path: Path) -> None:
    other = tmp_path / "pyproject.toml"
    other.write_text("[tool.ruff]\nline-length = 1")
    assert linter().report([tmp_path]).sheets == ()
    assert ("pyproject.toml", "CC022") in told(linter().report([other]))


def test_two_files_of_one_name(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "twice.toml").write_text(merged(""))
    report = linter().report([tmp_path])
    assert told(report) == [("twice.toml", "CC117")]
    assert "a/twice.toml" in report.sheets[1].diagnostics[0].message
    assert told(Linter(frozenset({"CC117"})).report([tmp_path])) == []


def test_a_file_of_ones_own_with_the_name_of_a_shipped_one(tmp_path: Path) -> None:
    """In the folder that is listed before the shipped ones it takes their place; elsewhere nothing is hidden."""
    path = tmp_path / "lost-referral.toml"
    path.write_text(merged(""))
    report = Linter(own=lambda: [tmp_path]).report([tmp_path])
    assert told(report) == [("lost-referral.toml", "CC117")]
    assert "comes with callcalm" in report.sheets[0].diagnostics[0].message
    assert told(linter().report([tmp_path])) == []
    path.write_text("# lint: allow CC117, ours is better\n" + merged(""))
    report = Linter(own=lambda: [tmp_path]).report([tmp_path])
    assert (told(report), report.suppressed) == ([], 1)
    shipped = shipped_folder()
    report = Linter(own=lambda: [shipped]).report([shipped / "en" / "lost-referral.toml"])
    assert "CC117" not in [code for _name, code in told(report)]


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b"\xff\xfet\x00", "CC005", None),
        (b'title = "\xe9"', "CC005", 1),
        (b"a = 1\n\x00", "CC006", 2),
        (b"#" * 5_000_000, "CC004", None),
        (b'[caller]\nname = "Maria', "CC010", 2),
        (b"[caller]\nfacts = [" + b"1," * 210_000 + b"]", "CC014", 2),
        (b"[beats.", "CC010", 1),
    ],
)
def test_what_is_no_text_or_no_toml_is_a_finding(tmp_path: Path, data: bytes, code: str, line: int | None) -> None:
    file = tmp_path / "x.toml"
    file.write_bytes(data)
    report = linter().report([file])
    assert told(report) == [("x.toml", code)]
    place = report.sheets[0].diagnostics[0].place
    assert (place.line if place else None) == line
    assert told(linter().report_bytes(data, "x.toml")) == [("x.toml", code)]


def test_a_byte_order_mark_and_windows_line_ends_keep_their_places() -> None:
    text = examples()["CC705"].files()[0]
    plain = linter().report_bytes(text.encode(), "x.toml")
    windows = linter().report_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(), "x.toml")
    assert told(windows) == [("x.toml", "CC007"), *told(plain)]
    assert windows.sheets[0].diagnostics[1].place == plain.sheets[0].diagnostics[0].place


def test_every_cut_of_a_file_is_answered_with_findings_that_have_a_place() -> None:
    text = (DATA / "base.toml").read_text("utf-8")
    for end in range(0, len(text), 211):
        report = linter().report_bytes(text[:end].encode(), "half.toml")
        assert report.trouble == ()
        for item in report.sheets[0].diagnostics:
            assert item.place is not None, text[:end][-40:]


def test_what_cannot_be_read_is_trouble(tmp_path: Path) -> None:
    (tmp_path / "a.toml").symlink_to(tmp_path / "gone")
    report = linter().report([tmp_path, tmp_path / "none.toml"])
    assert report.sheets == ()
    assert [item.rule for item in report.trouble] == ["CC001", "CC001"]


def test_a_finding_is_let_pass_by_a_comment_but_no_error_is() -> None:
    text = examples()["CC705"].files()[0]
    line = '  { say = "Let me look.'
    assert line in text
    for mark in ("  # lint: allow CC705, house style\n  # for now\n", "  # lint: allow CC701 CC705\n"):
        report = linter().report_bytes(text.replace(line, mark + line).encode(), "x.toml")
        assert told(report) == []
        assert report.suppressed == 1
    stuck = examples()["CC802"].files()[0].replace("ends = ", "# lint: allow CC802\nends = ", 1)
    assert told(linter().report_bytes(stuck.encode(), "x.toml")) == [("x.toml", "CC802")]


def test_ignored_codes_are_left_out() -> None:
    text = examples()["CC705"].files()[0].encode()
    report = Linter(frozenset({"CC705"})).report_bytes(text, "x.toml")
    assert told(report) == []
    assert report.suppressed == 1


def test_a_playbook_may_extend_one_beside_it(tmp_path: Path) -> None:
    good = examples()["CC203"].good
    (tmp_path / "ours.TOML").write_text(good.replace('"example"', '"ours"'))
    (tmp_path / "example.toml").write_text(good.replace('extends = "core"', 'extends = "ours"'))
    assert told(linter().report([tmp_path])) == []


def test_a_phrasebook_whose_lists_are_too_long_for_the_shipped_patterns_is_told_of() -> None:
    names = ("time", "did", "feeling", "doing", "take-on", "trouble", "telling", "sent")
    lines = ", ".join(f'"word{number} and another{number}"' for number in range(300))
    lists = "\n".join(f"{name} = [{lines}]" for name in names)
    text = examples()["CC301"].good + f"\n[lists]\n{lists}\n"
    report = linter().report_bytes(text.encode(), "own.toml")
    assert ("own.toml", "CC025") in told(report)
    assert report.sheets[0].diagnostics[0].place is not None


HEARD = """
format = 1
language = "en"

[[by-ear]]
move = "command"
why = "Our house does not order guests about."
instead = ["May I ask you to come over?"]
source = "S3-7"
hits = ["To the desk, now.", "Thank you for your letter."]
misses = ["It is there.", "He said that you should go “to the desk”.", "To the desk, please."]
"""


@pytest.fixture
def _desks(monkeypatch: pytest.MonkeyPatch) -> None:
    """All that the ear knows is that desks cost."""
    book = book_of(ear=Told(bad=["desk"]))
    monkeypatch.setattr("callcalm.coach.load_phrasebook", lambda code: book)


@pytest.mark.usefixtures("_desks")
def test_examples_of_what_is_heard_are_read_with_the_ear() -> None:
    report = linter().report_bytes(HEARD.encode(), "own.toml")
    first, last = report.sheets[0].diagnostics
    assert (first.rule, last.rule) == ("CC301", "CC302")
    assert "`by-ear-command` does not stand in this sentence" in first.message
    assert "`by-ear-command` stands in this sentence, at “To the desk, please”" in last.message
    assert first.place is not None
    assert first.place.line == 10
    assert "pattern" not in f"{first.hint} {last.hint}"


@pytest.mark.usefixtures("_desks")
def test_examples_of_what_is_heard_are_let_be_where_nothing_is() -> None:
    text = HEARD.replace("format = 1", "format = 1\near = false")
    assert told(linter().report_bytes(text.encode(), "own.toml")) == []


@pytest.mark.parametrize("book", ["en.toml", "fr.toml"])
def test_a_shipped_phrasebook_added_to_itself_is_itself(book: str) -> None:
    text = (PHRASEBOOKS / book).read_text("utf-8")
    report = linter().report_bytes(text.encode(), book)
    assert [item for item in report.sheets[0].diagnostics if item.rule < "CC3"] == []


def test_shipped_playbooks_and_phrasebooks_are_clean() -> None:
    assert told(linter().report([PLAYBOOKS, MOVES, DRILLS])) == []
