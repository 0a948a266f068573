"""How long a story takes to load, as a whole process, beside bare Python that parses the same file with tomli.

    python benchmarks/load.py [RUNS]

Loading is all of it: registry, playbooks, every check of the file, the scenario, and the coach's reading of
every reply. The two take turns; medians of wall time, and the peak memory of the process. Ratios count.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from stories import story

ROOT = Path(__file__).parent.parent
SIZES = (100, 1_000, 10_000)
OURS = """
import sys
sys.path.insert(0, sys.argv[2])
from callcalm.content.playbooks import load_playbooks
from callcalm.content.registry import load_rulebook
from callcalm.content.scenarios import load_scenario
rulebook = load_rulebook()
scenario = load_scenario(sys.argv[1], rulebook, load_playbooks(rulebook.registry))
assert scenario.read
"""
BARE = """
import sys, tomli
with open(sys.argv[1], "rb") as file:
    assert tomli.load(file)
"""


def main() -> None:
    """Load, and print."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as folder:
        for beats in SIZES:
            file = Path(folder, f"s{beats}.toml")
            file.write_text(story(beats), "utf-8")
            process(OURS, file)
            pairs = [(process(OURS, file), process(BARE, file)) for _ in range(runs)]
            ours, bares = zip(*pairs, strict=True)
            ratio = median(own[0] / bare[0] for own, bare in pairs)
            print(
                f"{beats:6,} beats, {file.stat().st_size / 1e6:.2f} MB:"
                f"  load {line(ours)}  bare tomli {line(bares)}  ratio {ratio:.1f}"
            )


def line(runs: tuple[tuple[float, float], ...]) -> str:
    """Medians in words."""
    return f"{median(run[0] for run in runs):.2f} s {median(run[1] for run in runs):.0f} MB"


def process(code: str, file: Path) -> tuple[float, float]:
    """Seconds and peak megabytes of a Python of its own."""
    began = time.perf_counter()
    # As people run it: with compiled code, and with what is kept beside it.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    child = subprocess.Popen([sys.executable, "-c", code, str(file), str(ROOT)], env=env)
    _, status, used = os.wait4(child.pid, 0)
    took = time.perf_counter() - began
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{file.name} did not load")
    return took, used.ru_maxrss / (1024 if sys.platform == "linux" else 1024**2)


if __name__ == "__main__":
    main()
