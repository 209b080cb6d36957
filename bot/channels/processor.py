"""Rasa's processor, for turns in which an action fails: Rasa logs that and goes on with what comes next, as if nothing had happened."""

from __future__ import annotations

from typing import Any

import rasa.core.agent
from rasa.core.actions.action import Action, ActionExecutionRejection
from rasa.core.channels.channel import CollectingOutputChannel
from rasa.core.processor import MessageProcessor
from rasa.shared.core.trackers import DialogueStateTracker

from bot.alarm.heard import ALARM_PREFIX


class ActionFailed(RuntimeError):
    """An action failed, and the answer with it. The message is the action's name."""


class CoachProcessor(MessageProcessor):  # type: ignore[misc]
    """Ends a turn at the first action that fails: the next rule would speak as if it had been done."""

    async def _run_action(self, action: Action, tracker: DialogueStateTracker, *others: Any, **more: Any) -> bool:
        """Run one action (see parent class). Returns whether another one comes in this turn. Raises `ActionFailed`."""
        failed = False
        run = action.run

        async def watched(*arguments: Any, **named: Any) -> Any:
            nonlocal failed
            try:
                return await run(*arguments, **named)
            except ActionExecutionRejection:
                raise
            except Exception:
                failed = True
                raise

        action.run = watched
        goes_on: bool = await super()._run_action(action, tracker, *others, **more)
        if failed:
            raise ActionFailed(action.name())
        return goes_on


class Collector(CollectingOutputChannel):  # type: ignore[misc]
    """Collects the messages of a turn, and knows which of them answer an alarm."""

    def __init__(self) -> None:
        super().__init__()
        # They are said whatever fails afterwards.
        self.safety_messages: list[dict[str, Any]] = []

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Collect one response (see parent class); it may become several messages."""
        before = len(self.messages)
        answers_alarm = str(message.get("utter_action") or "").startswith(ALARM_PREFIX)
        await super().send_response(recipient_id, message)
        if answers_alarm:
            self.safety_messages += self.messages[before:]


def use_coach_processor() -> None:
    """From now on, every agent of this process works with `CoachProcessor`; Rasa has no setting for it."""
    rasa.core.agent.MessageProcessor = CoachProcessor
