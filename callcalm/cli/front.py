"""Opening a front end: the one place that decides between the screen and lines."""

from __future__ import annotations

import argparse
import sys

from callcalm.cli import options
from callcalm.cli.exits import OK, UNSAVED


def open_front(args: argparse.Namespace, scenario: str | None = None) -> int:
    """Run the front end at home, or straight at a scenario's brief.

    Returns an exit code. The last word is printed to standard error once the terminal is the shell's again.
    """
    desk = options.desk(args)
    playbook = getattr(args, "playbook", None)
    seed = getattr(args, "seed", None)
    try:
        if options.is_plain(args):
            from callcalm.plain.start import run as run_plain

            word = run_plain(desk, play=scenario, playbook=playbook, seed=seed)
        else:
            from callcalm.tui.app import run as run_screen

            word = run_screen(desk, play=scenario, playbook=playbook, seed=seed, theme=args.theme)
    finally:
        desk.close()
    if word.text:
        sys.stderr.write(f"{word.text}\n")
    return UNSAVED if word.unsaved else OK
