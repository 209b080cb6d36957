"""Therapists and their sessions, taking over, notes, and judgements of alarms."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the tables, and say who sees to an intake or alarm."""
    op.add_column("intakes", sa.Column("assigned_to", sa.String(200)))
    op.add_column("handoffs", sa.Column("assigned_to", sa.String(200)))
    op.create_table(
        "therapists",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("login", sa.String(100), nullable=False, unique=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("password_hash", sa.String(200), nullable=False),
        sa.Column("totp_secret", sa.Text),
        sa.Column("totp_used", sa.Integer),
        sa.Column("failed_tries", sa.Integer, nullable=False),
        sa.Column("locked_until", sa.DateTime),
    )
    _studio()
    _conversations()


def _studio() -> None:
    op.create_table(
        "studio_sessions",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("therapist_id", sa.String(36), sa.ForeignKey("therapists.id", ondelete="CASCADE"), nullable=False),
        sa.Column("csrf", sa.String(64), nullable=False),
        sa.Column("expires_at", sa.DateTime, nullable=False),
    )
    op.create_index("ix_studio_sessions_therapist_id", "studio_sessions", ["therapist_id"])
    op.create_index("ix_studio_sessions_expires_at", "studio_sessions", ["expires_at"])
    op.create_table(
        "used_forms",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("at", sa.DateTime, nullable=False),
    )
    op.create_index("ix_used_forms_at", "used_forms", ["at"])


def _conversations() -> None:
    op.create_table(
        "takeovers",
        sa.Column("conversation", sa.String(255), primary_key=True),
        sa.Column("therapist_id", sa.String(36), sa.ForeignKey("therapists.id", ondelete="CASCADE"), nullable=False),
        sa.Column("therapist_name", sa.String(200), nullable=False),
        sa.Column("since", sa.DateTime, nullable=False),
        sa.Column("seen_at", sa.DateTime, nullable=False),
    )
    op.create_index("ix_takeovers_therapist_id", "takeovers", ["therapist_id"])
    op.create_table(
        "person_messages",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("conversation", sa.String(255), nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("sent_at", sa.DateTime),
    )
    op.create_index("ix_person_messages_conversation", "person_messages", ["conversation"])
    op.create_index("ix_person_messages_created_at", "person_messages", ["created_at"])
    op.create_table(
        "notes",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("conversation", sa.String(255), nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_index("ix_notes_conversation", "notes", ["conversation"])
    op.create_table(
        "alarm_labels",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("conversation", sa.String(255), nullable=False),
        sa.Column("said_at", sa.String(40), nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("correct", sa.Boolean, nullable=False),
        sa.Column("category", sa.String(40), nullable=False),
        sa.Column("level", sa.String(20), nullable=False),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("layer", sa.String(20), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.UniqueConstraint("conversation", "said_at", name="one_label_per_message"),
    )


def downgrade() -> None:
    """Drop them, with all that is in them."""
    for table in ("alarm_labels", "notes", "person_messages", "takeovers", "used_forms", "studio_sessions", "therapists"):
        op.drop_table(table)
    op.drop_column("handoffs", "assigned_to")
    op.drop_column("intakes", "assigned_to")
