"""What the practice keeps: intakes, alarms, notices still to be sent, and who did what. Times are UTC, without a zone."""

from __future__ import annotations

import uuid
from datetime import datetime, timezone
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import declarative_base

from bot.store.encryption import EncryptedJSON, EncryptedText

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
    status = sa.Column(_choice("open", "taken", "closed"), nullable=False, default="open")
    name = sa.Column(EncryptedText, nullable=False)
    contact = sa.Column(EncryptedText, nullable=False)
    contact_kind = sa.Column(_choice("email", "phone"), nullable=False)
    reach = sa.Column(EncryptedText, nullable=False)
    together = sa.Column(EncryptedText)
    about = sa.Column(EncryptedText)


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
    status = sa.Column(_choice("open", "taken", "closed"), nullable=False, default="open")
    intake_id = sa.Column(sa.String(36), sa.ForeignKey("intakes.id", ondelete="SET NULL"))


class Notice(Base):  # type: ignore[misc]
    """Something that the practice has to be told; kept until it was sent."""

    __tablename__ = "notices"

    id = sa.Column(sa.String(36), primary_key=True, default=new_id)
    created_at = sa.Column(sa.DateTime, nullable=False, default=utc_now)
    kind = sa.Column(_choice("intake", "alarm"), nullable=False)
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
