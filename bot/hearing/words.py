"""The words by which people say what they feel. A class of feeling, and what the coach may say back.

All say-backs fit 'Dat je je … voelt' and 'Je voelt je …'.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.hearing.clauses import listed

FEELINGS = (
    "boos",
    "verdrietig",
    "gekwetst",
    "vernederd",
    "eenzaam",
    "bang",
    "beschaamd",
    "schuldig",
    "jaloers",
    "machteloos",
    "moe",
    "opgelucht",
)

# The visitor's word → (class, the word said back). Only words that stand in both the Netherlands and Flanders are said back.
ADJECTIVES: dict[str, tuple[str, str]] = {
    **{word: ("boos", word) for word in listed("boos kwaad woest woedend razend nijdig furieus gefrustreerd verontwaardigd")},
    **{word: ("boos", "boos") for word in listed("pissig pisnijdig ziedend laaiend giftig geïrriteerd gepikeerd witheet")},
    **{word: ("verdrietig", word) for word in listed("verdrietig bedroefd kapot gebroken ontroostbaar somber")},
    **{word: ("verdrietig", "verdrietig") for word in listed("triest droevig verdrietg treurig down")},
    **{word: ("gekwetst", word) for word in listed("gekwetst geraakt beledigd teleurgesteld verraden bedrogen ontgoocheld")},
    **{word: ("vernederd", word) for word in listed("vernederd gekleineerd")},
    **{word: ("eenzaam", word) for word in listed("eenzaam alleen verlaten")},
    **{word: ("bang", word) for word in listed("bang angstig ongerust bezorgd onzeker zenuwachtig onrustig")},
    "doodsbang": ("bang", "heel bang"),
    **{word: ("beschaamd", word) for word in ("beschaamd",)},
    **{word: ("schuldig", word) for word in ("schuldig",)},
    **{word: ("jaloers", word) for word in ("jaloers",)},
    "stikjaloers": ("jaloers", "jaloers"),
    **{word: ("machteloos", word) for word in listed("machteloos radeloos wanhopig hulpeloos moedeloos hopeloos")},
    **{word: ("moe", word) for word in listed("moe uitgeput leeg vermoeid doodmoe opgebrand")},
    **{word: ("moe", "uitgeput") for word in listed("bekaf gesloopt doodop op uitgeblust")},
    **{word: ("opgelucht", word) for word in ("opgelucht",)},
}
# 'Ik ben op vakantie', 'ik ben alleen maar', 'ik ben leeg' …: these are feelings only where they end the clause.
ONLY_AT_END = frozenset({"op", "leeg", "alleen", "down", "kapot", "gebroken"})
# 'Ik ben alleen' or 'ik ben bedrogen' tells what is, 'ik voel me alleen' what is felt.
ONLY_FELT = frozenset({"alleen", "verlaten", "geraakt", "bedrogen", "verraden", "beledigd", "hopeloos", "onrustig", "leeg"})

IS_NOW = listed("ben bn voel word wor blijf loop raak kben kvoel")
FEEL = listed("voel kvoel")
MAKES = listed("maakt maken")
# What may stand before the word when the visitor leaves out 'ik': 'ben zo boos', 'gewoon verdrietig'.
FILLERS = listed(
    "zo heel echt gewoon erg ontzettend super vooral en ook nu ben bn voel voelde me mij eigenlijk vreselijk best nog steeds altijd ja uh "
    "sorry al dagen vandaag weer enorm ongelooflijk vet mega verschrikkelijk nogal gwn egt maar kben kvoel diep intens"
)
INTENSE = listed("zo heel echt erg nu altijd gewoon")
# Not felt now: 'kwaad geweest', 'vroeger', 'ik was boos', 'boos te zijn', 'jaloers maken'.
PAST = listed("geweest geworden gemaakt vroeger ooit destijds")
WAS = listed("was waren werd werden voelde")
TO_BE = listed("zijn worden maken te")


@dataclass(frozen=True)
class Cue:
    """A phrase that tells a feeling without naming it, looked for in a clause's text.

    `whose`: of whom the words before it must speak: `own` the visitor, `other` somebody who did it to them, `any` the phrase says it itself.
    """

    feeling: str
    whose: str
    pattern: re.Pattern[str]


def _cues(feeling: str, whose: str, *phrases: str) -> Cue:
    """`~3 ` in a phrase stands for up to three words."""
    wide = [re.sub(r"~(\d) ", r"(?:\\w+ ){0,\1}", phrase) for phrase in phrases]
    return Cue(feeling, whose, re.compile(rf"\b(?:{'|'.join(wide)})\b"))


# The first that fits counts.
CUES = (
    _cues(
        "opgelucht",
        "any",
        "(?:dat|dit|het) lucht ~1 op",
        "opluchting",
        "wat een (?:rust|verlichting)",
        "(?:steen|pak|last) van (?:mijn|mn) (?:hart|schouders)",
    ),
    _cues("opgelucht", "own", "kan ~3 weer ~1 (?:ademen|ademhalen|lachen|slapen)"),
    _cues("schuldig", "any", "spijt ~1 (?:me|mij)", "(?:mijn|mn) geweten"),
    _cues(
        "schuldig",
        "own",
        "(?:heb|had) ~4 (?:spijt|berouw)",
        "(?:was|zat|ben) ~2 (?:fout|verkeerd)(?! begrepen)",
        "wil ~4 (?:goed ?maken|recht ?zetten|terugdraaien|terugnemen)",
    ),
    _cues(
        "schuldig",
        "own",
        "had ~6 (?:nooit|niet) ~2 mogen",
        "heb (?:haar|hem|mijn (?:man|vrouw|vriend|vriendin|partner|lief)) ~3 (?:pijn|verdriet) gedaan",
    ),
    _cues("schuldig", "any", "(?:is|was) ~2 mijn (?:fout|schuld)", "(?:fout|schuld|misser) van mij", "helemaal mijn (?:fout|schuld)"),
    _cues("beschaamd", "own", "schaam", "schaamde", "geneer", "schaamte", "walg van (?:mezelf|mijzelf)"),
    _cues(
        "beschaamd", "any", "(?:in|door) de grond ~1 (?:zakken|kruipen)", "onder een steen kruipen", "mezelf ~2 (?:aankijken|aan te kijken)"
    ),
    _cues("vernederd", "other", "(?:me|mij) ~4 (?:uitgelachen|belachelijk|vernederd|gekleineerd|afgekraakt|voor (?:schut|aap|paal|joker))"),
    _cues("vernederd", "other", "(?:lachte|lacht|lachten) (?:me|mij) ~3 uit", "(?:zette|zet) (?:me|mij) ~3 voor (?:schut|aap|paal|joker)"),
    _cues("vernederd", "other", "(?:vernederde|vernedert|kleineert|kleineerde) (?:me|mij)"),
    _cues("jaloers", "own", "(?:voel|heb) ~3 jaloezie"),
    _cues(
        "bang",
        "own",
        "schrik dat",
        "angst",
        "paniek",
        "als de dood",
        "vrees",
        "hartkloppingen",
        "maak me ~2 zorgen",
    ),
    _cues("machteloos", "own", "weet ~4 niet ~2 (?:wat|hoe) ~4 (?:moet doen|kan doen|verder|nog)", "ten einde raad", "alles ~1 geprobeerd"),
    _cues("machteloos", "any", "wat ik ook (?:doe|zeg|probeer)", "praat tegen een muur", "geen (?:grip|vat) op"),
    _cues(
        "eenzaam",
        "own",
        "(?:zit|lig|sta|eet|slaap|zat|lag) ~6 (?:alleen|in (?:mijn|mn) eentje)(?! (?:maar|nog|omdat|als))",
        "heb ~1 niemand",
    ),
    _cues(
        "eenzaam",
        "any",
        "er ~1 alleen voor",
        "(?:naast|langs) elkaar (?:heen )?als ~2 (?:huisgenoten|vreemden)",
        "leven (?:naast|langs) elkaar",
    ),
    _cues("eenzaam", "any", "alsof ik (?:er niet ben|lucht ben|niet besta|onzichtbaar ben)", "(?:ziet|zag) (?:me|mij) ~1 niet ~1 staan"),
    _cues("moe", "own", "geen ~1 (?:energie|puf|fut|kracht)", "trek (?:het|dit) niet (?:meer|langer)", "op (?:mijn|mn) tandvlees"),
    _cues("moe", "any", "mijn (?:accu|tank) is ~1 leeg"),
    _cues(
        "boos",
        "own",
        "ontplof",
        "ontplofte",
        "kook van",
        "voel ~3 (?:woede|boosheid)",
        "pik (?:het|dit|dat) niet",
        "er ~2 klaar mee",
        "haat (?:hem|haar)",
    ),
    _cues("boos", "own", "(?:ben|word) (?:het|hem|haar|dit) ~2 (?:zat|beu)", "het ~2 gehad met", "spuugzat", "kotsbeu"),
    _cues(
        "boos",
        "any",
        "hoe (?:durft|haalt)",
        "wat een (?:lef|rotstreek|rotopmerking|egoïst|leugenaar|lafaard|hypocriet)",
        "gore lef",
        "bloed kookt",
    ),
    _cues(
        "boos",
        "other",
        "is ~3 (?:egoïst|leugenaar|lafaard|hypocriet|klootzak|eikel|hork|bedrieger|profiteur|onbetrouwbaar|laf|lui|egoïstisch)",
    ),
    _cues(
        "boos",
        "other",
        "denkt alleen ~1 aan (?:zichzelf|zijn|haar)",
        "praat alleen ~2 over zichzelf",
        "(?:ruimt|helpt|doet|neemt) ~1 nooit ~1 (?:iets|wat|op|mee|initiatief|verantwoordelijkheid)",
        "altijd ~1 (?:gelijk hebben|haar zin|zijn zin|het slachtoffer|een excuus|het laatste woord)",
        "geen ~1 respect",
        "(?:laat|schuift) ~1 alles ~1 (?:aan|op) mij",
        "geeft mij ~1 de schuld",
    ),
    _cues(
        "verdrietig",
        "own",
        "huil",
        "huilde",
        "huilen",
        "gehuild",
        "huilend",
        "janken",
        "gejankt",
        "snikken",
        "geweend",
        "wenen",
        "tranen",
        "verdriet",
    ),
    _cues(
        "verdrietig",
        "any",
        "(?:mijn|mn) hart ~2 (?:gebroken|breekt|brak|huilt)",
        "(?:breekt|brak) (?:mijn|mn) hart",
        "brok in (?:mijn|mn) keel",
    ),
    _cues("verdrietig", "any", "(?:doet|deed) (?:me|mij) ~2 verdriet", "tranen in mijn"),
    _cues(
        "gekwetst",
        "any",
        "(?:doet|deed|doen|deden) (?:(?!hem|haar|hun)\\w+ ){0,4}(?:pijn|zeer)",
        "(?:raakt|raakte|kwetst|kwetste) (?:me|mij)",
    ),
    _cues(
        "gekwetst",
        "any",
        "(?:dat|het) (?:steekt|stak)",
        "steekt (?:nog|zo|me|mij)",
        "steek in (?:mijn|de) rug",
        "(?:kwam|komt) ~2 (?:hard|echt) (?:binnen|aan)",
    ),
    _cues("gekwetst", "other", "(?:heeft|hebben) (?:me|mij) ~3 (?:gekwetst|geraakt|pijn gedaan)"),
)

# Words of what went well: no pain or guilt is guessed beside them.
RELIEF = re.compile(
    r"\b(?:eindelijk|oef|pfiew|gelukkig|blij|blijdschap|opgebiecht|goedgekomen|uitgepraat|opgelost|lichter|gerust|vergeven|dankbaar"
    r"|weer (?:lachen|slapen|ademen|ademhalen)|(?:spanning|zwaarte|knoop|last) (?:\w+ ){0,3}weg|(?:spanning|steen) (?:\w+ ){0,2}(?:viel|van))\b"
)
