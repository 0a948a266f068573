from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from callcalm.storage.folders import Origin, find, moved


def own_folder(root: Path, *, pyproject: str = "", readme: str = "") -> Path:
    (root / "saves").mkdir(parents=True)
    if pyproject:
        (root / "pyproject.toml").write_text(pyproject)
    if readme:
        (root / "saves" / "README.md").write_text(readme)
    return root


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A package that is installed, not run from its own folder."""
    (tmp_path / "site-packages" / "callcalm").mkdir(parents=True)
    return tmp_path / "site-packages" / "callcalm"


def test_the_argument_comes_before_everything(tmp_path: Path, elsewhere: Path) -> None:
    root = own_folder(tmp_path / "own", readme="callcalm saves")
    found = find("mine", {"CALLCALM_SAVES": "/other"}, root, elsewhere)
    assert (found.saves, found.origin) == (root / "mine", Origin.ARGUMENT)
    assert found.settings == root / "mine" / "settings.toml"
    assert found.scenarios == root / "mine" / "scenarios"


def test_then_the_environment(tmp_path: Path, elsewhere: Path) -> None:
    root = own_folder(tmp_path / "own", readme="callcalm saves")
    found = find(None, {"CALLCALM_SAVES": str(tmp_path / "x")}, root, elsewhere)
    assert (found.saves, found.origin) == (tmp_path / "x", Origin.ENVIRONMENT)


def test_an_empty_variable_says_nothing(tmp_path: Path, elsewhere: Path) -> None:
    assert find(None, {"CALLCALM_SAVES": ""}, tmp_path, elsewhere).origin is Origin.PLATFORM


@pytest.mark.parametrize(
    "sign", [{"pyproject": '[project]\nname = "callcalm"\n'}, {"readme": "# Saves of callcalm\n"}]
)
def test_then_the_own_folder(tmp_path: Path, elsewhere: Path, sign: dict[str, str]) -> None:
    root = own_folder(tmp_path / "own", **sign)
    found = find(None, {}, root, elsewhere)
    assert (found.saves, found.origin) == (root / "saves", Origin.PORTABLE)


@pytest.mark.parametrize(
    "sign",
    [{}, {"pyproject": '[project]\nname = "a-game"\n'}, {"readme": "# Saves of another game\n"}],
)
def test_the_saves_of_another_project_are_not_ours(tmp_path: Path, elsewhere: Path, sign: dict[str, str]) -> None:
    root = own_folder(tmp_path / "own", **sign)
    assert find(None, {}, root, elsewhere).origin is Origin.PLATFORM


def test_a_pyproject_without_saves_is_no_own_folder(tmp_path: Path, elsewhere: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "callcalm"\n')
    assert find(None, {}, tmp_path, elsewhere).origin is Origin.PLATFORM


def test_a_checkout_keeps_its_saves_wherever_it_is_run_from(tmp_path: Path) -> None:
    root = own_folder(tmp_path / "checkout", pyproject='[project]\nname = "callcalm"\n')
    found = find(None, {}, tmp_path, root / "callcalm")
    assert (found.saves, found.origin) == (root / "saves", Origin.PORTABLE)


def test_the_setting_moves_the_saves_of_the_platform_and_nothing_else(tmp_path: Path, elsewhere: Path) -> None:
    usual = find(None, {}, tmp_path, elsewhere)
    mine = tmp_path / "mine"
    mine.mkdir()
    found = moved(usual, str(mine))
    assert (found.saves, found.origin) == (mine, Origin.SETTING)
    assert (found.settings, found.scenarios) == (usual.settings, usual.scenarios)
    assert moved(usual, "") == usual


@pytest.mark.parametrize("setting", ["gone", "relative", "nul\0l"])
def test_a_folder_of_the_setting_that_is_not_there_gives_way(
    tmp_path: Path, elsewhere: Path, setting: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "relative").mkdir()
    usual = find(None, {}, tmp_path, elsewhere)
    assert moved(usual, setting if setting == "relative" else str(tmp_path / setting)) == usual
    assert not (tmp_path / "gone").exists()


def test_what_was_asked_for_and_the_own_folder_come_before_the_setting(tmp_path: Path, elsewhere: Path) -> None:
    root = own_folder(tmp_path / "own", readme="callcalm saves")
    for found in (find("s", {}, root, elsewhere), find(None, {"CALLCALM_SAVES": "t"}, root, elsewhere)):
        assert moved(found, str(tmp_path)) == found
    portable = find(None, {}, root, elsewhere)
    assert moved(portable, str(tmp_path)) == portable


def test_home_is_understood_and_a_home_that_is_not_there_is_a_name(
    tmp_path: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    assert find("~/x", {}, tmp_path, elsewhere).saves == tmp_path / "home" / "x"
    assert find("~no-such-user-here/x", {}, tmp_path, elsewhere).saves == tmp_path / "~no-such-user-here" / "x"


def test_paths_names_them_all(tmp_path: Path, elsewhere: Path) -> None:
    assert list(find("s", {}, tmp_path, elsewhere).paths()) == ["saves", "settings", "scenarios"]


def test_finding_the_folders_makes_none_and_loads_platformdirs_only_for_the_platform(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from callcalm.storage.folders import find;"
        f"find('saves', {{}}, Path({str(tmp_path)!r})); assert 'platformdirs' not in sys.modules"
    )
    root = Path(__file__).resolve().parents[2]
    subprocess.run([sys.executable, "-c", code], check=True, cwd=root)
    assert list(tmp_path.iterdir()) == []
