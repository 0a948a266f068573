"""What `callcalm lint` costs for stories of 100, 1,000 and 10,000 beats: whole processes, beside bare Python.

    python benchmarks/lint.py [RUNS]

Cold is the first run ever for a file: every answer is read. Edited is the next, after a change to one answer: what
was found in the others is kept. Again is one of a file that has not changed: all that was found is kept. The goals
are for cold runs. The reference is a Python that reads the same file with `tomllib` and follows every goto once.
They take turns within the same run, so the ratio counts, not the seconds. Each time is given twice: by the clock,
which the goals mean, and that of all processors, which others on the machine stretch less. Peak memory is that of
the largest process, from the system; of a large story the words are read by as many as there are processors, up to
four, and some of the checks are done by others, too. Below the totals stands where the time of one cold process
goes, by the clock; there chances are worked out by themselves, and not beside other checks.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent))

from stories import story

SIZES = (100, 1_000, 10_000)
GOALS = {100: 0.15, 1_000: 0.30, 10_000: 1.5}
"""Seconds, and 100 MB: the bars for a whole process with proof."""

KINDS = ("cold", "edited", "again")

AS_USED = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
"""The environment of what is measured: compiled code is kept, and so is what was found."""


class Cost(NamedTuple):
    """What a process costs: seconds by the clock and of the processors, peak megabytes, and its exit code."""

    wall: float
    work: float
    memory: int
    code: int


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
from callcalm.content.remembering import Remembering
from callcalm.content.playbooks import load_playbooks
from callcalm.content.registry import load_rulebook
from callcalm.content.scenarios import CAP, read_scenario
from callcalm.core.explore import Player
from callcalm.core.text import Text
from callcalm.intake import read
from callcalm.lint.scenario import examine
from callcalm.lint.subject import Subject
stage("imports")
rulebook = load_rulebook()
schools = load_playbooks(rulebook.registry)
stage("rules")
source = read(sys.argv[1], CAP)
reader = Remembering(rulebook.registry)
reader.begin(source.text)
file = read_scenario(source, Text("story"), rulebook, schools, reader)
stage("file and words")
subject = Subject(file, schools["core"], schools)
subject.proof
stage("proof")
subject.good(Player.RANDOM), subject.good(Player.KIND)
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
            rows = [_row(file, number) for number in range(runs if beats < max(SIZES) else 1)]
            if any(cost.code for row in rows for cost in row):
                print(f"{beats:6,} beats: refused, {file.stat().st_size / 1e6:.1f} MB")
                continue
            bare = [row[-1] for row in rows]
            print(f"{beats:6,} beats, bare {_seconds(bare)}", flush=True)
            for at, name in enumerate(KINDS):
                own = [row[at] for row in rows]
                ratio = median(one.wall / other.wall for one, other in zip(own, bare, strict=True))
                goal = f" (goal {GOALS[beats]:.2f})" if name == "cold" else ""
                memory = max(one.memory for one in own)
                print(f"  {name:<6} {_seconds(own)}{goal}, {ratio:.1f} x bare, {memory} MB", flush=True)
            subprocess.run([sys.executable, "-u", "-c", STAGES, str(file)], check=True, env=AS_USED)


def _seconds(costs: list[Cost]) -> str:
    wall, work = median(cost.wall for cost in costs), median(cost.work for cost in costs)
    return f"{wall:.2f} s by the clock, {work:.2f} s of work"


def _row(file: Path, number: int) -> tuple[Cost, ...]:
    """The runs of `KINDS`, and the reference; what is kept of a file is known by its path."""
    own = file.with_name(f"{file.stem}-{number}.toml")
    shutil.copy(file, own)
    command = [sys.executable, "-m", "callcalm", "lint", "--fail-on", "error", str(own)]
    cold = process(command)
    own.write_text(own.read_text("utf-8").replace('say = "', 'say = "No. ', 1), encoding="utf-8")
    return cold, process(command), process(command), process([sys.executable, "-c", BARE, str(file)])


def process(command: list[str]) -> Cost:
    """What a process costs."""
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=AS_USED) as child:
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - began
        child.returncode = os.waitstatus_to_exitcode(status)
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024, child.returncode)


if __name__ == "__main__":
    main()
