"""What is said of campaigns, in sentences that every front end uses. What must not be here: layout."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from callcalm.content.campaigns import Campaign
from callcalm.insight.wording import headed
from callcalm.language import _


def campaign_line(campaign: Campaign, done: Sequence[bool]) -> str:
    """One campaign in a line: where one stands, and what comes next."""
    count, all_steps = sum(done), len(campaign.steps)
    where = _("{n} of {all} done").format(n=count, all=all_steps)
    step = next((step for step, is_done in zip(campaign.steps, done, strict=True) if not is_done), None)
    line = f"{headed(campaign.id)} {campaign.title}, {where}"
    return line if step is None else _("{line}; next: {step}").format(line=line, step=step.id)


def step_lines(campaign: Campaign, done: Sequence[bool]) -> Iterator[str]:
    """The steps, numbered, each with how to begin it."""
    for number, (step, is_done) in enumerate(zip(campaign.steps, done, strict=True), 1):
        command = "drill" if step.kind == "drill" else "play"
        mark = _("done") if is_done else _("to do")
        why = f" {step.why}" if step.why else ""
        yield f"{number}. [{mark}] callcalm {command} {step.id}.{why}"
