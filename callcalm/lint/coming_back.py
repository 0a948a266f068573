"""Whether what a promise comes back in is there. What must not be here: where encounters are (content.library)."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from callcalm.core.model import Beat, Promise
from callcalm.intake import Code, Path, nearest
from callcalm.lint.subject import Subject


def check_coming_back(subject: Subject, encounters: Collection[str]) -> None:
    """Put in every `follow_up`, and the `after`, that names none of the `encounters` there are."""
    scenario = subject.scenario
    named: list[tuple[Path, str]] = [(("after",), scenario.after)] if scenario.after else []
    for beat in scenario.beats.values():
        named += [(path, promise.follow_up) for path, promise in _promises(beat) if promise.follow_up]
    for path, name in named:
        if name in encounters:
            continue
        near = nearest(name, encounters)
        hint = f"Did you mean `{near}`?" if near else "Write that encounter, or leave this out."
        subject.add(
            Code.FOLLOW_UP, f"there is no encounter `{name}`, here or among those that ship", path, hint=hint
        )


def _promises(beat: Beat) -> Iterator[tuple[Path, Promise]]:
    here: Path = ("beats", beat.id)
    steps = [((*here, "replies", at), reply.promises) for at, reply in enumerate(beat.replies)]
    for key, step in (("otherwise", beat.otherwise), ("cut_in", beat.cut_in)):
        if step is not None:
            steps.append(((*here, key), step.promises))
    for path, promises in steps:
        yield from (((*path, "promises", at, "follow_up"), promise) for at, promise in enumerate(promises))
