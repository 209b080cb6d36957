"""What the practice keeps: intakes, alarms, notices still to be sent, and who did what; and what its therapists work with.

Times are UTC, without a zone.
"""

from __future__ import annotations

import uuid
from datetime import datetime, timezone
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import declarative_base

from bot.store.encryption import EncryptedEvent, EncryptedJSON, EncryptedText

Base: Any = declarative_base()


def new_id() -> str:
    """A fresh id that says nothing about its row."""
    return str(uuid.uuid4())


def utc_now() -> datetime:
    """The time as it is stored."""
    return datetime.now(timezone.utc).replace(tzinfo=None)


def _choice(*values: str) -> Any:
    return sa.Enum(*values, native_enum=False, create_constraint=False, length=20)


class Intake(Base):  # type: ignore[misc]
    """A visitor asked to be called or written to by the practice."""

    __tablename__ = "intakes"

    id = sa.Column(sa.String(36), primary_key=True, default=new_id)
    conversation = sa.Column(sa.String(255), nullable=False, index=True)
    created_at = sa.Column(sa.DateTime, nullable=False, default=utc_now)
    after_alarm = sa.Column(sa.Boolean, nullable=False)
    category = sa.Column(sa.String(40))
    level = sa.Column(sa.String(20))
    # A withdrawn one is empty.
    status = sa.Column(_choice("open", "taken", "closed", "withdrawn"), nullable=False, default="open")
    name = sa.Column(EncryptedText, nullable=False)
    contact = sa.Column(EncryptedText, nullable=False)
    contact_kind = sa.Column(_choice("email", "phone"), nullable=False)
    reach = sa.Column(EncryptedText, nullable=False)
    together = sa.Column(EncryptedText)
    about = sa.Column(EncryptedText)
    assigned_to = sa.Column(sa.String(200))


class Handoff(Base):  # type: ignore[misc]
    """An alarm sounded in a conversation; at most one of a conversation is open."""

    __tablename__ = "handoffs"
    __table_args__ = (
        sa.Index(
            "one_open_handoff",
            "conversation",
            unique=True,
            sqlite_where=sa.text("status = 'open'"),
            postgresql_where=sa.text("status = 'open'"),
        ),
    )

    id = sa.Column(sa.String(36), primary_key=True, default=new_id)
    conversation = sa.Column(sa.String(255), nullable=False, index=True)
    created_at = sa.Column(sa.DateTime, nullable=False, default=utc_now)
    category = sa.Column(sa.String(40), nullable=False)
    level = sa.Column(sa.String(20), nullable=False)
    score = sa.Column(sa.Float, nullable=False)
    layer = sa.Column(sa.String(20), nullable=False)
    words = sa.Column(EncryptedJSON, nullable=False)
    # The moment of the newest message whose alarm is in it, as conversations count time: seconds since 1970.
    heard_until = sa.Column(sa.Float, nullable=False, default=0.0)
    status = sa.Column(_choice("open", "taken", "closed"), nullable=False, default="open")
    intake_id = sa.Column(sa.String(36), sa.ForeignKey("intakes.id", ondelete="SET NULL"))
    assigned_to = sa.Column(sa.String(200))


class Notice(Base):  # type: ignore[misc]
    """Something that the practice has to be told; kept until it was sent."""

    __tablename__ = "notices"

    id = sa.Column(sa.String(36), primary_key=True, default=new_id)
    created_at = sa.Column(sa.DateTime, nullable=False, default=utc_now)
    kind = sa.Column(_choice("intake", "alarm", "changed", "withdrawn"), nullable=False)
    subject_id = sa.Column(sa.String(36), nullable=False, index=True)
    category = sa.Column(sa.String(40))
    level = sa.Column(sa.String(20))
    tries = sa.Column(sa.Integer, nullable=False, default=0)
    next_try_at = sa.Column(sa.DateTime, nullable=False, default=utc_now, index=True)
    sent_at = sa.Column(sa.DateTime)
    last_error_kind = sa.Column(sa.String(80))
    # Fingerprints of the addresses that have it already, so that a second try reaches only the others.
    delivered_to = sa.Column(sa.JSON, nullable=False, default=list)


