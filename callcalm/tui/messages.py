"""What screens say to the app. Screens never reach for the app; they post one of these."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from callcalm.insight.goals import Goal, Intent
    from callcalm.insight.promises import Entry

WAITING = ""
"""The key of the row of the call in progress; every scenario has an id."""

DRILL = "drill"
CAMPAIGN = "campaign"
TODAY = "today"
PROMISE = "promise"
SESSION = "session"
"""What the keys of other rows begin with, before a slash, which no id of a scenario has."""


class Play(Message):
    """Begin this encounter."""

    def __init__(self, ident: str) -> None:
        super().__init__()
        self.ident = ident


class OpenPromises(Message):
    """Show what was promised."""


class ComeBack(Message):
    """Begin the encounter in which this promise comes back."""

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self.entry = entry


class Resume(Message):
    """Go on with the call that waits."""


class PlayDrill(Message):
    """Begin this drill."""

    def __init__(self, ident: str) -> None:
        super().__init__()
        self.ident = ident


class LeaveDrill(Message):
    """The drill is done or left: show the list."""


class ChooseGoal(Message):
    """Choose a goal for this session; `techniques` are moves to offer, with their names."""

    def __init__(self, techniques: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        self.techniques = techniques


class AskBack(Message):
    """Ask what became of a goal, or of a line for the next real call."""

    def __init__(self, about: Goal | Intent) -> None:
        super().__init__()
        self.about = about


class GoOnCampaign(Message):
    """Begin the next step of this campaign."""

    def __init__(self, ident: str) -> None:
        super().__init__()
        self.ident = ident


class Moved(Message):
    """The round is at another stage: show the screen of that stage."""


class GoHome(Message):
    """Leave the round where it is, and show the list."""


class OpenSettings(Message):
    """Show the settings."""


class FirstRunDone(Message):
    """The first run is over: begin this encounter, or without one show the list."""

    def __init__(self, play: str = "") -> None:
        super().__init__()
        self.play = play


class OpenProgress(Message):
    """Show what the rounds tell over time."""


class OpenGuide(Message):
    """Show the field guide: the page of this move, or without one the list."""

    def __init__(self, move: str = "") -> None:
        super().__init__()
        self.move = move


class SettingsChanged(Message):
    """The setting with this name changed: let it be felt at once."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key


class SaveFailed(Message):
    """The last save did not work; the player must be told."""


class ShowText(Message):
    """Show a text to read and copy."""

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self.title = title
        self.text = text


class OtherPlaybook(Message):
    """Choose other house rules before the call begins."""


class OtherPlayer(Message):
    """Go on as this player, with that player's saves."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


class Opened(Message):
    """The player's save has been opened for the first time."""


class Notice(Message):
    """Say this above the key bar."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
