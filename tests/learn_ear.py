"""Teaches the coach's ear: from labelled replies to the file of what sentences that cost have in common.

    python -m tests.learn_ear [en|fr]...

It learns from the labelled replies in tests/data/coach (not from those that are kept to count with), from the
examples of the rules, and from what rules and moves say to say instead, which costs nothing. Each sentence is one
lesson: it costs or it does not. The method is logistic regression with a penalty on large weights, solved by dual
coordinate descent (Yu, Huang, Lin 2011): plain, exact, and the same on every machine. The file is made, not
edited; a test says when it is older than its lessons.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from math import exp, log, sqrt
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

from callcalm.coach import Phrasebook, Rule, load_phrasebook, read
from callcalm.coach.ear import GAP, SHAPES, rows
from callcalm.coach.effects import COSTS
from callcalm.coach.listening import sentences
from callcalm.coach.loading import SHIPPED
from callcalm.coach.tongues import TONGUES
from callcalm.content.registry import load_rulebook

DATA: Final = Path(__file__).parent / "data" / "coach"
KEPT_APART: Final = frozenset({"test", "blind", "kept", "kept-2", "kept-3"})
"""Sets that nothing is learnt from: they are there to count with."""

PENALTY: Final = 10.0
"""How dear a wrong answer is against a large weight."""

ROUNDS: Final = 60
LEAST: Final = {1: 2, 2: 2, 3: 4}
"""Lessons that a sign must stand in to be learnt, by how many words it has."""

BOUNDS: Final = {"en": (0.2, 0.65), "fr": (0.13, 0.78)}
"""Chances below which a rule is doubted, and from which on a sentence costs without one: chosen by counting."""


class Lesson(NamedTuple):
    """One sentence: what the ear hears of its words, what helps in it, and the costing moves in it."""

    words: Sequence[str]
    helps: Sequence[str]
    moves: Sequence[str]


def lessons(language: str) -> Iterator[Lesson]:
    """All sentences that there are to learn from."""
    book = deaf(load_phrasebook(language))
    for file in files(language):
        for line in file.read_text("utf-8").splitlines():
            item = json.loads(line)
            costs = [span for span in item.get("spans", ()) if span["kind"] == "defensive"]
            yield from _in_text(book, item["text"], [(c["start"], c["end"], c["move"]) for c in costs])
    for rule in book.in_order:
        # What a rule promises counts twice: its examples must hold.
        for text in rule.hits * (1 + rule.costs):
            yield from _in_text(book, text, _costs_in(text, rule, book))
        for text in rule.instead:
            yield from _in_text(book, text, ())
    for move in load_rulebook().registry.moves.values():
        for words in (move.instead, move.example):
            if words is not None:
                yield from _in_text(book, words[language], ())


def deaf(book: Phrasebook) -> Phrasebook:
    """The same phrasebook without an ear: what was learnt before must not bear on the lessons."""
    found = Phrasebook(book.language, book.rules, book.lists, book.example)
    if book._kept is not None:
        found.keep(*book._kept)
    return found


def _costs_in(text: str, rule: Rule, book: Phrasebook) -> list[tuple[int, int, str]]:
    """Where an example of a rule costs, as far as the rules themselves know."""
    if not rule.patterns:
        return [(0, len(text), rule.move)]
    found = [finding for finding in read(text, book, book.example) if book.rules[finding.rule].patterns]
    return [
        # What takes back the sentence before costs by its own.
        (finding.end - 1 if book.rules[finding.rule].after else finding.start, finding.end, finding.move)
        for finding in found
        if finding.move in COSTS
    ]


def files(language: str) -> list[Path]:
    """The labelled sets to learn from."""
    found = sorted(DATA.glob(f"{language}-*.jsonl"))
    return [file for file in found if file.stem.removeprefix(f"{language}-") not in KEPT_APART]


def digest(language: str) -> str:
    """Tells whether the labelled sets are those that a file was learnt from."""
    return sha256(b"".join(file.read_bytes() for file in files(language))).hexdigest()[:16]


def _in_text(book: Phrasebook, text: str, costs: Iterable[tuple[int, int, str]]) -> Iterator[Lesson]:
    costs = list(costs)
    for start, end, words, helps in sentences(text, book):
        if words:
            yield Lesson(words, helps, [move for low, high, move in costs if low < end and start < high])


def signs(words: Sequence[str], helps: Sequence[str] = ()) -> list[str]:
    """What the ear listens for, as its file writes it: see `callcalm.coach.ear.sign_of`."""
    return [
        *helps,
        *(
            " ".join([GAP if at not in shape else found[shape.index(at)] for at in range(shape[-1] + 1)])
            for shape, row in zip(SHAPES, rows(("^", *words, "$")), strict=True)
            for found in row
        ),
    ]


def learn(
    rows: Sequence[Sequence[tuple[int, float]]], costs: Sequence[bool], size: int
) -> tuple[list[float], float]:
    """The weight of each sign, and where a sentence without any stands.

    `rows` are the signs of each lesson with their values; `size` is how many signs there are.
    """
    weights, least = [0.0] * size, 0.0
    lengths = [1.0 + sum([value * value for _, value in row]) for row in rows]
    small = min(1e-3, PENALTY * 1e-3)
    alphas = [small] * len(rows)
    for row, cost in zip(rows, costs, strict=True):
        push = small if cost else -small
        least += push
        for at, value in row:
            weights[at] += push * value
    order = list(range(len(rows)))
    random = Random(0)
    for _ in range(ROUNDS):
        random.shuffle(order)
        for number in order:
            row, side = rows[number], (1.0 if costs[number] else -1.0)
            margin = side * (least + sum([weights[at] * value for at, value in row]))
            old = alphas[number]
            new = _best(old, margin, lengths[number])
            push = side * (new - old)
            if push:
                alphas[number] = new
                least += push
                for at, value in row:
                    weights[at] += push * value
    return weights, least


def _best(old: float, margin: float, length: float) -> float:
    """The best share of one lesson, all others as they are: by Newton's method, kept within bounds."""
    low, high = 0.0, PENALTY
    new = old
    for _ in range(30):
        slope = log(new / (PENALTY - new)) + length * (new - old) + margin
        if abs(slope) < 1e-6:
            break
        if slope > 0:
            high = new
        else:
            low = new
        step = new - slope / (length + PENALTY / (new * (PENALTY - new)))
        new = step if low < step < high else (low + high) / 2
    return new


