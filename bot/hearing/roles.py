"""Who was hurt by whom, where a message says it beyond doubt: the classifier mixes up the roles in short sentences.

`says_wronged`: somebody says that they did nothing wrong, or that they are the one who was hurt.
`done_to_visitor`: the partner did something to them, and nothing is told that they did themselves.
"""

from __future__ import annotations

import re
import unicodedata

from bot.hearing.clauses import CONDITIONS, Clause, clauses, listed, negated
from bot.hearing.verbs import PAST

_THEY = r"(?:hij|ie|zij|ze|(?:mijn|mn|mijne) (?:man|vrouw|vriendin|vriend|partner|lief|ex|vent|echtgenoot|echtgenote|verloofde))"
_STRESS = r"(?:toch|echt|zelf|helemaal|hem|haar|hier|ook|gewoon|juist|nochtans|eigenlijk|anders|dus|nu|heel|absoluut|nooit)"
_HURT = (
    r"(?:gekwetst|bedrogen|belogen|voorgelogen|verraden|vernederd|gekleineerd|beledigd|uitgescholden|uitgelachen|afgesnauwd|genegeerd|"
    r"gekrenkt|bespot|belazerd|afgekraakt|in de steek gelaten|laten vallen|laten zitten|voor (?:schut|paal|aap) gezet|klein gemaakt|pijn gedaan|verdriet gedaan|zo veel aangedaan|iets aangedaan)"
)
_ONLY_NOTHING = re.compile(
    rf"(?:(?:maar|nee|neen|ja|nou|en|want|sorry|euh) )*(?:ik (?:heb|had|hb)|kheb|k heb) (?:{_STRESS} )*(?:niks|niets) (?:{_STRESS} )*(?:gedaan|aangedaan|misdaan)(?: (?:hoor|he|toch|echt|man|zeg))*"
)
_CLAIMS = tuple(
    re.compile(rf"\b(?:{pattern})\b")
    for pattern in (
        rf"(?:ik (?:heb|had|hb|deed)|kheb|heb ik|deed ik) (?:{_STRESS} )*(?:niks|niets) (?:{_STRESS} )*(?:verkeerds?|fouts?|mis|misdaan|ergs|slechts)",
        rf"ik (?:heb|had) (?:{_STRESS} )*(?:niemand|hem nooit|haar nooit|hem niet|haar niet) (?:{_STRESS} )*{_HURT}",
        rf"ik ben (?:\w+ )?(?:degene|diegene|de gene) (?:die|dat) (?:(?!hem|haar|mijn|hij|zij|ze)\w+ ){{0,4}}(?:lijdt|pijn heeft|{_HURT})",
        r"ik ben (?:hier )?(?:juist |toch |wel )?(?:het slachtoffer|de gekwetste|de bedrogene|degene met (?:de )?(?:pijn|verdriet))",
        rf"{_THEY} (?:is|was) (?:\w+ )?(?:degene|diegene|de gene) (?:die|dat) (?!me |mij )",
        r"(?:het|dat) (?:is|was) (?:net |juist )?(?:hij|zij) die",
        r"niet ik maar (?:hij|zij)|niet ik,? (?:hij|zij)|(?:hij|zij) niet ik",
        rf"{_THEY} was het(?: (?:hoor|zelf|die \w+.*))?$|(?:het|dat) was {_THEY}$",
        r"(?:is|was) (?:het )?(?:net |juist )?andersom|nee (?:net |juist )?andersom",
        r"ik hoef (?:hier |toch )?(?:geen|niet) (?:sorry|excuses|mijn excuses) (?:te|aan)",
        rf"{_THEY} (?:moet|zou|hoort) (?:\w+ ){{0,3}}(?:sorry zeggen|excuses (?:aan)?(?:bieden|maken)|zich verontschuldigen) (?:en )?(?:niet ik|ik niet)",
        r"het is mij aangedaan|mij is iets aangedaan|mij is (?:pijn|onrecht) (?:aan)?gedaan",
    )
)
# What the partner does in these needs no object: it is done to the visitor.
_DONE = re.compile(
    rf"\b(?:{_THEY}|die) (?:(?!ik|dat|door|als|of|wie|haar|hem)\w+ ){{0,5}}?(?:vreemd ?gegaan|vreemd ?gaat|vreemd ?ging|ging vreemd|gaat vreemd|"
    rf"een affaire|overspel|een ander|met een ander|loog tegen (?:me|mij)|liegt tegen (?:me|mij)|tegen (?:me|mij) gelogen|"
    rf"(?:bedriegt|bedroog|kwetst|kwetste|vernedert|vernederde|kleineert|kleineerde|negeert|negeerde|verraadde|beledigt|beledigde) (?:me|mij))\b"
)
_DONE_TO_ME = re.compile(
    rf"\b(?:me|mij) (?:(?!ik|dat|door|als|of|hem|haar)\w+ ){{0,5}}?{_HURT}|^{_HURT} door (?:hem|haar|(?:mijn|mn) \w+)\b|\b(?:ik ben|ik werd|ik was|ben ik|werd ik) (?:(?!niet|nooit|door|hem|haar|die|mijn)\w+ ){{0,4}}?{_HURT}\b"
)
_BY_THEM = re.compile(rf"\b(?:{_THEY}|die|door (?:hem|haar|(?:mijn|mn) \w+)|(?:ik ben|ik werd|ben ik|werd ik))\b")
# 'Zij heeft mij ook uitgescholden', 'maar hij begon': shares out the blame for a deed of the visitor's.
_SHARES = listed("ook evengoed evenzeer eerst begon zelf terug")
_REGRETS = re.compile(
    r"\b(?:sorry|spijt\w*|excuus|excuses|berouw|goed ?maken|goed te maken|mijn (?:eigen )?(?:schuld|fout)|vergeef|vergeven|teruggepakt)\b"
)
_NO_GUILT = re.compile(
    rf"\bik (?:voel|ben) (?:me |mij )?(?:{_STRESS} )*(?:niet|nie) (?:{_STRESS} )*schuldig\b|\bniet mijn schuld\b|"
    rf"\b(?:ik verwijt|verwijt ik) (?:(?:me|mij|mezelf|mijzelf|mezelve) )(?:{_STRESS} )*(?:niks|niets|geen)\b|\b(?:me|mij|mezelf) (?:{_STRESS} )*(?:niks|niets) te verwijten\b|"
    r"\bik (?:wil|ga|hoef|moet) (?:\w+ )?(?:niet|nie) (?:\w+ )?naar (?:mezelf|mijzelf|mijn eigen deel) (?:te )?kijken\b"
)
# What somebody feels who was hurt: not seen, not heard, left alone. Also what they went without.
_OWN_PAIN = re.compile(
    r"\bik (?:voel|voelde|vul) (?:me|mij) (?:(?!niet\b)\w+ ){0,4}?(?:onzichtbaar|alleen|eenzaam|genegeerd|gekwetst|minderwaardig|afgewezen|verwaarloosd|bedrogen|verraden|vernederd|gekleineerd|"
    r"buitengesloten|overgeslagen|vergeten|gebruikt|klein|lucht|teleurgesteld|in de steek gelaten|aan de kant gezet|"
    r"(?:een|als een|ne|nen) (?:indringer|vreemde|gast|meubel|meubelstuk|meid|huishoudster|poetsvrouw|slaaf|sloof))\b|"
    r"\bik (?:voel|voelde) (?:me|mij) (?:\w+ ){0,2}?niet (?:\w+ )?(?:gezien|gehoord|gewaardeerd|begrepen|belangrijk|gewenst|geliefd|thuis|welkom|gesteund|serieus)\b|"
    r"\bik (?:had|heb|zat|stond) (?:\w+ ){0,5}?(?:gewacht|te wachten|uitgekeken|op (?:hem|haar) wachten)\b"
)
# What they want of the partner: somebody who did harm wants to be forgiven, trusted, taken back.
_WANTS_OF_THEM = re.compile(
    rf"\bik (?:wil|wou|zou willen|verwacht|verlang|hoop) (?:\w+ )?dat {_THEY} (?:\w+ ){{0,3}}?(?:voor (?:mij|me) opkomt|naar (?:mij|me) luistert|(?:mij|me) (?:eens |ook )?(?:ziet|steunt|helpt|vraagt)|"
    rf"aandacht|rekening|respect|moeite|ophoudt|stopt|meehelpt|opkomt)\b"
)
_ADMITS = re.compile(r"\b(?:sorry|spijt\w*|excuus|excuses|berouw|goed ?maken|goed te maken)\b")
# A participle or past tense of 'ik' that is no deed towards the partner.
_HARMLESS = listed(
    "gehoord gezien gemerkt ontdekt gevonden gelezen gehuild gevoeld gedacht gehad geweest geweten gebleven gekregen gevraagd geslapen gezegd verteld gehoopt vertrouwd geloofd "
    "gedaan uitgekeken gehouden gewacht geprobeerd geholpen gegeven gemist was had vond dacht wist zag voelde hoorde kreeg wou wilde kon moest bleef huilde ontdekte merkte vertrouwde zat lag stond vroeg kwam las"
)


