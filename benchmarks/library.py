"""The encounters that ship, each by the figures that its bars are about.

    python benchmarks/library.py [ID ...]

Chances are exact, for players that pick (see `callcalm explore`). A figure outside its bar is marked with *.
"""

from __future__ import annotations

import sys

from callcalm.content.library import Library
from callcalm.content.playbooks import load_playbooks
from callcalm.content.registry import load_rulebook
from callcalm.core.explore import Player
from callcalm.lint.guessing import SHARE
from callcalm.lint.teaching import KIND_MOST, RANDOM_MOST
from callcalm.report import Level
from callcalm.workshop.measuring import Measures, measure


def main(wanted: list[str]) -> None:
    rulebook = load_rulebook()
    playbooks = load_playbooks(rulebook.registry)
    headers = [one for one in Library.standard(environ={}).headers() if not wanted or one.id in wanted]
    print(
        f"{'encounter':<20} lang ch lvl beats words play   min  endings  random  kind  best  longest  one place  "
        "checks  moves  err/warn/note"
    )
    for header in headers:
        print(row(measure(header.path, rulebook, playbooks)))


def row(found: Measures) -> str:
    letter = found.channel == "letter"
    beats = mark(found.beats, not (4 if letter else 8) <= found.beats <= (8 if letter else 14))
    shares = [(found.longest, found.longest >= SHARE * found.choices)]
    shares.append((found.in_one_place, found.in_one_place > SHARE * found.choices))
    longest, place = (mark(f"{count}/{found.choices}", bad) for count, bad in shares)
    levels = "/".join(str(found.findings.get(level, 0)) for level in (Level.ERROR, Level.WARNING, Level.NOTE))
    bad = bool(found.findings.get(Level.ERROR) or found.findings.get(Level.WARNING)) or not found.proved
    return (
        f"{found.id:<20} {found.language:<4} {found.channel[0].upper():<2} {found.level:<3} {beats:>5} "
        f"{found.words:>5} {found.typical_words:>4} {found.minutes:>5.1f}  "
        f"{mark(len(found.kinds), len(found.kinds) < 3):>7}  "
        f"{mark(f'{found.good[Player.RANDOM]:.0%}', found.good[Player.RANDOM] >= RANDOM_MOST):>6}  "
        f"{mark(f'{found.good[Player.KIND]:.0%}', found.good[Player.KIND] >= KIND_MOST):>4}  "
        f"{mark(f'{found.good[Player.BEST]:.0%}', found.good[Player.BEST] < 1):>4}  {longest:>7}  {place:>9}  "
        f"{mark(found.checks, found.checks < 3):>6}  {len(found.moves):>5}  {mark(levels, bad)}"
    )


def mark(value: object, bad: bool) -> str:
    return f"{value}*" if bad else str(value)


if __name__ == "__main__":
    main(sys.argv[1:])
