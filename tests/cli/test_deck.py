"""`callcalm deck` as it is typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_new import callcalm
from tests.practice.test_finding_rounds import finished
from tests.world import desk


def test_the_book_in_either_language_and_ones_own(tmp_path: Path) -> None:
    done = callcalm(tmp_path, "deck", "--lang", "fr")
    assert done.returncode == 0
    assert done.stdout.startswith("#separator:tab\n#html:false\n")
    assert "callcalm-fr-" in done.stdout
    assert callcalm(tmp_path, "deck", "-o", "cards.txt").returncode == 0
    assert "callcalm-en-" in (tmp_path / "cards.txt").read_text("utf-8")
    assert callcalm(tmp_path, "deck", "-o", "cards.txt").returncode == 2
    at = desk(tmp_path)
    finished(at)
    at.close()
    own = callcalm(tmp_path, "deck", "--own", "--saves", str(tmp_path))
    assert (own.returncode, "callcalm-en-" in own.stdout) == (0, False)


@pytest.mark.parametrize("count", ["0", "-1", "x", "99999999999", "٣"])
def test_a_count_that_is_none_is_told(tmp_path: Path, count: str) -> None:
    done = callcalm(tmp_path, "deck", f"--rounds={count}")
    assert (done.returncode, "whole number from 1" in done.stderr) == (2, True)


def test_a_phrasebook_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text("format = ", encoding="utf-8")
    done = callcalm(tmp_path, "deck", "--phrases", "bad.toml")
    assert (done.returncode, done.stdout) == (2, "")
