"""What a practical question is about: the price, the place, who reads along, what stays on the device. Read from words, so that the answer is to the point."""

from __future__ import annotations

import re

from bot.settings import settings

# Above this many words it is a story in which such a word stands.
LONGEST = 14
_PARTNER = r"(?:hij|zij|ze|iemand(?: anders)?|anderen|(?:mijn|m'n) \w+)"
_TOPICS = {
    "police": r"\bpolitie\b",
    "device": rf"\b(?:kan|kunnen|zal|ziet|leest|komt|vindt|krijgt|merkt|weet)\b.{{0,12}}\b{_PARTNER}\b(?!.{{0,20}}\bpraktijk\b)|\bmeekijk\w*|\bmee ?kijken\b|"
    r"\b(?:geschiedenis|browser|sporen|op mijn (?:telefoon|gsm|computer|laptop|toestel))\b",
    "kept": r"\bhoe ?lang\b.{0,25}\b(?:bewaar\w*|bewaren|staat|blijft|opgeslagen|houd\w*)\b|\bbewaar\w*\b.{0,20}\bhoe ?lang\b|\bwordt\b.{0,15}\b(?:bewaard|opgeslagen|gewist)\b",
    "price": r"\b(?:wat|hoeveel|kost\w*)\b.{0,20}\bkost\w*|\bkost\b.{0,12}\b(?:het|dit|dat|iets|geld|zo'n|een)\b|\bkosten\b|\bprij[sz]\w*|\btarie\w*|\bhoe duur\b|\bgratis\b|\bvergoed\w*|"
    r"\bterugbetaal\w*|\bverzeker\w*|\bbetal\w*|\bmutualiteit\b",
    "place": r"\bwaar (?:zitten|zit|zijn|is|vind|kan ik|werken)\b|\b(?:welke|wat voor) (?:stad|plaats|gemeente|dorp)\b|\bwaar\b.{0,20}\bpraktijk\b|\b(?:het|jullie|welk) adres\b|\bonline\b|\bvideo\w*",
    "who": r"\bwie (?:zijn|is|ben) (?:jullie|u|de praktijk|de therapeut\w*|dat)\b|\bwie (?:zit|zitten) (?:hier ?)?achter\b|\bwie krijg ik\b|\bwie belt\b|\bvan wie is\b",
    "when": r"\b(?:wanneer|hoe ?lang|hoe snel|hoeveel dagen)\b.{0,20}\b(?:hoor|horen|duurt het voor|antwoord|bellen|belt|gebeld|reactie|reageren|wachten|contact)\b|\bwachttijd\b|\bwachtlijst\b",
    "why": r"\bwaarom\b.{0,25}\b(?:weten|nodig|vragen?|vraag|willen|wil)\b|\bwaarvoor\b|\bwaar ?is dat (?:goed |nodig )?voor\b|\bmoet dat\b|\bis dat (?:echt )?nodig\b",
    "read": r"\bwie\b.{0,12}\b(?:leest|lezen|ziet|zien|kan)\b|\bleest (?:er )?(?:iemand|wie)\b|\bwat (?:doen|doe|gebeurt)\b.{0,20}\b(?:gegevens|mee|naam|nummer)\b|\b(?:anoniem|privacy|vertrouwelijk|geheim)\b",
}
_ABOUT = {topic: re.compile(words, re.IGNORECASE) for topic, words in _TOPICS.items()}
_BEFORE = r"^\W*(?:(?:en|maar|oh?|eh+m?|ja|nee|ok(?:é|e)?|sorry|eerst)\b\W*)*"
_ASKING_WORD = re.compile(
    rf"{_BEFORE}(?:(?:in|op|bij|van|met|aan|voor|tot) )?(?:wie|wat|waar\w*|wanneer|waarom|hoe\w*|welke?)\b", re.IGNORECASE
)
_VERB_FIRST = re.compile(
    rf"{_BEFORE}(?:kan|kun|kunnen|mag|moet|moeten|is|zijn|ben|bent|wordt|worden|krijg|krijgt|kost|doe|doen|heb|hebben|ziet|leest|zitten|zit|belt|bellen|komt|gaat|blijft|duurt|staat|weet)\b",
    re.IGNORECASE,
)
_NO_POLICE = re.compile(
    r"\b(?:geen|niet|zonder)\b.{0,20}\bpolitie\b|\bpolitie\b.{0,20}\b(?:niet|nie|buiten|erbij|bellen|inschakelen)\b", re.IGNORECASE
)


# Topics whose answer needs a setting; without it the coach says that it does not know.
_NEEDS = {"price": "practice_prices", "place": "practice_place"}
APPS = frozenset({"telegram", "whatsapp", "messenger"})


def asks(text: str) -> bool:
    """Whether it is put as a question: with a word that asks, or a verb first and a question mark."""
    return bool(_ASKING_WORD.search(text)) or ("?" in text and bool(_VERB_FIRST.search(text)))


def asked_about(text: str) -> str | None:
    """The topic of a short practical question (`police`, `device`, `kept`, `price`, `place`, `who`, `when`, `why`, `read`); None where it has none."""
    opens = asks(text) or "?" in text or _VERB_FIRST.search(text) or _NO_POLICE.search(text)
    if len(text.split()) > LONGEST or not opens:
        return None
    return next((topic for topic, words in _ABOUT.items() if words.search(text)), None)


def response_about(topic: str, channel: str | None) -> str:
    """The response to a topic, for this practice and the channel by which the visitor writes."""
    if topic == "device" and channel in APPS:
        return "utter_about_device_app"
    needed = _NEEDS.get(topic)
    return f"utter_about_{topic}_open" if needed and not settings().practice[needed] else f"utter_about_{topic}"
