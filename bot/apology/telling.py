"""What a visitor tells of the parts of an apology, in whatever order: for each element the words in which they told it.

Only what is sure counts: a clause that the encoder finds likely and that speaks of the right person.
"""

from __future__ import annotations

import re

from bot.apology.review import ApologyReview, Fault, read_apology, review_apology
from bot.apology.words import Words
from bot.hearing.deeds import tells_deed

# By element, the chance from which a clause tells it: what is not sure is asked. A wrong 'you see what it did' hurts more than a question.
SURE = {"responsibility": 0.7, "acknowledge_pain": 0.9, "regret": 0.75, "no_repeat": 0.7, "repair": 0.7}
_I = r"\b(?:ik|'?k|mij|me|mijn|m'n|mn|sorry|spijt)\b"
_OTHER = r"\b(?:je|jij|jou|jouw|ge|gij|u|uw|hij|zij|ze|hem|haar|zich|partner|man|vrouw|lief|vriendin?|tranen)\b"
# Whom a clause has to speak of, and what it may not be.
_SPEAKS_OF = {
    "responsibility": re.compile(_I, re.IGNORECASE),
    "acknowledge_pain": re.compile(_OTHER, re.IGNORECASE),
    "regret": re.compile(
        r"\b(?:spijt\w*|sorry|schaam|berouw|schuldig|voel (?:ik )?me|verdrietig|verdriet|rot|vreselijk|verschrikkelijk|ellendig|kapot|huil|raakt me|doet me)\b",
        re.IGNORECASE,
    ),
    "no_repeat": re.compile(
        r"\b(?:ga|zal|wil|beloof|voortaan|nooit meer|niet meer|nie meer|volgende keer|stop|leg|zet|hou)\b", re.IGNORECASE
    ),
    "repair": re.compile(r"\b(?:ik|wij|we|samen|mag|zal)\b", re.IGNORECASE),
}
# Who does something in a clause: the first one named.
_FIRST = re.compile(r"\b(?:(?P<own>ik|'?k)|hij|zij|ze|je|jij|ge|(?:mijn|m'n|mn) \w+|we|wij|dat|het)\b", re.IGNORECASE)
# 'Ik wil sorry zeggen', 'iets gedaan waar ik spijt van heb': why somebody comes, no regret that could be said to the partner.
_ONLY_TO_THE_COACH = re.compile(r"\b(?:wil|wou|zou|ga|moet|kan)\b.*\b(?:sorry|excuses|spijt)\b|\biets\b.*\bwaar\b", re.IGNORECASE)
# 'Ik heb haar gekwetst', 'ik heb iets stoms gedaan': that something was done, not what.
_NO_DEED = re.compile(
    r"\bik\b(?:(?! en | door | omdat | toen ).){0,40}\b(?:gekwetst|kwetste|pijn (?:heb )?(?:gedaan|deed)|iets (?:\w+ )?(?:gedaan|gezegd)|(?:een )?fouten? (?:heb )?gemaakt|wat ik (?:\w+ ){0,3}(?:zei|deed|gezegd|gedaan)(?: (?:\w+ ){0,4}\w+)?)\W*(?:heb|hebt)?\W*$",
    re.IGNORECASE,
)
_SEES = re.compile(r"\bik (?:zag|zie|merkte?|hoorde?|weet|voelde)\b|\btranen\b", re.IGNORECASE)
_ASKS = re.compile(r"^\W*(?:hoe|wat|waarom|waar|wanneer|kan|kun|moet|zou|mag|is|heb je)\b", re.IGNORECASE)
_FUTURE = re.compile(r"\b(?:ga|zal|wil|zou|voortaan|beloof|volgende keer|nooit meer)\b", re.IGNORECASE)
_BUT_THEY = re.compile(
    r"\b(?:maar|alleen) (?:hij|zij|ze|ie|(?:mijn|m'n) (?:man|vrouw|partner|lief|vriendin?)) [^.!?\n]{2,60}", re.IGNORECASE
)
_THEY = r"(?:hij|zij|ze|ie|je|jij|ge|gij|(?:mijn|m'n) (?:man|vrouw|partner|lief|vriendin?))"
_WRONG = (
    r"(?:begon(?:nen)?|schuld|fouten?|fout|loog|gelogen|riep|geroepen|schold|gescholden|geschreeuwd|schreeuwde|overdreven|overdreef|verantwoordelijk|"
    r"geen (?:heilige|engel|lieverdje)|niet (?:perfect|onschuldig|heilig)|(?:haar|zijn|je|jouw) (?:aandeel|deel))"
)
# Both did it, or the other one did it first; 'ze moest ook huilen' is none.
_THEY_TOO = re.compile(
    rf"\b{_THEY} (?:\w+ ){{0,3}}?(?:ook|zelf|net zo goed|evengoed|even goed|eerst|net zo)(?: \w+){{0,3}}? {_WRONG}\b|"
    rf"\b(?:begon|begonnen|loog|riep|schold) {_THEY} (?:\w+ ){{0,2}}?(?:ook|zelf|eerst|net zo goed)\b|"
    rf"\b{_THEY} (?:is|was|bent|heeft|hebt|had) (?:\w+ ){{0,2}}?(?:begonnen|geen heilige|geen engel|niet onschuldig)\b|"
    rf"\b{_THEY} (?:begon|loog|riep|schold|deed) (?:er |het |dat )?(?:\w+ )?(?:ook|zelf|eerst|net zo goed)\b",
    re.IGNORECASE,
)
MOST_COUNTER_WORDS = 20
# In a whole apology less is enough for a fault (bot/apology/thresholds.py).
SURELY_SMALLER = 0.5
# 'Ja maar …' opens no apology; 'zij appt ook' says that both do it.
_ELSEWHERE = re.compile(
    rf"^\W*(?:ja|jamaar|nee|oké|ok)\W*maar (?!ik (?:wil|zal|ga|beloof|snap|begrijp|zie)\b)|\b(?:ik (?:heb|had|kreeg) (?:toch |ook |wel )?gelijk|gelijk (?:heb|had) ik)\b|"
    rf"\b{_THEY} (?:zelf )?(?:appt?|appte|belt|chat|chatte|mailt|flirt|flirtte|liegt|roept|schreeuwt|scheldt|drinkt|gokt|kijkt|doet|zoent|stuurt) (?:zelf |toch )?ook\b",
    re.IGNORECASE,
)
# What the partner was seen to do in their pain.
_SEEN = re.compile(
    r"\W*(?:en |maar )?(?:hij|zij|ze|ie|(?:mijn|m'n|mn) (?:man|vrouw|partner|lief|vriendin?)) (?:\w+ ){0,4}?(?:huilde|weende|gehuild|geweend|snikte|schrok|stil(?: geworden)?|niks|niets|niet meer|"
    r"naar de grond|vond het (?:zelf|uit)|ontdekte|erachter|(?:liep|ging|bleef|keek) (?:\w+ )?(?:weg|alleen|boven|weg van)|in tranen|tranen|verdrietig|gekwetst|teleurgesteld|rood|bleek|klein|niet geslapen|sliep niet|at niet)\b",
    re.IGNORECASE,
)
# 'Niet meer drinken op haar feestjes', 'ik ga nooit meer liegen': a promise.
_NO_MORE = re.compile(
    r"\W*(?:(?:dus|en|gewoon|voortaan|ik (?:ga|zal)) )*(?:nooit|niet|nie|geen \w+) meer (?:\w+ ){0,4}?\w+en\b(?!.*\b(?:hij|zij|ze) )",
    re.IGNORECASE,
)
# 'Ik heb spijt', 'het spijt me zo', 'ik schaam me kapot', and no more.
_PLAIN_REGRET = re.compile(
    r"(?:en |maar )?(?:(?:ik |k)?heb (?:er )?(?:zo'?n |zo |veel |heel |echt |oprecht |enorm )*spijt(?: van| ervan)?|het spijt (?:me|mij)(?: zo| heel| erg| echt| enorm| verschrikkelijk)*|"
    r"(?:ik |k)?schaam (?:me|mij)(?: er| echt| zo| heel| erg| diep| enorm| kapot| dood| rot)*(?: voor| over)?)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"[.!?;\n]+\s*|,\s+(?:en\s+|maar\s+)?|\s+en\s+(?=(?:ik|hij|zij|ze|je|daar|dat|toen|daarna|voortaan|nu|het)\b)", re.IGNORECASE
)
# Reading alone: the encoder was taught on words said to the partner. Nothing of this is ever shown.
_TO_PARTNER = (
    (re.compile(r"\b(?:mijn|m'n|mn) (?:man|vrouw|partner|lief|vriendin?|echtgenote?|verloofde)\b", re.IGNORECASE), "je"),
    (re.compile(r"\b(?:hij|ze|zij) (?:is)\b", re.IGNORECASE), "je bent"),
    (re.compile(r"\b(?:hij|ze|zij) (?:heeft)\b", re.IGNORECASE), "je hebt"),
    (re.compile(r"\b(?:hij|ze|zij|hem|haar|zich)\b", re.IGNORECASE), "je"),
)


