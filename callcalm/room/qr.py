"""The code to scan: an address as a QR code made of half blocks, right on dark and on light terminals.

What must not be here: the screen; it shows the rows in the two colours named here.
"""

from __future__ import annotations

QUIET = 2
"""Light modules around the code. The standard says 4; every reader tried takes 2, and two rows more of the
projected screen are worth having."""

LIGHT = "#ffffff"
"""Colour of the characters. A code is read by its colours, so both are set, whatever the theme is."""

DARK = "#000000"
"""Colour behind the characters."""

_BLOCKS = {(True, True): " ", (False, True): "▀", (True, False): "▄", (False, False): "█"}


def qr_rows(address: str, *, dark_ink: bool = False) -> tuple[str, ...]:
    """The QR code of an address: rows of equal length, two modules of the code in each character.

    A full block is light: draw the rows in `LIGHT` on `DARK`, or let `framed` do it. `dark_ink` gives the opposite
    for a terminal without colours that writes dark on light.

    Raises:
        ValueError: more than a QR code can hold.
    """
    import segno  # noqa: PLC0415 - belongs to the room alone

    code = segno.make_qr(address, error="l")
    modules = [[bool(cell) for cell in row] for row in code.matrix_iter(border=QUIET)]
    if len(modules) % 2:
        modules.append([False] * len(modules[0]))
    return tuple(
        "".join(_BLOCKS[upper != dark_ink, lower != dark_ink] for upper, lower in zip(*pair, strict=True))
        for pair in zip(modules[::2], modules[1::2], strict=True)
    )


def framed(rows: tuple[str, ...]) -> tuple[str, ...]:
    """The rows with the terminal's own white and black around each, for whoever writes lines."""
    return tuple(f"\x1b[97;40m{row}\x1b[0m" for row in rows)
