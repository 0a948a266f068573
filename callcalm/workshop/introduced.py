"""What the caller of a conversation on paper is called, by their own words or by those of whoever answers.

Only what is sure: a lead-in that nothing else follows, or a title with a name that somebody is spoken to by. What
must not be here: how lines are read, and names that stand before a colon (`conversations`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

_WORD: Final = r"[A-ZÀ-ÖØ-Þ][\w’'-]*\w"
_TITLE: Final = r"(?:Mrs|Ms|Mr|Miss|Dr|Mme|Mlle|M|Madame|Monsieur|Docteur)\b\.?"
_FULL: Final = rf"{_WORD}(?:[ ](?:de|du|van|von|la|le|der|den)){{0,2}}[ ]{_WORD}"
_TOLD: Final = re.compile(
    # After these one word is a name; after the next ones only two are, or a title: “this is Monday” is none.
    rf"\b(?:[Mm]y name(?: is|['’]s)|[Jj]e m['’]appelle|[Mm]on nom est) +(?P<any>{_TITLE} {_WORD}|{_FULL}|{_WORD})"
    rf"|\b(?:[Tt]his is|I am|I['’]m|[Ii]ci|[Cc]['’]est|[Jj]e suis),? +(?P<sure>{_TITLE} {_WORD}|{_FULL})"
    rf"|^(?P<here>{_TITLE} {_WORD}|{_FULL}) (?:here|speaking|à l['’]appareil)\b"
)
_SPOKEN_TO: Final = re.compile(rf"(?:^|[,.!?:] )({_TITLE} {_WORD})(?=[,.!?]|$)")
_FIRST_TURNS: Final = 4
"""Turns in which people say who they are; later a name is mostly somebody else's."""


def introduced(said: Sequence[str], answers: Iterable[str]) -> str:
    """The caller's name: as they give it, else as they are spoken to; empty where neither is sure."""
    for words in said[:_FIRST_TURNS]:
        found = _TOLD.search(words.strip())
        if found is not None:
            return str(found["any"] or found["sure"] or found["here"])
    forms = Counter(form for words in answers for form in _SPOKEN_TO.findall(words))
    return forms.most_common(1)[0][0] if len(forms) == 1 else ""


def addressed(name: str, answers: Iterable[str]) -> list[str]:
    """The forms of the name that are used in the answers, a title first; the name itself where there are none."""
    first, _space, _rest = name.partition(" ")
    last = name.rpartition(" ")[2]
    all_said = "\n".join(answers)
    titled = re.search(rf"{_TITLE} {re.escape(last)}\b", all_said)
    forms = [titled[0]] if titled else []
    if first != last and not re.fullmatch(_TITLE, first) and re.search(rf"\b{re.escape(first)}\b", all_said):
        forms.append(first)
    return forms or [name]
