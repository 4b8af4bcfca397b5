"""What stays after a talk: case cards, counting rows, withdrawals, requests, proof of consent; a chained access log."""

from __future__ import annotations

import hashlib
import json

import sqlalchemy as sa
from alembic import op

revision = "0003_keeping"
down_revision = "0002_talk_files"
branch_labels = None
depends_on = None

TABLES = ("case_card", "counting_row", "withdrawal", "data_request", "kept_consent")
AUDIT = "position, at, account_id, action, subject"


def upgrade() -> None:
    op.create_table(
        "case_card",
        _text("card_id", primary_key=True),
        _text("participant_id", unique=True),
        _text("account_id"),
        _moment("made_at"),
        _moment("runs_from"),
        _sealed(),
    )
    op.create_table("counting_row", _text("row_id", primary_key=True), _text("quarter"), _sealed())
    op.create_table("withdrawal", _position(), _text("participant_id"), _moment("at"), _sealed())
    op.create_index("ix_withdrawal_participant_id", "withdrawal", ["participant_id"])
    op.create_table(
        "data_request",
        _text("instance_id", primary_key=True),
        _text("number"),
        _moment("asked_at"),
        sa.Column("done_at", sa.DateTime(timezone=True)),
        _sealed(),
    )
    op.create_table("kept_consent", _position(), _text("number"), _moment("ended_at"), _sealed())
    with op.batch_alter_table("audit") as table:
        table.add_column(sa.Column("digest", sa.LargeBinary(), nullable=False, server_default=sa.text("x''")))
    _chain()
    op.execute(
        "CREATE TRIGGER audit_is_not_rewritten BEFORE UPDATE ON audit WHEN OLD.digest <> x'' "
        "BEGIN SELECT RAISE(ABORT, 'append-only'); END"
    )
    op.execute(
        "CREATE TRIGGER audit_goes_from_its_beginning BEFORE DELETE ON audit "
        "WHEN EXISTS (SELECT 1 FROM audit WHERE position < OLD.position) "
        "BEGIN SELECT RAISE(ABORT, 'append-only'); END"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER audit_goes_from_its_beginning")
    op.execute("DROP TRIGGER audit_is_not_rewritten")
    with op.batch_alter_table("audit") as table:
        table.drop_column("digest")
    for table_name in TABLES:
        op.drop_table(table_name)


def _chain() -> None:
    """Each line carries the digest of itself and the line before it."""
    connection = op.get_bind()
    digest = b""
    rows = connection.execute(sa.text(f"SELECT {AUDIT} FROM audit ORDER BY position")).all()
    for position, at, account_id, action, subject in rows:
        line = json.dumps([position, _seconds(at), account_id, action, subject]).encode()
        digest = hashlib.sha256(digest + line).digest()
        connection.execute(
            sa.text("UPDATE audit SET digest = :digest WHERE position = :position"),
            {"digest": digest, "position": position},
        )


def _seconds(moment: str) -> str:
    return moment.replace("T", " ")[:19]


def _text(name: str, primary_key: bool = False, unique: bool | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False, primary_key=primary_key, unique=unique)


def _moment(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def _position() -> sa.Column[int]:
    return sa.Column("position", sa.Integer(), primary_key=True)


def _sealed() -> sa.Column[bytes]:
    return sa.Column("sealed", sa.LargeBinary(), nullable=False)
