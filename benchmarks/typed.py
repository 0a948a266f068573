"""Where typed answers go: the share of the labelled ones that reach the reply a fair human would take them for.

python benchmarks/typed.py [--misses]
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.typed import taken


def main() -> None:
    for language in ("en", "fr"):
        right: Counter[str] = Counter()
        every: Counter[str] = Counter()
        for one in taken(language):
            for group in ("all", one.sort):
                every[group] += 1
                right[group] += one.got == one.wanted
            if "--misses" in sys.argv and one.got != one.wanted:
                print(f"  {one.beat}: {one.text[:90]!r} should reach {one.wanted}, went to {one.got}")
        shares = "  ".join(
            f"{group} {right[group]}/{count} ({right[group] / count:.0%})" for group, count in every.items()
        )
        print(f"{language}: {shares}")


if __name__ == "__main__":
    main()