def says_wronged(text: str) -> bool:
    """Whether somebody says outright that they did nothing wrong, or that they are the one who was hurt."""
    found = _folded(text)
    whole = " ".join(clause.text for clause in found)
    # 'Ze huilde en ik heb niks gedaan' admits something; alone it denies.
    alone = bool(found) and all(_ONLY_NOTHING.fullmatch(clause.text) for clause in found)
    return alone or any(claim.search(whole) for claim in _CLAIMS)


def feels_no_guilt(text: str) -> bool:
    """Whether somebody says that they feel no guilt, and tells no deed beside it."""
    found = _folded(text)
    return any(_NO_GUILT.search(clause.text) for clause in found) and not any(_own_deed(clause) for clause in found)


def in_own_pain(text: str) -> bool:
    """Whether a message tells the visitor's own pain, and no deed or regret of theirs: 'ik voel me zo onzichtbaar'."""
    return not admits(text) and any(
        _OWN_PAIN.search(clause.text) or _WANTS_OF_THEM.search(clause.text) for clause in _folded(text) if not clause.asks
    )


def was_wounded(text: str) -> bool:
    """Whether a message tells what the partner did to the visitor, whatever else it tells."""
    return any(_done(clause) for clause in _folded(text))


def done_to_visitor(text: str) -> bool:
    """Whether a message tells what the partner did to the visitor, and no deed, regret or share of the visitor's own."""
    found = _folded(text)
    if any(_REGRETS.search(clause.text) or not _SHARES.isdisjoint(clause.words) or _own_deed(clause) for clause in found):
        return False
    return was_wounded(text)


