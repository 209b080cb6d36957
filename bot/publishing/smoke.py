"""The last look at a Rasa server with a new model before visitors come to it: does it answer, and does it hear an alarm?"""

from __future__ import annotations

import time
import uuid
from typing import Any

import httpx

from bot.alarm.helplines import plain_message
from bot.content.files import Content
from bot.content.names import response_name
from bot.content.stories import Step, plain_step, stories
from bot.privacy.erase import erase
from bot.settings import settings

TURN_SECONDS = 60
# Patterns hear this whatever was trained.
DANGER = "hij heeft me gisteren geslagen"


class SmokeTestFailed(RuntimeError):
    """The new model does not do what it has to. The message is a Dutch line for the therapist."""


def smoke_test(port: int, content: Content) -> None:
    """Greet, tell of violence, and follow a story. The practice hears nothing of it, and nothing of it is kept.

    Raises `SmokeTestFailed`.
    """
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=TURN_SECONDS, params=_token()) as server:
            _greets(server)
            _hears_an_alarm(server)
            _follows_a_story(server, content)
    except (httpx.HTTPError, ValueError, KeyError) as problem:
        raise SmokeTestFailed(f"De nieuwe versie gaf geen antwoord bij de laatste proef ({type(problem).__name__}).") from None


def _greets(server: httpx.Client) -> None:
    """A whole turn, with its words."""
    sender = f"proef-{uuid.uuid4().hex}"
    try:
        answer = server.post("/webhooks/rest/webhook", json={"sender": sender, "message": "hallo"})
        answer.raise_for_status()
        texts = [message.get("text", "") for message in answer.json()]
    finally:
        erase(sender)
    if not any(texts) or plain_message() in texts:
        raise SmokeTestFailed("De nieuwe versie gaf bij de laatste proef geen gewoon antwoord op een groet.")


def _hears_an_alarm(server: httpx.Client) -> None:
    """Read and planned only: a whole turn would call the practice."""
    reading = _read(server, DANGER)
    alarm = reading.get("alarm") or {}
    if alarm.get("level") not in ("alarm", "acute"):
        raise SmokeTestFailed("De nieuwe versie hoorde bij de laatste proef geen alarm waar het er wel was.")
    action = _next(server, [_said(DANGER, reading)])
    if not action.startswith(f"utter_alarm_{alarm['category']}"):
        raise SmokeTestFailed("De nieuwe versie gaf bij de laatste proef na een alarm niet de veilige boodschap.")


def _follows_a_story(server: httpx.Client, content: Content) -> None:
    found = next((story.steps for story in stories(content) if not story.rule and _begins_plainly(story.steps)), None)
    if found is None:
        return
    intent, wanted = str(found[0]["intent"]), str(found[1]["action"])
    action = _next(server, [_said("…", {"intent": {"name": intent, "confidence": 1.0}, "alarm": None})])
    if action != wanted:
        raise SmokeTestFailed(f'De nieuwe versie zei bij de laatste proef niet "{response_name(wanted)}" waar dat hoort.')


def _begins_plainly(steps: tuple[Step, ...]) -> bool:
    return len(steps) > 1 and plain_step(steps[0]) and "intent" in steps[0] and "action" in steps[1]


def _read(server: httpx.Client, text: str) -> dict[str, Any]:
    answer = server.post("/model/parse", json={"text": text})
    answer.raise_for_status()
    found: dict[str, Any] = answer.json()
    return found


def _next(server: httpx.Client, said: list[dict[str, Any]]) -> str:
    events = [{"event": "action", "name": "action_session_start"}, {"event": "session_started"}]
    events += [{"event": "action", "name": "action_listen"}, *said]
    answer = server.post("/model/predict", json=[{"timestamp": time.time(), **event} for event in events])
    answer.raise_for_status()
    scores = answer.json()["scores"]
    return str(max(scores, key=lambda row: row["score"])["action"])


def _said(text: str, reading: dict[str, Any]) -> dict[str, Any]:
    return {"event": "user", "text": text, "parse_data": {"entities": [], **reading, "text": text}}


def _token() -> dict[str, str]:
    return {"token": settings().api_token} if settings().api_token else {}
