"""The one answer in which a secret from the partner, or a time of day, is no alarm: how somebody can be reached safely, when the intake asks for it."""

from __future__ import annotations

import re
from typing import Any

# What the intake has just asked for.
ASKED = frozenset({"intake_contact", "intake_reach", "intake_consent"})
# What the classifier hears in such an answer; never harm to oneself, to others or to a child.
GUESSED = frozenset({"coercive_control", "partner_violence", "threat_stalking", "sexual_violence"})
# When and how: 'mail mag altijd', 'niet na tienen, dan slaapt ze'.
_REACHED = re.compile(
    r"\b(?:bel\w*|mail\w*|app\w*|sms\w*|whatsapp\w*|bereik\w*|uur|overdag|avonds?|ochtends?|middags?|'s \w+|na \w+en|voor \w+en|weekend\w*|wanneer|altijd|voicemail|inspreken)\b",
    re.IGNORECASE,
)
_SECRET = re.compile(
    r"\b(?:mag|mogen|moet|hoeft|kan)\b.{0,40}\b(?:niet|nie|niets|niks|nooit|geen)\b.{0,20}\b(?:weten|zien|horen|merken|lezen|doorhebben|meekrijgen)\b|"
    r"\b(?:niet|nie|niets|niks|nooit)\b.{0,20}\bte weten\b|\bweet\b.{0,20}\b(?:niet|nie|niets|niks)\b|"
    r"\b(?:in het geheim|geheim|stiekem)\b|\bzonder dat (?:hij|zij|ze|mijn)\b",
    re.IGNORECASE,
)
# With any of these it is more than a secret.
_MORE = re.compile(
    r"\b(?:bang|schrik|anders|angst|durf\w*|woest|kwaad|boos|dreig\w*|zwaait|vermoord\w*|dood\w*|mes|wapen|pistool|sl(?:a|aat|aagt|aan|oeg|oegen)\b|schop\w*|stomp\w*|"
    r"wurg\w*|pijn|controle\w*|check\w*|volg\w*|opsl\w*|opgesloten|verbied\w*|verbod\w*|dwing\w*|straf\w*|afpak\w*|afgepakt|pakt|neemt(?! op)|geld|kind\w*|"
    r"van (?:hem|haar|mijn (?:man|vrouw|vriend\w*|partner))|toestemming)\b",
    re.IGNORECASE,
)

# What else is said of the partner, but when they sleep, work or are out, is no time to call: 'hij staat altijd voor mijn deur'.
_PARTNER = re.compile(r"\b(?:hij|ie|zij|ze|hem|(?:mijn|m'n|mn) (?:man|vrouw|vriend\w*|partner|ex))\b", re.IGNORECASE)
_THEIR_HOURS = re.compile(
    rf"(?:{_PARTNER.pattern}) (?:dan )?(?:slaapt|werkt|neemt op|is (?:dan )?(?:thuis|weg|werken|op (?:zijn|haar) werk))|\b(?:slaapt|werkt|is) (?:{_PARTNER.pattern})(?: (?:thuis|weg|werken))?",
    re.IGNORECASE,
)


def expected_secrecy(text: str, alarm: dict[str, Any] | None, asked: str | None) -> bool:
    """Whether a message that sounds to the classifier only says when to call and what the partner must not notice, where the intake asked just that.

    Args:
        text: the message.
        alarm: the detector's answer.
        asked: the slot that a form had asked for when the message came.
    """
    if alarm is None or asked not in ASKED or alarm.get("layer") != "classifier":
        return False
    guessed = alarm.get("level") != "acute" and alarm.get("category") in GUESSED
    when = _REACHED.search(text) and not _PARTNER.search(_THEIR_HOURS.sub("", text))
    # At the summary a time may still be put right; a secret that comes only there is a new thing.
    secret = asked != "intake_consent" and _SECRET.search(text)
    return guessed and bool(secret or when) and not _MORE.search(text)
