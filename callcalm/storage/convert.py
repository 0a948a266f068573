"""Between the engine and the records: actions, moves and promises, both ways. What must not be here: files."""

from __future__ import annotations

from callcalm.core.actions import Action, Breathe, Choose, Compose, CutIn, Listen, Note, Say
from callcalm.core.composure import Seen
from callcalm.core.events import PromiseMade
from callcalm.core.moves import Finding
from callcalm.core.round import Round
from callcalm.core.text import Text
from callcalm.storage.records import ActionRecord, FindingRecord, MoveRecord, PromiseRecord


def action_record(action: Action) -> ActionRecord:
    """What a save holds of an action."""
    match action:
        case Choose(reply, words):
            return ActionRecord("choose", reply, Text(words))
        case Say(text, findings, reply):
            found = tuple(FindingRecord(f.rule, f.move, f.start, f.end) for f in findings)
            return ActionRecord("say", reply or "", text, findings=found)
        case Listen():
            return ActionRecord("listen")
        case CutIn():
            return ActionRecord("cut-in")
        case Breathe():
            return ActionRecord("breathe")
        case Compose(parts):
            return ActionRecord("compose", parts=parts)
        case Note(text):
            return ActionRecord("note", text=text)


def action(record: ActionRecord) -> Action | None:
    """The action in a save; None for one that this callcalm does not know."""
    match record.do:
        case "choose":
            return Choose(record.reply, record.text)
        case "say":
            found = tuple(_finding(finding, record.text) for finding in record.findings)
            return Say(record.text, found, record.reply or None)
        case "listen":
            return Listen()
        case "cut-in":
            return CutIn()
        case "breathe":
            return Breathe()
        case "compose":
            return Compose(record.parts)
        case "note":
            return Note(record.text)
    return None


def actions(records: tuple[ActionRecord, ...]) -> tuple[Action, ...]:
    """The actions up to the first that this callcalm does not know: a replay can go no further."""
    known: list[Action] = []
    for record in records:
        found = action(record)
        if found is None:
            break
        known.append(found)
    return tuple(known)


def move_record(seen: Seen) -> MoveRecord:
    """What a save holds of a move that counted."""
    return MoveRecord(seen.answer, seen.move, Text(seen.quote))


def promise_records(played: Round) -> tuple[PromiseRecord, ...]:
    """The promises of a round, each with the answer (from 1) that made it."""
    return tuple(
        PromiseRecord(made.what, made.by, made.keepable, made.follow_up, turn.state.answers)
        for turn in played.turns
        for event in turn.events
        if isinstance(event, PromiseMade)
        for made in (event.promise,)
    )


def _finding(record: FindingRecord, text: Text) -> Finding:
    start = max(0, min(record.start, len(text)))
    end = max(start, min(record.end, len(text)))
    return Finding(record.rule, record.move, start, end, text[start:end])
