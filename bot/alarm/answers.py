"""What somebody writes after an alarm, read on its words: a denial, whether they are safe, a throat, a child, a goodbye.

Words and not intents: these readings decide about safety, and a classifier that guesses in a few words ('ze slaapt nu' as a goodbye) must not.
"""

from __future__ import annotations

import re
from typing import Literal

from bot.alarm.told import tells_deed

Safe = Literal["yes", "no", "unsure"]

# Between a 'no' and what it is about only such words may stand: 'ik weet het niet ik wil dood' denies nothing.
_FILL = r"(?:\s+(?:echt|helemaal|zeker|aan|over|de|zo|ook|dus|per|se|meteen|eens|van|hoor|bezig|met|een))*\s+"
_NOT = r"(?:niet|nie|ni|nooit|geen|niks|niets|niemand)"
_FEW = r"(?:\s+(?!weet|snap|kan|durf|geloof|wie|wat|dat)\w+)"
# 'Not so hard' is no 'not'.
_MUCH = r"(?!\s+(?:echt |meer |zo |altijd |heel )*(?:hard|vaak|erg|veel|elke|altijd|meer|alleen)\b)"
_ONE = r"(?:hij|ie|zij|ze|em)"
_HARM = r"(?:geslagen|geduwd|geschopt|aangeraakt|pijn|gewelddadig|agressief|gevaarlijk|geweld|aandoen|aangedaan|doen|gedaan|bedreigd|mishandeld|gedwongen|verkracht)"
_DENIES = {
    "suicidality": (
        rf"\b(?:niet|nie|nooit|geen){_FILL}(?:su[iï]cid\w*|zelfmoord\w*|zelfdoding\w*|dood(?:gaan)?|sterven)\b",
        r"\b(?:su[iï]cid\w*|zelfmoord\w*|zelfdoding|de dood)\s+(?:\w+\s+){0,2}?(?:niet|nie|nooit)\b",
        r"\b(?:mezelf|mijzelf|mij zelf|me zelf)\s+(?:echt\s+)?(?:niks|niets|geen pijn|geen kwaad)\s+(?:aan)?(?:doen|te doen)\b",
        r"\bdoe (?:mezelf|mijzelf) (?:niks|niets)\b",
        r"\bgeen einde? aan\b",
        r"\bik bedoel(?:de)? (?:echt |daar |helemaal )?(?:niet|nie|ni) dat ik (?:echt |nu )?(?:dood wil|wil sterven|wil doodgaan)\b",
        r"\bgeen (?:enkele )?gedachten? (?:aan|over|van) (?:de )?(?:dood|zelfmoord|zelfdoding|sterven)\b",
        r"\bik leef (?:heel |echt )?graag\b",
        r"\bhoezo\W+(?:een |de )?(?:zelfmoord|zelfdoding|dood)\b",
    ),
    "own_violence": (
        rf"\bik{_FEW}{{1,4}}?\s+{_NOT}{_FEW}{{0,2}}?\s+{_HARM}\b",
        rf"\bik\s+(?:heb|ben|zal|zou)\s+{_NOT}{_FEW}{{0,2}}?\s+{_HARM}\b",
        rf"\bik (?:heb|had) (?:\w+ ){{0,2}}?{_NOT} (?:een |ene )?(?:vinger|hand|poot) (?:naar \w+ )?(?:uitgestoken|uitgestoke|opgeheven)\b",
        rf"\bik\s+(?:sla|sloeg|doe|raak)\s+(?:\w+\s+){{0,2}}?{_NOT}\b{_MUCH}",
    ),
    "danger": (
        rf"\b(?:hij|ie|zij|ze|em|er){_FEW}{{1,4}}?\s+{_NOT}{_FEW}{{0,2}}?\s+{_HARM}\b",
        rf"\b{_ONE}\s+(?:slaat|sloeg|bedreigt|dwingt|mishandelt|doet|controleert)\s+(?:\w+\s+){{0,2}}?{_NOT}\b{_MUCH}",
        rf"\bik\s+(?:ben|word|werd)\s+(?:\w+\s+){{0,2}}?{_NOT}\s+(?:\w+\s+)?(?:bang|onveilig|in gevaar|{_HARM[3:-1]})\b",
        r"\ber is (?:hier |nu |echt |helemaal |absoluut )?(?:geen|niks van|niemand in) gevaar\b",
        rf"\b(?:niemand|er wordt {_NOT}) (?:slaat|sloeg|dwingt|bedreigt|geslagen|gedwongen|bedreigd)\b",
    ),
}
_FIGURATIVE = r"\bfiguurlijk\b|\bbij wijze van spreken\b|\bmanier van spreken\b|\b(?:niet|nie) letterlijk\b|\bspreekwoordelijk\b|\bgrap(?:je|jes)?\b|\bgeintje\b"
_MEANT_OTHERWISE = re.compile(
    r"\bik bedoel(?:de)? (?!dat (?:hij|ze|zij|ik (?:haar|hem|dood|niet))\b)|\b(?:dat|dit|het) (?:is|was) (?:echt |helemaal |gewoon )?(?:niet|nie) (?:waar|zo(?! (?:erg|vaak|hard))|juist|aan de orde)\b|"
    r"\bdat klopt (?:echt |helemaal |gewoon )?(?:niet|nie)\b|\bgeen sprake van\b|\bdaar gaat het (?:niet|nie)\b|"
    r"\b(?:vals|loos) alarm\b|\bhet gaat (?:hier )?(?:niet|nie) over (?:mij|ons)\b|\bniemand doet\b|\ber is (?:echt |helemaal )?(?:niks|niets) (?:aan de hand|mis|ergs)\b|"
    rf"^\W*nee\W+{_ONE} is (?:gewoon|heel|echt|altijd|erg) (?:\w+ )?(?:lief|vriendelijk|aardig|zorgzaam)\b|{_FIGURATIVE}",
    re.IGNORECASE,
)
# 'He never hit me, but he squeezes my throat' takes nothing back, nor does a story.
_NOT_ALL = re.compile(r"\b(?:(?<!alleen )maar|behalve|wel|ook|soms|vroeger|toen|als|wanneer|zolang|tenzij|terwijl)\b", re.IGNORECASE)
LONGEST_DENIAL = 12
_PATTERNS = {tone: re.compile("|".join(rows), re.IGNORECASE) for tone, rows in _DENIES.items()}

