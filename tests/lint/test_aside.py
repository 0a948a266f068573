"""What other processors look at in a large scenario comes to what is found when one looks at all of it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

SHARED = """
import os
from callcalm.content.library import shipped_folder
from callcalm.intake import aside
from callcalm.lint import scenario
from callcalm.lint.examples import examples
from callcalm.lint.linting import Linter

split = []
real = os.fork
os.fork = lambda: split.append(1) or real()
aside.hands = lambda: 2
texts = [path.read_text("utf-8") for path in sorted(shipped_folder().glob("*/*.toml"))[::9]]
texts += [example.files()[0] for example in examples().values() if not example.whole]
for text in texts:
    reports = []
    for scenario._ENOUGH in (1_000, 0):
        reports.append(Linter().report_bytes(text.encode(), "small.toml"))
    print(reports[0] == reports[1], len(split))
    split.clear()
"""


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="processes are not split on this system")
def test_what_is_looked_at_aside_is_found_all_the_same() -> None:
    done = subprocess.run([sys.executable, "-c", SHARED], capture_output=True, text=True, check=True, cwd=ROOT)
    lines = done.stdout.splitlines()
    # Those that do not load are looked at by one.
    assert set(lines) <= {"True 2", "True 0"}
    assert lines.count("True 2") > 30
