"""The first line, at once; then everything else is loaded while it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callcalm.language import _
from callcalm.plain.console import Console

if TYPE_CHECKING:
    from collections.abc import Callable

    from callcalm.practice.desk import Desk
    from callcalm.practice.leaving import LastWord
    from callcalm.practice.round import Practice


def run(
    desk: Desk,
    *,
    play: str | None = None,
    playbook: str | None = None,
    seed: int | None = None,
    begin: Callable[[], Practice] | None = None,
) -> LastWord:
    """Greet, then run the plain front end on the process's own input and output; see `plain.app.run`."""
    console = Console()
    console.say(_("callcalm, line by line. During a call ? is help; q leaves at any time, and nothing is lost."))
    from callcalm.plain import app  # noqa: PLC0415  (the greeting does not wait for the engine)

    return app.run(desk, play=play, playbook=playbook, seed=seed, begin=begin, console=console)