_DOUBT = re.compile(
    r"\b(?:maar|nog niet|straks|zolang|totdat|tot (?:hij|ze|zij)|misschien|weet (?:ik )?(?:het )?(?:niet|nie)|geen idee|denk (?:ik|het)|hoop (?:ik|het)|niet echt|nie echt|"
    r"niet helemaal|half|soms|alleen als|zelf wel|slaapt|ligt (?:naast|boven|beneden)|beneden|boven)\b",
    re.IGNORECASE,
)
_DONT_KNOW = re.compile(r"^\W*(?:ik )?(?:weet|zou) (?:het |'t )?(?:niet|nie|ni)\b", re.IGNORECASE)
# A 'no' that goes on to explain somebody is more about him than about now.
_EXPLAINS = re.compile(r"\b(?:gewoon|alleen maar|hoor|joh|overdreven|valt|nooit|zo is|niet zo)\b", re.IGNORECASE)
_UNSAFE = re.compile(
    r"\b(?:onveilig|(?:niet|nie|ni) (?:meer )?veilig|(?:voor|aan) de deur|komt (?:eraan|er aan|zo|straks|thuis)|hij is (?:hier|thuis)|opgesloten)\b",
    re.IGNORECASE,
)
_SAFE = re.compile(
    r"\b(?:(?:wel|nu|even|voorlopig|hier) (?:wel )?veilig|ben (?:ik )?veilig|(?:nu|voorlopig|momenteel|vandaag) wel|(?:hij|ze|zij) (?:is|zit) (?:er )?(?:nu )?(?:niet|nie|weg|werken|(?:op|naar) (?:zijn|haar|het) werk|ergens anders|vertrokken)|"
    r"(?:bij|naar) (?:mijn|m'n|mn|een) (?:zus|broer|moeder|mama|ma|vader|papa|pa|ouders|buur\w*|vriendin|vriend(?:en)?|tante|oom|collega)|(?:hij|ze|zij) (?:is|komt) pas\b|ik ben (?:nu )?alleen|(?:mijn|m'n|mn) (?:zus|broer|moeder|mama|ma|vader|papa|vriendin|dochter|zoon|buur\w*) is (?:nu |ook )*(?:hier|er|bij (?:me|mij))|veilig)\b",
    re.IGNORECASE,
)
_THROAT = re.compile(
    r"\b(?:gewurgd|wurg\w*|verwurg\w*|kelen|keel|strot)\b(?!\s*(?:pijn|ontsteking))|\bhand(?:en)? (?:om|rond|op|aan) (?:mijn|m'n|mn|haar|zijn|z'n|d'r) (?:hals|nek)\b|\b(?:hals|nek) (?:dicht\w*|vast\w*)\b|"
    r"\b(?:tot|totdat|zodat|dat) (?:ik|'k) (?:bijna |echt )?(?:niet|nie|geen) (?:meer )?(?:kon |kreeg )?(?:ademen|adem|lucht)\b",
    re.IGNORECASE,
)
# 'Een brok in mijn keel', 'het hangt me de keel uit', 'de keel schor schreeuwen'.
_THROAT_IDIOM = re.compile(r"\bbrok\b|\bkeel uit\b|\bschor\b|\bkeelpijn\b|\bkrop in\b|\bkeel schrapen\b", re.IGNORECASE)
_CHILD = re.compile(
    r"\b(?<!als )(?:kind(?:eren|je|jes|eke|ekes)?|kids|kleintjes?|de kleine|(?:mijn|m'n|mn|onze|ons|haar|zijn|de|het) (?:\w+ )?(?:zoon(?:tje)?|dochter(?:tje)?|baby|peuter|kleuter|meisjes|jongens))\b",
    re.IGNORECASE,
)
_HIT_CHILD = re.compile(
    r"\b(?:mijn|m'n|mn|onze|ons|het|de) (?:\w+ )?(?:kind(?:eren|je)?|zoon(?:tje)?|dochter(?:tje)?|baby|peuter|kleuter|kleine|stief(?:zoon|dochter))\b"
    r"[^.!?]{0,40}\b(?:geslagen|sloeg|sla|mep\w*|tik\w*|klap\w*|door elkaar|geschud|schud\w*|vast ?ge\w*|geduwd|duw\w*|geschopt|pijn)\b|"
    r"\b(?:sloeg|sla|mepte|tik|klap|schudde|duwde|schopte)\b[^.!?]{0,25}\b(?:mijn|m'n|mn|onze|ons|het|de) (?:\w+ )?(?:kind(?:eren|je)?|zoon(?:tje)?|dochter(?:tje)?|baby|peuter|kleuter|kleine)\b",
    re.IGNORECASE,
)
# 'Ik hoef niet te bellen kindje': so the coach is called.
_CALLED_CHILD = re.compile(
    r"(?<!\bmijn )(?<!\bm'n )(?<!\bmn )(?<!\bhet )(?<!\been )(?<!\bons )(?<!\bzijn )(?<!\bhaar )\b(?:kindje|kindlief)\W*$|,\s*kind\W*$|\b(?:lieve?|och|ach|beste) kind(?:je)?\b",
    re.IGNORECASE,
)
_NO_CHILDREN = re.compile(r"\bgeen (?:kinderen|kids|kind)\b|\bkinderloos\b", re.IGNORECASE)
_LEAVES = re.compile(
    # 'Ik wil ermee stoppen maar kan het niet alleen' is about the violence, or worse.
    r"^/|^\W*(?:ik )?(?:wil |ga )?(?:nu |hier )?stop(?:pen)?(?: (?:maar|nu|hier|ermee|er mee))*\W*$|\b(?:da+g|do+ei\w*|tot (?:later|ziens|morgen|straks|de volgende|gauw|binnenkort)|bye|ciao|salu(?:t|kes)?|slaapwel|welterusten|truste\w*|houdoe|groet\w*|"
    r"(?:ik )?(?:ga|moet) (?:nu |maar |eens |even )*(?:slapen|gaan|weg|afsluiten)|afsluiten|klaar voor nu|genoeg|laat maar|ophouden|hou\w* (?:er )?(?:maar )?(?:mee )?op)\b",
    re.IGNORECASE,
)

