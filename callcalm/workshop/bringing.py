"""A file of another tool to a finished scenario: which tool it is of, and all the steps between.

What must not be here: any format, and where the file goes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from callcalm.intake import BadFile, Code, Problem, Source, read
from callcalm.language import _, ngettext
from callcalm.workshop.casting import story_draft
from callcalm.workshop.finishing import Finished, finish
from callcalm.workshop.stories import MOST_PLACES, Story
from callcalm.workshop.words import Words, words

CAP: Final = 1024 * 1024
"""Largest file of another tool, in bytes."""

ENDINGS: Final = {"twee": (".twee", ".tw", ".tw3", ".twee3"), "ink": (".ink",)}
NAMES: Final = {"twee": "Twee", "ink": "ink"}


@dataclass(frozen=True, slots=True)
class Brought:
    """A scenario made of another tool's file: its title, the finished text, and what did not carry over."""

    title: str
    made: Finished
    notes: tuple[str, ...]


def bring(path: str | os.PathLike[str], language: str | None = None, kind: str | None = None) -> Brought:
    """Bring over a Twee or ink file; its kind is seen from its name or its text if none is given.

    Without a `language` it is guessed from the words. Raises `BadFile`.
    """
    source = read(path, CAP)
    found = kind or kind_of(Path(path), source)
    page = source.text.lstrip("\ufeff \t\r\n").startswith("<") and "<tw-storydata" in source.text
    if found is None or page:
        message = _("this is neither Twee nor ink, as far as can be seen")
        hint = _("Name it .twee or .ink, or say which it is with --from.")
        if page:
            hint = _(
                "It is a story of Twine's own kind. Open it in Twine, export it as Twee, and bring that over."
            )
        raise BadFile([Problem(Code.SYNTAX, message, source.place(0), hint, source.name)], source)
    folder = Path(path).parent
    story = story_of(source, found, folder)
    told = words(language or _language(story))
    try:
        made = _made(story, told, source, NAMES[found])
    except BadFile:
        if not story.extra:
            raise
        # Somebody has changed what callcalm had kept; the story itself is still good.
        story = story_of(source, found, folder)
        story.extra = {}
        story.notes.add(_("what callcalm had kept in the story does not fit any more: it was left out"))
        made = _made(story, told, source, NAMES[found])
    notes = (*story.notes.lines(), *_told(made.warnings))
    return Brought(story.title or Path(path).stem, made, notes)


def _told(warnings: Sequence[Problem]) -> Iterator[str]:
    """What is to be told of the scenario as it was made: of places that no path leads to only the first few."""
    nowhere = [problem.message for problem in warnings if problem.code is Code.UNREACHED]
    yield from (problem.message for problem in warnings if problem.code is not Code.UNREACHED)
    yield from nowhere[:MOST_PLACES]
    if more := len(nowhere[MOST_PLACES:]):
        words = ngettext("{n} more place that no path leads to", "{n} more places that no path leads to", more)
        yield words.format(n=more)


def _made(story: Story, told: Words, source: Source, kind: str) -> Finished:
    file = Path(source.name).name
    draft = story_draft(story, told, file=file, kind=kind)
    return finish(draft, "import", lambda name, why: told("new.unheld", name=name, reason=why))


def story_of(source: Source, kind: str, folder: Path | None = None) -> Story:
    """The story in a text of this kind; other files that it is made of are looked for in the `folder`.

    Raises `BadFile`.
    """
    if kind == "ink":
        from callcalm.workshop.ink import ink_story  # noqa: PLC0415 - one of the two is needed

        return ink_story(source, folder)
    from callcalm.workshop.twee import twee_story  # noqa: PLC0415

    return twee_story(source)


def kind_of(path: Path, source: Source) -> str | None:
    """Whether a file is Twee or ink: by its name, else by its first lines."""
    for kind, endings in ENDINGS.items():
        if path.suffix.lower() in endings:
            return kind
    lines = source.text[:20_000].split("\n")
    if any(line.startswith("::") for line in lines):
        return "twee"
    if any(line.lstrip().startswith(("==", "->")) or " -> " in line for line in lines):
        return "ink"
    return None


def _language(story: Story) -> str:
    from callcalm.letters.tongue import language_of  # noqa: PLC0415 - only where nothing says it

    own = story.extra.get("language")
    if own in {"en", "fr"}:
        return str(own)
    # What is said: the file may be mostly code, or have all its words in others that it includes.
    said = (text for node in story.nodes.values() for text in (node.text, *(link.say for link in node.links)))
    return language_of("\n".join(said))
