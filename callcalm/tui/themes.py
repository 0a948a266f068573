"""The themes: three of our own, tested for contrast, and Textual's two that use the terminal's own colours.

`calm` is the default, `contrast` has at least 7:1 everywhere, `projector` is black on white for a bright room.
Every colour a style names is one of the variables here, so what the test measures is what is shown.
"""

from __future__ import annotations

from collections.abc import Mapping

from textual.theme import Theme

DEFAULT = "calm"

ANSI = ("ansi-dark", "ansi-light")
"""Textual's own themes that leave the colours to the terminal."""

NAMES = ("calm", "contrast", "projector", *ANSI)
"""What can be chosen, in the order it is offered."""

FALLBACK: Mapping[str, str] = {
    "ink": "ansi_default",
    "muted": "ansi_default",
    "helps": "ansi_green",
    "costs": "ansi_red",
    "caller": "ansi_yellow",
    "player": "ansi_cyan",
    "heading": "ansi_default",
    "rule": "ansi_default",
    "row-ground": "ansi_default",
    "cursor-ink": "ansi_default",
    "cursor-ground": "ansi_default",
}
"""Our own variables for themes that do not define them."""


def _theme(name: str, *, dark: bool, ground: str, raised: str, colours: Mapping[str, str]) -> Theme:
    """A theme from few colours: `ground` behind everything, `raised` behind panels, bars and fields."""
    ink = colours["ink"]
    return Theme(
        name=name,
        dark=dark,
        primary=colours["heading"],
        secondary=colours["player"],
        accent=colours["caller"],
        warning=colours["caller"],
        error=colours["costs"],
        success=colours["helps"],
        foreground=ink,
        background=ground,
        surface=raised,
        panel=raised,
        boost=raised,
        text_alpha=1.0,
        variables={
            **colours,
            "text": ink,
            "text-muted": colours["muted"],
            "text-disabled": colours["muted"],
            "foreground-muted": colours["muted"],
            "border": colours["heading"],
            "border-blurred": colours["rule"],
            "scrollbar": colours["muted"],
            "scrollbar-hover": colours["heading"],
            "scrollbar-active": colours["heading"],
            "scrollbar-background": raised,
            "scrollbar-background-hover": raised,
            "scrollbar-background-active": raised,
            "scrollbar-corner-color": raised,
            "block-cursor-foreground": colours["cursor-ink"],
            "block-cursor-background": colours["cursor-ground"],
            "block-cursor-blurred-foreground": ink,
            "block-cursor-blurred-background": raised,
            "block-hover-background": colours["row-ground"],
            "input-cursor-background": ink,
            "input-cursor-foreground": ground,
            "input-selection-background": colours["cursor-ground"],
            "input-selection-foreground": colours["cursor-ink"],
            "screen-selection-background": colours["cursor-ground"],
            "screen-selection-foreground": colours["cursor-ink"],
        },
    )


_OWN = (
    _theme(
        "calm",
        dark=True,
        ground="#12181f",
        raised="#1b242e",
        colours={
            "ink": "#dbe3ea",
            "muted": "#9db0bf",
            "heading": "#8ccfc4",
            "caller": "#ecc48d",
            "player": "#a9c7ef",
            "helps": "#97d3a0",
            "costs": "#f3a199",
            "rule": "#627587",
            "row-ground": "#1f3d43",
            "cursor-ink": "#f4fbfa",
            "cursor-ground": "#215a58",
        },
    ),
    _theme(
        "contrast",
        dark=True,
        ground="#000000",
        raised="#141414",
        colours={
            "ink": "#ffffff",
            "muted": "#d6d6d6",
            "heading": "#7df0ff",
            "caller": "#ffd966",
            "player": "#b9d4ff",
            "helps": "#8dffa1",
            "costs": "#ffb8b0",
            "rule": "#a0a0a0",
            "row-ground": "#303030",
            "cursor-ink": "#000000",
            "cursor-ground": "#ffe14d",
        },
    ),
    _theme(
        "projector",
        dark=False,
        ground="#ffffff",
        raised="#eef1f4",
        colours={
            "ink": "#0b0f14",
            "muted": "#39424c",
            "heading": "#00406e",
            "caller": "#6a3000",
            "player": "#003a9b",
            "helps": "#00501e",
            "costs": "#8d0010",
            "rule": "#6b7681",
            "row-ground": "#d3e4f0",
            "cursor-ink": "#ffffff",
            "cursor-ground": "#00406e",
        },
    ),
)


OWN: Mapping[str, Theme] = {theme.name: theme for theme in _OWN}
"""Our themes by name."""


def known(name: str) -> str:
    """The theme of this name, with or without ``callcalm-`` before it; the default for any other."""
    short = name.removeprefix("callcalm-")
    return short if short in NAMES else DEFAULT
