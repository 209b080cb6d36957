"""Tells who writes in another language, in that language, that the coach knows Dutch only."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.nlu.other_language import ACTION, NOTES, language_of
from bot.settings import settings


class ActionOnlyDutch(Action):  # type: ignore[misc]
    """The note in the language of the newest message."""

    def name(self) -> str:
        """Name that the policies predict."""
        return ACTION

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Say it."""
        language = language_of(str(tracker.latest_message.get("text") or ""))
        practice = settings()
        if language:
            at = {"name": practice.practice_name, "phone": practice.practice_phone, "email": practice.practice_email}
            dispatcher.utter_message(text=NOTES[language].format(**at))
        return []
