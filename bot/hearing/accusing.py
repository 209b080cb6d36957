"""Whether a first sentence to the partner accuses: 'jij …', 'altijd', a verdict that hides behind 'ik vind dat jij'.

Surface forms of the Netherlands and of Flanders. A specific deed in a clause with 'als' or 'toen' ('ik schrik als je schreeuwt') is no
accusation: that is what an ik-boodschap is made of.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_YOU = r"(?:je|jij|gij|ge|u)"
_STRESSED = r"(?:jij|gij)"
_REST = r"[^.!?,;\n]{0,60}"
_VERB = (
    r"(?:bent|zijt|hebt|heb|had|was|waart|doet|deed|luistert|liegt|loog|zegt|zei|maakt|maakte|moet|wilt|wil|kunt|kan|denkt|geeft|gaf|laat|liet|komt|kwam|vergeet|"
    r"vergat|begint|begon|negeert|ziet|snapt|begrijpt|zit|helpt|schreeuwt|verpest|weet|werkt|praat|scheldt|speelt|houdt|hield|vraagt|kijkt|blijft|gaat|ging)"
)


@dataclass(frozen=True)
class Accusation:
    """What accuses: its kind (`verdict`, `general`, `you`, `why`) and the words themselves."""

    kind: str
    text: str


# In this order; a stretch of text counts once.
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        # A verdict behind 'ik': what is meant is 'jij'. 'Ik vind het fijn als je …' and 'ik voel me …' are none.
        (
            "verdict",
            rf"\bik (?:vind|vond|denk|dacht|voel|voelde|merk|zie|heb het gevoel|had het gevoel|krijg het gevoel) (?:gewoon |echt |ook )?(?:dat |alsof ){_YOU}\b{_REST}",
        ),
        (
            "verdict",
            r"\bik (?:vind|vond) (?:je|jou|u) (?:\w+ ){0,3}(?:egoïst\w*|lui|gemeen|oneerlijk|onbetrouwbaar|koud|afstandelijk|kinderachtig|respectloos|harteloos|slecht\w*|lomp|bot|hard|zwak)\b",
        ),
        (
            "verdict",
            r"\bik voel me (?:door (?:je|jou|u) )?(?:aangevallen|verraden|gebruikt|gemanipuleerd|genegeerd|verwaarloosd|bedrogen|belazerd) door (?:je|jou|u)\b",
        ),
        (
            "general",
            rf"\b{_YOU} {_REST}\b(?:altijd|nooit|steeds|telkens|constant|voortdurend|elke keer|iedere keer|de hele tijd|alleen maar|alweer|nooit eens)\b{_REST}",
        ),
        (
            "general",
            rf"\b(?:altijd|nooit|steeds|elke keer|iedere keer|weer) (?:\w+ )?{_STRESSED}\b{_REST}|\b(?:altijd|nooit) {_VERB} {_YOU}\b{_REST}",
        ),
        ("general", rf"\b(?:altijd|steeds|weer) moet ik\b{_REST}|\bik moet (?:hier |ook |weer )?(?:altijd|steeds|telkens)\b{_REST}"),
        ("why", rf"\b(?:waarom|hoe) (?:kon|kun|kan|doe|deed|heb|had|moet|ben|zijt|was|luister|laat|zeg) {_YOU}\b{_REST}"),
        (
            "you",
            r"\b(?:het is|dat is|dit is|'t is)?\s*(?:jouw|uw|je eigen) (?:schuld|fout)\b|\b(?:ligt|lag|komt|kwam) (?:aan|door) (?:jou|u)\b",
        ),
        ("you", rf"(?:^|[.!?,;:]\s*|\b(?:en|maar|want) ){_YOU} {_VERB}\b{_REST}"),
        ("you", rf"\b{_STRESSED} {_VERB}\b{_REST}"),
        ("you", rf"\b(?:moet|had|zou) {_YOU} (?:\w+ ){{0,4}}(?:stoppen|ophouden|veranderen|toegeven|leren|moeten|luisteren)\b{_REST}"),
    )
)
# 'Ik wil je nooit meer kwijt' speaks of oneself; a clause with 'als' tells when it happens.
_OBJECT = re.compile(r"\bik \w+ (?:\w+ )?$", re.IGNORECASE)
_WHEN = re.compile(rf"\b(?:als|wanneer|toen|omdat|dat|nadat|zodra) {_YOU}\b", re.IGNORECASE)


def accusations(sentence: str) -> tuple[Accusation, ...]:
    """What accuses in a sentence, in its order; empty for an ik-boodschap."""
    found: list[tuple[int, int, str]] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(sentence):
            start, end = match.span()
            while start < end and sentence[start] in " .!?,;:":
                start += 1
            overlaps = any(start < other_end and other_start < end for other_start, other_end, _ in found)
            object_of_ik = kind == "general" and _OBJECT.search(sentence, 0, start) is not None
            if not overlaps and not object_of_ik and not _tells_when(sentence, start, kind):
                found.append((start, end, kind))
    return tuple(Accusation(kind, sentence[start:end].strip(" .!?,;:")) for start, end, kind in sorted(found))


def _tells_when(sentence: str, start: int, kind: str) -> bool:
    """Whether the 'je' that accuses here stands in a clause that tells when: 'als je laat thuiskomt'."""
    return kind == "you" and any(match.start() < start < match.end() for match in _WHEN.finditer(sentence))
