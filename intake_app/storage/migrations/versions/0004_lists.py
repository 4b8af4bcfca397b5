"""Lists of people need moments by person: indexes that hold both, so that no content is passed over to find them."""

from __future__ import annotations

from alembic import op

revision = "0004_lists"
down_revision = "0003_keeping"
branch_labels = None
depends_on = None

NEWEST = (
    ("draft", "updated_at"),
    ("instance", "finalized_at"),
    ("outbox", "queued_at"),
    ("receipt", "received_at"),
)


def upgrade() -> None:
    for table, moment in NEWEST:
        op.create_index(f"ix_{table}_newest", table, ["participant_id", moment])


def downgrade() -> None:
    for table, _moment in NEWEST:
        op.drop_index(f"ix_{table}_newest", table)