def ear(found: Sequence[Lesson], bounds: tuple[float, float] = BOUNDS["en"]) -> list[str]:
    """The lines of an ear's file; `bounds` as in `BOUNDS`."""
    heard = [signs(lesson.words, lesson.helps) for lesson in found]
    counts = Counter(sign for row in heard for sign in set(row))
    names = sorted(sign for sign, count in counts.items() if count >= LEAST[_size(sign)])
    numbers = {name: number for number, name in enumerate(names)}
    rarity = [log(len(found) / counts[name]) for name in names]
    values = []
    for row in heard:
        at = Counter(numbers[sign] for sign in row if sign in numbers)
        length = sqrt(sum(rarity[number] ** 2 * times for number, times in at.items())) or 1.0
        values.append([(number, rarity[number] * times / length) for number, times in sorted(at.items())])
    weights, least = learn(values, [bool(lesson.moves) for lesson in found], len(names))
    votes = _votes(found, heard)
    lines = [f"least\t{least:.4f}", f"doubt\t{bounds[0]}", f"sure\t{bounds[1]}"]
    for name, rare, weight in zip(names, rarity, weights, strict=True):
        move, vote = votes.get(name, ("", 0.0))
        lines.append(f"{name}\t{rare:.2f}\t{weight:.3f}\t{move}\t{vote * rare:.2f}")
    return lines


def _size(sign: str) -> int:
    return sum(word != GAP for word in sign.split())


def _votes(found: Sequence[Lesson], heard: Sequence[Sequence[str]]) -> dict[str, tuple[str, float]]:
    """For each sign the move that it stands with most often, and how surely: rare moves count for more."""
    by_sign: dict[str, Counter[str]] = defaultdict(Counter)
    moves: Counter[str] = Counter()
    for lesson, row in zip(found, heard, strict=True):
        # What is an action, such as cutting in, has no words to be told with.
        told = next((move for move in lesson.moves if move in COSTS), None)
        if told:
            moves[told] += 1
            for sign in set(row):
                by_sign[sign][told] += 1
    votes = {}
    for sign, counts in by_sign.items():
        move, most = max(counts.items(), key=lambda pair: (pair[1], pair[0]))
        votes[sign] = move, most / (counts.total() + 1) / sqrt(moves[move] / moves.total())
    return votes


def chance(lines: Iterable[str], words: Sequence[str], helps: Sequence[str] = ()) -> float:
    """How likely a sentence is to cost, by the lines of a file: slow, to hold the ear to."""
    table = {}
    least = 0.0
    for line in lines:
        fields = line.split("\t")
        # *Least* is a word, too: settings have one number.
        if len(fields) > 2:
            table[fields[0]] = float(fields[1]), float(fields[2])
        elif fields[0] == "least":
            least = float(fields[1])
    stand = [table[sign] for sign in signs(words, helps) if sign in table]
    length = sqrt(sum(rare**2 for rare, _ in stand)) or 1.0
    return 1 / (1 + exp(-least - sum(rare * weight for rare, weight in stand) / length))


def main(languages: Sequence[str]) -> None:
    """Learn, and write the files."""
    for language in languages or sorted(TONGUES):
        found = list(lessons(language))
        costs = sum(bool(lesson.moves) for lesson in found)
        head = [
            f"# What the coach's ear hears in {language}. Made by `python -m tests.learn_ear`: do not edit.",
            f"# Learnt from {len(found)} sentences, of which {costs} cost; labels {digest(language)}.",
            "# Each line: words by their first letters (^ and $ for the ends, _ for one that does not count),",
            "# or + and a helping move that a rule found; how rare that is; how far it pulls towards a cost; the",
            "# costing move it stands with most, and how surely.",
        ]
        text = "\n".join([*head, *ear(found, BOUNDS[language])]) + "\n"
        (SHIPPED / f"{language}.ear.tsv").write_text(text, encoding="utf-8")
        sys.stdout.write(f"{language}: {len(found)} sentences, {costs} that cost\n")


if __name__ == "__main__":
    main(sys.argv[1:])
