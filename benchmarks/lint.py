"""How long `callcalm lint` takes for stories of 100, 1,000 and 10,000 beats: whole processes, beside bare Python.

    python benchmarks/lint.py [RUNS]

The reference is a Python that reads the same file with `tomllib` and follows every goto once. The two take turns
within the same run, so the ratio counts, not the seconds. Peak memory is that of the process, from the system.
Below the total stands where the time of one process goes.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parent.parent))

from stories import story

SIZES = (100, 1_000, 10_000)
GOALS = {100: 0.15, 1_000: 0.30, 10_000: 1.5}
"""Seconds, and 100 MB: the bars for a whole process with proof."""

BARE = """
import sys, tomllib
beats = tomllib.loads(open(sys.argv[1], encoding="utf-8").read())["beats"]
seen, waiting = set(), [next(iter(beats))]
while waiting:
    name = waiting.pop()
    if name in beats and name not in seen:
        seen.add(name)
        waiting += [reply["goto"] for reply in beats[name]["replies"]]
"""

STAGES = """
import gc, sys, time
gc.disable()
began = time.perf_counter()
def stage(name):
    global began
    now = time.perf_counter()
    print(f"    {name:<18} {(now - began) * 1000:7.0f} ms")
    began = time.perf_counter()
from callcalm.coach import load_phrasebook
from callcalm.content.hearing import coach_reader, not_yet, with_findings
from callcalm.content.playbooks import load_playbooks
from callcalm.content.registry import load_rulebook
from callcalm.content.scenarios import CAP, read_scenario
from callcalm.core.explore import Player
from callcalm.core.text import Text
from callcalm.intake import read
from callcalm.lint.scenario import examine
from callcalm.lint.subject import Subject
from dataclasses import replace
stage("imports")
rulebook = load_rulebook()
schools = load_playbooks(rulebook.registry)
stage("rules")
file = read_scenario(read(sys.argv[1], CAP), Text("story"), rulebook, schools, not_yet)
stage("reading the file")
file = replace(file, scenario=with_findings(file.scenario, coach_reader(rulebook.registry)))
stage("reading its words")
subject = Subject(file, schools["core"], schools)
subject.proof
stage("proof")
subject.odds(Player.RANDOM), subject.odds(Player.KIND)
stage("chances")
examine(subject)
stage("checks of lint")
"""


def main() -> None:
    """Measure, and print."""
    runs = int(sys.argv[1]) if sys.argv[1:] else 5
    with tempfile.TemporaryDirectory() as folder:
        for beats in SIZES:
            file = Path(folder) / f"story{beats}.toml"
            file.write_text(story(beats), encoding="utf-8")
            ours = [sys.executable, "-m", "callcalm", "lint", "--fail-on", "error", str(file)]
            bare = [sys.executable, "-c", BARE, str(file)]
            took: list[tuple[float, float]] = []
            memory = code = 0
            for _ in range(runs if beats < max(SIZES) else 1):
                seconds, memory, code = process(ours)
                took.append((seconds, process(bare)[0]))
            if code:
                print(f"{beats:6,} beats: refused, {file.stat().st_size / 1e6:.1f} MB (exit code {code})")
                continue
            own, other = (median(column) for column in zip(*took, strict=True))
            ratio = median(one / two for one, two in took)
            told = f"{own:.2f} s (goal {GOALS[beats]:.2f}), {ratio:.1f} x bare ({other:.2f} s), {memory} MB"
            print(f"{beats:6,} beats: {told}", flush=True)
            subprocess.run([sys.executable, "-u", "-c", STAGES, str(file)], check=True)


def process(command: list[str]) -> tuple[float, int, int]:
    """Seconds, peak megabytes and exit code of a process."""
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    return time.perf_counter() - began, usage.ru_maxrss // 1024, child.returncode


if __name__ == "__main__":
    main()
