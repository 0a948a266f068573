"""What argparse says of a command line and above its lists, in the interface's language. No parsing here."""

from __future__ import annotations

import argparse

from callcalm.language import _, later, ngettext

CHOICE = later("invalid choice: %(value)r (choose from %(choices)s)")
"""What it says of a word that is none of those it knows."""

SAYS = (
    later("usage: "),
    later("positional arguments"),
    later("options"),
    later("show this help message and exit"),
    later("show program's version number and exit"),
    later("argument %(argument_name)s: %(message)s"),
    later("the following arguments are required: %s"),
    later("one of the arguments %s is required"),
    later("not allowed with argument %s"),
    later("unrecognized arguments: %s"),
    later("ambiguous option: %(option)s could match %(matches)s"),
    later("ignored explicit argument %r"),
    later("expected one argument"),
    later("expected at most one argument"),
    later("expected at least one argument"),
    later("invalid %(type)s value: %(value)r"),
    CHOICE,
)
"""Its own sentences, word for word, that a command line of ours can bring up: for the catalogue."""


def speak() -> None:
    """Let argparse look its sentences up where we look up ours; by itself it asks for a catalogue of Python's."""
    setattr(argparse, "_", _)  # noqa: B010 - a name that no type checker knows
    setattr(argparse, "ngettext", ngettext)  # noqa: B010


def mistyped(message: str) -> tuple[str, list[str]]:
    """The word that is no choice in a message of argparse's, and the choices; empty for other messages."""
    head, _value, rest = _(CHOICE).partition("%(value)r")
    middle, _choices, tail = rest.partition("%(choices)s")
    _before, found, after = message.partition(head)
    if not found:
        return "", []
    word, _middle, choices = after.partition(middle)
    return word.strip("'\""), [choice.strip(" '") for choice in choices.removesuffix(tail).split(",")]
