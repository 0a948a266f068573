"""The wheel: built, installed into an empty environment, started, its scenarios found."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin folder of a fresh environment that holds the wheel and what it asks for."""
    tmp = tmp_path_factory.mktemp("wheel")
    source = tmp / "source"
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    for name in listed:
        if (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, source / name)
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp / "dist", source],
        check=True,
        capture_output=True,
    )
    (wheel,) = (tmp / "dist").glob("*.whl")
    venv.create(tmp / "env", with_pip=True)
    folder = tmp / "env" / ("Scripts" if os.name == "nt" else "bin")
    pip = [folder / "python", "-m", "pip", "--disable-pip-version-check", "-q", "install"]
    subprocess.run([*pip, "-c", ROOT / "constraints.txt", wheel], check=True, capture_output=True)
    return folder


def run(installed: Path, tmp_path: Path, *args: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [installed / "callcalm", *args],
        cwd=tmp_path,
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        env={
            "PATH": os.defpath,
            "HOME": str(tmp_path),
            "LANG": "C.UTF-8",
            "XDG_DATA_HOME": str(tmp_path / "data"),
        },
        timeout=60,
    )


def test_the_wheel_starts_and_finds_its_scenarios(installed: Path, tmp_path: Path) -> None:
    assert run(installed, tmp_path, "--version").stdout.startswith("callcalm ")
    listed = run(installed, tmp_path, "list")
    assert listed.returncode == 0, listed.stderr
    for name in ("lost-referral", "refill-blame", "rdv-annule", "no-offer"):
        assert name in listed.stdout


def test_outside_its_own_folder_saves_go_to_the_platforms_data_folder(installed: Path, tmp_path: Path) -> None:
    assert str(tmp_path / "data") in run(installed, tmp_path, "paths").stdout


def test_a_round_can_be_begun_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    played = run(installed, tmp_path, "play", "lost-referral", "--plain", stdin="\n")
    assert played.returncode == 0, played.stderr
    assert "callcalm play lost-referral" in played.stderr
