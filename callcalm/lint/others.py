"""Writers' files that are no scenarios: phrasebooks, playbooks, drills, the moves file, settings.

What their loaders say is what is said of them; the examples in a phrasebook are run besides. What must not be
here: which kind a file is (files).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from callcalm.content.shapes import FORMAT
from callcalm.intake import BadFile, Code, Loaded, Source, shown
from callcalm.language import _
from callcalm.lint.levels import level_of
from callcalm.report import Diagnostic, about

if TYPE_CHECKING:
    from callcalm.coach import Phrasebook, Rule
    from callcalm.core.moves import Registry
    from callcalm.intake import Record

_FALLBACK: Final = "en"


def lint_phrasebook(source: Source) -> list[Diagnostic]:
    """A phrasebook: what is wrong with its rules, and which of their examples do not come out."""
    from callcalm.coach import load_phrasebook  # noqa: PLC0415 - fetched for such a file only
    from callcalm.coach.loading import add_phrases, record  # noqa: PLC0415
    from callcalm.coach.tongues import TONGUES  # noqa: PLC0415
    from callcalm.coach.trees import PatternError  # noqa: PLC0415
    from callcalm.intake import parse  # noqa: PLC0415

    try:
        code = parse(source).values.get("language")
        # Of a file that names no language that there is, the loader tells what is wrong.
        base = load_phrasebook(code if code in list(TONGUES) else _FALLBACK)
        book, loaded = add_phrases(base, source)
    except BadFile as bad:
        return _told(bad, record(), FORMAT)
    try:
        return [*map(about, loaded.inbox.problems), *_examples(book, loaded)]
    except PatternError as error:
        # The lists of the file make a pattern of the shipped book too large: only reading with both shows it.
        loaded.inbox.add(Code.TEXT_FORM, error.message, ("lists",), at_key=True, hint=error.hint)
        return [about(problem) for problem in loaded.inbox.problems]


def _examples(book: Phrasebook, loaded: Loaded) -> Iterable[Diagnostic]:
    from callcalm.coach.book import by_ear  # noqa: PLC0415 - fetched for such a file only

    rules = [(rule["id"], rule, ("rules", index)) for index, rule in enumerate(loaded.data["rules"])]
    # Who will have no ear is not asked what it hears.
    heard = loaded.data["by-ear"] if book.ear is not None else ()
    rules += [(by_ear(rule["move"]), rule, ("by-ear", index)) for index, rule in enumerate(heard)]
    for name, rule, path in rules:
        for key, code in (("hits", Code.HIT), ("misses", Code.MISS)):
            for at, line in enumerate(rule[key]):
                message, hint = _comes_out(book, book.rules[name], line, key == "hits")
                if message:
                    place = loaded.document.positions.value((*path, key, at))
                    yield Diagnostic(
                        code.value, level_of(code), message, loaded.inbox.source.name, place, hint=hint
                    )


def _comes_out(book: Phrasebook, rule: Rule, line: str, wanted: bool) -> tuple[str, str]:
    """What is wrong with one example, and what to do; two empty texts when it comes out as it should."""
    from callcalm.coach import read  # noqa: PLC0415 - fetched for such a file only

    found = read(line, book, book.example)
    moves = {finding.move for finding in found}
    as_good = {rule.move, "empathy.named"} if rule.move == "empathy.generic" else {rule.move}
    if wanted and not moves & as_good:
        if found:
            message = _("the rule `{rule}` does not stand in this sentence, but {others}")
            message = message.format(rule=rule.id, others=", ".join(f"`{finding.rule}`" for finding in found))
        else:
            message = _("the rule `{rule}` does not stand in this sentence").format(rule=rule.id)
        if not rule.patterns:
            return message, _("The ear has learnt what it hears: a wording that should always count is a rule.")
        return message, _(
            "Add a pattern that fits it, or look whether a `not` line or another rule takes it away."
        )
    if not wanted and (hit := next((finding for finding in found if finding.rule == rule.id), None)):
        message = _("the rule `{rule}` stands in this sentence, at “{words}”")
        message = message.format(rule=rule.id, words=hit.matched)
        if not rule.patterns:
            return message, _("The ear has learnt what it hears: take the example out.")
        return message, _("Make the pattern narrower, or add a `not` line for this case.")
    return "", ""


def lint_playbook(source: Source, name: str, registry: Registry, folder: Path | None) -> list[Diagnostic]:
    """A playbook called `name`, which may extend the shipped ones and those beside it in its `folder`."""
    from callcalm.content.playbooks import (  # noqa: PLC0415 - for such a file only
        SHIPPED,
        playbook_problems,
        playbook_record,
    )

    folders = (SHIPPED,) if folder is None else (folder, SHIPPED)
    try:
        return [about(problem) for problem in playbook_problems(source, name, registry, folders)]
    except BadFile as bad:
        return _told(bad, playbook_record(), FORMAT)


def lint_moves(source: Source) -> list[Diagnostic]:
    """A file of moves and moods."""
    from callcalm.content.registry import moves_problems, moves_record  # noqa: PLC0415 - for such a file only

    try:
        return [about(problem) for problem in moves_problems(source)]
    except BadFile as bad:
        return _told(bad, moves_record(), FORMAT)


def lint_drill(source: Source, name: str, registry: Registry) -> list[Diagnostic]:
    """A drill called `name`."""
    from callcalm.content.drill_shape import drill_record  # noqa: PLC0415 - fetched for such a file only
    from callcalm.content.drills import drill_problems  # noqa: PLC0415

    try:
        return [about(problem) for problem in drill_problems(source, name, registry)]
    except BadFile as bad:
        return _told(bad, drill_record(), FORMAT)


def lint_settings(source: Source) -> list[Diagnostic]:
    """Settings: values that make no sense, and keys that there are not."""
    from callcalm.intake import Severity, load_source  # noqa: PLC0415 - fetched for such a file only
    from callcalm.storage.settings_shape import settings_record  # noqa: PLC0415

    record = settings_record()
    try:
        loaded = load_source(source, record)
    except BadFile as bad:
        return _told(bad, record)
    for name in loaded.document.values.keys() - record.fields.keys():
        # They are kept, for a later callcalm may know them; but a slip of the pen does nothing.
        message = _("there is no setting `{name}`").format(name=shown(name))
        hint = loaded.inbox.guess(name, record.fields)
        loaded.inbox.add(Code.SETTING, message, (name,), at_key=True, hint=hint, severity=Severity.WARNING)
    return [about(problem) for problem in loaded.inbox.problems]


def _told(bad: BadFile, record: Record, number: int | None = None) -> list[Diagnostic]:
    """All that is wrong with a file, beside its syntax errors, too; `number` is the format that is read."""
    from callcalm.intake.remaining import with_rest  # noqa: PLC0415 - most files are TOML

    return [about(problem) for problem in with_rest(bad, record, number).problems]
