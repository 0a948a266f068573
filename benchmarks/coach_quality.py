"""How well the coach reads: precision, recall and F1 by span, on labelled replies that it was not written from.

    python benchmarks/coach_quality.py [en|fr] [dev|test|blind|kept|kept-2|kept-3|more-a|more-b] [--misses]

The sets are in tests/data/coach (its README says how they were labelled): `dev` and `more-a` are what the rules
may be tuned on, `more-b` was partly seen while tuning, `test`, `blind` and those called `kept` are only counted
with. A finding is right when a label of the same kind (defensive or helpful) overlaps it by at least half of the
shorter; a label is found likewise. A family's recall is given twice: found as any move of its kind, and as exactly
its move.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from callcalm.coach import load_phrasebook, read
from callcalm.content.registry import load_rulebook

DATA = Path(__file__).parent.parent / "tests" / "data" / "coach"
KINDS = ("defensive", "helpful")
LANGUAGES = ("en", "fr")
HALVES = ("dev", "test", "blind", "kept", "kept-2", "kept-3", "more-a", "more-b")
GOALS = {("en", "defensive"): 0.80, ("fr", "defensive"): 0.75, ("en", "helpful"): 0.75, ("fr", "helpful"): 0.72}


@dataclass
class Tally:
    """Counts for one kind."""

    right: int = 0
    wrong: int = 0
    found: int = 0
    missed: int = 0
    by_move: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def precision(self) -> float:
        """Of what was found, how much is right."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Of what is there, how much was found."""
        return self.found / max(1, self.found + self.missed)

    @property
    def f1(self) -> float:
        """Both in one."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def overlaps(one: tuple[int, int], other: tuple[int, int]) -> bool:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    shorter = min(one[1] - one[0], other[1] - other[0])
    return shared > 0 and 2 * shared >= shorter


def kind_of(move: str, registry: object) -> str:
    return "helpful" if registry.helps(move) else "defensive"  # type: ignore[attr-defined]


def measure(language: str, half: str, show: bool) -> None:
    registry = load_rulebook().registry
    book = load_phrasebook(language)
    tallies = {kind: Tally() for kind in KINDS}
    traps = flagged = clean_words = alarms = 0
    with (DATA / f"{language}-{half}.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            item = json.loads(line)
            found = [(f, kind_of(f.move, registry)) for f in read(item["text"], book)]
            defensive = sum(1 for _, kind in found if kind == "defensive")
            if item["kind"] == "trap":
                traps += 1
                flagged += bool(defensive)
            if item["kind"] == "clean":
                clean_words += len(item["text"].split())
                alarms += defensive
            for kind, tally in tallies.items():
                labels = [s for s in item["spans"] if s["kind"] == kind]
                spans = [(s["start"], s["end"]) for s in labels]
                ours = [f for f, k in found if k == kind]
                for finding in ours:
                    hit = any(overlaps((finding.start, finding.end), span) for span in spans)
                    tally.right += hit
                    tally.wrong += not hit
                    if show and not hit:
                        print(f"  wrong {kind:<9} {finding.rule:<34} «{finding.matched}» in {item['id']}")
                for label, span in zip(labels, spans, strict=True):
                    met = [f for f in ours if overlaps((f.start, f.end), span)]
                    tally.found += bool(met)
                    tally.missed += not met
                    tally.by_move[label["move"], "all"] += 1
                    tally.by_move[label["move"], "kind"] += bool(met)
                    tally.by_move[label["move"], "move"] += any(f.move == label["move"] for f in met)
                    if show and not met:
                        print(f"  missed {label['move']:<22} «{item['text'][span[0] : span[1]]}» in {item['id']}")
    print(f"== {language} {half}: {len(book.rules)} rules")
    for kind, tally in tallies.items():
        goal = GOALS[language, kind]
        shares = f"precision {tally.precision:.2f}  recall {tally.recall:.2f}  F1 {tally.f1:.2f}"
        print(f"{kind:<10} {shares}   goal {goal:.2f}")
    print(f"traps flagged {flagged} of {traps} ({flagged / max(1, traps):.0%}; goal 5 %)")
    rate = 1000 * alarms / max(1, clean_words)
    print(f"false alarms per 1,000 clean words {rate:.1f} ({clean_words} words; goal 1)")
    for kind, tally in tallies.items():
        moves = sorted({move for move, _ in tally.by_move})
        rows = [(m, tally.by_move[m, "all"], tally.by_move[m, "kind"], tally.by_move[m, "move"]) for m in moves]
        print(f"recall by family, {kind} (labels, found as kind, found as move):")
        print("  " + "; ".join(f"{m} {n}: {k / n:.2f}, {e / n:.2f}" for m, n, k, e in rows))


def main() -> None:
    half = next((arg for arg in sys.argv[1:] if arg in HALVES), "test")
    for language in [arg for arg in sys.argv[1:] if arg in LANGUAGES] or LANGUAGES:
        measure(language, half, "--misses" in sys.argv)


if __name__ == "__main__":
    main()
