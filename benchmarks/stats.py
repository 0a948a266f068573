"""What `callcalm stats` costs with 10,000 rounds: the whole process, its memory, and reading the rounds alone.

    python benchmarks/stats.py [RUNS] [FOLDER]

Medians, the cases taking turns; bare Python and an empty save run beside them. Goals: under 1 s on a machine that
is free, where bare Python takes 12.5 ms, so 80 times that on any; and under 150 MB.
The rounds are as callcalm writes them, some 6 KB each, and no two have the same texts, scores and moves.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(Path(__file__).parent))

from startup import environment, whole  # noqa: E402

from callcalm.core.price import PriceSheet  # noqa: E402
from callcalm.core.text import Text  # noqa: E402
from callcalm.storage.addition import new_header, round_block  # noqa: E402
from callcalm.storage.records import MoveRecord, RoundRecord  # noqa: E402
from callcalm.storage.store import Store  # noqa: E402
from saves import START, a_round  # noqa: E402 - the paths come first, so that a checkout needs no install

MANY, SOME = 10_000, 300
MOST_TIMES_BARE, MOST_MEGABYTES = 80, 150
SCENARIOS = sorted(path.stem for path in (ROOT / "scenarios").glob("*/*.toml"))
MOVES = ("thank", "use-name", "empathy.named", "own-it", "by-when", "blame.why-you", "cut-in", "rule-wall")

MEMORY = """
import sys
from callcalm.cli.main import main
main(sys.argv[1:])
lines = open("/proc/self/status").read().splitlines()
sys.stderr.write(next(line.split()[1] for line in lines if line.startswith("VmHWM")))
"""


def now() -> datetime:
    return datetime.now(UTC)


def a_varied_round(number: int) -> RoundRecord:
    """A round like no other: of a shipped encounter, three hours after the one before, all of them in the past."""
    first = now() - timedelta(hours=3 * MANY)
    finished = (first + timedelta(hours=3 * number)).replace(microsecond=0)
    plain = a_round(number)
    respect, effort = number % 16 - 10, number // 16 % 16 - 10
    moves = tuple(
        MoveRecord(move.turn, MOVES[(number * 7 + move.turn) % len(MOVES)], move.quote) for move in plain.moves
    )
    return replace(
        plain,
        scenario=SCENARIOS[number % len(SCENARIOS)],
        started=finished - timedelta(minutes=6),
        finished=finished,
        title=Text(f'The call they call "{number % 97}"'),
        composure=tuple(max(0, min(100, 70 + (number * step) % 23 - 11)) for step in range(12)),
        own=PriceSheet(number % 3 == 0, priority=number % 6, respect=respect),
        reference=PriceSheet(number % 2 == 0, communication=number % 5, effort=effort),
        transfer=Text(f"Next time, number {number}:\nI say what I can do first."),
        moves=moves,
    )


def save(folder: Path, rounds: int, make: Callable[[int], RoundRecord] = a_varied_round) -> Path:
    folder.mkdir()
    with (folder / "me.toml").open("wb") as stream:
        stream.write(new_header(Text("me"), "en", START, "0.1.0"))
        stream.writelines(round_block(make(number)) for number in range(rounds))
    return folder


def memory(command: list[str], saves: Path) -> float:
    """Most resident memory of a process, in MB; 0 where the system does not tell."""
    if not Path("/proc/self/status").exists():
        return 0.0
    done = subprocess.run(
        [sys.executable, "-c", MEMORY, *command],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env=environment(saves),
    )
    return int(done.stderr) / 1024


def history(folder: Path) -> float:
    """Seconds for reading all rounds in short."""
    store = Store("me", folder, now)
    began = time.perf_counter()
    read = store.history()
    taken = time.perf_counter() - began
    assert len(read) in {SOME, MANY}
    return taken


def in_full(folder: Path) -> float:
    """Seconds for reading all rounds in full."""
    store = Store("me", folder, now)
    began = time.perf_counter()
    store.rounds()
    return time.perf_counter() - began


def raw(folder: Path) -> float:
    """Seconds for reading the bytes alone."""
    began = time.perf_counter()
    with (folder / "me.toml").open("rb") as stream:
        while stream.read(1 << 20):
            pass
    return time.perf_counter() - began


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    stats = [sys.executable, "-m", "callcalm", "stats"]
    with tempfile.TemporaryDirectory(dir=sys.argv[2] if len(sys.argv) > 2 else None) as place:
        base = Path(place)
        many, some, none = (save(base / str(count), count) for count in (MANY, SOME, 0))
        size = (many / "me.toml").stat().st_size
        print(f"{MANY:,} rounds have {size / 2**20:.0f} MB")
        cases: dict[str, Callable[[], float]] = {
            "bare Python": lambda: whole([sys.executable, "-c", "pass"], none),
            "stats, no rounds": lambda: whole(stats, none),
            f"stats, {MANY:,} rounds": lambda: whole(stats, many),
            f"stats --json, {MANY:,} rounds": lambda: whole([*stats, "--json"], many),
            f"stats --encounter, {MANY:,} rounds": lambda: whole([*stats, "--encounter", SCENARIOS[0]], many),
            "the bytes alone": lambda: raw(many),
            f"history() alone, {MANY:,} rounds": lambda: history(many),
            f"history() alone, {SOME} rounds": lambda: history(some),
            f"rounds() in full, {SOME} rounds": lambda: in_full(some),
        }
        times: dict[str, list[float]] = {name: [] for name in cases}
        for run in range(runs + 1):
            for name, measure in cases.items():
                taken = measure()
                if run:  # the first of each is a warm-up
                    times[name].append(taken)
        bare = median(times["bare Python"])
        print(f"medians of {runs} (least to most), and how many times bare Python")
        for name, found in times.items():
            middle = median(found)
            verdict = ""
            if name.startswith("stats") and "no rounds" not in name:
                verdict = f"  goal {MOST_TIMES_BARE}x  {'ok' if middle < MOST_TIMES_BARE * bare else 'OVER'}"
            spread = f"({min(found) * 1000:.0f} to {max(found) * 1000:.0f})"
            print(f"{name:<36}{middle * 1000:>8.1f} ms  {spread:<16}{middle / bare:>7.1f}x{verdict}")
        for name, command, folder in (
            ("no rounds", ["stats"], none),
            (f"{MANY:,} rounds", ["stats"], many),
            (f"{MANY:,} rounds, --json", ["stats", "--json"], many),
        ):
            held = memory(command, folder)
            verdict = "ok" if held < MOST_MEGABYTES else "OVER"
            print(f"most memory, {name:<23}{held:>8.1f} MB  goal {MOST_MEGABYTES} MB  {verdict}")


if __name__ == "__main__":
    main()
