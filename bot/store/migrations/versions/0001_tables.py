"""Intakes, hand-offs, notices and the audit trail."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "intakes",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("conversation", sa.String(255), nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("after_alarm", sa.Boolean, nullable=False),
        sa.Column("category", sa.String(40)),
        sa.Column("level", sa.String(20)),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("contact", sa.Text, nullable=False),
        sa.Column("contact_kind", sa.String(20), nullable=False),
        sa.Column("reach", sa.Text, nullable=False),
        sa.Column("together", sa.Text),
        sa.Column("about", sa.Text),
    )
    op.create_index("ix_intakes_conversation", "intakes", ["conversation"])
    op.create_table(
        "handoffs",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("conversation", sa.String(255), nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("category", sa.String(40), nullable=False),
        sa.Column("level", sa.String(20), nullable=False),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("layer", sa.String(20), nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("intake_id", sa.String(36), sa.ForeignKey("intakes.id", ondelete="SET NULL")),
    )
    op.create_index("ix_handoffs_conversation", "handoffs", ["conversation"])
    open_only = sa.text("status = 'open'")
    op.create_index("one_open_handoff", "handoffs", ["conversation"], unique=True, sqlite_where=open_only, postgresql_where=open_only)
    op.create_table(
        "notices",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("subject_id", sa.String(36), nullable=False),
        sa.Column("category", sa.String(40)),
        sa.Column("level", sa.String(20)),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("next_try_at", sa.DateTime, nullable=False),
        sa.Column("sent_at", sa.DateTime),
        sa.Column("last_error_kind", sa.String(80)),
        sa.Column("delivered_to", sa.JSON, nullable=False),
    )
    op.create_index("ix_notices_subject_id", "notices", ["subject_id"])
    op.create_index("ix_notices_next_try_at", "notices", ["next_try_at"])
    op.create_table(
        "audit",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("what", sa.String(80), nullable=False),
        sa.Column("subject_id", sa.String(36), nullable=False),
    )
    op.create_index("ix_audit_at", "audit", ["at"])
    op.create_index("ix_audit_subject_id", "audit", ["subject_id"])


def downgrade() -> None:
    """Drop them, with all that is in them."""
    for table in ("audit", "notices", "handoffs", "intakes"):
        op.drop_table(table)
