"""Follow-up talks hang on the case card; what they send waits in the outbox under the key of the card."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005_follow_up"
down_revision = "0004_lists"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "follow_up",
        sa.Column("instance_id", sa.String(), nullable=False, primary_key=True),
        _owner("card_id", "case_card.card_id"),
        _owner("participant_id", "participant.participant_id"),
        sa.Column("form_id", sa.String(), nullable=False),
        sa.Column("form_version", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deprecated_id", sa.String()),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_release", sa.LargeBinary()),
        sa.Column("sealed_typing", sa.LargeBinary(), nullable=False),
    )
    op.create_index("ix_follow_up_card_id", "follow_up", ["card_id"])
    op.create_index("ix_follow_up_participant_id", "follow_up", ["participant_id"])
    with op.batch_alter_table("outbox") as table:
        table.add_column(sa.Column("card_id", sa.String()))
        table.create_foreign_key("fk_outbox_card_id", "case_card", ["card_id"], ["card_id"], ondelete="CASCADE")
        table.create_index("ix_outbox_card_id", ["card_id"])
    with op.batch_alter_table("talk_file") as table:
        table.alter_column("participant_id", existing_type=sa.String(), nullable=True)
        table.add_column(sa.Column("card_id", sa.String()))
        table.create_foreign_key("fk_talk_file_card_id", "case_card", ["card_id"], ["card_id"], ondelete="CASCADE")
        table.create_index("ix_talk_file_card_id", ["card_id"])


def downgrade() -> None:
    op.execute("DELETE FROM talk_file WHERE card_id IS NOT NULL")
    with op.batch_alter_table("talk_file") as table:
        table.drop_index("ix_talk_file_card_id")
        table.drop_constraint("fk_talk_file_card_id", type_="foreignkey")
        table.drop_column("card_id")
        table.alter_column("participant_id", existing_type=sa.String(), nullable=False)
    op.execute("DELETE FROM outbox WHERE card_id IS NOT NULL")
    with op.batch_alter_table("outbox") as table:
        table.drop_index("ix_outbox_card_id")
        table.drop_constraint("fk_outbox_card_id", type_="foreignkey")
        table.drop_column("card_id")
    op.drop_table("follow_up")


def _owner(name: str, other: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), sa.ForeignKey(other, ondelete="CASCADE"))
