"""Reminders, and until when a hand-off has heard the conversation."""

from __future__ import annotations

import time

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Create the table and the column. Alarms from before now count as told."""
    op.create_table(
        "reminders",
        sa.Column("conversation", sa.String(255), primary_key=True),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("due_at", sa.DateTime, nullable=False),
        sa.Column("next_try_at", sa.DateTime, nullable=False),
    )
    op.create_index("ix_reminders_next_try_at", "reminders", ["next_try_at"])
    op.add_column("handoffs", sa.Column("heard_until", sa.Float, nullable=False, server_default=str(time.time())))


def downgrade() -> None:
    """Drop them, with all that is in them."""
    op.drop_column("handoffs", "heard_until")
    op.drop_index("ix_reminders_next_try_at", "reminders")
    op.drop_table("reminders")
