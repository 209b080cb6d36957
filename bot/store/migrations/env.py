"""Runs the migrations on the connection that `bot/store/upgrade.py` hands over, inside its transaction."""

from __future__ import annotations

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    # SQLite can take back changes of tables too; alembic thinks that it can't.
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
