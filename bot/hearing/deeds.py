"""Whether somebody speaks of a deed of their own towards the partner, or of regret: what the way to an apology begins with.

The classifier takes nearly every 'ik heb …' for one: 'ik heb zijn lievelingseten gemaakt', 'ik had de hele dag gewacht'.
"""

from __future__ import annotations

import re

from bot.hearing.clauses import CONDITIONS, Clause, clauses, listed, negated
from bot.hearing.verbs import PAST

_PARTNER = r"(?:hem|haar|zijn|zn|dr|m|(?:mijn|mn|me|mijne) (?:man|vrouw|vriendin|vriend|partner|lief|ex|vent|echtgenoot|echtgenote|verloofde|moeder|mama|ma|vader|papa|pa|zus|broer|dochter|zoon)|onze|ons|elkaar)"
# Done or said by 'ik', these hurt, whoever is named beside them.
_HARM = re.compile(
    r"\b(?:bedro(?:gen|og)|(?:voor|be)?(?:ge)?lo(?:gen|og)|vreemd ?(?:gegaan|gaan|ga|ging)|ging vreemd|verzwegen|verzweeg|verborgen|verborg|achtergehouden|"
    r"(?:uit)?ge(?:scholden|lachen|kafferd)|schold|geschreeuwd|schreeuwde|gebruld|geroepen|gesnauwd|afgesnauwd|snauwde|uitgemaakt|uitgevlogen|uitgevallen|uitviel|"
    r"(?:ge)?kleineer\w*|vernederd\w*|beledigd\w*|gekwetst|kwetste|afgekraakt|belachelijk|voor (?:schut|aap|paal|gek|joker)|verraden|"
    r"vergeten|vergat|laten (?:vallen|zitten|stikken|wachten|staan)|in de steek|genegeerd|negeerde|doodgezwegen|weggelopen|"
    r"gestolen|gepikt|gejat|(?:ver)?gokt\w*|(?:ver|ge)gok\w*|gekust|kuste|gezoend|zoende|gemuild|getongd|geflirt|affaire|overspel|slippertje|met (?:een|nen|ne) ander\w*|(?:met|naar|aan) (?:mijn|mn) ex|"
    r"verpest|verknald|verknoeid|verbrod|verklapt|doorverteld|kapot ?gemaakt|(?:belofte\w*|woord|vertrouwen|hart) (?:\w+ )?(?:gebroken|verbroken)|deuk|kras|gecontroleerd|gesnuffeld|stiekem|"
    r"te (?:ver gegaan|hard|veel (?:gedronken|gezegd))|zatlap|bezopen|leugens?|(?:ge)?misbruikt?|schulden|doorgezet|aangedrongen|opgemaakt)\b"
)
_REGRET = re.compile(
    r"\b(?:sorry|spijt\w*|excuus\w*|excuses|berouw|goed ?(?:te )?maken|goedma\w*|recht ?(?:te )?zetten|herstel\w*|vergoeden|vergiff?enis|vergeving|"
    r"fout|mijn schuld|schuldig|schaam|schaamte|verwijt (?:mij|me)|aandeed|aangedaan|(?:dom|stom|laag|gemeen|slecht|lelijk) van (?:mij|me)|verdien\w*|"
    r"gemeen|laf|lelijk|jaloers|waarheid|te (?:fel|hard|laat)|overdoen|terugdraaien|over mocht doen|betreur|beloofd?|weer (?:blij|lief)|terug (?:goed|blij)|"
    r"(?:hem|haar) (?:weer |terug )?(?:pijn|verdriet)|(?:tegen|naar) (?:hem|haar)|uitpraten|vergee?[fv]\w* (?:me|mij)|"
    r"niet (?:ok|oke|okee|netjes|eerlijk|fair|mooi) van (?:mij|me)|door mij|tekort|had (?:ik )?(?:\w+ ){0,5}(?:moeten|mogen)|had ik maar|geweten|wroeging)\b"
)
# Not done, only thought of or said by another: 'ik zou hem afgeleid hebben'.
_NOT_DONE = listed("zou zouden zogezegd zogenaamd wil wou wilde zal ga kan moet hoef")
# Good or neutral, whatever it was done to.
_KIND = listed(
    "gehoord gezien gemerkt ontdekt gevonden gehuild gevoeld gedacht gehad geweest geweten gebleven gekregen gevraagd geslapen verteld gehoopt "
    "vertrouwd geloofd gewacht geprobeerd geruild geholpen gegeven gemist gemaakt gekookt gekocht gezorgd verzorgd gesteund betaald gebeld gewerkt ontmoet "
    "getrouwd gewoond begonnen vergeven gekend leren gehouden opgegeven opgezegd opgehaald gehaald gebracht gebakken verrast beloofd gepraat gesproken "
    "was had vond dacht wist zag voelde hoorde kreeg wou wilde kon moest bleef huilde ontdekte merkte vertrouwde zat lag stond vroeg kwam gaf mocht werd sliep hield"
)
# 'Ik voel me bedrogen', 'ik ben gekwetst', 'heeft me bedrogen': undergone.
_UNDERGONE = re.compile(
    r"\b(?:voel|voelde|voelt)\b|\b(?:word|werd)\b|\b(?:ik (?:ben|was)|(?:ben|was) ik) (?:\w+ ){0,4}?(?:bedrogen|belogen|gekwetst|vernederd|gekleineerd|beledigd|"
    r"uitgescholden|uitgelachen|verraden|genegeerd|vergeten)\b|\b(?:heeft|hebben|had) (?:me|mij)\b|^(?:(?!ik\b)\w+ )*door (?:hem|haar)\b"
)
_AT_PARTNER = re.compile(rf"\b(?<!voor )(?<!van )(?<!om )(?<!bij )(?<!met )(?<!naast ){_PARTNER}\b")
_OTHER_SUBJECT = listed("hij ie zij ze we wij je jij")
_HELPING = listed("heb had ben was")
_PARTICIPLE = re.compile(r"(?:\w*ge\w{2,}|(?:be|ver|ont|her)\w{3,})(?:d|t|en)")