def admits(text: str) -> bool:
    """Whether a message tells a deed of the visitor's own, or regret. Guilt alone ('dat het mijn schuld was') is felt by the wounded too."""
    return any(_ADMITS.search(clause.text) or _own_deed(clause) for clause in _folded(text))


def _done(clause: Clause) -> bool:
    if negated(clause) or clause.asks or clause.words[0] in CONDITIONS:
        return False
    return bool(_DONE.search(clause.text) or (_DONE_TO_ME.search(clause.text) and _BY_THEM.search(clause.text)))


def _own_deed(clause: Clause) -> bool:
    """Whether 'ik' does something in a clause; what is only seen, felt or asked, and what is done to them, is none."""
    at = next((place for place, word in enumerate(clause.words) if word in ("ik", "k", "kheb")), None)
    if at is None or _DONE_TO_ME.search(clause.text) or negated(clause):
        return False
    return any((_participle(word) or word in PAST) and word not in _HARMLESS for word in clause.words[at:])


def _participle(word: str) -> bool:
    return bool(re.fullmatch(r"\w*ge\w{2,}(?:d|t|en)|(?:be|ver|ont|her)\w{3,}(?:d|t|en)", word)) and word not in _HARMLESS


def _folded(text: str) -> tuple[Clause, ...]:
    """The clauses, with stress marks taken away: 'ík heb níks gedaan'."""
    plain = "".join(letter for letter in unicodedata.normalize("NFD", text) if unicodedata.category(letter) != "Mn")
    return clauses(plain)
