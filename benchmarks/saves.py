"""What a save costs as it grows: adding a round, opening, reading; long saves beside short ones in the same run.

    python benchmarks/saves.py [RUNS]

Medians; the two of each pair take turns, so that a drifting machine drifts for both. Ratios count, not seconds.
The rounds are as long as real ones: some 5 KB each.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from callcalm.core.price import PriceSheet  # noqa: E402 - the path comes first, so that a checkout needs no install
from callcalm.core.text import Text  # noqa: E402
from callcalm.storage.addition import new_header, round_block  # noqa: E402
from callcalm.storage.records import (  # noqa: E402
    ActionRecord,
    FindingRecord,
    MoveRecord,
    PromiseRecord,
    RoundRecord,
)
from callcalm.storage.store import Store  # noqa: E402

START = datetime(2026, 1, 1, tzinfo=UTC)
SHORT, MIDDLE, LONG = 10, 1_000, 10_000
SCENARIOS = 60
WORDS = Text(
    "Ms. Alvarez, three calls for one charge would wear anyone out. Thank you for telling me. I will stay on this "
    "until it is settled, and I will call you back by four."
)

OPENS = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from callcalm.storage.store import Store
store = Store.open("me", Path(sys.argv[1]), lambda: datetime.now(UTC))
store.load_call()
store.summaries()
"""


def now() -> datetime:
    return datetime.now(UTC)


def a_round(number: int) -> RoundRecord:
    finished = START + timedelta(hours=number)
    found = (FindingRecord("en.name-it", "empathy.named", 0, 55), FindingRecord("en.by", "by-when", 120, 160))
    return RoundRecord(
        id=f"{finished:%Y%m%dT%H%M%SZ}-{number:08x}",
        scenario=f"scenario-{number % SCENARIOS}",
        started=finished - timedelta(minutes=6),
        finished=finished,
        title=Text("Third time I have called"),
        digest="0123456789abcdef" * 4,
        language="en",
        playbook="core",
        ending="settled",
        kind=("resolved", "fair", "unresolved", "lost")[number % 4],
        composure=tuple(range(70, 82)),
        own=PriceSheet(True, respect=3),
        reference=PriceSheet(True, respect=-1, effort=2),
        transfer=Text("I will breathe before I answer."),
        facts=(Text("scan on 14 October"), Text("charged twice")),
        promises=(PromiseRecord(Text("settle the double charge"), Text("16:00"), turn=4),),
        moves=tuple(MoveRecord(turn, "empathy.named", Text(WORDS[:55])) for turn in range(12)),
        notes=(Text("third call"), Text("scan 14 Oct")),
        actions=tuple(ActionRecord("say", "opening/2", WORDS, findings=found) for _ in range(12)),
        app="0.1.0",
    )


def a_save(folder: Path, rounds: int) -> Path:
    folder.mkdir()
    with (folder / "me.toml").open("wb") as stream:
        stream.write(new_header(Text("me"), "en", START, "0.1.0"))
        stream.writelines(round_block(a_round(number)) for number in range(rounds))
    return folder


def adding(store: Store, number: int) -> float:
    record = a_round(number)
    began = time.perf_counter()
    store.finish(record)
    return time.perf_counter() - began


def opening(folder: Path) -> float:
    began = time.perf_counter()
    with Store.open("me", folder, now) as store:
        store.load_call()
        store.summaries()
        return time.perf_counter() - began


def process(folder: Path) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", OPENS, str(folder)], check=True, cwd=ROOT)
    return time.perf_counter() - began


def reading(folder: Path) -> float:
    began = time.perf_counter()
    with Store.open("me", folder, now) as store:
        count = len(store.rounds())
    assert count >= MIDDLE
    return time.perf_counter() - began


def row(name: str, long: list[float], short: list[float], goal: float | None = None) -> None:
    mine, other = median(long) * 1000, median(short) * 1000
    ratio = mine / other
    verdict = "" if goal is None else f"   goal {goal:g}x  {'ok' if ratio <= goal else 'OVER'}"
    print(f"{name:<52}{mine:>9.2f}{other:>9.2f} ms{ratio:>7.2f}x{verdict}")


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 41
    with tempfile.TemporaryDirectory(dir=sys.argv[2] if len(sys.argv) > 2 else None) as place:
        empty, short, middle, long = (
            a_save(Path(place) / str(rounds), rounds) for rounds in (0, SHORT, MIDDLE, LONG)
        )
        sizes = {folder: (folder / "me.toml").stat().st_size for folder in (middle, long)}
        print(f"a round has {sizes[middle] / MIDDLE / 1024:.1f} KB; {LONG:,} have {sizes[long] / 2**20:.0f} MB")
        print(f"medians of {runs}; long, short, ratio")

        with Store.open("me", short, now) as few, Store.open("me", long, now) as many:
            added: dict[Store, list[float]] = {many: [], few: []}
            for run in range(runs + 1):
                for store in (many, few) if run % 2 else (few, many):
                    added[store].append(adding(store, LONG + run))
        row(f"adding a round to {LONG:,} and to {SHORT}", added[many][1:], added[few][1:], 1.2)

        opened = [(opening(middle), opening(empty), opening(long)) for _ in range(runs + 1)][1:]
        row(f"opening for home, {MIDDLE:,} rounds and none", [a for a, _, _ in opened], [b for _, b, _ in opened])
        row(f"opening for home, {LONG:,} rounds and none", [c for _, _, c in opened], [b for _, b, _ in opened])
        started = [(process(middle), process(empty), process(long)) for _ in range(min(runs, 11) + 1)][1:]
        whole = "the same as a whole process"
        row(f"{whole}, {MIDDLE:,} and none", [a for a, _, _ in started], [b for _, b, _ in started], 1.5)
        row(f"{whole}, {LONG:,} and none", [c for _, _, c in started], [b for _, b, _ in started])
        read = [(reading(middle), opening(middle)) for _ in range(5)]
        row(f"reading all of {MIDDLE:,} rounds, and their first lines", [a for a, _ in read], [b for _, b in read])


if __name__ == "__main__":
    main()
