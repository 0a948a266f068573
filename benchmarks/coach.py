"""How fast the coach reads and gets ready, with all rules of a language, on one core.

    python benchmarks/coach.py [RUNS]

The text is about 1 MB of the phrasebook's own hits and misses with plain sentences between: far more to find than
any letter holds. It says each of them several times, and the coach remembers sentences; `each anew` is the same
text read without that memory, and the goal is held to it. Reading is measured in processor time, yet on a busy
machine only the ratio counts: `counting` is what splitting the same text into words with `re` and counting them
takes. `quiet` is as much of plain sentences alone. `written` is a phrasebook read from its file and laid out
pattern by pattern; `kept` the same from what an earlier start kept. Medians.
"""

from __future__ import annotations

import random
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from statistics import median

from callcalm.coach import Phrasebook, load_phrasebook, read
from callcalm.coach.matcher import Matcher

ROOT = Path(__file__).parent.parent
GOAL = 200_000
SIZE = 1_000_000
PLAIN = {
    "en": "The clinic opens at eight and closes at six. Your file is on the second shelf. The bus stops here."
    " Three chairs stand by the window. The form has two pages. Ines works upstairs. Your card came by mail.",
    "fr": "Le cabinet ouvre à huit heures et ferme à dix-huit heures. Le dossier est sur l'étagère du haut. Le"
    " bus s'arrête au coin. Trois chaises sont là. Le formulaire a deux pages. Inès travaille en haut.",
}
START = """
import time
start = time.perf_counter()
from callcalm.coach import load_phrasebook, read
imported = time.perf_counter()
book = load_phrasebook({language!r})
book.matcher
ready = time.perf_counter()
read({letter!r}, book)
print((imported - start) * 1e3, (ready - imported) * 1e3, (time.perf_counter() - ready) * 1e3)
"""


def filled(sentences: list[str]) -> str:
    """About `SIZE` characters of these, shuffled anew each round, in paragraphs of five."""
    shuffle = random.Random(1).shuffle
    parts: list[str] = []
    size = 0
    while size < SIZE:
        shuffle(sentences)
        for number, sentence in enumerate(sentences):
            parts.append(sentence + ("\n\n" if number % 5 == 4 else " "))
            size += len(parts[-1])
    return "".join(parts)


def timed(work: Callable[[], object], runs: int) -> float:
    """Median seconds of processor time."""
    taken = []
    for _ in range(runs):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return median(taken)


def unremembered(text: str, book: Phrasebook) -> None:
    """The text read, every sentence as if it were the first of its kind."""
    matcher = book.matcher
    longest, matcher.longest = matcher.longest, -1
    if book.ear is not None:
        book.ear.forget()
    matcher.forget()
    read(text, book)
    matcher.longest = longest


def laid_out(book: Phrasebook) -> None:
    """Every pattern of the book, read and laid out from its source."""
    matcher = Matcher(
        [rule.patterns for rule in book.in_order], [rule.unless for rule in book.in_order], book.lists, book.tongue
    )
    assert not list(matcher.problems())


def measure(language: str, runs: int) -> None:
    book = load_phrasebook(language)
    plain = PLAIN[language].split(". ")
    examples = [line for rule in book.in_order for line in (*rule.hits, *rule.misses)]
    text = filled(examples + plain * (len(examples) // (2 * len(plain))))
    quiet = filled(list(plain))
    patterns = sum(len(rule.patterns) for rule in book.in_order)
    print(f"{language}: {len(book.rules)} rules, {patterns} patterns")

    start = time.process_time()
    found = read(text, Phrasebook(language, book.rules, book.lists, book.example))
    first = time.process_time() - start
    words = len(text.split())
    again = timed(lambda: read(text, book), runs)
    rate = words / again
    anew = words / timed(lambda: unremembered(text, book), runs)
    verdict = "met" if anew >= GOAL else "missed"
    print(f"  1 MB, {len(found):,} findings, warm   {rate:>11,.0f} words/s")
    print(f"  1 MB, each sentence anew      {anew:>11,.0f} words/s   goal {GOAL:,}: {verdict}")
    print(f"  1 MB, first reading ever      {words / first:>11,.0f} words/s")
    still = len(quiet.split()) / timed(lambda: read(quiet, book), runs)
    print(f"  1 MB, quiet                   {still:>11,.0f} words/s")
    counted = words / timed(lambda: Counter(re.findall(r"\w+", text.lower())), runs)
    print(f"  1 MB, counting                {counted:>11,.0f} words/s, {counted / rate:.1f} times the reading")

    letter = " ".join(examples[::29])[:900]
    starts = []
    for _ in range(runs + 1):
        command = [sys.executable, "-c", START.format(language=language, letter=letter)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
        starts.append([float(number) for number in done.stdout.split()])
    imports, ready, reading = (median(column) for column in zip(*starts[1:], strict=True))
    count = len(letter.split())
    print(
        f"  start: import {imports:.1f} ms, book ready (kept) {ready:.1f} ms, first {count} words {reading:.1f} ms"
    )

    every = timed(lambda: laid_out(book), runs) * 1e3
    index = timed(lambda: Phrasebook(language, book.rules, book.lists, book.example).matcher, runs) * 1e3
    per = 100 / len(book.rules)
    print(f"  written: index of needs       {index:>7.1f} ms, {index * per:.1f} ms per 100 rules")
    print(f"  written: every pattern        {every:>7.1f} ms, {every * per:.1f} ms per 100 rules")


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    for language in ("en", "fr"):
        measure(language, runs)


if __name__ == "__main__":
    main()