class Audit(Base):  # type: ignore[misc]
    """Who did what with which intake or hand-off. It holds nothing of a visitor and stays when their records are erased."""

    __tablename__ = "audit"

    id = sa.Column(sa.String(36), primary_key=True, default=new_id)
    at = sa.Column(sa.DateTime, nullable=False, default=utc_now, index=True)
    who = sa.Column(sa.String(200), nullable=False)
    what = sa.Column(sa.String(80), nullable=False)
    subject_id = sa.Column(sa.String(36), nullable=False, index=True)


class TelegramChat(Base):  # type: ignore[misc]
    """Where a conversation's Telegram chat is; `id` is the conversation, which does not tell the chat's number."""

    __tablename__ = "telegram_chats"

    id = sa.Column(sa.String(255), primary_key=True)
    chat = sa.Column(EncryptedText, nullable=False)
    told_what_telegram_keeps = sa.Column(sa.Boolean, nullable=False, default=False)
    # Of the newest messages with buttons: message id, and title and payload of each button.
    buttons = sa.Column(EncryptedJSON, nullable=False, default=list)


class TelegramUpdate(Base):  # type: ignore[misc]
    """Something that Telegram brought, by Telegram's own number; what was said in it is gone once it was answered."""

    __tablename__ = "telegram_updates"

    id = sa.Column(sa.BigInteger, primary_key=True, autoincrement=False)
    received_at = sa.Column(sa.DateTime, nullable=False, default=utc_now)
    done = sa.Column(sa.Boolean, nullable=False, default=False)
    incoming = sa.Column(EncryptedJSON)
    # The answer, once there is one, and how many messages of it have been sent.
    messages = sa.Column(EncryptedJSON)
    sent = sa.Column(sa.Integer, nullable=False, default=0)


# Rasa's own table of conversations, which its tracker store makes when the first one comes.
EVENTS = sa.table(
    "events",
    *map(sa.column, ("id", "sender_id", "timestamp", "intent_name", "action_name")),
    sa.column("data", EncryptedEvent()),
)


class Therapist(Base):  # type: ignore[misc]
    """Somebody of the practice who may log in. `totp_used` is the last moment of a code that was used, so that none works twice."""

    __tablename__ = "therapists"

    id = sa.Column(sa.String(36), primary_key=True, default=new_id)
    login = sa.Column(sa.String(100), nullable=False, unique=True)
    name = sa.Column(sa.String(200), nullable=False)
    created_at = sa.Column(sa.DateTime, nullable=False, default=utc_now)
    password_hash = sa.Column(sa.String(200), nullable=False)
    totp_secret = sa.Column(EncryptedText)
    totp_used = sa.Column(sa.Integer)
    failed_tries = sa.Column(sa.Integer, nullable=False, default=0)
    locked_until = sa.Column(sa.DateTime)


class StudioSession(Base):  # type: ignore[misc]
    """A therapist is logged in. `id` is a fingerprint of what the cookie holds, so that the database lets nobody in."""

    __tablename__ = "studio_sessions"

    id = sa.Column(sa.String(64), primary_key=True)
    therapist_id = sa.Column(sa.String(36), sa.ForeignKey("therapists.id", ondelete="CASCADE"), nullable=False, index=True)
    csrf = sa.Column(sa.String(64), nullable=False)
    expires_at = sa.Column(sa.DateTime, nullable=False, index=True)


class UsedForm(Base):  # type: ignore[misc]
    """A form that was sent; it does nothing a second time."""

    __tablename__ = "used_forms"

    id = sa.Column(sa.String(64), primary_key=True)
    at = sa.Column(sa.DateTime, nullable=False, default=utc_now, index=True)


