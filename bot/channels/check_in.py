"""Asks a visitor how their first step went, on the day that they chose: in Telegram, or in the widget when they are there again.

Never where coaching is locked, nor in the middle of a conversation, nor twice.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.exc import IntegrityError

from bot.alarm.lock import lock_of
from bot.channels.rasa_client import CoachUnreachable, RasaClient
from bot.channels.unasked import say, show
from bot.handoff.takeover import person_in
from bot.privacy.erase import erase
from bot.reminders.reminders import claim_due, done, put_off, still_wanted
from bot.store.tables import utc_now

logger = logging.getLogger(__name__)
CHECK_IN = "utter_check_in"
LOOK_SECONDS = 20.0
# Who is talking now is not interrupted.
QUIET = timedelta(minutes=30)
# After a long time without a server the question would come out of the blue.
TOO_LATE = timedelta(days=7)
in_thread = asyncio.to_thread


async def check_in_forever(rasa: RasaClient) -> None:
    """Look for due reminders, until cancelled. No failure ends it."""
    failing = False
    while True:
        try:
            for reminder in await in_thread(claim_due, utc_now()):
                await check_in(rasa, reminder, utc_now())
            failing = False
        except Exception as problem:
            # Once, not every round; a reminder that was taken is free again after a few minutes.
            if not failing:
                logger.error("Visitors can't be asked how it went for now: %s", type(problem).__name__)
            failing = True
        await asyncio.sleep(LOOK_SECONDS)


async def check_in(rasa: RasaClient, reminder: Any, now: datetime) -> None:
    """Ask one visitor, or put it off, or drop it.

    Args:
        rasa: where the conversations are.
        reminder: a row that this process has claimed.
        now: UTC, without a zone.

    Raises `CoachUnreachable` or `SQLAlchemyError`; it is tried again then.
    """
    events = await rasa.read_events(reminder.conversation)
    said = next((event for event in events if (event.get("metadata") or {}).get("message_id") == reminder.id), None)
    if said is not None:
        # An earlier try got no further.
        await _show_once(reminder, said)
    elif not _talked(events) or _locked(events) or reminder.due_at < now - TOO_LATE:
        await in_thread(done, reminder)
        return
    elif _talking(events, now) or await in_thread(person_in, reminder.conversation) is not None:
        await in_thread(put_off, reminder, QUIET)
        return
    elif not await in_thread(still_wanted, reminder):
        return
    else:
        await say(rasa, reminder.conversation, CHECK_IN, {}, reminder.id)
    if not await in_thread(done, reminder):
        await _leave_nothing(rasa, reminder.conversation)


async def _show_once(reminder: Any, said: dict[str, Any]) -> None:
    # It may have been on its way already.
    with suppress(IntegrityError):
        await show(reminder.conversation, said)


async def _leave_nothing(rasa: RasaClient, conversation: str) -> None:
    """Whoever had everything erased while the question was being asked must find nothing again."""
    try:
        remains = await rasa.read_events(conversation)
    except CoachUnreachable:
        remains = []
    if not _talked(remains):
        await in_thread(erase, conversation)


def _talked(events: list[dict[str, Any]]) -> bool:
    return any(event.get("event") == "user" for event in events)


def _talking(events: list[dict[str, Any]], now: datetime) -> bool:
    newest = max(event.get("timestamp") or 0.0 for event in events if event.get("event") == "user")
    return newest > (now - QUIET - datetime(1970, 1, 1)).total_seconds()


def _locked(events: list[dict[str, Any]]) -> bool:
    return lock_of(DialogueStateTracker.from_dict("", events)) is not None
