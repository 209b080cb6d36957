"""The coach's answers as plain texts, for WhatsApp and Messenger; and what those platforms keep, as a visitor is told."""

from __future__ import annotations

from typing import Any

from bot.channels.telegram_text import messages_of as fitting

# A message of WhatsApp through Twilio has at most 1,600 characters, one of Messenger 2,000.
LONGEST = {"whatsapp": 1600, "messenger": 2000}
KEEPS = {
    "whatsapp": "Nog iets over WhatsApp: Meta en Twilio, die onze berichten doorgeven, bewaren ze zelf ook. "
    "En wie jouw telefoon kan openen, kan ze lezen.",
    "messenger": "Nog iets over Messenger: Facebook bewaart onze berichten zelf ook. En wie jouw telefoon of account kan openen, kan ze lezen.",
}
STILL_KEEPS = {
    "whatsapp": "In WhatsApp zelf staat dit gesprek nog. Wil je het daar ook weg hebben, verwijder dan deze chat in WhatsApp.",
    "messenger": "In Messenger zelf staat dit gesprek nog. Wil je het daar ook weg hebben, verwijder dan deze chat in Messenger.",
}


def texts_of(answers: list[dict[str, Any]], channel: str) -> list[str]:
    """The texts to send, each short enough. Buttons become words that can be typed."""
    typed = [{**answer, "text": _with_choices(answer), "buttons": None} for answer in answers]
    return [message["text"] for message in fitting(typed, longest=LONGEST[channel])]


def with_what_is_kept(channel: str, answers: list[dict[str, Any]], first: bool) -> list[dict[str, Any]]:
    """The answers, with what the platform keeps: after the first one of a conversation, and when it was erased."""
    if any((answer.get("custom") or {}).get("erased") for answer in answers):
        return [*answers, {"text": STILL_KEEPS[channel]}]
    return [*answers, {"text": KEEPS[channel]}] if first and answers else answers


def _with_choices(answer: dict[str, Any]) -> str:
    text = str(answer.get("text") or "")
    titles = [f"'{button['title']}'" for button in answer.get("buttons") or []]
    return f"{text}\n\nJe kunt antwoorden met {', '.join(titles)}." if titles else text
