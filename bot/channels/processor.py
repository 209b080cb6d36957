"""Rasa's processor, with changes.

- Who types the title of a button that was just offered presses it.
- Where an action fails, Rasa logs that and goes on with what comes next, as if nothing had happened; here the turn ends.
- A short answer in a conversation is read beside the question that it answers (`bot/hearing/short_answers.py`).
- Of the intents that a message might have, only the likely ones stay in the conversation.
"""

from __future__ import annotations

import asyncio
import re
from typing import Any

import rasa.core.agent
from rasa.core.actions.action import Action, ActionExecutionRejection
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.constants import INTENT_MESSAGE_PREFIX
from rasa.shared.core.events import ActionExecuted, BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.alarm.heard import ALARM_PREFIX
from bot.alarm.lock import lock_of
from bot.handoff.contact import introduces
from bot.hearing.short_answers import PLAN, STAY, Asked, has_choice, meant
from bot.hearing.topics import EASIER
from bot.nlu.encoder import read
from bot.settings import settings

_GREETING = re.compile(
    r"^\W*(?:hallo+|hoi+|hey+|hee+|hi|dag|yo|goe(?:de|ie)?n? ?(?:morgen|middag|avond|dag|nacht))(?: (?:allemaal|daar|coach|eerste stap))?\W+",
    re.IGNORECASE,
)
FEWEST_TOLD = 4
# Nobody is asked back about an intent that is less likely.
LIKELY = 0.01
# Said about an open question, which stays open.
STANDS_BESIDE = (EASIER, "utter_tell_on", "utter_feeling_named", "utter_relief_named", "utter_heard_wrong")


class ActionFailed(RuntimeError):
    """An action failed, and the answer with it. The message is the action's name."""


class CoachProcessor(MessageProcessor):  # type: ignore[misc]
    """Ends a turn at the first action that fails (the next rule would speak as if it had been done), and reads short answers in context."""

    async def parse_message(
        self, message: UserMessage, tracker: DialogueStateTracker | None = None, only_output_properties: bool = True
    ) -> dict[str, Any]:
        """What a message means (see parent class). Without a conversation, as for `/model/parse`, nothing is read into it."""
        if tracker is not None:
            message.text = _pressed(message.text or "", tracker)
        if message.text and not message.text.startswith(INTENT_MESSAGE_PREFIX):
            # The longest sum of a turn; others go on meanwhile. What the pipeline asks for is kept then.
            await asyncio.to_thread(read, message.text)
        parsed: dict[str, Any] = await super().parse_message(message, tracker, only_output_properties)
        if tracker is None:
            return parsed
        if parsed["intent"]["name"] in ("greet", "nlu_fallback") and (told := after_greeting(message.text or "")):
            # 'Goedenavond. Mijn vrouw heeft schulden gemaakt': what comes after the greeting counts.
            rest: dict[str, Any] = await super().parse_message(UserMessage(told), only_output_properties=only_output_properties)
            parsed |= {name: rest[name] for name in ("intent", "intent_ranking") if name in rest}
        # All thirty of them would be nine tenths of what is written, read and sent on with every turn.
        parsed["intent_ranking"] = [row for row in parsed.get("intent_ranking") or [] if row["confidence"] >= LIKELY]
        if lock_of(tracker) is not None:
            return parsed
        asked, text, alarm, heard = self._asked(tracker), str(parsed.get("text") or ""), parsed.get("alarm"), parsed["intent"]
        if asked.offers_intake and _faint(alarm) and introduces(text, settings().country):
            # Who answers the offer with a name and a number says yes to it.
            return {**parsed, "intent": {"name": "affirm", "confidence": 1.0}, "alarm": None}
        if alarm:
            return parsed
        intent = meant(text, str(heard.get("name")), asked, float(heard.get("confidence") or 0.0))
        return parsed if intent is None else {**parsed, "intent": {"name": intent, "confidence": 1.0}}

    def _asked(self, tracker: DialogueStateTracker) -> Asked:
        """The question that stands open, read from all that happened: what was said in between did not close it."""
        response, again, planned, concerned, turns = None, False, False, False, 0
        for event in reversed(tracker.events):
            if isinstance(event, UserUttered):
                turns += 1
            elif isinstance(event, ActionExecuted):
                again |= event.action_name == STAY and turns == 0
            elif isinstance(event, BotUttered):
                name = str((event.metadata or {}).get("utter_action") or "")
                planned |= name == PLAN
                concerned |= name.startswith("utter_concern_")
                if response is None and name and not (again and name.startswith(STANDS_BESIDE)):
                    response = name
        choice = response is not None and has_choice(self.domain.responses.get(response, []))
        before = next((event.text for event in reversed(tracker.events) if isinstance(event, UserUttered) and event.text), "")
        return Asked(response, choice, again, tracker.active_loop_name, planned, before, concerned)

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


def after_greeting(text: str) -> str | None:
    """What a message tells after its greeting; None where it is little or nothing.

    >>> after_greeting("Goeienavond. Mijn vrouw heeft schulden gemaakt"), after_greeting("hallo daar")
    ('Mijn vrouw heeft schulden gemaakt', None)
    """
    rest = _GREETING.sub("", text)
    return rest if rest != text and len(rest.split()) >= FEWEST_TOLD else None


def _pressed(text: str, tracker: DialogueStateTracker) -> str:
    """What the typed title of a button of the coach's last turn stands for; any other text as it is."""
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            break
        if isinstance(event, BotUttered):
            for button in (event.data or {}).get("buttons") or []:
                if _bare(button["title"]) == _bare(text):
                    return str(button["payload"])
    return text


def _faint(alarm: dict[str, Any] | None) -> bool:
    """Whether no alarm was heard, or only by the classifier and not as danger now."""
    return not alarm or (alarm["layer"] == "classifier" and alarm["level"] != "acute")


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def use_coach_processor() -> None:
    """From now on, every agent of this process works with `CoachProcessor`; Rasa has no setting for it."""
    rasa.core.agent.MessageProcessor = CoachProcessor
