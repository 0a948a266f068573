"""How soon the progress screen shows what rounds tell: with 10 rounds in the save and with 10,000, taking turns.

    python benchmarks/progress.py [RUNS]

Medians. Opened is from the key at home to the first part on the screen, the log read in between; turned is from a
key to the first byte of the next part. Memory is the whole process's, with the screen open. Ratios count.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parent))

from startup import Terminal, environment

from saves import LONG, SHORT, a_save

GOAL = 1.0
"""Seconds in which the longer save is to be shown."""


def opened(saves: Path, rounds: int) -> tuple[float, float, float]:
    """(seconds to the first part, median seconds to turn, MB held)."""
    terminal = Terminal([sys.executable, "-m", "callcalm"], environment(saves))
    terminal.until(b"level 1")
    terminal.quiet(1.0)
    first = terminal.press(b"v")
    began = time.perf_counter()
    terminal.until(f"{rounds} calls".encode())
    taken = first + time.perf_counter() - began
    turned = median(terminal.press(key) for key in [b"2", b"4", b"6"] * 5)
    held = terminal.memory()
    terminal.end()
    return taken, turned, held


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    found: dict[int, list[tuple[float, float, float]]] = {SHORT: [], LONG: []}
    with tempfile.TemporaryDirectory() as folder:
        for rounds in found:
            a_save(Path(folder) / str(rounds), rounds)
        for _run in range(runs):
            for rounds, told in found.items():
                told.append(opened(Path(folder) / str(rounds), rounds))
    print(f"medians of {runs}: rounds, opened, turned, memory")
    middle = {rounds: [median(values) for values in zip(*told, strict=True)] for rounds, told in found.items()}
    for rounds, (taken, turned, held) in middle.items():
        print(f"{rounds:>7}{taken * 1000:>9.0f} ms{turned * 1000:>8.1f} ms{held:>7.0f} MB")
    verdict = "ok" if middle[LONG][0] <= GOAL else "OVER"
    print(f"{LONG} rounds opened in {middle[LONG][0]:.2f} s   goal {GOAL:g} s  {verdict}")


if __name__ == "__main__":
    main()
