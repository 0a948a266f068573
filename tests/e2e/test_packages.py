"""What an installation brings is all that callcalm imports: what only the tests have would fail for its users."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]


def imported() -> set[str]:
    """The packages that callcalm's own modules import, wherever in them."""
    found: set[str] = set()
    for path in ROOT.glob("callcalm/**/*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                found |= {name.name.partition(".")[0] for name in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module is not None and not node.level:
                found.add(node.module.partition(".")[0])
    return found - sys.stdlib_module_names - {"callcalm"}


def test_every_package_that_is_imported_is_installed_with_callcalm() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = [*project["dependencies"], *project["optional-dependencies"]["room"]]
    names = {re.split(r"[^\w-]", line)[0].replace("-", "_") for line in declared}
    assert imported() <= names
    assert "textual" in imported()
