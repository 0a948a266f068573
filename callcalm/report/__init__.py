"""Diagnostics for people and for machines: one model, written as text, unix lines, JSON, SARIF or GitHub commands.

What must not be here: anything that finds what is reported. A writer is imported when its format is asked for.
"""

from __future__ import annotations

from callcalm.report.model import Diagnostic, Level, Report, Sheet, about, level_name, say_instead

__all__ = ["Diagnostic", "Level", "Report", "Sheet", "about", "level_name", "say_instead"]