def tells_deed(text: str) -> bool:
    """Whether a message tells what the visitor did to the partner: 'ik heb haar mama een heks genoemd', 'heb zijn auto geleend en niks gezegd'."""
    return any(is_deed(clause) for clause in clauses(text))


def regrets(text: str) -> bool:
    """Whether a message speaks of a sorry, of guilt or of making good."""
    return any(_REGRET.search(clause.text) for clause in clauses(text))


def is_deed(clause: Clause) -> bool:
    """Whether a clause tells a deed of the visitor's own towards the partner."""
    at = _subject(clause)
    if at is None or clause.asks or clause.words[0] in CONDITIONS or not _NOT_DONE.isdisjoint(clause.words):
        return False
    if _UNDERGONE.search(clause.text):
        return False
    rest = " ".join(clause.words[at:])
    if _HARM.search(rest):
        return not negated(clause) or bool(re.search(r"\b(?:niks|niets|geen)\b.*\b(?:gezegd|verteld)\b", rest))
    done = any((_PARTICIPLE.fullmatch(word) or word in PAST) and word not in _KIND | _HELPING for word in clause.words[at:])
    return done and not negated(clause) and bool(_AT_PARTNER.search(rest))


def _subject(clause: Clause) -> int | None:
    """Where 'ik' does something in a clause: at its 'ik', or at its beginning where 'ik' was left out ('heb haar bedrogen'); else None."""
    words = clause.words
    at = next((place for place, word in enumerate(words) if word == "ik"), None)
    if at is not None:
        return 0 if at and words[at - 1] in _HELPING | PAST else at
    if (
        words[0] in _HELPING - {"was"}
        or (_PARTICIPLE.fullmatch(words[0]) and _OTHER_SUBJECT.isdisjoint(words))
        or words[0] == "vreemdgegaan"
    ):
        return 0
    return None
