"""What may stand in a settings file, for the editor of whoever writes one by hand. Nothing is read through it.

`settings` reads the file and gives way where it cannot be understood; a test holds the two to one another.
"""

from __future__ import annotations

from callcalm.intake import Bool, Choice, Field, MapOf, Record, Str
from callcalm.language import later
from callcalm.storage.names import LONGEST_NAME
from callcalm.storage.settings import COACHING, LANGUAGES, MOTIONS

LONGEST_ID = 60
LONGEST_PATH = 1_000
MOST_KEYS = 300


def settings_record() -> Record:
    """The shape of a settings file; keys that this version does not know are kept."""
    name = Str(LONGEST_ID, empty=True)
    return Record(
        {
            "language": Field(
                Choice(LANGUAGES), "The language of the interface; auto follows the system.", default="auto"
            ),
            "theme": Field(name, "The colours: the id of a theme; empty for the usual one.", default=""),
            "motion": Field(Choice(MOTIONS), "Whether things may move on the screen.", default="reduced"),
            "coach": Field(
                Choice(COACHING), "When the coach marks words: after the call, or live.", default="after"
            ),
            "temptation": Field(
                Bool(), "Whether temper has the upper hand when composure is below 25.", default=True
            ),
            "playbook": Field(name, "The house rules for every call; empty for each encounter's own.", default=""),
            "player": Field(Str(LONGEST_NAME, empty=True), "Who plays when nobody is named.", default=""),
            "mouse": Field(Bool(), "Whether the mouse is used.", default=True),
            "saves": Field(
                Str(LONGEST_PATH, empty=True), "The folder of the saves; empty for the system's own.", default=""
            ),
            "keys": Field(
                MapOf(
                    r".+",
                    later("Names here are the ids of commands."),
                    Str(LONGEST_ID, empty=True),
                    most=MOST_KEYS,
                ),
                "Keys of one's own, by the id of the command.",
            ),
        },
        keep_unknown=True,
    )
