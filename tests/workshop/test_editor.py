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


def test_without_a_line_it_opens_the_file() -> None:
    assert command("vim", FILE) == ["vim", str(FILE)]
    assert command("code --wait", FILE) == ["code", str(FILE)]


@pytest.mark.parametrize("named", ["", '"vi'])
def test_what_is_no_command_is_refused(named: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - shlex words it
        command(named, FILE)


def test_visual_goes_before_editor() -> None:
    assert editor({"VISUAL": "hx", "EDITOR": "vi"}) == "hx"
    assert editor({"VISUAL": " ", "EDITOR": "vi"}) == "vi"
    assert editor({}) == ""
