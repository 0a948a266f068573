"""`callcalm lint` as a command: paths, formats, levels, exit codes."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from callcalm.cli.main import main
from callcalm.intake import Code
from callcalm.lint.examples import examples, merged
from tests.content.small import SMALL

CLEAN = merged("")
WARNED = examples()["CC705"].files()[0]
NOTED = examples()["CC602"].files()[0]
BROKEN = examples()["CC101"].files()[0]


@pytest.fixture(autouse=True)
def _away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CALLCALM_SAVES", str(tmp_path / "saves"))
    monkeypatch.delenv("CALLCALM_SCENARIOS", raising=False)
    monkeypatch.setenv("LANGUAGE", "en")


def wrote(name: str, text: str) -> str:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")
    return name


def piped(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [
        (CLEAN, [], 0),
        (WARNED, [], 1),
        (WARNED, ["--fail-on", "error"], 0),
        (WARNED, ["--ignore", "CC705"], 0),
        (WARNED, ["--ignore", "cc701, cc705"], 0),
        (NOTED, [], 0),
        (NOTED, ["--fail-on", "note"], 1),
        (BROKEN, ["--fail-on", "error"], 1),
    ],
)
def test_exit_codes(text: str, options: list[str], code: int) -> None:
    assert main(["lint", wrote("a.toml", text), *options]) == code


def test_a_finding_has_its_place_its_line_a_caret_and_a_hint(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint", wrote("a.toml", examples()["CC605"].files()[0])]) == 1
    out, err = capsys.readouterr()
    head, line, caret, hint = out.splitlines()
    assert head.startswith("a.toml:")
    assert ": warning CC605: “Alvares” is nearly “Alvarez”" in head
    assert line[caret.index("^") :][: caret.count("^")] == "Alvares"
    assert hint.startswith("  hint: ")
    assert err == "0 errors, 1 warning, 0 notes; 1 file checked.\n"


def test_every_problem_comes_in_one_run(capsys: pytest.CaptureFixture[str]) -> None:
    wrote("in/a.toml", WARNED)
    wrote("in/deep/b.toml", BROKEN)
    wrote("in/deep/c.toml", 'title = "half')
    wrote("in/pyproject.toml", "[tool.x]\n")
    assert main(["lint", "in", "--format", "unix"]) == 1
    out, _err = capsys.readouterr()
    assert [line.split(": ")[1] for line in out.splitlines()] == ["warning CC705", "error CC101", "error CC010"]


def test_a_file_that_is_gone_is_trouble_and_the_others_are_told_of(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint", "gone.toml", wrote("a.toml", WARNED), "--format", "unix"]) == 2
    out, err = capsys.readouterr()
    assert "CC705" in out
    assert err == "gone.toml: error CC001: there is no such file\n"
    assert main(["lint", "gone.toml"]) == 2
    assert capsys.readouterr().err.splitlines()[-1] == "1 error, 0 warnings, 0 notes; 0 files checked."


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint", wrote("a.toml", WARNED), "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    (file,) = found["files"]
    assert (file["file"], file["language"]) == ("a.toml", "en")
    (item,) = file["findings"]
    assert (item["rule"], item["level"]) == ("CC705", "warning")
    assert item["line"] > 1


def test_sarif_and_github(capsys: pytest.CaptureFixture[str]) -> None:
    main(["lint", wrote("a.toml", WARNED), "--format", "sarif"])
    run = json.loads(capsys.readouterr().out)["runs"][0]
    assert [result["ruleId"] for result in run["results"]] == ["CC705"]
    main(["lint", "a.toml", "--format", "github"])
    assert capsys.readouterr().out.startswith("::warning file=a.toml,line=")


def test_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    piped(monkeypatch, WARNED.encode())
    assert main(["lint", "-", "--format", "unix"]) == 1
    assert capsys.readouterr().out.startswith("<stdin>:")
    piped(monkeypatch, b"\xff")
    assert main(["lint", "-", "--stdin-filename", "x.toml", "--format", "unix"]) == 1
    assert capsys.readouterr().out.startswith("x.toml:1:1: error CC005")


def test_without_a_path_it_is_the_players_own_encounters(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrote("mine/a.toml", WARNED)
    monkeypatch.setenv("CALLCALM_SCENARIOS", str(tmp_path / "mine"))
    assert main(["lint", "--format", "unix"]) == 1
    assert [line.rpartition("/")[2].split(":")[0] for line in capsys.readouterr().out.splitlines()] == ["a.toml"]


def test_explain(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint", "--explain", "CC603"]) == 0
    assert capsys.readouterr().out.startswith("CC603 (warning)")


@pytest.mark.parametrize("options", [["--explain", "CC999"], ["--ignore", "CC999"], ["--format", "xml"]])
def test_what_there_is_not_is_a_usage_error(options: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["lint", *options])
    assert left.value.code == 2


def test_lint_imports_no_screen_and_nothing_else_heavy(tmp_path: Path) -> None:
    code = (
        "import sys; from callcalm.cli.main import main;"
        f"main(['lint', {wrote('a.toml', CLEAN)!r}]); print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)
    heavy = {"textual", "rich", "platformdirs", "rapidfuzz", "difflib", "json", "importlib.metadata", "asyncio"}
    assert heavy & set(done.stdout.split()) == set()


def test_fix_gives_ids_and_says_which(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "call.toml"
    path.write_text(SMALL, encoding="utf-8")
    (tmp_path / "phrases.toml").write_text("#:schema phrasebook.json\nformat = 1\n", encoding="utf-8")
    main(["lint", "--fix", str(tmp_path)])
    assert "ids given: opening/why-did" in capsys.readouterr().err
    assert 'id = "why-did"' in path.read_text(encoding="utf-8")
    main(["lint", "--fix", str(path)])
    assert "ids given" not in capsys.readouterr().err


def test_fix_leaves_a_broken_file_alone_and_tells_what_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "call.toml"
    broken = SMALL.replace('goto = "heard"', 'goto = "herd"')
    path.write_text(broken, encoding="utf-8")
    assert main(["lint", "--fix", str(path)]) == 1
    told = capsys.readouterr()
    assert "was left as it is: mend its errors first.\n" in told.err
    assert "CC101" not in told.err
    assert "CC101" in told.out
    assert path.read_text(encoding="utf-8") == broken
    assert main(["lint", "--fix", "--ignore", "CC101", str(path)]) == 1, "what was asked for was not done"


def test_fix_changes_files_only_and_says_plainly_that_one_is_gone(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["lint", "--fix", "-"])
    assert left.value.code == 2
    assert "--fix changes files" in capsys.readouterr().err
    assert main(["lint", "--fix", "gone.toml"]) == 2
    assert capsys.readouterr().err.startswith("gone.toml: error CC001: there is no such file\n"), "told once"
    locked = Path(wrote("locked.toml", SMALL))
    locked.chmod(0o444)
    assert main(["lint", "--fix", "locked.toml"]) == 2
    assert "locked.toml was left as it is: it is read-only.\n" in capsys.readouterr().err
    assert locked.read_text(encoding="utf-8") == SMALL


def test_without_a_path_and_files_of_ones_own_there_is_nothing_to_do_and_that_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("callcalm.content.library.shipped_folder", lambda: tmp_path / "ship ped")
    shipped = Path(wrote("ship ped/en/a.toml", SMALL))
    assert main(["lint", "--fix"]) == 0
    assert shipped.read_text(encoding="utf-8") == SMALL
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == (
        "No file is named, and you have no encounters of your own yet. Name one: callcalm lint my-call.toml; "
        "or a folder: callcalm lint . for this one, "
        f"callcalm lint '{tmp_path}/ship ped' for those that come with callcalm.\n"
    )
    assert main(["lint", "--format", "json"]) == 0
    told = capsys.readouterr()
    assert "no encounters of your own yet" in told.err
    assert json.loads(told.out)["files"] == []
    wrote("saves/scenarios/b.toml", CLEAN)
    assert main(["lint"]) == 0
    assert capsys.readouterr().err == "0 errors, 0 warnings, 0 notes; 1 file checked.\n"


def test_a_number_that_is_no_code_is_not_taken_for_another(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["lint", "--explain", "CC999"])
    told = capsys.readouterr().err
    assert "there is no code “CC999”. “callcalm lint --explain all” lists the codes." in told
    with pytest.raises(SystemExit):
        main(["lint", "--explain", "C705"])
    assert "Did you mean “CC705”?" in capsys.readouterr().err
    assert main(["lint", "--explain", "all"]) == 0
    listed = capsys.readouterr().out.split("\n")
    assert [line[:5] for line in listed if line] == list(Code)
