"""Tells the practice of new intakes and alarms: sends the notices that are kept in the database, until they have arrived.

A notice says that there is something and where to read it; never who, how to reach them, or what they said.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from apprise import Apprise, NotifyBase, NotifyType

from bot.settings import settings
from bot.store.database import session
from bot.store.tables import Notice, utc_now
from bot.store.upgrade import UpgradeError, upgrade

logger = logging.getLogger(__name__)
# Apprise writes addresses into its log, passwords and all.
logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)

LOOK_SECONDS = 5.0
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
# How long a notice is left to the runner that took it; longer than all services together take to give up.
CLAIM = timedelta(minutes=5)
CATEGORIES = {
    "partner_violence": "geweld door de partner",
    "threat_stalking": "bedreiging of stalking",
    "coercive_control": "dwang en controle",
    "sexual_violence": "seksueel geweld",
    "child_safety": "veiligheid van kinderen",
    "suicidality": "gedachten aan zelfmoord",
    "own_violence": "eigen geweld",
}
LEVELS = {"concern": "zorg", "alarm": "alarm", "acute": "acuut gevaar"}
TITLES = {
    "intake": "Eerste Stap: nieuwe intake",
    "alarm": "Eerste Stap: alarmsignaal in een gesprek",
    "changed": "Eerste Stap: intake gewijzigd",
    "withdrawn": "Eerste Stap: intake ingetrokken",
}
TEXTS = {
    "intake": "Er staat een nieuwe intake klaar.",
    "alarm": "In een gesprek is een alarmsignaal opgemerkt.",
    "changed": "Een bezoeker heeft een aanvraag verbeterd. Gebruik alleen wat er nu staat.",
    "withdrawn": "Een bezoeker heeft een aanvraag ingetrokken. Bel of schrijf deze bezoeker dus niet meer.",
}


def warnings() -> list[str]:
    """What is wrong with `COACH_NOTIFY_URLS`, one line each for the operator; no address is shown."""
    urls = settings().notify_urls
    if not urls:
        return ["COACH_NOTIFY_URLS is empty: nobody is told of intakes and alarms. They are kept, and told of once it is set."]
    return [
        f"COACH_NOTIFY_URLS: apprise can't use address {position}; nobody is told there."
        for position, url in enumerate(urls, 1)
        if _service(url) is None
    ]


async def send_notices_forever() -> None:
    """Look for due notices every few seconds, until cancelled. A failing database or service never ends it."""
    for warning in warnings():
        logger.warning(warning)
    upgraded = failing = False
    while True:
        try:
            if not upgraded:
                await asyncio.to_thread(upgrade)
                upgraded = True
            await asyncio.to_thread(send_due)
            failing = False
        except Exception as problem:
            # Once, not every five seconds; and no text of it, which may have an address in it.
            if not failing:
                detail = str(problem) if isinstance(problem, UpgradeError) else type(problem).__name__
                logger.error("Notices can't be sent for now: %s", detail)
            failing = True
        await asyncio.sleep(LOOK_SECONDS)


def send_due() -> int:
    """Send every notice that is due. Returns how many arrived everywhere.

    Raises `SQLAlchemyError` when the database fails.
    """
    services = [service for url in settings().notify_urls if (service := _service(url))]
    if not services:
        return 0
    arrived = 0
    with session() as db:
        due = db.scalars(
            sa.select(Notice.id).where(Notice.sent_at.is_(None), Notice.next_try_at <= utc_now()).order_by(Notice.created_at)
        ).all()
    for notice_id in due:
        notice = _claim(notice_id)
        if notice is not None:
            arrived += _send(notice, services)
    return arrived


def text_of(notice: Any) -> tuple[str, str]:
    """Title and text of a notice."""
    lines = [TEXTS[notice.kind]]
    if notice.category:
        lines.append(f"Onderwerp: {CATEGORIES.get(notice.category, 'onbekend')}")
    if notice.level:
        lines.append(f"Niveau: {LEVELS.get(notice.level, 'onbekend')}")
    lines.append(f"Lees verder: {settings().public_url or settings().web_url}/studio/overdracht/{notice.subject_id}")
    return TITLES[notice.kind], "\n".join(lines)


def wait_after(tries: int) -> timedelta:
    """How long to wait after so many tries: 1, 2, 4 … minutes, at most an hour."""
    # The shift is capped too: a timedelta overflows after some forty doublings.
    return min(FIRST_WAIT * (1 << min(tries - 1, 10)), LONGEST_WAIT)


def _claim(notice_id: str) -> Any:
    """Take a notice for this runner; None when another one has it, or it was erased."""
    now = utc_now()
    with session() as db:
        # One statement, so that of two runners only one changes the row.
        taken = db.execute(
            sa.update(Notice)
            .where(Notice.id == notice_id, Notice.sent_at.is_(None), Notice.next_try_at <= now)
            .values(tries=Notice.tries + 1, next_try_at=now + CLAIM)
            .execution_options(synchronize_session=False)
        )
        return db.get(Notice, notice_id) if taken.rowcount else None


def _send(notice: Any, services: list[NotifyBase]) -> bool:
    """Send one notice to whoever does not have it yet. Returns whether all have it now."""
    title, text = text_of(notice)
    delivered, failed = list(notice.delivered_to), ""
    for service in services:
        if _fingerprint(service) in delivered:
            continue
        try:
            arrived = bool(service.notify(body=text, title=title, notify_type=NotifyType.WARNING))
            kind = type(service).__name__
        except Exception as problem:
            arrived, kind = False, type(problem).__name__
        if arrived:
            delivered.append(_fingerprint(service))
        else:
            failed = kind
    _note(notice, delivered, failed)
    return not failed


def _note(notice: Any, delivered: list[str], failed: str) -> None:
    now: datetime = utc_now()
    values: dict[str, Any] = {"delivered_to": delivered, "last_error_kind": failed or None}
    if failed:
        wait = wait_after(notice.tries)
        values["next_try_at"] = now + wait
        logger.warning("A notice was not delivered (%s); next try in %.0f minutes.", failed, wait.total_seconds() / 60)
    else:
        values["sent_at"] = now
    with session() as db:
        db.execute(sa.update(Notice).where(Notice.id == notice.id).values(values).execution_options(synchronize_session=False))


def _service(url: str) -> NotifyBase | None:
    """The service behind an address; None when apprise can't use it."""
    found = Apprise.instantiate(url, suppress_exceptions=True)
    return found if isinstance(found, NotifyBase) else None


def _fingerprint(service: NotifyBase) -> str:
    # Of the address without its secrets: the database must not help to guess them.
    address = str(service.url(privacy=True))  # type: ignore[no-untyped-call]
    return hashlib.sha256(address.encode()).hexdigest()[:16]
