"""The one answer in which a secret from the partner is no alarm: how somebody can be reached safely, when the intake asks for it."""

from __future__ import annotations

import re
from typing import Any

# What the intake has just asked for.
ASKED = frozenset({"intake_contact", "intake_reach"})
CONCERNS = frozenset({"coercive_control", "partner_violence"})
_SECRET = re.compile(
    r"\b(?:mag|mogen|moet|hoeft|kan)\b.{0,40}\b(?:niet|nie|niets|niks|nooit|geen)\b.{0,20}\b(?:weten|zien|horen|merken|lezen|doorhebben|meekrijgen)\b|"
    r"\b(?:niet|nie|niets|niks|nooit)\b.{0,20}\bte weten\b|\bweet\b.{0,20}\b(?:niet|nie|niets|niks)\b|"
    r"\b(?:in het geheim|geheim|stiekem)\b|\bzonder dat (?:hij|zij|ze|mijn)\b",
    re.IGNORECASE,
)
# With any of these it is more than a secret.
_MORE = re.compile(
    r"\b(?:bang|schrik|anders|angst|durf\w*|woest|kwaad|boos|dreig\w*|zwaait|vermoord\w*|dood\w*|mes|wapen|pistool|sl(?:a|aat|aan|oeg)\w*|schop\w*|stomp\w*|"
    r"wurg\w*|pijn|controle\w*|check\w*|volg\w*|opsl\w*|opgesloten|verbied\w*|verbod\w*|dwing\w*|straf\w*|afpak\w*|afgepakt|pakt|neemt|geld|kind\w*|"
    r"van (?:hem|haar|mijn (?:man|vrouw|vriend\w*|partner))|toestemming)\b",
    re.IGNORECASE,
)


def expected_secrecy(text: str, alarm: dict[str, Any] | None, asked: str | None) -> bool:
    """Whether a message that sounds like control only says what the partner must not notice, where the intake asked just that.

    Args:
        text: the message.
        alarm: the detector's answer.
        asked: the slot that a form had asked for when the message came.
    """
    if alarm is None or asked not in ASKED or alarm.get("layer") != "classifier":
        return False
    control, level = alarm.get("category") == "coercive_control", alarm.get("level")
    # A mere concern would only be asked about, and whoever hides something from the partner has just said so.
    guessed = (control and level == "alarm") or (level == "concern" and alarm.get("category") in CONCERNS)
    return guessed and bool(_SECRET.search(text)) and not _MORE.search(text)
