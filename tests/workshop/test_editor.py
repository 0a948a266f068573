from __future__ import annotations

from pathlib import Path

import pytest

from callcalm.workshop.editor import command, editor

FILE = Path("/calls/my call.toml")


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ("vi", ["vi", "+12", str(FILE)]),
        ("/usr/bin/nvim -p", ["/usr/bin/nvim", "-p", "+12", str(FILE)]),
        ("nano", ["nano", "+12", str(FILE)]),
        ("emacs -nw", ["emacs", "-nw", "+12", str(FILE)]),
        ("hx", ["hx", f"{FILE}:12"]),
        ("code --wait", ["code", "-g", f"{FILE}:12"]),
        ("code -n -w", ["code", "-n", "-g", f"{FILE}:12"]),
        ("subl --wait", ["subl", f"{FILE}:12"]),
        ("gedit --wait", ["gedit", "--wait", str(FILE)]),
        ("ed", ["ed", str(FILE)]),
    ],
)
def test_an_editor_opens_at_the_line_where_it_knows_how(named: str, expected: list[str]) -> None:
    assert command(named, FILE, 12) == expected


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        (
            r'"C:\Program Files\Vim\vim91\vim.exe" -n',
            [r"C:\Program Files\Vim\vim91\vim.exe", "-n", "+12", str(FILE)],
        ),
        (r"C:\Tools\nano.exe", [r"C:\Tools\nano.exe", "+12", str(FILE)]),
        (r"C:\Users\O'Brien\hx.EXE", [r"C:\Users\O'Brien\hx.EXE", f"{FILE}:12"]),
        (r'"C:\VS Code\bin\code.cmd" --wait', [r"C:\VS Code\bin\code.cmd", "-g", f"{FILE}:12"]),
        ("notepad", ["notepad", str(FILE)]),
    ],
)
def test_on_windows_a_backslash_parts_folders(named: str, expected: list[str]) -> None:
    assert command(named, FILE, 12, "win32") == expected


def test_elsewhere_a_backslash_is_what_it_is_in_a_shell() -> None:
    assert command(r"my\ editor", FILE, 0, "linux") == ["my editor", str(FILE)]


def test_without_a_line_it_opens_the_file() -> None:
    assert command("vim", FILE) == ["vim", str(FILE)]
    assert command("code --wait", FILE) == ["code", str(FILE)]


@pytest.mark.parametrize("named", ["", '"vi'])
@pytest.mark.parametrize("platform", ["linux", "win32"])
def test_what_is_no_command_is_refused(named: str, platform: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - shlex words it
        command(named, FILE, 0, platform)


def test_visual_goes_before_editor() -> None:
    assert editor({"VISUAL": "hx", "EDITOR": "vi"}) == "hx"
    assert editor({"VISUAL": " ", "EDITOR": "vi"}) == "vi"
    assert editor({}) == ""
