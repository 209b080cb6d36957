"""The questions that people ask, and the guilt that they speak of, once they told of danger: each has an answer of its own."""

from __future__ import annotations

import re

_HIM = r"(?:hem|haar|'m|mijn (?:man|vrouw|vriend|vriendin|partner|ex))"
_THEY = r"(?:hij|ie|zij|ze|mijn (?:man|vrouw|vriend|vriendin|partner|ex))"
_NOT = r"(?:niet|nie|ni|geen|slecht|weinig|beetje|amper)"
_ASKED = {
    "why": re.compile(
        r"\bwaarom (?:vraag|vroeg|wil|zeg|moet)\b[^.!?]{0,12}\b(?:je|jij|u|ge|gij)\b[^.!?]{0,12}\b(?:dat|dit|da|zoiets|zo veel|zoveel|weten)\b|^\W*(?:hoezo|waarom)\W*$|"
        r"\b(?:wat|dat) gaat (?:jou|je|u) (?:dat |niks |niets |niet )?aan\b",
        re.IGNORECASE,
    ),
    "fault": re.compile(
        r"\b(?:is|was|ligt|lag) (?:het|dat|dit|da|'t|t) (?:niet |ook |toch |dan |echt |allemaal )*(?:mijn (?:eigen )?(?:schuld|fout)|aan mij|door mij)\b|"
        r"\b(?:het|dat|dit|da|'t|t) (?:is|was|ligt|lag) (?:ook |toch |wel |allemaal |gewoon |vast )*(?:mijn (?:eigen )?(?:schuld|fout)|aan mij|door mij)\b|"
        r"^\W*(?:allemaal )?(?:mijn|eigen|m'n) (?:eigen )?(?:schuld|fout)\W*$|\bhad ik\b[^.!?]{0,25}\b(?:niks|niets|niet|nie|beter|gezwegen|stil|moeten)\b|\bben ik (?:\w+ )?schuldig\b|"
        r"\bik (?:heb|had) (?:het|dat|er|hem|haar)\b[^.!?]{0,20}\b(?:uitgelokt|verdiend|naar gemaakt|uitgedaagd|kwaad gemaakt|boos gemaakt)\b|\bik verdien\w* (?:het|dat|dit|klappen|die)\b",
        re.IGNORECASE,
    ),
    "back": re.compile(
        rf"\bik (?:ga|wil|moet|keer|kom)\b[^.!?]{{0,20}}\bterug\b(?: naar| bij)?(?: {_HIM}| huis)?\W*$|\bik (?:ga|wil|moet|keer|kom)\b[^.!?]{{0,20}}\bterug (?:naar|bij) {_HIM}",
        re.IGNORECASE,
    ),
    "papers": re.compile(
        r"\b(?:verblijf\w*|verblijfsvergunning|visum|illegaal|uitgezet|het land uit|land uitgezet)\b|"
        r"\b(?:verlies|kwijt|afpak\w*|intrek\w*|zonder|geen|mijn)\b[^.!?]{0,15}\bpapieren\b|\bpapieren\b[^.!?]{0,15}\b(?:kwijt|verlies|afgepakt|ingetrokken|weg)\b",
        re.IGNORECASE,
    ),
    "language": re.compile(
        rf"\b(?:spreek|praat|kan|begrijp|snap|versta|schrijf)\b[^.!?]{{0,12}}\b{_NOT}\b[^.!?]{{0,12}}\b(?:nederlands|vlaams|hollands)\b|\b(?:nederlands|vlaams)\b[^.!?]{{0,12}}\b{_NOT}\b[^.!?]{{0,8}}\bgoed\b|"
        r"\bmijn (?:nederlands|taal)\b[^.!?]{0,12}\b(?:slecht|niet)\b",
        re.IGNORECASE,
    ),
    "seen": re.compile(
        rf"\bals ik\b[^.!?]{{0,12}}\bbel\w*\b[^.!?]{{0,25}}\b{_THEY}\b[^.!?]{{0,15}}\b(?:weet|ziet|merkt|hoort|leest|kwaad|boos|erachter)\b|\b{_THEY} (?:ziet|weet|merkt|hoort|leest|komt)\b[^.!?]{{0,25}}\b(?:bel|bellen|gebeld|belt|nummers?)\b|"
        rf"\b(?:ziet|weet|merkt|hoort) {_THEY}\b[^.!?]{{0,25}}\b(?:bel|bellen|gebeld|nummers?)\b|\b(?:telefoonrekening|belgeschiedenis|gespreksgeschiedenis)\b|\b(?:staat|komt|zie\w*) (?:dat|het|dit|je)\b[^.!?]{{0,15}}\b(?:rekening|factuur)\b",
        re.IGNORECASE,
    ),
    "line": re.compile(
        r"\b(?:wat|wie) (?:is|zijn|doet|doen)\b[^.!?]{0,12}\b(?:veilig thuis|1712|113|1813|hulplijn\w*|die (?:nummers?|lijn\w*|mensen)|centrum seksueel geweld|luisterlijn)\b|"
        r"\bwat (?:gebeurt|zeggen|vragen|doen)\b[^.!?]{0,15}\b(?:als ik (?:ze |die |daar )?bel|aan de telefoon)\b|\bwie (?:neemt|krijg ik)\b[^.!?]{0,20}\b(?:op|lijn|telefoon)\b",
        re.IGNORECASE,
    ),
    "chat": re.compile(
        r"\b(?:kan|mag|wil) (?:ik|je|er)\b[^.!?]{0,20}\bchat\w*|\bik (?:kan|wil|durf)\b[^.!?]{0,20}\bchatten\b|^\W*(?:chat\w*|sms\w*)\W*$|\bkan (?:ik|je)\b[^.!?]{0,15}\bsms'?\w*\b|\bkan (?:ik )?(?:nu )?(?:niet|nie) (?:praten|bellen)\b|\bzonder (?:te )?(?:praten|bellen)\b",
        re.IGNORECASE,
    ),
    "told": re.compile(
        r"\b(?:vertel|geef|meld|zeg|stuur)\w* (?:je|jij|jullie|u)\b[^.!?]{0,20}\b(?:door|verder|iemand|aan)\b|\b(?:doorvertel\w*|doorgegeven|meldplicht|gemeld|aangeven|aangegeven)\b|"
        r"\bkinderen\b[^.!?]{0,15}\b(?:af ?(?:te )?(?:pakken|nemen)|af|weg ?(?:te )?halen|halen|weg)\b[^.!?]{0,10}\?|\b(?:komt|komen|sturen|stuurt|stuur|bellen|belt) (?:je|jij|jullie|ze|er|de)\b[^.!?]{0,25}\b(?:iemand|politie|langs|naar hier)\b",
        re.IGNORECASE,
    ),
    "leaving": re.compile(
        r"\b(?:hoe|waar|kan|moet) (?:ga |kan |moet |kom )?ik\b[^.!?]{0,20}\b(?:weg|vertrekken|naartoe|heen|terecht|onderduiken|terug naar (?:hem|haar)|schuilen)\b",
        re.IGNORECASE,
    ),
    "normal": re.compile(
        r"\b(?:is|was) (?:dat|dit|da)\b[^.!?]{0,15}\b(?:normaal|geweld|mishandeling|strafbaar)\b|\b(?:dat|dit|da) (?:is|was) (?:toch )?(?:wel )?(?:geen|normaal)\b[^.!?]{0,15}\b(?:geweld|mishandeling|toch|\?)|"
        r"\b(?:dat|dit|da|'t|het) hoort er(?: nu eenmaal| toch| gewoon)* ?bij\b|\bhoort (?:dat|dit) er(?:bij| bij| niet bij)\b",
        re.IGNORECASE,
    ),
}
_WISHES = re.compile(
    r"\b(?:hoe|help\w*|kun|kan|kunnen|wil|wou|zou|zullen|mag|durf|ga|zal|schrijf|lees)\b[^.!]*\b(?:sorry|excuus\w*|excuses|verontschuldig\w*|goed ?(?:te )?(?:maken|maak)|"
    r"vergev\w*|vergeef|eerste stap|brief\w*|bericht\w*|oefen\w*|apk|begin\w*|gesprek)\b",
    re.IGNORECASE,
)
# 'Wat moet ik doen?', and not what would make it good.
_WHAT_TO_DO = re.compile(r"\bwat (?:moet|kan|kon|zal) ik (?:nu |dan |best |eraan |ertegen |hier )*doen\s*(?:[?.!]|$)", re.IGNORECASE)
# What anybody may ask, and not only who is in danger from somebody else.
FOR_ALL = frozenset({"chat", "told", "why", "language", "line"})
# Those whose answer holds the helplines: in place of a further safety message, too.
WITH_NUMBERS = frozenset({"papers", "seen", "language", "back", "line", "chat", "leaving"})


def asked_in_danger(text: str) -> str | None:
    """Which of the things that people ask or say after an alarm this is, by name (`utter_locked_asked_…`); None where it is none."""
    return next((name for name, words in _ASKED.items() if words.search(text)), None)


def asks_what_to_do(text: str) -> bool:
    """Whether somebody asks what to do now: 'ik hoor haar auto, wat moet ik doen?'"""
    return bool(_WHAT_TO_DO.search(text))


def asks_why(text: str) -> bool:
    """Whether somebody asks why the coach asks."""
    return bool(_ASKED["why"].search(text))


def wants_coaching(text: str) -> bool:
    """Whether words of a wish for what is closed are there: 'hoe zeg ik sorry', 'ik wil het goedmaken'. 'Vorige keer moest ik sorry zeggen' is none."""
    return bool(_WISHES.search(text))
