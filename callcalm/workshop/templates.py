"""Small complete encounters to start from: one a channel and language, with a comment wherever one may be needed.

They are ordinary scenario files under `data/`. What must not be here: their words.
"""

from __future__ import annotations

import re

from callcalm.core.records import NamedTuple
from callcalm.storage import emit
from callcalm.workshop.fitting import one_line
from callcalm.workshop.words import DATA

_TITLE = re.compile(r'^title = "(.*)"$', re.MULTILINE)


class Template(NamedTuple):
    """The title and the text of a template."""

    title: str
    text: str


def template(channel: str, language: str, title: str = "") -> Template:
    """The template for a channel and a language, under its own title or the one given.

    Raises `FileNotFoundError` when there is none.
    """
    text = (DATA / f"{channel}.{language}.toml").read_text("utf-8")
    found = _TITLE.search(text)
    own = found[1] if found else channel
    wanted = one_line(title, 60)
    if not wanted:
        return Template(own, text)
    return Template(wanted, _TITLE.sub(lambda _hit: f"title = {emit.string(wanted)}", text, count=1))
