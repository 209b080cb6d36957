"""Phrases of which the meaning is certain, whatever the encoder thinks: signs add a fault or an element, vetoes take one away.

Surface forms only, of the Netherlands and of Flanders, with the spellings of chat. A sign is the fault itself and is quoted; a veto
reaches to the end of its clause.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_YOU = r"(?:je|jij|jou|u|ge|gij)"
_NOT = r"(?:niet|nie|ni)"
_ONE = r"(?:een|'n|ne|nen|n|één|1)"
_JUST = r"(?:toch|nou|nu|ook|weer|gewoon|echt|heus|allemaal|eigenlijk|trouwens|alleen|enkel|maar|dan)"
_SORRY = r"(?:sorry|sry|pardon|excuses?|(?:het |'?t ?)?spijt (?:me|mij)|tspijt me|jammer|vervelend|spijtig)"
_HURT = (
    r"(?:gekwetst|gekrenkt|geraakt|beledigd|bezeerd|geschaad|getroffen|teleurgesteld|tekort ?gedaan|pijn (?:heb )?gedaan|pijn deed|"
    r"iets (?:verkeerds?|fout) (?:heb )?(?:gezegd|gedaan)|verkeerd (?:is |ben )?over(?:gekomen|kwam)|verdriet (?:heb )?gedaan)"
)
_REST = r"[^.!?,;:\n]{0,60}"


@dataclass(frozen=True)
class Pattern:
    """A phrase, and the kinds of element or fault on which it is certain."""

    kinds: tuple[str, ...]
    phrase: re.Pattern[str]


@dataclass(frozen=True)
class Found:
    """Where a pattern fits: `text[start:end]`."""

    kind: str
    start: int
    end: int


def _of(kinds: str, *phrases: str) -> list[Pattern]:
    return [Pattern(tuple(kinds.split()), re.compile(phrase, re.IGNORECASE)) for phrase in phrases]


SIGNS = [
    *_of(
        "conditional",
        r"\bals er (?:al )?iets (?:is|was) (?:dat|wat) (?:ik|je|jou|u)\b[^.!?,\n]{0,20}(?:fout|verkeerd|gekwetst|misdaan|dwars)(?: \w+){0,2}|\b(?:mocht|moest) (?:ik|je|jij|ge|u) [^.!?,\n]{0,30}(?:gekwetst|pijn|aanstoot|last|beledigd)[^.!?,\n]{0,20}",
        rf"\b(?:als|indien|mocht|moest|wanneer|voor zover|zo) (?:ik|mijn \w+|dat|het)(?! (?:zie|denk|hoor|merk|weer|nog|ooit)\b)"
        rf"(?: [^\s.!?]+){{0,5}}? {_HURT}(?: (?:heb|heeft|hebben|had|hebt|is|was|ben))?",
        rf"\b(?:als|indien|mocht|wanneer) {_YOU}(?: [^\s.!?]+){{0,4}}? (?:gekwetst|aangevallen|beledigd|gepasseerd|vervelend|onprettig)"
        rf"(?: \w+)?? (?:voelde?t?|vond|vindt|vinden|hebben|zijn)\b",
    ),
    *_of(
        "but_excuse",
        r"\b(?:maar|alleen) (?:jij|gij|ge|je) (?:begon(?: ook)?|bleef|(?:was|waart|bent|zijt|deed|had|hebt|zat|maakt|koopt|kunt|weet) (?:ook|zelf|net zo|nooit))"
        rf"\b(?! (?:gelijk|recht|voor me|van)){_REST}",
        rf"\balleen (?:had|zat|was|deed|begon|bleef) (?:jij|gij|je|ge)\b{_REST}",
        rf"(?:^|(?<=[.!?]\s))(?:ja|nee|oké|ok),? maar (?!ik (?:wil|zal|ga|beloof|snap|begrijp|zie)\b)\w+{_REST}",
        rf"\bmaar ik (?:was|had|zat)(?: {_JUST}| zo| heel)* (?:moe|doodmoe|doodop|dronken|zat|gestrest|druk|stress|(?:te )?veel|een rotdag){_REST}",
    ),
    *_of(
        "blame_shift",
        rf"\b(?:het|dat) (?:ligt|lag|kwam|komt) (?:ook |net zo goed |evengoed )?(?:aan|door) (?:jou|u)\b(?! te)|\bmet (?:jou|u) (?:valt|kan|is) (?:\w+ ){{0,3}}{_NOT}\b{_REST}",
        r"\b(?:ik (?:heb|had|kreeg) (?:toch |ook |wel )?gelijk|gelijk (?:heb|had) ik)\b",
        r"(?:^|(?<=[.!?,]\s))(?:je|jij|gij|ge) (?:zelf )?(?:appt?|appte|belt|chat|chatte|mailt|flirt|flirtte|liegt|roept|schreeuwt|scheldt|drinkt|gokt|kijkt|doet|zoent|stuurt) (?:zelf |toch )?ook\b[^.!?,;\n]{0,60}",
        rf"\b(?:uitgelokt|uitlokken|uitlokte)\b|\b(?:je|jij|ge|gij) (?:vraagt|vroeg|vroegt) er (?:\w+ )?om\b|\b(?:jij|gij|je|ge) (?:dreef|dwong|drijft|dwingt) (?:me|mij) (?:ertoe|daartoe|zover){_REST}",
        r"\b(?:we|wij) (?:hebben|zijn|waren|hadden) (?:er )?(?:allebei|alle twee|beiden|samen) (?:\w+ ){0,2}(?:schuld|schuldig|fout|fouten|aandeel)\b",
        rf"\b{_SORRY}(?: [^\s.!?,]+){{0,2}} dat (?:jij|gij|u|je) (?:je|u)(?: (?:zo|daardoor|erdoor|daarbij|nu|er))*"
        r"(?: (?:aangevallen|gekwetst|beledigd|gepasseerd))* (?:voelt|voelde|opwindt|opwond|aanstelt)\b",
        rf"\b{_SORRY} dat (?:jij|gij|u|je) (?:daar|er|dat|het|zo)(?: \w+){{0,3}} (?:tegen (?:kunt?|kon)|gevoelig (?:bent|zijt)|opvat(?:te?)?|op(?:neemt|nam)|"
        r"opgevat|zwaar aan tilt)\b",
        r"\b[^.!?,;\n]{0,50}bloed (?:van)?onder (?:mijn|m'n|de|mijne) nagels[^.!?,;\n]{0,25}",
        r"\bwaar twee (?:vechten|kijven|ruzie)[^.!?\n]{0,40}schuld\w*",
        rf"\b(?:jij|gij|je|ge) (?:maakt|maakte) (?:mij|me)(?: {_JUST}| zo)* (?:boos|kwaad|gek|razend){_REST}",
        rf"\b(?:jij|gij|je|ge) (?:bent|zijt|was|waart) (?:ook|zelf ook|{_NOT} altijd|ook {_NOT})(?: \w+){{0,2}} (?:makkelijkst\w*|gemakkelijkst\w*|makkelijk|perfect|heilig\w*|lekker bezig)\b",
        rf"\b(?:jij|je|gij|ge) had(?:t|den)?(?: me| mij| het| dat| er)* ook\b(?! (?:gelijk|recht)){_REST}",
        rf"(?<!ik )\bhad(?:t|den)? (?:gij|jij|ge|je) (?:maar|{_NOT} zo)\b{_REST}",
        r"\bals (?:jij|je|gij|ge)\b[^.!?\n]{3,60}\b(?:had|was|waart|geweest|gehad|gedaan),? (?:dan )?(?:was|had) (?:ik|het|dit|dat)\b[^.!?\n]{0,30}(?:nooit|niet)[^.!?,\n]{0,25}",
        r"\bhoe (?:je|ge) (?:me|mij) (?:op stang|op de kast|gek|boos|kwaad) [^.!?,\n]{0,20}|\bop welke knoppen[^.!?,\n]{0,30}|\bvan een mug (?:een )?olifant",
        rf"(?<!dat )\bjij begon(?: {_JUST}| zelf)*\b(?! (?:te|niet)\b)(?: (?:met|over)\b{_REST})?",
    ),
    *_of(
        "minimise",
        r"\bstorm in een glas water\b|\beinde van de wereld\b|\bin de beste (?:families|huizen)\b|\b(?:er|d'r) zijn (?:wel )?ergere dingen\b|\bniet van suiker\b|\bkan (?:iedereen|de beste) overkomen\b|\bkan gebeuren\b",
        rf"\b(?:valt|viel) (?:het |dat )?(?:{_JUST} |best |wel )+mee\b|\b(?:niks|niets) aan de hand\b|\b(?:komen|groeien) (?:we|wij) (?:{_JUST} |wel )*over ?heen\b|(?<!dat )\b{_YOU} over(?:drijft|dreef)\b(?! {_NOT})",
        rf"\bzo erg (?:was|is|vond)\b[^.!?,\n]{{0,30}}?\b{_NOT}\b|\b(?:was|is)(?: (?:da|dat|het|t))?(?: {_JUST})* {_NOT} zo(?:'n)? (?:erg|ernstig|ramp)\b",
        rf"\b(?:het|'?t|dat|da)? ?was(?: {_JUST})* maar (?:{_ONE} )?(?:grap\w*|geintje|lolletje|mopje|(?:ene )?keer|dollen|plagen|plagerij\w*)\b",
        rf"\b(?:het|dat) is(?: {_JUST})* maar (?:een )?\w+(?=[.,;\n]|$)",
        r"\b(?:in )?(?:elk|elke|ieder|iedere) (?:stel|huwelijk|koppel|relatie|gezin|huis)\b[^.!?,\n]{0,25}?\b(?:wel ?eens|al ?eens|af en toe|soms)\b[^.!?,\n]{0,30}",
        r"\biedereen (?:doet|heeft|zegt|liegt|maakt|roept)\b[^.!?,\n]{0,20}\b(?:wel ?eens|al ?eens|soms|ooit)\b[^.!?,\n]{0,25}",
        rf"\ber is (?:{_JUST} )*(?:niks|niets) gebeurd\b|\bstelde?\b[^.!?,\n]{{0,15}}(?:niks|niets|{_NOT} (?:zo )?veel|weinig) voor\b",
        rf"\b{_YOU} (?:bent|zijt) er(?: {_JUST})* {_NOT} (?:aan |van )?dood ?gegaan\b",
    ),
    *_of(
        "justify",
        r"\b(?:kwam|komt|was|lag) (?:allemaal |gewoon |ook )*(?:door|aan) (?:de|het|mijn|m'n) (?:stress|drank|alcohol|werk|drukte|vermoeidheid|medicijnen|hitte)\b|\bsterker dan (?:mezelf|mijzelf|ikzelf|mij)\b|\bwas mezelf niet\b",
        rf"\b(?:goed|{_NOT} kwaad|als grap(?:je)?|geen kwaad) bedoeld\b|\b(?:bedoelde|bedoel|meende|bedoelt) (?:het|dat|da) (?:{_JUST} )*(?:{_NOT}|goed)\b(?! als)|\bde beste bedoelingen\b|\bkon (?:er )?(?:{_JUST} )*(?:niks|niets) aan doen\b|\bkon {_NOT} anders\b",
        # A whole clause of it: told beside a deed it may be part of owning up.
        r"(?:^|(?<=[.!?,]\s))ik (?:was|ben|zat) (?:(?:zo|gewoon|heel|erg|te|nu eenmaal|toen|ook|echt|alleen maar) ){0,3}"
        r"(?:moe|doodmoe|doodop|uitgeput|gestrest|dronken|bezopen|overspannen|ziek|in de war|druk)(?=\s*(?:[.!?]|$))",
        r"\b(?:je|ge|jij) weet (?:toch |ook )?hoe ik (?:ben|word|in elkaar zit)\b[^.!?,\n]{0,30}",
        rf"\bzo (?:heb ik|bedoelde ik|was|had ik) (?:het|dat|da)(?: {_JUST})* (?:{_NOT}|nooit)(?: bedoeld)?",
        rf"\b(?:het |dat )?(?:was|is)?(?: {_JUST})*(?:{_NOT}|nooit|geenszins)(?: echt)? (?:mijn|m'n|mijne) bedoeling\b[^.!?,\n]{{0,40}}",
        r"\bzo ben ik (?:nu|nou|nu eenmaal|nou eenmaal|eenmaal)(?: eenmaal)?\b|\b(?:ik|mijn|m'n)\b[^.!?,\n]{0,30}\b(?:nu|nou) eenmaal\b[^.!?,\n]{0,40}",
        r"\bik was (?:gewoon|alleen maar) (?:heel |erg |zo )?(?:moe|gestrest|dronken|zat|druk|kapot|jaloers)\b|\bik was (?:doodmoe|doodop)\b",
        rf"\bik (?:wilde|wou) (?:je|jou|u) (?:{_JUST} )*(?:beschermen|sparen|{_NOT} ongerust maken)\b",
        rf"\bik (?:had|zat)\b[^.!?,\n]{{0,15}}(?:veel|van alles) (?:aan|in) (?:mijn|m'n|mijne) (?:hoofd|kop)\b{_REST}",
        rf"\bik wist (?:ook |echt )?{_NOT} dat (?:het|dat|je|jij|ge) (?:zo|dat)\b{_REST}",
    ),
    *_of(
        "vague",
        rf"\b{_SORRY} (?:\w+ )?(?:voor|van) (?:laatst|toen)\b(?! (?:ik|dat))|\b(?:voor|van) hoe (?:alles|het|de dingen) (?:is |zijn )?(?:gelopen|gegaan|liep|ging)\b[^.!?,\n]{{0,10}}|\b(?:dat|hoe) het (?:allemaal )?zo gelopen is\b",
        r"\bde dingen die (?:er )?(?:gebeurd|gezegd|misgegaan) zijn\b|\bvoor wat er (?:[^\s.!?,]+ ){0,3}(?:gebeurd|voorgevallen|gezegd|misgegaan|misgelopen) is\b|\bis (?:allemaal )?niet gelopen zoals\b[^.!?,\n]{0,30}",
        r"(?<=sorry )(?:voor|van) (?:van )?(?:alles|al (?:het|dat|dit|die) (?:gedoe|gezeik|gezeur|ellende|toestanden))\b(?! (?:wat|dat|die) ik)[^.!?,\n]{0,30}",
        rf"\b{_SORRY} (?:voor|van|om) (?:alles|van alles|mijn gedrag|(?:al )?(?:het|dat|dit) gedoe|hoe het (?:liep|ging|is gelopen|gelopen is)|wat er (?:allemaal )?(?:gebeurd|misgegaan) is)\b(?! (?:wat|dat|toen) ik)",
        rf"\ber (?:is|zijn|is er) (?:{_JUST} )*(?:iets|dingen|van alles|een en ander|wat dingen) (?:\w+ )?(?:gebeurd|gezegd|misgegaan|misgelopen|fout gegaan|voorgevallen|gelopen)\b(?! (?:wat ik|en dat (?:heb|deed|was) ik))[^.!?,\n]{{0,30}}",
        r"\ber (?:ging|liep) (?:van alles|iets|wat|veel) (?:mis|fout)\b|\b(?:allemaal|dingen|alles) (?:\w+ ){0,2}uit de hand (?:gelopen|liepen|lopen)\b",
    ),
    *_of(
        "demand",
        rf"\bik wil (?:gewoon |nu |wel )*dat (?:je|jij|ge|gij) (?:me|mij|het|nu|weer|ophoudt|stopt|er)\b{_REST}|\bbegin er {_NOT} (?:meer|weer) over\b|\bkom (?:nu|nou) (?:{_JUST} )*(?:naar huis|terug)\b|\bmoet (?:je|jij|ge) (?:dat|het)\b[^.!?,\n]{{0,25}}\bloslaten\b",
        rf"\bik hoop dat (?:je|jij|ge|we|wij)\b[^.!?\n]{{0,50}}(?:streep|loslaten|stopt|ophoudt|door ?blijft|{_NOT} meer (?:over|boos|kwaad)|verder kunnen)\b[^.!?,\n]{{0,20}}|(?<!ik )\b(?:vertel|zeg) (?:het|dit|hier) [^.!?\n]{{0,25}}(?:{_NOT}|niks|niets|niemand)\b{_REST}",
        r"\b(?:dan|nu|hiermee) is (?:het|de zaak|dit) (?:nu |wel )?(?:klaar|afgedaan|afgesloten|genoeg geweest|uit de wereld)\b|\bmooi geweest\b|\bhou (?:nu |nou |er |dan )+(?:eens |maar |over )*op\b",
        rf"\bnu moet (?:je|jij|u|ge|gij)\b(?! je)[^.!?,\n]{{0,60}}|\b(?:je|jij|u|ge|gij) moet (?:me|mij|het me)(?: {_JUST})* (?:vergeven|geloven|steunen)\b",
        rf"\blaten we (?:het|dit|er|nu)(?: {_JUST})*(?: [^\s.!?]+){{0,4}}? (?:niet meer|nooit meer|vergeten|achter ons|rusten|een punt|een streep)\b[^.!?\n]{{0,30}}",
        r"\bzand erover\b|\b(?:er )?een streep (?:er)?onder\b[^.!?,\n]{0,20}",
        rf"\b(?:kunnen|zullen|kun|kunt|kan|wil|wilt) (?:we|wij|je|jij|ge|gij|u)\b[^?.!\n]{{0,30}}(?:weer (?:{_JUST} )*(?:normaal|gewoon|verder|lief)|vergeten|ophouden|stoppen met|verder)\b[^?.!,\n]{{0,20}}",
        rf"\b(?:nu |dus )?{_NOT} meer zeuren\b|\bvergeet het (?:{_JUST} ?)+|\bik verwacht (?:dat|nu|wel|van)\b{_REST}",
        rf"\b(?:doe|wees) (?:nu|nou|dan)(?: {_JUST})* (?:{_NOT}|weer|gewoon|lief|normaal|zo)\b[^.!?,\n]{{0,30}}|\bgeen drama (?:van )?(?:te )?maken\b|\bstaan we quitte\b",
    ),
    *_of(
        "regret",
        r"\b(?:sorry|sry|tspijt me|spijt (?:me|mij))(?: (?:zo|echt|heel erg|oprecht))? (?:dat|da) (?:ik|'k|k)\b|\b(?:heb|had) (?:er |daar |hier )(?:\w+ ){0,3}?spijt\b|\bschaam (?:me|mij|mn)\b",
        r"\btspijt (?:me|mij)\b(?! (?:als|dat))",
    ),
    *_of(
        "no_repeat",
        rf"\bik (?:doe|zeg|zal)\b[^.!?,\n]{{0,25}}\b(?:nooit|{_NOT}) meer\b|\b(?:zal|gaat)? ?{_NOT} meer gebeuren\b|\bgebeurt {_NOT} meer\b",
        r"\b(?:voortaan|vanaf (?:nu|vandaag|morgen)) [^.!?,\n]{0,20}\b(?:ik|we|wij)\b|\b(?:ik|we|wij)\b[^.!?,\n]{0,20}\bvoortaan\b",
    ),
    *_of(
        "repair",
        r"\b(?:mag|zal) ik (?!(?:dan |nu )?(?:maar )?(?:zeggen|vragen))[^.!?\n]{3,80}\?|\bwat? kan ik (?:voor (?:je|jou|u) )?doen\b|\bzeg maar wat (?:je|ge|ik)\b",
    ),
]

# A reason that is named and refused in the same breath is no excuse: 'ik was moe, en dat is geen excuus'.
OWNED = re.compile(
    r"geen (?:\w+ )?(?:excuus|smoes|reden|verontschuldiging|verklaring)|pra+t (?:\w+ )?(?:niks|niets) goed|niet goed ?praten|geeft (?:me|mij) (?:\w+ )?(?:niet het|geen) recht|"
    r"maakt? (?:het|dat|t) (?:alleen maar |juist |nog )?(?:niet (?:minder|beter)|erger)|doet er niet toe|\ben dan nog\b|wijs ?gemaakt|\bzeggen ze\b|helpt (?:jou|je|u) (?:\w+ )?(?:niet|niks)|\bmag,? dat niet\b|\bik had (?:[^\s.!?,]+ ){0,5}(?:moeten|mogen)\b|verandert (?:daar )?(?:niks|niets)",
    re.IGNORECASE,
)
# What is only spoken of or quoted, not said: 'ik ga niet zeggen dat jij begon', "toen ik 'zo erg was het niet' zei".
REPORTED = re.compile(
    rf"\w \W*['‘\"“]$|(?:{_NOT} (?:\w+ )?(?:zeggen|beweren|doen alsof)|zei|gezegd|riep|geroepen|vraag (?:je |u |jou )?{_NOT}) ?(?:dat|of|om)?(?: \w+)?\W*$",
    re.IGNORECASE,
)

VETOES = [
    *_of("minimise", rf"\bmaar (?:het|dat|niet iedereen) (?:heeft|deed|kwam|maakte|vertelt|doet)\b{_REST}"),
    *_of("but_excuse blame_shift justify demand", rf"\bmaar ik (?:wil|zal|ga|beloof|snap|begrijp|zie|hoop|luister)\b{_REST}"),
    *_of(
        "but_excuse justify",
        rf"\bmaar (?:dat|daar|het|boosheid) (?:is (?:geen|voorbij)|gaat het|heeft|verandert|maakt|geeft|was (?:fout|verkeerd|niet|gemeen))\b{_REST}",
    ),
    *_of(
        "conditional demand",
        rf"\b(?:snap|begrijp|begrijpelijk|logisch|respecteer)(?: (?:het|dat|best|goed|heel|ook|helemaal))* (?:als|dat|wanneer)\b{_REST}",
    ),
    *_of(
        "conditional demand",
        rf"\b(?:als|wanneer|tenzij) {_YOU} (?:dat |het |er |me |mij |nog |daar )*(?:wilt?|eraan toe|klaar|zover|liever|boos|nodig|goed vindt|mag|kunt|antwoord){_REST}",
    ),
    *_of("conditional", rf"\bals ik (?:weer|nog|ooit|zie|denk|merk|voel|hoor|boos|je zie|eraan)\b{_REST}"),
    *_of(
        "demand",
        rf"\b(?:{_YOU} )?(?:hoeft?|moet|moogt|mag) {_YOU}?(?: ?(?:me|mij|hier|het|dat|er|nu))* ?(?:{_NOT}|niks|niets)\b{_REST}",
        rf"\b{_YOU} (?:mag|moogt) (?:me|mij|mijn|alles|zo|boos|blijven|roepen|weg){_REST}|\bvergeef (?:me|mij) (?:\w+ )?{_NOT}{_REST}|\bblijf dan\b{_REST}",
        rf"\bik vraag (?:je |u |jou )?{_NOT}{_REST}|\b(?:er )?juist (?:wel|over)\b{_REST}|\b(?:zeg|laat)(?: het)? (?:me|mij|maar)\b{_REST}|\bneem (?:alle|de|zoveel|gerust)\b{_REST}",
    ),
    *_of(
        "blame_shift",
        rf"\b(?:jij|gij|je|ge) (?:hebt|heb|had|hadt)(?: \w+){{0,2}} (?:geen schuld|gelijk|recht|{_NOT}s verkeerd){_REST}|\b(?:jij|je) (?:(?:vroeg|wilde|wou) alleen|kon wel|verdient?)\b{_REST}",
        rf"\bik weet dat (?:jij|je|gij|ge) (?:ook )?\b{_REST}|\b(?:{_NOT}) (?:aan|door) (?:jou|u|jouw)\b{_REST}",
    ),
    *_of("minimise", rf"\bw[eé]l erg\b|\b(?:{_NOT} (?:zomaar|maar|gewoon)|geen) (?:een )?(?:grap|geintje)\w*"),
    *_of(
        "justify blame_shift",
        rf"\b{_NOT} omdat\b{_REST}|\b(?:dat|het) was (?:\w+ ){{0,2}}(?:arrogant|gemeen|laf|fout|lelijk|egoïstisch|onnozel|dom|stom|smerig)\b{_REST}",
    ),
    *_of(
        "regret",
        rf"\b{_SORRY},? (?:als|indien|mocht|moest|wanneer|voor zover|zo ik)\b|\b{_SORRY}[, ]*dat (?:jij|gij|u) (?:je|u|daar|er|dat|het|zo)\b|\b(?:vind (?:het )?)?(?:jammer|vervelend|spijtig)\b{_REST}",
        rf"\bdan (?:\w+ )?(?:sorry|spijt|betreur|bied){_REST}|\bsorry voor (?:de )?fouten\b|\bmoet(?:en)? (?:jij|gij|je|ge|u)\b[^.!?,\n]{{0,15}}\bsorry\b",
    ),
]


def signs_in(text: str) -> list[Found]:
    """What is certainly there and not only spoken of; in the order of `SIGNS`."""
    found = []
    for pattern in SIGNS:
        for match in pattern.phrase.finditer(text):
            before = text[max(0, match.start() - 40) : match.start()]
            if not REPORTED.search(before):
                found += [Found(kind, *match.span()) for kind in pattern.kinds]
    return found


def vetoes_in(text: str) -> list[Found]:
    """Which kinds are certainly not there, and where."""
    return [Found(kind, *match.span()) for pattern in VETOES for match in pattern.phrase.finditer(text) for kind in pattern.kinds]
