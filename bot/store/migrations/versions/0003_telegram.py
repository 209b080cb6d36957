"""Telegram's chats and updates."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "telegram_chats",
        sa.Column("id", sa.String(255), primary_key=True),
        sa.Column("chat", sa.Text, nullable=False),
        sa.Column("told_what_telegram_keeps", sa.Boolean, nullable=False),
        sa.Column("buttons", sa.Text, nullable=False),
    )
    op.create_table(
        "telegram_updates",
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("received_at", sa.DateTime, nullable=False),
        sa.Column("done", sa.Boolean, nullable=False),
        sa.Column("incoming", sa.Text),
        sa.Column("messages", sa.Text),
        sa.Column("sent", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    """Drop them, with all that is in them."""
    for table in ("telegram_updates", "telegram_chats"):
        op.drop_table(table)