_WATCHED = re.compile(
    r"\b(?:hij|ze|zij|(?:mijn|m'n|mn) (?:man|vrouw|vriend|vriendin|partner|ex)) (?:komt(?: nu| weer| al| zo| straks| zo meteen)*(?: (?:eraan|er aan|binnen|thuis|terug|boven|naar boven|zo))?\W*$|is (?:er weer|thuis|terug|hier)|leest (?:misschien |altijd )?mee|kijkt (?:misschien )?mee|"
    r"staat (?:achter|voor|naast|aan|hier)|mag (?:dit|het|mij) (?:niet|nie) (?:zien|lezen|horen))\b|\b(?:ik (?:zit|typ)\w*|zit ik|stiekem) [^.!?]{0,15}\b(?:wc|toilet|badkamer)\b",
    re.IGNORECASE,
)
_PEOPLE = r"(?:bel|bellen|praten|hulp|politie|arts|dokter|huisarts|therapeut\w*|psycholoog|hulplijn\w*|nummers?|spreken|melden|aangifte)"
_REFUSES = re.compile(
    rf"\bik (?:wil|kan|ga|durf|mag|hoef)\s+(?:\w+\s+){{0,3}}?{_NOT}\b[^.!?]{{0,30}}\b{_PEOPLE}\b(?! met (?:hem|haar))|^\W*(?:nee\W+)?(?:liever )?(?:geen|niet|zonder) (?:politie|hulp|therapeut\w*|nummers?|hulplijn\w*|dokter|arts)\b|"
    rf"\b(?:ge|je|jij|u) (?:moet|hoeft) (?:niet|nie|niemand|geen) (?:te )?(?:\w+ )?bellen\b|\bbel(?:len)? (?:niemand|niet|nie)\b|^\W*(?:nee\W+)?(?:liever )?(?:niet|nie) bellen\b",
    re.IGNORECASE,
)

