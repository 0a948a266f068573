"""Which form writes a document. What must not be here: documents, and files."""

from __future__ import annotations

from typing import Final

from callcalm.insight.exports.paper import Paper

FORMS: Final = ("md", "html", "txt")
"""The forms that a document can be written in, the default first."""


def written(paper: Paper, form: str) -> str:
    """The document in a form of `FORMS`. Raises `KeyError` for another."""
    if form == "html":
        from callcalm.insight.exports.html import as_html  # noqa: PLC0415  (one run writes one form)

        return as_html(paper)
    if form == "txt":
        from callcalm.insight.exports.plain import as_text  # noqa: PLC0415

        return as_text(paper)
    if form == "md":
        from callcalm.insight.exports.markdown import as_markdown  # noqa: PLC0415

        return as_markdown(paper)
    raise KeyError(form)
