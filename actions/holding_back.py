"""What holds somebody back from the first step, and a calm word to each; then courage, and the choice."""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.turns import times_said

# Each reason as people say it, the clearest first.
REASONS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        (
            "feel_first",
            r"\b(?:eerst|zelf|maar eens|ook eens|moet|mag|mogen|laat) (?:\w+ ){0,4}(?:voelen|ervaren|merken|lijden|beseffen|inzien|sudderen|zweten|gaarkoken)\b|\b(?:voelen|beseffen|inzien) (?:hoe|wat)\b|\bgestraft?\b|\bstraffen\b",
        ),
        (
            "pride",
            r"\btrots\b|\bgezichtsverlies\b|\bgezicht verlie\w*|\bknieën\b|\bbuigen\b|\bdoor het stof\b|\bgelijk (?:geven|krijgt|heeft|wint)\b|\bverliez?en?\b|\bzwak\b|\bgeef ik toe\b|\bkoppig\b|\bego\b|\bonderdanig\b",
        ),
        (
            "useless",
            r"\b(?:geen|weinig) (?:zin|nut)\b(?! in)|\bheeft (?:toch )?geen zin\b|\bhelpt (?:toch )?(?:niet|niks|niets)\b|\bverandert (?:toch )?(?:niks|niets)\b|\bzinloos\b|\bte laat\b|\bluistert (?:toch )?niet\b|\bwil (?:me|mij) (?:toch )?niet (?:horen|zien)\b",
        ),
        (
            "shame",
            r"\bschaam\w*\b|\bschaamte\b|\bgeneer\w*\b|\bdurf (?:hem|haar|die|niemand) niet (?:aan|onder)\b|\bafgang\b|\bvoor schut\b",
        ),
        (
            "fear",
            r"\bbang\b|\bangst\w*\b|\bdurf\b|\bdurven\b|\bwat als\b|\bafgewezen\b|\bafwijz\w*\b|\bafwijst\b|\bopnieuw (?:gekwetst|pijn)\b|\bweer (?:gekwetst|pijn)\b|\bschrik\b|\bspannend\b|\buitlach\w*\b|\bboos wordt\b",
        ),
        (
            "turn",
            r"\b(?:altijd|weer|steeds|telkens) (?:\w+ ){0,3}(?:ik|mij|eerst|eerste)\b|\bwaarom (?:moet|zou) ik\b|\b(?:is|zijn) (?:nu )?(?:aan )?(?:hem|haar|zijn|zij|hij) (?:beurt|aan zet|zet)\b|\bbeurt\b|\baan zet\b|\bhij (?:moet|mag) (?:\w+ )?(?:eerst|beginnen|komen)|\b(?:ze|zij) (?:moet|mag) (?:\w+ )?(?:eerst|beginnen|komen)|\b(?:zij|hij|ze) begon\b|\bde eerste\b",
        ),
    )
)
# Where no reason is named: first heard, then courage, then the choice.
THEN = ("utter_resist_hear", "utter_resist_courage", "utter_resist_choice")


def reasons(text: str) -> list[str]:
    """The reasons that a message names, the clearest first."""
    return [name for name, pattern in REASONS if pattern.search(text)]


class ActionHoldBack(Action):  # type: ignore[misc]
    """Answers the reason that a message names, each once; else goes on towards the choice."""

    def name(self) -> str:
        """Name in the stories."""
        return "action_hold_back"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Choose one response."""
        text = str(tracker.latest_message.get("text") or "")
        new = [f"utter_resist_{name}" for name in reasons(text) if not times_said(tracker.events, f"utter_resist_{name}")]
        left = [name for name in THEN if not times_said(tracker.events, name)]
        dispatcher.utter_message(response=(new + left + [THEN[-1]])[0])
        return []