class Takeover(Base):  # type: ignore[misc]
    """A person has taken a conversation over, and the coach is silent in it. `seen_at` is when that person was last there."""

    __tablename__ = "takeovers"

    conversation = sa.Column(sa.String(255), primary_key=True)
    therapist_id = sa.Column(sa.String(36), sa.ForeignKey("therapists.id", ondelete="CASCADE"), nullable=False, index=True)
    therapist_name = sa.Column(sa.String(200), nullable=False)
    since = sa.Column(sa.DateTime, nullable=False, default=utc_now)
    seen_at = sa.Column(sa.DateTime, nullable=False, default=utc_now)


class PersonMessage(Base):  # type: ignore[misc]
    """Something on its way to a visitor that no turn of the coach said: a person's words, or that a person comes or goes."""

    __tablename__ = "person_messages"

    id = sa.Column(sa.String(36), primary_key=True, default=new_id)
    conversation = sa.Column(sa.String(255), nullable=False, index=True)
    created_at = sa.Column(sa.DateTime, nullable=False, default=utc_now, index=True)
    message = sa.Column(EncryptedJSON, nullable=False)
    # Only for channels where one process sends; every web process hands it to its own widgets.
    sent_at = sa.Column(sa.DateTime)


class Checkup(Base):  # type: ignore[misc]
    """A check-up of the relationship that the visitor wanted to keep: `areas` holds the mean mark of each area, 0 to 10."""

    __tablename__ = "checkups"

    id = sa.Column(sa.String(36), primary_key=True, default=new_id)
    conversation = sa.Column(sa.String(255), nullable=False, index=True)
    created_at = sa.Column(sa.DateTime, nullable=False, default=utc_now)
    areas = sa.Column(EncryptedJSON, nullable=False)


class Note(Base):  # type: ignore[misc]
    """What a therapist wrote down about a conversation, for colleagues."""

    __tablename__ = "notes"

    id = sa.Column(sa.String(36), primary_key=True, default=new_id)
    conversation = sa.Column(sa.String(255), nullable=False, index=True)
    created_at = sa.Column(sa.DateTime, nullable=False, default=utc_now)
    who = sa.Column(sa.String(200), nullable=False)
    text = sa.Column(EncryptedText, nullable=False)


class AlarmLabel(Base):  # type: ignore[misc]
    """A therapist's judgement of one alarm: was it right? `said_at` is the message's moment in the conversation."""

    __tablename__ = "alarm_labels"
    __table_args__ = (sa.UniqueConstraint("conversation", "said_at", name="one_label_per_message"),)

    id = sa.Column(sa.String(36), primary_key=True, default=new_id)
    conversation = sa.Column(sa.String(255), nullable=False)
    said_at = sa.Column(sa.String(40), nullable=False)
    created_at = sa.Column(sa.DateTime, nullable=False, default=utc_now)
    who = sa.Column(sa.String(200), nullable=False)
    correct = sa.Column(sa.Boolean, nullable=False)
    category = sa.Column(sa.String(40), nullable=False)
    level = sa.Column(sa.String(20), nullable=False)
    score = sa.Column(sa.Float, nullable=False)
    layer = sa.Column(sa.String(20), nullable=False)
    text = sa.Column(EncryptedText, nullable=False)


class Reminder(Base):  # type: ignore[misc]
    """A visitor wants to be asked how their first step went. One per conversation; gone once it was asked."""

    __tablename__ = "reminders"

    conversation = sa.Column(sa.String(255), primary_key=True)
    # By this the message with the question is known, so that it is never asked twice.
    id = sa.Column(sa.String(36), nullable=False, default=new_id)
    created_at = sa.Column(sa.DateTime, nullable=False, default=utc_now)
    due_at = sa.Column(sa.DateTime, nullable=False)
    next_try_at = sa.Column(sa.DateTime, nullable=False, index=True)
