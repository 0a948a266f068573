"""What argparse says of a command line and above its lists, in the interface's language. No parsing here."""

from __future__ import annotations

import argparse
import re

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


def mistyped(message: str) -> tuple[str, str, list[str]]:
    """A message of argparse's, the word in it that is no choice, and the choices; both empty for other messages.

    Some Pythons put each choice in quotes and some do not: the message that comes back has none.
    """
    head, rest = re.split(r"%\(value\)[rs]", _(CHOICE))
    middle, tail = rest.split("%(choices)s")
    before, found, after = message.partition(head)
    if not found:
        return message, "", []
    word, _middle, listed = after.partition(middle)
    choices = [choice.strip(" '") for choice in listed.removesuffix(tail).split(",")]
    return f"{before}{head}{word}{middle}{', '.join(choices)}{tail}", word.strip("'\""), choices
