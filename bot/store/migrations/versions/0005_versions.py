"""Versions of the content, what was published when, and the work on them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "content_versions",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("files", sa.LargeBinary, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("author", sa.String(200), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("shipped", sa.Boolean, nullable=False),
        sa.Column("report", sa.JSON),
    )
    op.create_table(
        "publications",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("number", sa.Integer, sa.ForeignKey("content_versions.number"), nullable=False),
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
    )
    _work()


def _work() -> None:
    op.create_table(
        "content_jobs",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("owner", sa.String(36), nullable=False),
        sa.Column("server", sa.String(36), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("alive_at", sa.DateTime, nullable=False),
        sa.Column("ended_at", sa.DateTime),
        sa.Column("base", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer),
        sa.Column("files", sa.LargeBinary),
        sa.Column("hash", sa.String(64)),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("step", sa.Text, nullable=False),
        sa.Column("model", sa.String(100)),
        sa.Column("report", sa.JSON),
        sa.Column("problem", sa.Text),
    )
    op.create_index("ix_content_jobs_status", "content_jobs", ["status"])
    op.create_index("ix_content_jobs_created_at", "content_jobs", ["created_at"])
    op.create_table(
        "content_servers",
        sa.Column("server", sa.String(36), primary_key=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("problem", sa.Text),
    )


def downgrade() -> None:
    """Drop them, with all that is in them."""
    for table in ("content_servers", "content_jobs", "publications", "content_versions"):
        op.drop_table(table)