_TIME = r"(?:van(?:nacht|avond|daag)|straks|dadelijk|nu|(?:zo )?meteen|morgen(?:vroeg|ochtend|avond|nacht)?|(?:dit|komend) weekend|(?:om|na|rond) \w+ uur|over \w+ (?:uur|uurtje|min\w*|kwartier)|binnenkort)"
_ONLY_TIME = re.compile(
    rf"\W*(?:ja\W+|dat is |denk ik |misschien |al |nog )*(?:{_TIME}|als (?:hij|ze|zij|iedereen|de kinderen|het donker) (?:slaa?p\w*|weg \w+|is))(?:\W+(?:al|nog|denk ik|misschien))*\W*",
    re.IGNORECASE,
)
_COMING = re.compile(
    rf"\b{_TIME}\b[^.!?]{{0,12}}\b(?:komt|is|staat) (?:{_ONE}|mijn (?:man|vrouw|vriend|vriendin|partner|ex))\b[^.!?]{{0,15}}\b(?:thuis|terug|hier|er|eraan|langs|vrij|wakker|binnen)\b|"
    rf"\b(?:{_ONE}|mijn (?:man|vrouw|vriend|vriendin|partner|ex)) (?:komt|is)\b[^.!?]{{0,15}}\b{_TIME}\b[^.!?]{{0,15}}\b(?:thuis|terug|hier|er|eraan|langs|vrij|wakker|binnen)\b",
    re.IGNORECASE,
)
_GOES_THERE = re.compile(
    r"\bik (?:ga|kom|rij|rijd|moet|zal) (?:\w+ ){0,3}?(?:(?:haar|hem|ze) (?:\w+ )?(?:\w*halen|zoeken|opzoeken|terugpakken)|naar (?:haar|hem)(?: toe)?\W*$|(?:erheen|er naartoe)\W*$)",
    re.IGNORECASE,
)

# A doubt in more words than this tells something else, as does a yes.
SHORT, LONGEST_YES = 7, 4
# Words up to which a clause tells nothing of its own: 'nee', 'echt niet'.
FEWEST_TELLING = 2


def denies(text: str, tone: str) -> bool:
    """Whether the visitor says that what the coach feared is not so: 'ik ben niet suïcidaal', 'ik bedoel de relatie'.

    `tone`: `danger`, `suicidality` or `own_violence`. Playing it down ('het valt wel mee') is no denial.
    """
    if len(text.split()) > LONGEST_DENIAL or _NOT_ALL.search(text) or names_throat(text) or tells_deed(text):
        return False
    return bool(_PATTERNS[tone].search(text) or _MEANT_OTHERWISE.search(text))


