"""`callcalm import` and `callcalm export` as their users type them."""

from __future__ import annotations

from pathlib import Path

from tests.cli.test_new import callcalm
from tests.workshop.test_twee import TWINE
from tests.workshop.written import data, opened


def test_there_and_back(tmp_path: Path) -> None:
    out = callcalm(tmp_path, "export", "lost-referral", "--format", "twee")
    assert out.returncode == 0
    assert "Written: lost-referral.twee" in out.stdout
    assert "Otherwise in Twine: " in out.stderr
    back = callcalm(tmp_path, "import", "lost-referral.twee", "-o", "back.toml")
    assert (back.returncode, back.stderr) == (0, "")
    shipped = Path(__file__).parents[2] / "scenarios" / "en" / "lost-referral.toml"
    before, after = data(shipped.read_text("utf-8")), data((tmp_path / "back.toml").read_text("utf-8"))
    assert (after["beats"], after["endings"]) == (before["beats"], before["endings"])
    assert callcalm(tmp_path, "export", "./back.toml", "-o", "-").stdout.startswith(":: StoryTitle\n")


def test_standard_output_is_named_by_a_dash(tmp_path: Path) -> None:
    (tmp_path / "late.twee").write_text(TWINE, encoding="utf-8")
    done = callcalm(tmp_path, "import", "late.twee", "-o", "-")
    assert done.returncode == 0
    assert opened(done.stdout).beats
    made = callcalm(tmp_path, "new", "--template", "phone", "-o", "-")
    assert made.returncode == 0
    assert opened(made.stdout).beats
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["late.twee"]


def test_what_did_not_carry_over_is_told(tmp_path: Path) -> None:
    (tmp_path / "late.txt").write_text(TWINE, encoding="utf-8")
    done = callcalm(tmp_path, "import", "late.txt", "--lang", "fr")
    assert done.returncode == 0
    assert "Not as it was: a passage of code (script)" in done.stderr
    text = (tmp_path / "late-again.toml").read_text("utf-8")
    assert "# - a passage of code (script)" in text
    assert opened(text).language == "fr"


def test_a_file_of_twines_own_kind_is_told_the_way(tmp_path: Path) -> None:
    (tmp_path / "story.html").write_text('<tw-storydata name="x"></tw-storydata>', encoding="utf-8")
    done = callcalm(tmp_path, "import", "story.html")
    assert done.returncode == 1
    assert "export it as Twee" in done.stderr


def test_bad_files_and_names(tmp_path: Path) -> None:
    (tmp_path / "binary.twee").write_bytes(b"\x00\xff" * 50)
    (tmp_path / "large.ink").write_bytes(b"x\n" * 5_000_000)
    (tmp_path / "plain.txt").write_text("nothing here", encoding="utf-8")
    for name in ("binary.twee", "large.ink", "plain.txt", "gone.twee", ".", "../../etc/passwd"):
        done = callcalm(tmp_path, "import", name)
        # What names no file is a slip of the command line; what is in a file is a finding.
        assert done.returncode == (1 if (tmp_path / name).is_file() else 2), name
        assert "Traceback" not in done.stderr
        assert done.stderr
    assert not list(tmp_path.glob("*.toml"))
    (tmp_path / "broken.toml").write_text("format = ", encoding="utf-8")
    assert callcalm(tmp_path, "export", "broken.toml").returncode == 1
    unknown = callcalm(tmp_path, "export", "lost-referal")
    assert unknown.returncode == 2
    assert "lost-referral" in unknown.stderr


def test_nothing_is_replaced_unasked(tmp_path: Path) -> None:
    (tmp_path / "lost-referral.twee").write_text("mine", encoding="utf-8")
    assert callcalm(tmp_path, "export", "lost-referral").returncode == 2
    assert (tmp_path / "lost-referral.twee").read_text("utf-8") == "mine"
    assert callcalm(tmp_path, "export", "lost-referral", "--force").returncode == 0
    assert callcalm(tmp_path, "export", "lost-referral", "-o", "no/such/folder.twee").returncode == 3
