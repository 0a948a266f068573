"""The library: headers fast and never failing, ids that are looked up and never made paths."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from callcalm.content import headers as headers_module
from callcalm.content.headers import read_header
from callcalm.content.library import Library, UnknownScenario, is_path, shipped_folder
from callcalm.core.model import Channel
from callcalm.intake import BadFile
from tests.content.small import SMALL, changed, nothing, playbooks, rulebook


def put(path: Path, text: str | bytes = SMALL) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    return path


def test_a_header(tmp_path: Path) -> None:
    header = read_header(put(tmp_path / "third.toml"))
    assert (header.id, header.title, header.language, header.channel) == (
        "third",
        "Third time",
        "en",
        Channel.PHONE,
    )
    assert (header.setting, header.level, header.minutes, header.caller) == (
        "clinic billing",
        2,
        6,
        "Maria Alvarez",
    )
    assert header.problem is None


def test_only_the_top_of_a_sound_file_is_parsed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closer(*_: object) -> None:
        pytest.fail("the whole file was parsed")

    monkeypatch.setattr(headers_module, "_whole", closer)
    body = SMALL.index("[start]")
    assert read_header(put(tmp_path / "x.toml", SMALL[:body] + "[start]\n = broken below")).problem is None


@pytest.mark.parametrize(
    "text",
    [
        changed(("It rings.", "It rings.\n[sighs]\n[again]")),
        changed(("[caller]", "[aside]"), ("[start]", "[caller]"), ("[aside]", "[start]")).replace("\r", ""),
        "\ufeff" + SMALL,
        SMALL.replace("\n", "\r\n"),
        changed(("  You are", "x" * 1_500 + "\n[" + "\n" * 400)),
    ],
    ids=["a bracket in the brief", "tables in another order", "marked", "CRLF", "a long top"],
)
def test_unusual_tops_are_read_as_well(tmp_path: Path, text: str) -> None:
    if "[start]\nname" in text:
        text = text.replace('[start]\nname = "Maria', '[caller]\nname = "Maria').replace(
            '[caller]\nbeat = "opening"', '[start]\nbeat = "opening"'
        )
    header = read_header(put(tmp_path / "x.toml", text))
    assert header.problem is None
    assert header.caller == "Maria Alvarez"


BROKEN: dict[str, tuple[str | bytes, str]] = {
    "empty": ("", "needs the key"),
    "no TOML": ("title = “x”", "line 1, column 9: curly quotes"),
    "not UTF-8": (SMALL.encode("utf-16"), "UTF-16"),
    "Windows-1252": (b'title = "\xe9"', "line 1, column 10: the file is not UTF-8"),
    "binary": (b"\x00" * 5_000, "UTF-16"),
    "too large": ("#" * (4 * 1024 * 1024 + 1), "larger than 4 MiB"),
    "a wrong level": (changed(("level = 2", "level = 7")), "line 7, column 9: `level` is 7"),
    "a level that is no number": (changed(("level = 2", "level = true")), "should not be true"),
    "no title": (changed(('title = "Third time"\n', "")), "needs the key `title`"),
    "an empty title": (changed(('"Third time"', '" "')), "`title` is empty"),
    "a long title": (changed(('"Third time"', f'"{"x" * 61}"')), "61 characters"),
    "a language nobody speaks here": (changed(('"en"', '"de"')), "cannot be “de”"),
    "a channel that is a list": (changed(('"phone"', '["phone"]')), "should not be a list"),
    "a language that is a table": (changed(('"en"', "{}")), "should not be a table"),
    "a newer format": (changed(("format = 1", "format = 2")), "format 2"),
    "deep": ("x = " + "[" * 100_000, "nested"),
    "a key of many parts": (".".join(["a"] * 100_000) + " = 1", "parts"),
    "keys of many parts at the top": ("\n".join(".".join(["a"] * 900) + f"{n} = 1" for n in range(500)), "parts"),
    "a long number": ("level = " + "1" * 8_000, "digits"),
    "a caller that is no table": (changed(("[caller]", "caller = 1\n[caller]")), "written twice"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_a_header_with_its_problem(tmp_path: Path, name: str) -> None:
    text, words = BROKEN[name]
    header = read_header(put(tmp_path / "x.toml", text))
    assert header.problem is not None
    assert words in header.problem
    assert header.problem.isprintable()
    assert header.title == ""


def test_a_folder_or_nothing_called_like_a_scenario(tmp_path: Path) -> None:
    (tmp_path / "x.toml").mkdir()
    assert "folder" in (read_header(tmp_path / "x.toml").problem or "")
    assert "no such file" in (read_header(tmp_path / "y.toml").problem or "")


def test_header_texts_are_safe(tmp_path: Path) -> None:
    header = read_header(put(tmp_path / "x.toml", changed(('"Third time"', '"a\\u001b[2J\\u202eb\\nc"'))))
    assert header.title == "a\ufffd[2J\ufffdb c"


def test_headers_come_by_level_and_broken_ones_last(tmp_path: Path) -> None:
    put(tmp_path / "en" / "b.toml")
    put(tmp_path / "fr" / "a.toml")
    put(tmp_path / "easy.toml", changed(("level = 2", "level = 1")))
    put(tmp_path / "bad.toml", "x")
    put(tmp_path / "note.txt", "no scenario")
    put(tmp_path / ".hidden.toml")
    put(tmp_path / "en" / "deeper" / "c.toml")
    library = Library([tmp_path, tmp_path / "missing"])
    assert [header.id for header in library.headers()] == ["easy", "a", "b", "bad"]


def test_of_two_with_one_id_the_earlier_folder_counts_and_the_other_says_so(tmp_path: Path) -> None:
    mine, theirs = put(tmp_path / "mine" / "x.toml"), put(tmp_path / "theirs" / "x.toml")
    library = Library([tmp_path / "mine", tmp_path / "theirs"])
    assert library.find("x") == mine
    first, second = library.headers()
    assert (first.path, first.problem) == (mine, None)
    assert second.path == theirs
    assert second.trouble == f"x: replaced by {mine}, which has the same name"
    assert first.trouble == ""


def test_files_in_one_folder_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("callcalm.content.library.MOST_FILES", 3)
    for number in range(9):
        put(tmp_path / f"x{number}.toml")
    assert len(Library([tmp_path]).headers()) == 3


def test_an_id_is_found_or_guessed(tmp_path: Path) -> None:
    put(tmp_path / "lost-referral.toml")
    library = Library([tmp_path])
    assert library.find("lost-referral") == tmp_path / "lost-referral.toml"
    with pytest.raises(UnknownScenario) as caught:
        library.find("lost-refferal")
    assert caught.value.near == "lost-referral"
    assert "Did you mean “lost-referral”?" in str(caught.value)
    with pytest.raises(UnknownScenario) as caught:
        library.find("\x1b[2J" + "z" * 500)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 120


@pytest.mark.parametrize("ending", ["TOML", "Toml"])
def test_an_ending_in_capitals_is_the_same_ending(tmp_path: Path, ending: str) -> None:
    put(tmp_path / f"mine.{ending}")
    put(tmp_path / "fr" / f"deep.{ending}")
    library = Library([tmp_path])
    assert set(library.ids) == {"mine", "deep"}
    assert is_path(f"mine.{ending}")


@pytest.mark.parametrize(
    "name", ["..", "../outside", "in/../../outside", "/etc/passwd", "outside", "", ".", "x\0y"]
)
def test_an_id_never_leaves_the_folders(tmp_path: Path, name: str) -> None:
    put(tmp_path / "outside.toml")
    put(tmp_path / "in" / "x.toml")
    with pytest.raises(UnknownScenario):
        Library([tmp_path / "in"]).find(name)


def test_loading_by_id_and_by_path(tmp_path: Path) -> None:
    path = put(tmp_path / "in" / "x.toml")
    elsewhere = put(tmp_path / "y.toml")
    library = Library([tmp_path / "in"])
    rules = rulebook(), playbooks(), nothing
    assert library.load("x", *rules).id == "x"
    assert library.load(str(path), *rules).id == "x"
    assert library.load(str(elsewhere), *rules).id == "y"
    with pytest.raises(BadFile, match="there is no such file"):
        library.load("./z.toml", *rules)
    with pytest.raises(UnknownScenario):
        library.load("y", *rules)


def test_the_standard_folders(tmp_path: Path) -> None:
    named, own = tmp_path / "named", tmp_path / "own"
    library = Library.standard(own, {"CALLCALM_SCENARIOS": str(named)})
    assert library.folders == (named, own, shipped_folder())
    assert Library.standard(None, {}).folders == (shipped_folder(),)
    assert {"lost-referral", "refill-blame", "rdv-annule", "no-offer"} <= {
        header.id for header in Library.standard(None, {}).headers()
    }


def test_listing_needs_no_coach_and_no_shapes_of_beats() -> None:
    code = (
        "import sys; from callcalm.content.library import Library;"
        "headers = Library.standard(None, {}).headers();"
        "assert headers and not any(one.problem for one in headers);"
        "print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not [name for name in done.stdout.split() if name.startswith("callcalm.coach")]


def test_a_file_where_one_is_is_not_taken_for_an_encounter_but_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "lab.toml").write_text("", encoding="utf-8")
    with pytest.raises(UnknownScenario, match=r"If you mean the file here, write \./lab\.toml\.$"):
        Library([]).find("lab")
    for name in ("nul\0l", "x" * 5_000, "none"):
        with pytest.raises(UnknownScenario, match=r"^There is no encounter “[^”]+”\.$"):
            Library([]).find(name)
