"""Rules that the source of the front end keeps, read from the source itself."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

TUI = Path(__file__).parents[2] / "callcalm" / "tui"
FILES = sorted(TUI.rglob("*.py"))
ALLOWED = {
    "Static": {"widgets/words.py"},
    "Label": set(),
    "notify": set(),
    "Input": {"widgets/field.py"},
    "TextArea": {"widgets/answer_box.py"},
    "OptionList": {"widgets/rows.py"},
    "Option": {"widgets/rows.py"},
    "Content": {"literal.py"},
    "from_markup": set(),
    "Button": set(),
}
"""Who may make what could take a raw string; `Content("")` and `Content("\\n")` hold no words of anybody's."""


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            yield name, node


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(TUI)))
def test_no_widget_is_fed_a_raw_string(path: Path) -> None:
    where = str(path.relative_to(TUI))
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for name, call in calls(tree):
        constant = call.args and isinstance(call.args[0], ast.Constant) and str(call.args[0].value).strip() == ""
        if name in ALLOWED and not (name == "Content" and constant):
            assert where in ALLOWED[name], f"{where}:{call.lineno}: {name}(…) outside the helper"
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            assert node.attr not in {"border_title", "border_subtitle", "tooltip", "placeholder"}, where
        if isinstance(node, ast.ClassDef):
            bases = {getattr(base, "id", "") for base in node.bases}
            for widget in bases & {"Static", "Input", "TextArea", "OptionList", "Label"}:
                assert where in ALLOWED[widget], f"{where}:{node.lineno}: {node.name} is a {widget}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(TUI)))
def test_modules_are_small_and_say_what_they_are(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text))
    assert len(text.splitlines()) <= 300, "one module, one job"


def test_the_app_is_small() -> None:
    tree = ast.parse((TUI / "app.py").read_text(encoding="utf-8"))
    app = next(node for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    assert app.end_lineno is not None
    assert app.end_lineno - app.lineno < 150


def test_there_are_no_timers_key_dispatchers_or_recomposing() -> None:
    for path in FILES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for name, call in calls(tree):
            assert name not in {"set_timer", "set_interval", "sleep", "recompose"}, f"{path.name}:{call.lineno}"
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                asks_for_a_key = path.name == "keys.py"  # whichever comes, to put a command on it
                assert asks_for_a_key or node.name not in {"on_key", "_on_key"}, path.name


def test_screens_are_loaded_when_first_shown() -> None:
    """The app's module, and what home needs, load no other screen and no heavy widget."""
    code = (
        "import sys, callcalm.tui.app, callcalm.tui.screens.home;"
        "print(*(m for m in sys.modules if m.startswith(('callcalm.tui.screens', 'textual.widgets'))))"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    for name in (
        "call",
        "price",
        "reveal",
        "reread",
        "brief",
        "settings",
        "help",
        "palette",
        "question",
        "guide",
        "move",
        "drill",
    ):
        assert f"callcalm.tui.screens.{name}" not in loaded
    for name in ("_text_area", "_markdown", "_data_table", "_footer", "_header"):
        assert f"textual.widgets.{name}" not in loaded
