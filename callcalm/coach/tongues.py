"""What the coach knows of English and French spelling: contractions, elisions, abbreviations, common slips.

Data and the two functions that use it. What must not be here: phrases, moves, anything a writer would change.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from callcalm.core.records import dataclass

APOSTROPHES = "'’ʼ＇`´‘"
"""Every character that people type for an apostrophe; `fold` makes them all the first."""

_SPLIT = f"[{APOSTROPHES}]"
_IZE = r"(?<=\w\w\w)iz(?=(?:e|ed|es|er|ers|ing|ation|ations)$)"

Parts = list[tuple[str, int, int]]
"""Folded words and where each stands in the raw word: start, end (exclusive), in code points."""


@dataclass(frozen=True, slots=True, eq=False)
class Tongue:
    """One language's spelling.

    `parts` takes a raw and a folded word apart into the words it stands for; `whole` are those it knows as a
    whole. `also` gives further words that a part may stand for. A full stop after one of `titles`, if it is short,
    never ends a sentence, after one of `soft` not for certain. `lookalikes` are never slips, `empty` words carry
    no meaning, `negations` are those that a positive gap (``...+``) does not skip, `frequent` those of nearly
    every text. `endings` are lists that every phrasebook of the language has: words known by how they end, as
    patterns that are compiled when they are first used.
    """

    code: str
    parts: Callable[[str, str], Parts]
    canonical: Callable[[str], str]
    whole: Mapping[str, tuple[str, ...]]
    also: Mapping[str, tuple[str, ...]]
    titles: frozenset[str]
    soft: frozenset[str]
    lookalikes: frozenset[str]
    empty: frozenset[str]
    negations: frozenset[str]
    frequent: frozenset[str]
    endings: Mapping[str, str]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _table(rows: str) -> dict[str, tuple[str, ...]]:
    pairs = (row.split("=") for row in rows.split(","))
    return {key.strip(): tuple(words.split()) for key, words in pairs}


_EN_WHOLE = _table(
    "can't=can not,cannot=can not,won't=will not,shan't=shall not,ain't=is not,let's=let us,y'all=you all,"
    "o'clock=oclock,ma'am=maam,cant=can not,wont=will not,dont=do not,doesnt=does not,didnt=did not,"
    "isnt=is not,arent=are not,wasnt=was not,werent=were not,hasnt=has not,havent=have not,hadnt=had not,"
    "couldnt=could not,wouldnt=would not,shouldnt=should not,aint=is not,im=i am,ive=i have,youre=you are,"
    "youve=you have,youll=you will,youd=you 'd,weve=we have,theyre=they are,theyve=they have,theyll=they will,"
    "thats=that 's,whats=what 's,theres=there 's,lets=let us,gonna=going to,wanna=want to,gotta=got to,"
    "gimme=give me,lemme=let me,u=you,ur=your,pls=please,plz=please,thx=thanks,ty=thank you,sry=sorry,"
    "sory=sorry,sorrry=sorry,soory=sorry,teh=the,yuo=you,waht=what,wat=what,becuase=because,becasue=because,"
    "cuz=because,alot=a lot,recieve=receive,recieved=received,definately=definitely,"
    "appologise=apologise,appologize=apologise,apoligise=apologise,apoligize=apologise,"
    "understnad=understand,undrstand=understand,thankyou=thank you,shoud=should,shuold=should,woud=would,"
    "wich=which,tommorow=tomorrow,tomorow=tomorrow,tommorrow=tomorrow,plese=please,pleae=please,"
    "claming=claiming,polciy=policy,polcy=policy,maam=maam,yall=you all,kinda=kind of,dunno=do not know"
)
_EN_TAILS = {"m": "am", "re": "are", "ve": "have", "ll": "will", "d": "'d"}
_EN_IS = _words(
    "it that what here there who how where when why he she this everything everyone nobody something one"
)


def _english(raw: str, word: str) -> Parts:
    return [(part, 0, len(raw)) for part in _english_words(word)]


def _english_words(word: str) -> tuple[str, ...]:
    whole = _EN_WHOLE.get(word)
    if whole is not None:
        return whole
    if "'" not in word:
        return (word,)
    if word.endswith("n't") and word != "n't":
        return (*_english_words(word[:-3]), "not")
    base, _, tail = word.rpartition("'")
    if tail in _EN_TAILS:
        return (*_english_words(base), _EN_TAILS[tail])
    if tail == "s":
        # After a noun it may be a genitive, which is no word at all.
        return (*_english_words(base), "'s" if base in _EN_IS else "'")
    return (word.replace("'", ""),)


def _american(word: str) -> str:
    if word.endswith("iz"):
        return word[:-1] + "s"
    return re.sub(_IZE, "is", word) if "iz" in word else word


_FR_WHOLE = _table(
    "aujourd'hui=aujourdhui,aujourdui=aujourdhui,cest=ce est,cetait=ce etait,jai=je ai,jetais=je etais,"
    "javais=je avais,jaurais=je aurais,jespere=je espere,nest=ne est,nai=ne ai,navez=ne avez,navons=ne avons,"
    "navait=ne avait,daccord=de accord,dabord=de abord,quil=que il,quils=que ils,quon=que on,sil=s' il,"
    "lheure=l' heure,lattente=l' attente,dsl=desole,stp=svp,bjr=bonjour,"
    "pk=pourquoi,pcq=parce que,rdv=rendez vous,rv=rendez vous,mr=m,monsieur=monsieur,mme=madame,mlle=madame,"
    "t'as=tu as,t'avais=tu avais,t'auras=tu auras,t'aurais=tu aurais,taurais=tu aurais,vs=vous,ns=nous,"
    "tjs=toujours,tjrs=toujours,pkoi=pourquoi,qd=quand,bcp=beaucoup,ya=y a,"
    "ca=cela,pourqoi=pourquoi,pouquoi=pourquoi,maleureusement=malheureusement"
)
_FR_ELIDED = {
    "j": "je", "n": "ne", "c": "ce", "d": "de", "m": "me", "t": "te", "s": "s'", "l": "l'", "qu": "que",
    "jusqu": "jusque", "lorsqu": "lorsque", "puisqu": "puisque", "quoiqu": "quoique", "quelqu": "quelque",
    "presqu": "presque",
}  # fmt: skip


def _french(raw: str, word: str) -> Parts:
    whole = _FR_WHOLE.get(word)
    if whole is not None:
        return [(part, 0, len(raw)) for part in whole]
    if "'" not in word:
        # A lone letter is an elision whose apostrophe was typed as a space, or left of one in the raw text.
        return [(_FR_ELIDED.get(word, word) if word != "m" else word, 0, len(raw))]
    found: Parts = []
    heads, start = word.split("'"), 0
    cuts = [hit.end() for hit in re.finditer(_SPLIT, raw)] + [len(raw)]
    if len(cuts) != len(heads):
        return [(word.replace("'", ""), 0, len(raw))]
    for head, end in zip(heads, cuts, strict=True):
        last = end == cuts[-1] and head is heads[-1]
        if last or head in _FR_ELIDED:
            text = _FR_WHOLE.get(head, (head,)) if last else (_FR_ELIDED[head],)
            found.extend((part, start, end) for part in text)
        elif head:
            found.append((head, start, end - 1))
        start = end
    return [part for part in found if part[0]]


def _as_is(word: str) -> str:
    return word


ENGLISH = Tongue(
    "en",
    _english,
    _american,
    _EN_WHOLE,
    {
        "'d": ("would", "had"),
        "would": ("'d",),
        "had": ("'d",),
        "'s": ("is", "has"),
        "is": ("'s",),
        "has": ("'s",),
        "'": ("is", "has"),
    },
    _words("mr mrs ms mx miss dr prof st sr jr rev"),
    _words("am pm eg ie etc vs approx dept ext no tel fig inc ltd co jan feb mar apr aug sept oct nov dec"),
    # Real words one slip away from a phrasebook's words: never read as a slip.
    _words(
        "compliant compliance premise premises premised complains complained expense excepted except quite quiet"
        " though through thought thorough loosing conscious adverse advice advise further farther affect effect"
        " personal personnel principal principle contact contract contacts contracts attend attends patient"
        " patients patience appoint appointed explain explains process precess provide provider provided"
        " required requires require request requests inquire receive receives recipient"
    ),
    _words(
        "a an the and or but if so to of in on at by for from with without into as is are was were be been being"
        " am do does did done have has had i you he she it we they me him her us them my your his its our their"
        " this that these those there here not no yes can could will would shall should may might must just"
        " very really too also then than when what which who how why where all any some more most now get got"
        " go went come make made let say said tell told know think want need please thank thanks sorry okay ok"
        " well oh hello hi one about up out over back again still only even much many such own same other"
        " feel feels felt see hear understand must 's 'd like right sure thing things"
    ),
    frozenset(("not", "never")),
    _words(
        "i you we it the a an to of and in is 's that this for be are have will on your my me with if so as do"
    ),
    {},
)

FRENCH = Tongue(
    "fr",
    _french,
    _as_is,
    _FR_WHOLE,
    {"s'": ("se", "si"), "l'": ("le", "la"), "du": ("de",), "cela": ("ca",)},
    _words("m mr mme mlle madame monsieur dr docteur pr prof me"),
    _words("etc ex cf env tel art p janv fevr avr juil sept oct nov dec av"),
    _words(
        "entendre attendre entendu attendu comprend comprends apprends reprendre surprendre possible possibles"
        " passible personne personnel personnes demandes demande commande commandes message massage patients"
        " patience patient contact contrat prochain prochaine procedure"
    ),
    _words(
        "le la les l' un une des de du d' et ou mais si donc or ni car que qui quoi dont ce cet cette ces cela ca"
        " je tu il elle on nous vous ils elles me te se s' lui leur leurs mon ma mes ton ta tes son sa ses notre"
        " nos votre vos ne pas plus non oui a au aux en dans par pour sur sous avec sans chez est es suis sommes"
        " etes sont etait etaient ete etre ai as avons avez ont avait avoir fait faire fais faites va vais vont"
        " peut peux pouvez pouvons veux veut voulez dois doit devez tout tous toute toutes tres bien y bonjour"
        " merci madame monsieur comme quand alors aussi encore deja meme dire dit dites bon voila ici la cela"
        " comprends comprend vois entends desole desolee ressentez"
    ),
    frozenset(("ne", "pas", "jamais")),
    _words(
        "je vous nous il le la les l' de des du un une et est a que qui ne pas ce en pour votre dans on si se s' y"
    ),
    {
        "ez": r"(?!(?:assez|chez|nez|rez)$)\w\w+ez",
        "ons": r"(?!(?:garcons|lecons|maisons|saisons|raisons|questions|environs|patrons)$)\w{3,}ons",
        "futur": r"(?!(?:vrai|environs|patrons|citrons|livrons|montrons)$)\w\w+(?:rai|rons)",
        "infinitif": (
            r"(?!(?:hier|hiver|cher|fier|amer|enfer|premier|dernier|dossier|papier|courrier|metier|quartier|loyer"
            r"|foyer|danger|janvier|fevrier|escalier|palier|atelier|chantier|entier|particulier|panier|calendrier"
            r"|clavier|cahier|bijoutier|infirmier|plombier|banquier|financier|cuisinier|huissier|policier|casier"
            r"|soir|espoir|couloir|noir|miroir|tiroir|plaisir|loisir|cuir|super|hyper|leader)$)"
            r"\w+(?:er|ir)|(?:[a-z]{0,6}(?:faire|dire|lire|mettre|prendre|rendre|tendre|pondre|perdre|battre|ecrire"
            r"|croire|suivre|vivre|conduire|joindre|duire|plaindre|craindre|naitre)|etre)"
        ),
        # Only where an auxiliary stands before it: "note" is "je note" too.
        "participe": (
            r"(?!(?:encore|meme|autre|une|envie|chance|confiance|honte|peine|place|compte|carte|comme|entre|quatre"
            r"|trace|ligne|facture|force|guere|titre|adresse|connaissance|internet|affaire|hate|grande|quelque|toute"
            r"|plutot|quatorze|quinze|seize|onze|douze|treize|trente|cette|notre|votre|leurre|propre|libre|jeune)$)"
            r"\w+[b-df-hj-np-tv-ziu]e"
            r"|(?:re|de|sur|trans|com|en|in|con|par)?(?:mis|pris|dit|fait|lu|vu|ecrit|inscrit|rempli|ouvert|rendu"
            r"|repondu|attendu|entendu|tenu|venu|voulu|vendu|perdu|fourni|saisi|agi|averti|sorti|joint|produit"
            r"|soumis|permis|promis|compris|appris|souscrit|prevenu|obtenu|retenu|maintenu|traduit|eteint|suivi)"
        ),
    },
)

TONGUES: Mapping[str, Tongue] = {"en": ENGLISH, "fr": FRENCH}
"""The languages that the coach reads, by code."""
