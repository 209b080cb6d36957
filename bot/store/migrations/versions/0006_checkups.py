"""Check-ups of the relationship that visitors kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "checkups",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("conversation", sa.String(255), nullable=False, index=True),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("areas", sa.Text, nullable=False),
    )


def downgrade() -> None:
    """Drop it, with all that is in it."""
    op.drop_table("checkups")
