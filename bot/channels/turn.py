"""One turn of a conversation: answered once, in order, and kept also when it fails.

It does what Rasa's `handle_message` does, reading the conversation once, so that
- a message that comes again (its id is known) gets the answer that it had, and nothing happens twice;
- a message whose answer fails stays in the conversation with the plain message (S8), and an alarm in it still counts; what it set in motion is
  taken back, so that said again it is answered as if for the first time.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.policies.policy import PolicyPrediction
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, UserUtteranceReverted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.alarm.helplines import plain_message
from bot.channels.beside_person import reply_beside_person
from bot.channels.processor import ActionFailed
from bot.handoff.alarms import record_alarm
from bot.handoff.takeover import person_in
from bot.privacy.erase import erase, promised

logger = logging.getLogger(__name__)

# For the lock, the answer, and the whole; the web server waits a little longer.
ANSWER_SECONDS = 20.0
TURN_TIMEOUT_SECONDS = 25.0


@dataclass
class Turn:
    """What came of a message.

    `answered` is False while a person has the conversation. `kept` is False when the conversation could not be read or written: the message
    may come again. `understood` is the message as it was read. `seconds` says how long each part took.
    """

    messages: list[dict[str, Any]]
    answered: bool = True
    kept: bool = True
    repeated: bool = False
    understood: UserUttered | None = None
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def timed(self, part: str) -> Iterator[None]:
        """Add up how long a part takes."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[part] = self.seconds.get(part, 0.0) + time.perf_counter() - began


async def take_turn(agent: Any, message: UserMessage) -> Turn:
    """Have the coach answer; while a person has taken over, keep the message, and say only what can't wait. Never raises.

    The message's output channel is a `Collector`.
    """
    turn = Turn(messages=[])
    try:
        await asyncio.wait_for(_locked_turn(agent, message, turn), TURN_TIMEOUT_SECONDS)
    except Exception as problem:
        # The kind of fault only: its text may quote the visitor.
        logger.error("A turn failed, and its message was not kept: %s", type(problem).__name__)
        turn.messages, turn.kept = [*message.output_channel.safety_messages, _plain(message.sender_id)], False
    return turn


async def _locked_turn(agent: Any, message: UserMessage, turn: Turn) -> None:
    """Fill the turn, alone in its conversation. Raises whatever keeps the message from being kept."""
    processor, sender = agent.processor, message.sender_id
    with turn.timed("waiting"):
        lock = agent.lock_store.lock(sender)
        await lock.__aenter__()
    try:
        with turn.timed("storing"):
            tracker = await processor.fetch_tracker_and_update_session(sender, message.output_channel, message.metadata)
        earlier = answer_given(tracker, message.message_id)
        if earlier is not None:
            turn.repeated = True
            turn.messages = await _again(sender, earlier)
            return
        # It is looked up inside the lock: once a person has begun, no answer is under way.
        turn.answered = await asyncio.to_thread(person_in, sender) is None
        with turn.timed("understanding"):
            await processor._handle_message_with_tracker(message, tracker)
        turn.understood = tracker.latest_message
        heard, failed = list(tracker.events), False
        try:
            with turn.timed("answering"):
                say = _answer if turn.answered else _answer_beside_person
                await asyncio.wait_for(say(processor, message, tracker), ANSWER_SECONDS)
        except Exception as problem:
            logger.error(
                "An answer failed, its message is kept: %s", problem if isinstance(problem, ActionFailed) else type(problem).__name__
            )
            failed = True
        turn.messages = message.output_channel.messages
        if failed or (turn.answered and not turn.messages):
            turn.messages = [*message.output_channel.safety_messages, _plain(sender)]
            tracker = await _keep_without_answer(processor, sender, heard, turn)
        elif promised(tracker):
            # Inside the lock: a message in between would write an erased conversation anew.
            await asyncio.to_thread(erase, sender)
            return
        else:
            await _keep(processor, tracker, turn)
        await asyncio.to_thread(record_alarm, tracker)
    finally:
        await lock.__aexit__(None, None, None)


async def _answer(processor: Any, message: UserMessage, tracker: DialogueStateTracker) -> None:
    """Let Rasa fill slots, choose and run actions."""
    await processor.run_action_extract_slots(message.output_channel, tracker)
    await processor._run_prediction_loop(message.output_channel, tracker)


async def _answer_beside_person(processor: Any, message: UserMessage, tracker: DialogueStateTracker) -> None:
    """It was read as always, so that an alarm is noticed; no policy is asked and no slot is filled."""
    if reply := reply_beside_person(tracker):
        prediction = PolicyPrediction.for_action_name(processor.domain, reply)
        await processor._run_action(processor._get_action(reply), tracker, message.output_channel, processor.nlg, prediction)


async def _keep(processor: Any, tracker: DialogueStateTracker, turn: Turn) -> None:
    with turn.timed("storing"):
        await processor.save_tracker(tracker)


async def _keep_without_answer(processor: Any, sender: str, heard: list[Event], turn: Turn) -> DialogueStateTracker:
    """Keep what was heard and what is said to it; whatever a failed answer left half done is dropped.

    The message is taken back as Rasa does it: policies and forms don't see it, while it stays to be read, and its alarm counts.
    """
    tracker = DialogueStateTracker.from_events(sender, heard, processor.domain.slots)
    said = [BotUttered(one.get("text"), {part: one[part] for part in ("buttons", "custom") if part in one}) for one in turn.messages]
    tracker.update_with_events([UserUtteranceReverted(), *said, ActionExecuted("action_listen")], processor.domain)
    await _keep(processor, tracker, turn)
    return tracker


def answer_given(tracker: DialogueStateTracker, message_id: str | None) -> list[BotUttered] | None:
    """What was said to the message with this id; None when it did not come before."""
    said: list[BotUttered] = []
    for event in reversed(tracker.events):
        if isinstance(event, BotUttered):
            said.append(event)
        elif isinstance(event, UserUttered):
            if message_id and event.message_id == message_id:
                return said[::-1]
            said = []
    return None


async def _again(sender: str, said: list[BotUttered]) -> list[dict[str, Any]]:
    channel = CollectingOutputChannel()
    for event in said:
        await channel.send_response(sender, event.message())
    messages: list[dict[str, Any]] = channel.messages
    return messages


def _plain(sender: str) -> dict[str, Any]:
    return {"recipient_id": sender, "text": plain_message()}