def only_denies(text: str, tone: str) -> bool:
    """Whether a message is a denial and nothing else: 'nee, ik denk niet aan zelfmoord', and not 'ik wil niet dood, ik wil dat het ophoudt'."""
    clauses = [clause for clause in re.split(r"[,.;:!?\n]+", text) if len(clause.split()) > FEWEST_TELLING]
    plain = all(
        len(c.split()) <= SHORT and denies(c, tone) and not re.search(r"\b(?:dan|zou|zouden|anders)\b", c, re.IGNORECASE) for c in clauses
    )
    return bool(clauses) and plain and denies(text, tone)


def denies_violence(text: str) -> bool:
    """Whether a clause says in so many words that nobody hurts, forces or threatens: 'hij slaat me nooit hoor'. 'Dan had hij mij niet gedwongen' does not."""
    plain = re.search(r"\bniemand (?:doet|dwingt|slaat|bedreigt|controleert)\b", text, re.IGNORECASE) or _PATTERNS["danger"].search(text)
    return bool(plain) and denies(text, "danger") and not re.search(r"\b(?:dan|zou|zouden|anders)\b", text, re.IGNORECASE)


def safe_now(text: str, answer: str | None) -> Safe | None:
    """What 'are you safe now?' was answered, the whole message read: 'ja maar hij komt zo thuis' is no plain yes. None where it is no answer.

    `answer`: `affirm` or `deny` where the message begins as a yes or no.
    """
    if "?" in text and (answer is None or not _SAFE.search(text)):
        # 'Ja klopt toch?' is about something else.
        return None if answer is None else "unsure"
    if answer is None and not (_SAFE.search(text) or _UNSAFE.search(text) or (len(text.split()) <= SHORT and _DOUBT.search(text))):
        return None
    if _UNSAFE.search(text):
        return "unsure" if answer == "affirm" else "no"
    if _DOUBT.search(text):
        return "unsure"
    if answer == "deny":
        return "unsure" if _EXPLAINS.search(text) else "no"
    # 'Ja, ik moet alle bonnetjes tonen' says yes to something else.
    return "yes" if _SAFE.search(text) or len(text.split()) <= LONGEST_YES else "unsure"


def names_throat(text: str) -> bool:
    """Whether a hand on a throat is told: it can do harm that shows only after hours."""
    return bool(_THROAT.search(text)) and not _THROAT_IDIOM.search(text)


def names_child(text: str) -> bool:
    """Whether children of the house are mentioned."""
    return bool(_CHILD.search(_CALLED_CHILD.sub(" ", text))) and not _NO_CHILDREN.search(text)


def names_hit_child(text: str) -> bool:
    """Whether it is a child that was hit."""
    return bool(_HIT_CHILD.search(text))


def refuses_people(text: str) -> bool:
    """Whether somebody does not want to call or speak to anybody: no wish for a person, whatever words for one are in it."""
    return bool(_REFUSES.search(text))


def is_watched(text: str) -> bool:
    """Whether the partner comes, or reads along, right now: a few words of somebody who can't write more."""
    return len(text.split()) <= SHORT + 2 and bool(_WATCHED.search(text))


def is_figurative(text: str) -> bool:
    """Whether somebody says that their words were a manner of speaking: 'nee figuurlijk he'."""
    return bool(re.search(_FIGURATIVE, text, re.IGNORECASE))


def is_unsure(text: str) -> bool:
    """Whether a short answer leaves it open: 'weet niet'."""
    return len(text.split()) <= SHORT and bool(_DOUBT.search(text) or _DONT_KNOW.search(text))


def names_time(text: str) -> bool:
    """Whether a moment, soon, is all that is said: 'vannacht', 'ja, straks'."""
    return bool(_ONLY_TIME.fullmatch(text))


def comes_home(text: str) -> bool:
    """Whether the partner will be there before long: 'straks komt hij thuis'."""
    return bool(_COMING.search(text)) and not re.search(r"\bpas\b", text, re.IGNORECASE)


def goes_there(text: str) -> bool:
    """Whether the visitor is about to go to the partner: 'ik ga haar halen'."""
    return bool(_GOES_THERE.search(text))


def takes_leave(text: str) -> bool:
    """Whether somebody says goodbye, or to stop; a button always does."""
    return bool(_LEAVES.search(text))