def told(text: str) -> dict[str, str]:
    """The words for each element of `ELEMENTS` that a message surely tells, as they stand there."""
    found: dict[str, list[str]] = {}
    for clause in _clauses(text):
        element = _element(clause)
        if element is not None:
            found.setdefault(element, []).append(clause)
    return {element: ". ".join(words) for element, words in found.items()}


def made_smaller(text: str) -> ApologyReview:
    """The faults in what somebody tells of their deed: as in an apology, and 'maar zij begon', said of the partner."""
    review = review_apology(text)
    if excuse := _BUT_THEY.search(text):
        return ApologyReview(review.elements, (Fault("but_excuse", *excuse.span(), excuse.group()),))
    return review


def counter_accuses(text: str) -> bool:
    """'Ze begon ook', 'zij appt ook met haar ex', 'ja maar mijn baas deed lastig': lays the blame elsewhere as well."""
    return len(text.split()) <= MOST_COUNTER_WORDS and bool(_THEY_TOO.search(text) or _ELSEWHERE.search(text))


def defends(text: str) -> bool:
    """Whether a message plays down, justifies or shares out the blame, and tells nothing else."""
    faults = made_smaller(_as_said_to_partner(text)).faults or made_smaller(text).faults
    kinds = {fault.kind for fault in faults} & {"minimise", "but_excuse", "blame_shift", "justify"}
    if kinds == {"minimise"} and _most(read_apology(text), "minimise") < SURELY_SMALLER:
        # 'Elke vrijdag samen koffie drinken', out of its context.
        return False
    return bool(kinds) and not told(text)


