"""How soon home is usable: with no rounds, 1,000 and 10,000 rounds in the save, among 1,000 players, 300 files.

    python benchmarks/home.py [RUNS]

Usable means that the encounters are on the screen and a key moves the marker. Medians, the cases taking turns.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parent))

from startup import Terminal, environment
from stats import save

from saves import a_save

SHIPPED = Path(__file__).parent.parent / "scenarios" / "en" / "lost-referral.toml"
FILES = 300
PLAYERS = 1_000


def usable(saves: Path) -> float:
    """Seconds until the list is there and the marker moves."""
    terminal = Terminal([sys.executable, "-m", "callcalm"], environment(saves))
    terminal.until(b"Never heard of you")
    taken = terminal.until(b"level 1") + terminal.press(b"\x1b[B")
    terminal.end()
    return taken


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        cases = {
            "no rounds": base / "none",
            "1,000 rounds": base / "thousand",
            "10,000 rounds": base / "ten-thousand",
            "1,000 players": base / "players",
            "300 scenario files": base / "many",
        }
        a_save(cases["no rounds"], 0)
        a_save(cases["1,000 rounds"], 1_000)
        save(cases["10,000 rounds"], 10_000)
        log = (a_save(cases["1,000 players"], 3) / "me.toml").read_bytes()
        for number in range(PLAYERS):
            (cases["1,000 players"] / f"player-{number}.toml").write_bytes(log)
        a_save(cases["300 scenario files"], 0)
        own = cases["300 scenario files"] / "scenarios"
        own.mkdir()
        for number in range(FILES):
            shutil.copy(SHIPPED, own / f"call-{number:03}.toml")
        times: dict[str, list[float]] = {name: [] for name in cases}
        for run in range(runs + 1):
            for name, path in cases.items():
                taken = usable(path)
                if run:
                    times[name].append(taken)
        empty = median(times["no rounds"])
        print(f"medians of {runs}; home usable after")
        for name, values in times.items():
            ratio = median(values) / empty
            goal = "goal 1.5x" if name.endswith("0 rounds") else ""
            print(f"{name:<22}{median(values) * 1000:>8.0f} ms {ratio:>6.2f}x of an empty save   {goal}")


if __name__ == "__main__":
    main()
