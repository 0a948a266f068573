"""Whether what a promise comes back in is there. What must not be here: where encounters are (content.library)."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from callcalm.core.model import Beat, Promise, Scenario
from callcalm.intake import Code, Path, nearest
from callcalm.language import _
from callcalm.lint.subject import Subject


def check_coming_back(subject: Subject, encounters: Collection[str]) -> None:
    """Put in every `follow_up`, and the `after`, that names none of the `encounters` there are."""
    for path, name in _named(subject.scenario):
        if name in encounters:
            continue
        near = nearest(name, (other for other in encounters if other != subject.scenario.id))
        hint = _("Write {name}.toml, and keep both in your folder of scenarios; or leave this out.").format(
            name=name
        )
        if near:
            hint = _("Did you mean `{name}`?").format(name=near) + " " + hint
        message = _("there is no encounter `{name}`, here or among those that ship").format(name=name)
        subject.add(Code.FOLLOW_UP, message, path, hint=hint)


def comes_back(scenario: Scenario) -> bool:
    """Whether any other encounter is named."""
    return any(True for _ in _named(scenario))


def _named(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    if scenario.after:
        yield ("after",), scenario.after
    for beat in scenario.beats.values():
        if beat.otherwise or beat.cut_in or [True for reply in beat.replies if reply.promises]:
            yield from ((path, promise.follow_up) for path, promise in _promises(beat) if promise.follow_up)


def _promises(beat: Beat) -> Iterator[tuple[Path, Promise]]:
    for at, reply in enumerate(beat.replies):
        for number, promise in enumerate(reply.promises):
            yield ("beats", beat.id, "replies", at, "promises", number, "follow_up"), promise
    for key, step in (("otherwise", beat.otherwise), ("cut_in", beat.cut_in)):
        for number, promise in enumerate(step.promises if step is not None else ()):
            yield ("beats", beat.id, key, "promises", number, "follow_up"), promise