def _element(clause: str) -> str | None:
    """The likeliest element of a clause, when it is sure."""
    if _ASKS.search(clause):
        return None
    read = read_apology(_as_said_to_partner(clause))
    rows = [(_most(read, name), name) for name, speaks_of in _SPEAKS_OF.items() if speaks_of.search(clause)]
    first = _FIRST.search(clause)
    own = first is not None and first["own"] is not None
    others = first is not None and first.group().lower() not in ("we", "wij") and (not own or bool(_SEES.search(clause)))
    fits = {
        "responsibility": own and not _FUTURE.search(clause) and not _NO_DEED.search(clause),
        "acknowledge_pain": others,
        "regret": not _ONLY_TO_THE_COACH.search(clause),
    }
    rows = [row for row in rows if fits.get(row[1], True)]
    chance, element = max(rows, default=(0.0, ""))
    return element if element and chance >= SURE[element] else _in_words(clause)


def _in_words(clause: str) -> str | None:
    """What short words tell beyond doubt where the encoder is not sure: dialect, no 'ik', 'ze keek naar de grond'."""
    if _PLAIN_REGRET.fullmatch(clause):
        return "regret"
    if _NO_MORE.match(clause):
        return "no_repeat"
    if _SEEN.match(clause):
        return "acknowledge_pain"
    return "responsibility" if tells_deed(clause) and not _FUTURE.search(clause) and not _NO_DEED.search(clause) else None


def _most(read: Words, name: str) -> float:
    return float(read.chances[name].max()) if read.spans else 0.0


def _clauses(text: str) -> list[str]:
    return [part.strip(" ,.;") for part in _CLAUSE.split(text) if len(part.split()) >= 2]


def _as_said_to_partner(clause: str) -> str:
    for pattern, words in _TO_PARTNER:
        clause = pattern.sub(words, clause)
    return clause
