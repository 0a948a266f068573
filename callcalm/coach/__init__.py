"""The coach: reads any sentence a service person might say and finds the moves in it, in English and French.

`load_phrasebook` gives the rules of a language, `read` the findings in a text; `likeness.understand` the authored
reply that a typed answer is nearest to. What must not be here: scenarios, weights, front ends.
"""

from __future__ import annotations

from callcalm.coach.book import Phrasebook, Rule
from callcalm.coach.hearing import Hearing
from callcalm.coach.loading import load_phrasebook
from callcalm.coach.reading import meet, read, read_each

__all__ = ["Hearing", "Phrasebook", "Rule", "load_phrasebook", "meet", "read", "read_each"]
