"""Whether an answer tells of trouble by its plain words, where nothing else is known of the call.

A bright tone beside such words costs. What must not be here: patterns, moves.
"""

from __future__ import annotations

import re
from typing import Final

from callcalm.coach.words import fold

_WORD = re.compile(r"[^\W\d_]+")

_ENGLISH = """
    lost lose losing stolen theft cancelled canceled cancellation broken broke damaged smashed missing
    missed gone dead died death passed stuck stranded late delayed delay delays overdue declined refused
    rejected denied failed failing fails wrong error errors mistake crashed overcharged leak leaking flooded
    burst hurt ill sick pain hospital sorry apologies unfortunately afraid complaint grievance problem
    problems trouble upset worried angry unable cannot deleted wiped locked blocked funeral urgent accident
    bleeding redundant dismissed evicted penalty debt postponed rescheduled unavailable overbooked
"""
_FRENCH = """
    perdu perdue perdus perdues vole volee voles annule annulee annules casse cassee casses abime abimee
    manque manquant manquante mort morte deces bloque bloquee coince coincee retard retarde refuse refusee
    rejete rejetee ferme fermee rate ratee erreur panne fuite inonde inondee brule brulee blesse blessee
    malade douleur hopital desole desolee malheureusement probleme problemes souci ennui plainte impossible
    accident obseques amende reporte reportee supprime supprimee disparu disparue colere attendre
    detruit detruite detruits detruites endommage endommagee coupee coupees egare egaree egares egarees
    perte enterrement deuil veuve hospitalise hospitalisee cambriole cambriolee cambriolage sinistre
    reclamation impaye resilie resiliee suspendu suspendue expulsion licencie licenciee fievre saigne
    biopsie tumeur cancer entorse morsure mordu mordue blessure chute bobo degat degats echoue annulation
    inquiet inquiete litige fracture jamais refus rejet decede decedee couac cafouillage contretemps
"""
_DENIED = re.compile(
    r"\b(?:pas|aucun|aucune|sans|zero)(?: de| d')? ?(?:souci|soucis|probleme|problemes|ennui|ennuis)\b"
)
_WITHOUT = re.compile(
    r"\b(?:n'|ne )(?:\w+ )?(?:\w+ )?(?:plus|toujours pas)\b|\btoujours (?:pas|en attente)\b"
    r"|\b(?:sans|plus d'|plus de) "
    r"(?:chauffage|eau|electricite|courant|gaz|internet|telephone|reseau|nouvelles|ligne)\b"
    r"|\b(?:marche|fonctionne|repond) (?:pas|plus)\b"
    r"|\b(?:preleve|debite|facture)\w* (?:deux|trois|quatre|\d+) fois\b"
)
_TROUBLE: Final = frozenset((_ENGLISH + _FRENCH).split())


def tells_of_trouble(text: str) -> bool:
    """Whether one of the words tells of trouble, in either language.

    >>> tells_of_trouble("Your order was lost."), tells_of_trouble("The office opens at nine.")
    (True, False)
    >>> tells_of_trouble("Pas de souci, c'est fait."), tells_of_trouble("Vous êtes sans chauffage.")
    (False, True)
    """
    said = _DENIED.sub(" ", fold(text))
    return any(word in _TROUBLE for word in _WORD.findall(said)) or _WITHOUT.search(said) is not None
