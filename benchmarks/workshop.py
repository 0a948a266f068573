"""How soon a save is on the screen of the workshop: from the file's writing to the terminal showing the finding.

    python benchmarks/workshop.py [RUNS]

`callcalm write` runs in a terminal of its own, with all that lies between: the system's word of the save, the wait
for it to settle, the threads, the painting. Each save puts another unused variable in, which lint names. The
reference is the bare reading and checking of the same texts in this process, the two taking turns. Medians.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parent))

from startup import Terminal, environment
from stories import story

from callcalm.practice.desk import Desk
from callcalm.workshop.session import Workshop

SIZES = {100: "goal 100 ms", 1_000: ""}


def spoilt(text: str, run: int) -> str:
    """The story with one fault that no other run has."""
    return text.replace("[start]", f"[vars]\nspare{run:03} = 0\n\n[start]", 1)


def measure(desk: Desk, folder: Path, beats: int, runs: int) -> tuple[float, float]:
    """Medians in seconds: from a save to its findings on the screen, and the bare reading and checking."""
    text = story(beats)
    path, beside = folder / f"story-{beats}.toml", folder / f"bare-{beats}.toml"
    path.write_text(text, encoding="utf-8")
    beside.write_text(text, encoding="utf-8")
    workshop = Workshop(desk.rulebook, desk.playbooks)
    bench = workshop.open(beside)
    terminal = Terminal([sys.executable, "-m", "callcalm", "write", str(path)], environment(folder))
    terminal.until(b"CC7")
    taken, bare = [], []
    for run in range(runs + 1):
        terminal.quiet(1.0)
        new = spoilt(text, run)
        words = f"spare{run:03}".encode()
        began = perf_counter()
        path.write_text(new, encoding="utf-8")
        terminal.until(words)
        seen = perf_counter() - began
        terminal.quiet(1.0)
        beside.write_text(new, encoding="utf-8")
        began = perf_counter()
        bench = workshop.reload(bench)
        if run:
            taken.append(seen)
            bare.append(perf_counter() - began)
    terminal.end()
    return median(taken), median(bare)


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk.open(saves=Path(folder) / "saves")
        print(f"medians of {runs}; from a save to its findings on the screen")
        for beats, goal in SIZES.items():
            taken, bare = measure(desk, Path(folder), beats, runs)
            print(
                f"{beats:>6,} beats {taken * 1000:>7.0f} ms, {taken / bare:.2f}x the bare reading and checking "
                f"({bare * 1000:.0f} ms)   {goal}"
            )


if __name__ == "__main__":
    main()
