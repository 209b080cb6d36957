"""Runs messages through the trained pipeline, exactly as the server does."""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FALLBACK = "nlu_fallback"


@dataclass(frozen=True)
class Parsed:
    """What the pipeline made of a message. `intent` is the likeliest one, also where the coach would ask back (`asked_back`)."""

    intent: str
    confidence: float
    asked_back: bool
    alarm: dict[str, Any] | None
    alarm_score: float

    @property
    def alarmed(self) -> bool:
        """Whether the alarm sounded: level `alarm` or `acute`."""
        return self.alarm is not None and self.alarm["level"] in ("alarm", "acute")


class Pipeline:
    """A trained model's understanding, without its dialogue."""

    def __init__(self, model: Path) -> None:
        os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
        from rasa.core.agent import Agent

        from bot.quick_conversations import make_conversations_quick

        make_conversations_quick()
        self._agent = Agent.load(str(model))

    def parse(self, texts: list[str]) -> list[Parsed]:
        """One result per text."""
        return asyncio.run(self._parse(texts))

    async def _parse(self, texts: list[str]) -> list[Parsed]:
        return [_parsed(await self._agent.parse_message(text)) for text in texts]


def _parsed(result: dict[str, Any]) -> Parsed:
    ranking = [row for row in result.get("intent_ranking", []) if row["name"] != FALLBACK] or [result["intent"]]
    return Parsed(
        intent=ranking[0]["name"],
        confidence=ranking[0]["confidence"],
        asked_back=result["intent"]["name"] == FALLBACK,
        alarm=result.get("alarm"),
        alarm_score=result.get("alarm_score", 0.0),
    )
