"""What hangs on a talk beside its answers: uploaded files, and answers that a newer form has no place for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002_talk_files"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "talk_file",
        sa.Column("file_id", sa.String(), nullable=False, primary_key=True),
        sa.Column("participant_id", sa.String(), nullable=False),
        sa.Column("instance_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["participant_id"], ["participant.participant_id"], ondelete="CASCADE"),
    )
    op.create_index("ix_talk_file_participant_id", "talk_file", ["participant_id"])
    op.create_index("ix_talk_file_instance_id", "talk_file", ["instance_id"])


def downgrade() -> None:
    op.drop_table("talk_file")
