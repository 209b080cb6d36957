"""What the coach never says, whoever wrote it: the safety rules S5 and S7 as patterns on its sentences.

They catch what is said plainly. A sentence that means the same in other words needs a person who reads it; nothing here replaces that.
"""

from __future__ import annotations

import re

from bot.content.files import Content
from bot.content.names import response_name
from bot.content.responses import responses, said

# What may be said to somebody in danger begins with one of these.
IN_DANGER = ("utter_alarm", "utter_locked", "utter_safe", "utter_stay", "utter_concern")
# Asking why they stay, pressing to leave, to report or to confront, sharing out the blame, promising secrecy (S5).
HARMFUL = re.compile(
    r"waarom (blijf|ga) je|je (moet|zou moeten) (weggaan|bij hem weg|bij haar weg|aangifte|hem verlaten|haar verlaten|vertrekken)"
    r"|aangifte|confronteer|zeg (het )?(tegen )?(hem|haar) dat|allebei|beide kanten|jouw aandeel|jouw rol|eigen aandeel"
    r"|blijft (onder ons|geheim)|beloof|vertel het aan niemand|ik zeg het (tegen )?niemand",
    re.IGNORECASE,
)
# Coaching towards the partner (S7); naming what is closed is not coaching.
COACHING = re.compile(
    r"zeg sorry|sorry zeggen|bied .*excuses aan|vergeef (hem|haar)|zet de eerste stap|raak (hem|haar) aan|praat (het )?uit met",
    re.IGNORECASE,
)
_PERSON = r"(hem|haar|je partner|de ander|je man|je vrouw|je vriend|je vriendin|elkaar)"
_OTHERS = r"(anderen|je (vrienden|vriendinnen|vriendin|vriend|familie|ouders|moeder|zus|broer)|vrienden|familie|buitenstaanders|derden)"
_DUTY = r"(moet|hoort|dien|dient|behoor|behoort|zul|zult)"
# Said to nobody. Each with what a therapist reads about it.
NEVER: dict[str, re.Pattern[str]] = {
    "Niemand krijgt te horen dat hij steun bij anderen moet laten: dat kan iemand in gevaar alleen zetten (S7).": re.compile(
        rf"\b(stop|houd? op)\b[^.?]*\b{_OTHERS}|\b(keer|wend) je (niet|nooit)[^.?]*\b{_OTHERS}"
        rf"|\b(praat|spreek|deel|bespreek|vertel)\b[^.?]*\b(niet|nooit|niets|niks|geen)\b[^.?]*\b(met|aan|bij|tegen) {_OTHERS}"
        rf"|\b(vertel|zeg) (het |dit )?(aan |tegen )?{_OTHERS} (niets|niks|niet)"
        rf"|\b(zoek|vraag)\b[^.?]*\bgeen (steun|hulp|raad)\b|\b(houd?|hou) {_OTHERS} (erbuiten|er buiten)"
        r"|\b(houd?|hou) (het|dit) (tussen|onder) (jullie|ons)|\b(vertel|zeg) (het|dit) (aan|tegen) niemand",
        re.IGNORECASE,
    ),
    "Vergeven is altijd een vrije keuze, nooit een plicht (S7).": re.compile(
        rf"vergev(en|ing)[^.?]* (is|zijn) (niet|geen) (optioneel|vrijblijvend|(vrije )?keuze)|\b{_DUTY}( je)?\b[^.?]*\bvergeven\b"
        rf"|\bvergeef {_PERSON}(?! of\b)\b|\bvergev(en|ing) (is (een plicht|nodig|verplicht)|{_DUTY})|zonder vergeving (kan|kun|kom|is)",
        re.IGNORECASE,
    ),
    "Niemand krijgt schuld aangepraat die niet van hem of haar is (S7).": re.compile(
        r"\b(neem|nemen|draag)\b[^.?]*\b(verantwoordelijkheid|schuld)\b[^.?]*\b(ook al|ook als|zelfs als|of het nu|al is het)\b"
        r"|\b(ook al|ook als|zelfs als|of het nu|al is het)\b[^.?]*\b(niet )?(jouw|je) schuld\b[^.?]*\b(verantwoordelijkheid|sorry|excuses)\b"
        r"|\bhet (ligt|komt) (ook )?(aan|door) jou\b|\bje hebt het (er )?(zelf )?naar gemaakt\b|\bjij hebt (hem|haar) uitgelokt\b",
        re.IGNORECASE,
    ),
    "Aanraken mag alleen als de ander dat wil; niemand krijgt het als opdracht (S7).": re.compile(
        rf"\braak {_PERSON}( \w+)? aan\b(?![^.?]*\b(als|wil|wilt|vraag)\b)|\b(gebruik|zoek) (aanraking|lichamelijk contact)"
        rf"|\b(knuffel|kus|streel|omhels) {_PERSON}\b(?![^.?]*\b(als|wil|wilt|vraag)\b)"
        rf"|\b(geef|pak) ({_PERSON}|zijn)\b[^.?]*\b(knuffel|kus|hand|arm)\b(?![^.?]*\b(als|wil|wilt|vraag)\b)"
        rf"|\b{_DUTY}( je)?\b[^.?]*\b(aanraken|knuffelen|vasthouden|vrijen)\b",
        re.IGNORECASE,
    ),
    "Niemand wordt gevraagd waarom hij blijft, of tot weggaan of aangifte geduwd; geheimhouding beloven kan de coach niet (S5).": re.compile(
        r"waarom (blijf je|ga je niet (weg|bij))|waarom heb je (dit|dat|het) niet eerder (verteld|gezegd)"
        rf"|\bje ({_DUTY}|zou moeten|kunt beter) (\w+ )?(weggaan|bij (hem|haar) weg|aangifte|(hem|haar) verlaten|vertrekken)"
        r"|\bdoe (dan )?aangifte\b|\bconfronteer (hem|haar)\b|blijft (onder ons|geheim|tussen ons)|\bik zeg het (tegen )?niemand",
        re.IGNORECASE,
    ),
}


def forbidden(content: Content) -> list[str]:
    """Every sentence of a content that the coach must never say, one Dutch line each with the reason.

    Raises `ContentError` when the content can't be read.
    """
    found = []
    for name, variants in responses(content).items():
        for text in map(said, variants):
            reasons = reasons_against(name, text)
            found += [f"In \"{response_name(name)}\" staat '{text}'. {reason}" for reason in reasons]
    return found


def reasons_against(name: str, text: str) -> list[str]:
    """Why a response must not say a text, in Dutch; empty when it may."""
    plain = " ".join(text.split())
    reasons = [reason for reason, pattern in NEVER.items() if pattern.search(plain)]
    if name.startswith(IN_DANGER) and (HARMFUL.search(plain) or COACHING.search(plain)):
        reasons.append("Dit kan tegen iemand in gevaar worden gezegd, en het stuurt, verwijt of belooft iets (S5, S7).")
    return reasons
