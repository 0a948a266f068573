"""Two encounters, one of which comes back from a promise made in the other, and ways to play them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from callcalm.core.actions import Choose
from callcalm.core.price import PriceSheet
from callcalm.practice.desk import Desk
from callcalm.practice.round import Practice, Stage
from callcalm.storage.settings import Settings, save_settings

FRIDAY = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
SATURDAY = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
WEDNESDAY = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)

_HEAD = """\
format = 1
title = "{title}"
language = "en"
channel = "phone"
setting = "a desk"
level = 1
minutes = 2
brief = "It rings."
{more}
[caller]
name = "Maria Alvarez"
address = ["Maria"]
wants = "a call"
facts = ["third call"]

[start]
beat = "opening"
composure = 60
"""

_END = """
[endings.done]
kind = "resolved"
text = "Done."
lesson = "If I promise, I call."
price = { got = true }
"""

FIRST = (
    _HEAD.format(title="The first call", more="")
    + """
[beats.opening]
mood = "wary"
caller = "When will I hear?"

[[beats.opening.replies]]
id = "call"
say = "I will call you."
goto = "done"
promises = [{ what = "call Maria", by = "16:00", keepable = true, follow_up = "later" }]

[[beats.opening.replies]]
id = "money"
say = "You will have the money."
goto = "done"
promises = [{ what = "the money", keepable = false, follow_up = "later" }]

[[beats.opening.replies]]
id = "lost"
say = "You will hear."
goto = "done"
promises = [{ what = "hear from us", keepable = true }, { what = "a letter", keepable = false }]
"""
    + _END
)

LATER = (
    _HEAD.format(title="The call after", more='after = "first"\n')
    + """
[openings]
kept = "glad"
broken = { beat = "cold", set = { kept = false } }

[vars]
kept = true

[beats.opening]
mood = "wary"
caller = "Yes?"
replies = [{ id = "hello", say = "It's me.", goto = "done" }]

[beats.glad]
mood = "wary"
caller = "You called."
replies = [{ id = "hello", say = "I said I would.", goto = "done", when = "kept" }]

[beats.cold]
mood = "cold"
caller = "I waited."
replies = [
  { id = "hello", say = "You did.", goto = "done", when = "not kept" },
  { id = "again", say = "I'm late.", goto = "cold" },
]
"""
    + _END
)


def at(folder: Path, now: datetime = FRIDAY) -> Desk:
    """A desk in English at this moment, with the two encounters in its library; its days are those of UTC."""
    shelf = folder / "scenarios"
    shelf.mkdir(parents=True, exist_ok=True)
    if not (folder / "settings.toml").exists():
        save_settings(folder / "settings.toml", Settings(language="en"))
        (shelf / "first.toml").write_text(FIRST, encoding="utf-8")
        (shelf / "later.toml").write_text(LATER, encoding="utf-8")
    return Desk.open(saves=folder, now=lambda: now)


def made(folder: Path, reply: str = "call", now: datetime = FRIDAY) -> None:
    """A round of the first encounter, finished, with the promise that this reply makes."""
    desk = at(folder, now)
    practice = desk.begin("first")
    practice.go(Stage.CALL)
    practice.take(Choose(f"opening/{reply}"))
    finished(practice)
    desk.close()


def finished(practice: Practice) -> None:
    """Rate a round whose call is over, and put it into the log."""
    practice.sketch(PriceSheet().answered(True))
    practice.confirm()
    practice.finish()
    assert practice.trouble is None
