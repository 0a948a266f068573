"""The questions the app asks: about a save that fails, a second window, a call that would be replaced."""

from __future__ import annotations

from collections.abc import Mapping

from callcalm.core.playbook import Playbook
from callcalm.insight.saving import trouble_line
from callcalm.insight.wording import headed
from callcalm.language import _, pick
from callcalm.storage.lock import Holder
from callcalm.storage.records import CallRecord
from callcalm.storage.store import Store
from callcalm.storage.trouble import CannotSave
from callcalm.tui.screens.question import Choice, Question


def save_trouble(trouble: CannotSave, *, served: bool = False) -> Question:
    """What to do about a save that does not work: keep, folder (unless `served`), again, text."""
    elsewhere = [] if served else [Choice("folder", _("Save in another folder."))]
    return Question(
        _("Not saved"),
        trouble_line(trouble) + " " + _("Nothing is lost yet: the round is kept as long as callcalm runs."),
        [
            Choice("keep", _("Keep playing; callcalm tries again at every step.")),
            *elsewhere,
            Choice("again", _("Try again now.")),
            Choice("text", _("Show all that is not saved as text, to copy.")),
        ],
        escape="keep",
    )


def held(holder: Holder, store: Store) -> Question:
    """A second window of one player: beside, other, quit."""
    since = holder.since.astimezone().strftime("%H:%M") if holder.since else _("an unknown time")
    return Question(
        _("{player} is playing in another window").format(player=store.player),
        _("It is process {pid} on {host}, since {since}.").format(
            pid=holder.pid or _("unknown"), host=holder.host or _("an unknown machine"), since=since
        ),
        [
            Choice("beside", _("Play here too; these rounds go into {file}.").format(file=store.path.name)),
            Choice("other", _("Play as somebody else.")),
            Choice("quit", _("Quit this window.")),
        ],
        escape="beside",
    )


def replaces(record: CallRecord) -> Question:
    """Another call waits: resume, begin, or escape."""
    title = record.title or record.scenario
    return Question(
        _("A call is waiting"),
        _("“{title}” is not finished, and only one call can wait.").format(title=title),
        [
            Choice("resume", _("Go on with the call that waits.")),
            Choice("begin", _("Put it aside, and begin the other one.")),
            Choice("", _("Do neither.")),
        ],
    )


def other_rules(books: Mapping[str, Playbook], now: str) -> Question:
    """Whose house rules to play by; the result is a playbook's id."""
    ordered = [now, *(key for key in books if key != now)]
    return Question(
        _("House rules"),
        _("They decide what your words weigh. The first is the one in force."),
        [Choice(key, f"{headed(pick(books[key].name))} {pick(books[key].about)}") for key in ordered],
        escape=now,
    )
