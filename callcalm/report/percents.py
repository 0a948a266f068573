"""How a share is written in percent: rounded, and never as all or nothing where it is neither."""

from __future__ import annotations

from math import floor

_TINY = 1e-9


def in_100(share: float) -> str:
    """A share of 0 to 1 in whole percent, half of one up, without the sign.

    >>> [in_100(n) for n in (0, 0.001, 0.125, 7 / 9, 8 / 9, 0.999, 1)]
    ['0', '<1', '13', '78', '89', '>99', '100']
    """
    if _TINY < share < 1 - _TINY:
        # Chances are sums of many floats: what is half but for the last digits counts as half.
        whole = floor(round(share * 100, 6) + 0.5)
        return str(whole) if 0 < whole < 100 else ">99" if whole else "<1"  # noqa: PLR2004 - a hundred percent
    return str(round(share * 100))
