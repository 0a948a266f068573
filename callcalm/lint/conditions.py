"""Conditions and variables: what is always or never true, never on offer, never asked, never changed.

What must not be here: whether a condition can be read (content).
"""

from __future__ import annotations

from callcalm.core.condition import names_in
from callcalm.core.explore import Offered
from callcalm.intake import Code
from callcalm.language import _
from callcalm.lint.subject import Subject, called


def check_conditions(subject: Subject) -> None:
    """Put in what is wrong with the conditions and variables of the encounter."""
    domain = subject.domain
    asked: set[str] = set()
    for beat in subject.scenario.beats.values():
        here = bool(subject.proof.beats.get(beat.id))
        for reply in beat.replies:
            if reply.when is None:
                continue
            asked |= names_in(reply.when)
            path = (*subject.path(beat, reply), "when")
            outcomes = domain.outcomes(reply.when)
            offered = subject.proof.replies.get(reply.key)
            if outcomes == {False}:
                message = _("“{when}” can never be true, whatever happens in the call")
                message = message.format(when=subject.written(path))
                hint = _("The reply can never be given: mend or delete it.")
                subject.add(Code.NEVER_TRUE, message, path, hint=hint)
            elif not here:
                continue
            elif outcomes == {True} or offered is Offered.ALWAYS:
                message = _("“{when}” is true whenever the call comes to `{beat}`")
                message = message.format(when=subject.written(path), beat=beat.id)
                hint = _("Leave it out, or ask for what was meant.")
                subject.add(Code.ALWAYS_TRUE, message, path, hint=hint)
            elif offered is Offered.NEVER:
                message = _("the reply {reply} is never on offer: “{when}” is never true at `{beat}`")
                message = message.format(reply=called(reply), when=subject.written(path), beat=beat.id)
                hint = _("Look at what is set on the ways to this beat, and at the composure one can have here.")
                subject.add(Code.REPLY_NEVER, message, path, hint=hint)
    if subject.scenario.vars:
        _variables(subject, asked)


def _variables(subject: Subject, asked: set[str]) -> None:
    changed = {
        name
        for beat in subject.scenario.beats.values()
        for step in (*beat.replies, beat.otherwise, beat.cut_in)
        if step is not None
        for name in (*step.set, *step.add)
    }
    changed.update(name for opening in subject.scenario.openings.values() for name in opening.set)
    for name, start in subject.scenario.vars.items():
        path = ("vars", name)
        if name not in asked:
            message = (
                _("no condition asks for `{name}`")
                if name in changed
                else _("no condition asks for `{name}`, and nothing changes it")
            )
            hint = _("Delete it, or ask for it, as in when = {when}.").format(when=_asked(name, start))
            subject.add(Code.NEVER_ASKED, message.format(name=name), path, at_key=True, hint=hint)
        elif name not in changed:
            shown = str(start).lower() if isinstance(start, bool) else start
            message = _("nothing ever changes `{name}`: it is always {value}").format(name=name, value=shown)
            hint = _("Let a reply set it, as in {written}, or leave it out of the conditions.")
            hint = hint.format(written=f"set = {{ {name} = … }}")
            subject.add(Code.NEVER_CHANGED, message, path, at_key=True, hint=hint)


def _asked(name: str, start: bool | int | str) -> str:
    """A condition on a variable as the file would have it, quotes and all: it is there to be copied."""
    if isinstance(start, bool):
        return f'"{name}"'
    return f"'{name} != \"\"'" if isinstance(start, str) else f'"{name} != {start}"'
