"""Two lines of composure in one small plot; what they are is told by their marks and in words, not by colour."""

from __future__ import annotations

from collections.abc import Sequence

from textual_plotext import PlotextPlot

from callcalm.core.composure import FULL
from callcalm.core.text import safe

LIVED, OTHER = "o", "x"
"""The mark of each line."""

_TICKS = 10
"""Answers named under the plot, at the most."""


class TwoLines(PlotextPlot, can_focus=False):
    """Two lines over the answers of a call, each as far as it goes."""

    def __init__(
        self, lines: Sequence[tuple[int | None, int | None]], names: tuple[str, str], parted: int = 0
    ) -> None:
        """`lines` are the two composures (0..100) at the start and after each answer, `names` what they are.

        Before the answer `parted` both are one, and only the first is drawn.
        """
        super().__init__()
        self.theme = "clear"  # the terminal's own colours: the marks tell the lines apart
        for which, (mark, name) in enumerate(zip((LIVED, OTHER), names, strict=True)):
            points = [(answer, pair[which]) for answer, pair in enumerate(lines)]
            first = max(0, parted - 1) if which else 0
            known = [(answer, value) for answer, value in points if value is not None and answer >= first]
            self.plt.plot([at for at, _ in known], [value for _, value in known], marker=mark, label=safe(name))
        self.plt.ylim(0, FULL)
        self.plt.yticks([0, FULL // 4, FULL // 2, FULL * 3 // 4, FULL])
        step = max(1, -(-len(lines) // _TICKS))
        self.plt.xticks(list(range(0, len(lines), step)))
