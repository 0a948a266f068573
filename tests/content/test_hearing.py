"""The answers of a scenario are read all at once, of many the most aside: what is found is the same."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

SHARED = """
import json, os, sys
from pathlib import Path
from callcalm.content import hearing, remembering
from callcalm.content.library import shipped_folder
from callcalm.content.playbooks import load_playbooks
from callcalm.content.registry import load_rulebook
from callcalm.content.scenarios import load_scenario
from callcalm.intake import aside

split = []
real = os.fork
os.fork = lambda: split.append(1) or real()
aside.hands = lambda: 3
rulebook = load_rulebook()
schools = load_playbooks(rulebook.registry)
for path in sorted(shipped_folder().glob("*/*.toml"))[::9]:
    found = []
    for hearing.hands, hearing._ENOUGH in ((lambda: 1, 1), (lambda: 3, 10), (lambda: 9, 1)):
        for reader in (None, remembering.Remembering(rulebook.registry)):
            found.append(load_scenario(path, rulebook, schools, reader))
    again = load_scenario(path, rulebook, schools, reader)
    print(all(one == found[0] for one in (*found, again)), 8 <= len(split) <= 10)
    split.clear()
"""


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="processes are not split on this system")
def test_what_is_read_aside_is_what_would_be_found_here() -> None:
    done = subprocess.run([sys.executable, "-c", SHARED], capture_output=True, text=True, check=True, cwd=ROOT)
    lines = done.stdout.splitlines()
    # Two readers, split once among three and once among the most; what is remembered is not read again.
    assert set(lines) == {"True True"}
    assert len(lines) > 3
