"""Tells the practice of an alarm: whatever the coach answered as one becomes a hand-off with a notice.

That happens at the end of the turn. What failed then (the database, the process) is found later in the conversations themselves.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time

import sqlalchemy as sa
from rasa.shared.core.events import deserialise_events
from rasa.shared.core.trackers import DialogueStateTracker

from bot.alarm.heard import ALARM_PREFIX, Heard, alarm_of_turn, alarms_in
from bot.handoff.intakes import NotSaved, save_handoff
from bot.settings import settings
from bot.store.database import session
from bot.store.tables import EVENTS, Handoff

logger = logging.getLogger(__name__)
LOOK_SECONDS = 30.0
# A turn that is under way tells of its alarm itself.
TURN_SECONDS = 60.0
# Older alarms were told of long ago.
LOOK_BACK_DAYS = 7


def record_alarm(tracker: DialogueStateTracker) -> None:
    """Save a hand-off if the newest message sounded an alarm. A database that can't write now is logged, and never keeps the answer back."""
    heard = alarm_of_turn(tracker)
    if heard is None:
        return
    try:
        save_handoff(tracker.sender_id, heard.alarm, heard.words, heard.at)
    except NotSaved as problem:
        logger.error("%s The visitor has had the helplines; the practice is told as soon as the database can write.", problem)


async def tell_of_missed_alarms_forever() -> None:
    """Look for alarms of which nobody was told, until cancelled. A failing database ends nothing; the next round tries again."""
    done, failing = 0, False
    while True:
        try:
            done = await asyncio.to_thread(tell_of_missed_alarms, done, time.time())
            failing = False
        except Exception as problem:
            if not failing:
                logger.error("Conversations can't be searched for alarms now: %s", type(problem).__name__)
            failing = True
        await asyncio.sleep(LOOK_SECONDS)


def tell_of_missed_alarms(after: int, now: float) -> int:
    """Save a hand-off for every alarm in the conversations that none has, of all events with an id above `after`.

    Returns the id up to which all is done. Raises `NotSaved` or `SQLAlchemyError` when the database fails: then call it again with the same.
    """
    with session() as db:
        if not sa.inspect(db.connection()).has_table(EVENTS.name):
            return after
        # Events are written at the end of their turn, so a higher id may be the older event.
        unsettled = sa.and_(EVENTS.c.id > after, EVENTS.c.timestamp >= now - TURN_SECONDS)
        first = db.scalar(sa.select(sa.func.min(EVENTS.c.id)).where(unsettled))
        upto = first - 1 if first else max(after, db.scalar(sa.select(sa.func.max(EVENTS.c.id))) or 0)
        sounded = sa.or_(EVENTS.c.intent_name == "alarm", EVENTS.c.action_name.startswith(ALARM_PREFIX, autoescape=True))
        recent = sa.and_(EVENTS.c.id > after, EVENTS.c.id <= upto, EVENTS.c.timestamp > _from(now))
        conversations = db.scalars(sa.select(EVENTS.c.sender_id).where(recent, sounded).distinct()).all()
    for conversation in conversations:
        for heard in _untold(conversation, now):
            save_handoff(conversation, heard.alarm, heard.words, heard.at)
            logger.warning("An alarm of which the practice was not told has been found, and is told of now.")
    return upto


def _untold(conversation: str, now: float) -> list[Heard]:
    with session() as db:
        rows = db.scalars(sa.select(EVENTS.c.data).where(EVENTS.c.sender_id == conversation).order_by(EVENTS.c.id)).all()
        told = db.scalar(sa.select(sa.func.max(Handoff.heard_until)).where(Handoff.conversation == conversation)) or 0.0
    events = deserialise_events([json.loads(row) for row in rows])
    return [heard for heard in alarms_in(events) if max(told, _from(now)) < heard.at < now - TURN_SECONDS]


def _from(now: float) -> float:
    """From when on alarms are looked for. A hand-off that was kept long enough and deleted must not come back."""
    return now - 24 * 3600.0 * min(LOOK_BACK_DAYS, settings().keep_intakes_days)
