"""Alembic's doorway: runs the scripts on the open, encrypted connection that is handed in. No ini, no address."""

from __future__ import annotations

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    render_as_batch=True,
    # SQLite can undo DDL; the driver is told so by beginning transactions by hand
    transactional_ddl=True,
)

with context.begin_transaction():
    context.run_migrations()
