"""Opening a front end: the one place that decides between the screen and lines."""

from __future__ import annotations

import argparse
import sys
from functools import partial

from callcalm.cli import options
from callcalm.cli.exits import OK, UNSAVED
from callcalm.core.hints import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from callcalm.practice.desk import Desk
    from callcalm.practice.round import Practice


def open_front(
    args: argparse.Namespace, scenario: str | None = None, made: Callable[[Desk], Practice] | None = None
) -> int:
    """Run the front end at home, or straight at the brief of a scenario, or of the round that is `made`.

    Returns an exit code. The last word is printed to standard error once the terminal is the shell's again.
    """
    desk = options.desk(args)
    playbook = getattr(args, "playbook", None)
    seed = getattr(args, "seed", None)
    begin = partial(made, desk) if made is not None else None
    try:
        if options.is_plain(args):
            from callcalm.plain.start import run as run_plain

            word = run_plain(desk, play=scenario, playbook=playbook, seed=seed, begin=begin)
        else:
            from callcalm.tui.app import run as run_screen

            word = run_screen(desk, play=scenario, playbook=playbook, seed=seed, theme=args.theme, begin=begin)
    finally:
        desk.close()
    if word.text:
        sys.stderr.write(f"{word.text}\n")
    return UNSAVED if word.unsaved else OK
