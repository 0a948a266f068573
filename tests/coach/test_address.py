"""Names in address where no call is known: told by capitals, titles and commas."""

from __future__ import annotations

import pytest

from callcalm.coach import Hearing, load_phrasebook, read
from callcalm.coach.address import addressed


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("fr", "Fermez la porte, monsieur Gaillard. Dites-moi.", ["monsieur Gaillard"]),
        ("fr", "Bon, Théo, qu'est-ce qui s'est passé ?", ["Théo"]),
        ("fr", "Qu'est-ce qui t'a donné envie d'arrêter, Inès ?", ["Inès"]),
        ("fr", "Madame Pires, je regarde. Merci madame Pires.", ["Madame Pires", "madame Pires"]),
        ("fr", "Oui, M. Keller, je regarde.", ["M. Keller"]),
        ("fr", "Madame Ferrand,\n\nJe suis désolée.", []),
        ("fr", "Bonjour Madame Simon,\n\nJe regarde.", []),
        ("fr", "Je vous rappelle. Cordialement, Sophie", []),
        ("fr", "C'est votre conseillère, Mme Roux, qui vous rappelle.", []),
        ("fr", "Le train dessert Redon, Questembert et Vannes.", []),
        ("en", "Thank you, Ms. Alvarez. I'll look.", ["Ms. Alvarez"]),
        ("en", "What happened then, Karim?", ["Karim"]),
        ("en", "Dear Ms. Alvarez,\n\nI will look.", []),
        ("en", "Kind regards, Ruth", []),
    ],
)
def test_a_name_in_address_is_told_by_its_place(language: str, text: str, names: list[str]) -> None:
    assert [text[low:high] for low, high in addressed(text, 0, len(text), language)] == names


def test_a_name_counts_where_no_call_is_known() -> None:
    text = "Je regarde. Merci, monsieur Gaillard."
    found = [finding for finding in read(text, load_phrasebook("fr")) if finding.move == "use-name"]
    assert [finding.matched for finding in found] == ["monsieur Gaillard"]


def test_in_a_known_call_only_the_name_of_the_caller_counts() -> None:
    book = load_phrasebook("fr")
    text = "Merci, monsieur Gaillard."
    moves = {finding.move for finding in read(text, book, Hearing(names=("Mme Morel",)))}
    assert "use-name" not in moves


def test_french_knows_what_vous_does_by_its_ending() -> None:
    terms = load_phrasebook("fr").matcher.lexicon
    alphabet = load_phrasebook("fr").matcher.alphabet
    assert "<ez>" in alphabet.terms[terms.number("vadrouilliez")]
    assert "<ez>" not in alphabet.terms[terms.number("chez")]
    assert "<infinitif>" in alphabet.terms[terms.number("vadrouiller")]
    assert "<infinitif>" not in alphabet.terms[terms.number("dossier")]
