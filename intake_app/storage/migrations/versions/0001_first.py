"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = (
    "audit",
    "setting",
    "plan",
    "consent",
    "receipt",
    "outbox",
    "instance",
    "typing",
    "savepoint",
    "journal_entry",
    "draft",
    "tombstone",
    "participant",
)


def upgrade() -> None:
    _people()
    _talks()
    _records()
    _sending()
    _installation()


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)


def _text(name: str, primary_key: bool = False, unique: bool | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False, primary_key=primary_key, unique=unique)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _moment(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _sealed(name: str = "sealed") -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary(), nullable=False)


def _of(parent: str, name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([name], [f"{parent}.{name}"], ondelete="CASCADE")


def _with_owner(table: str) -> None:
    op.create_index(f"ix_{table}_participant_id", table, ["participant_id"])


def _people() -> None:
    op.create_table(
        "participant",
        _text("participant_id", primary_key=True),
        _text("number", unique=True),
        _text("account_id"),
        _moment("created_at"),
        _flag("practice"),
        _sealed(),
    )
    op.create_table("tombstone", _text("participant_id", primary_key=True), _text("number"), _moment("erased_at"))
    op.create_table(
        "consent",
        sa.Column("position", sa.Integer(), primary_key=True),
        _text("consent_id", unique=True),
        _text("participant_id"),
        _moment("at"),
        _sealed(),
        _of("participant", "participant_id"),
    )
    _with_owner("consent")


def _talks() -> None:
    op.create_table(
        "draft",
        _text("instance_id", primary_key=True),
        _text("participant_id"),
        _text("form_id"),
        _text("form_version"),
        _text("account_id"),
        _moment("started_at"),
        _moment("updated_at"),
        _flag("practice"),
        _of("participant", "participant_id"),
    )
    _with_owner("draft")
    op.create_table(
        "journal_entry",
        _text("instance_id", primary_key=True),
        sa.Column("sequence", sa.Integer(), primary_key=True, autoincrement=False),
        _moment("at"),
        _sealed(),
        _of("draft", "instance_id"),
    )
    op.create_table(
        "savepoint",
        _text("instance_id", primary_key=True),
        _number("sequence"),
        _sealed(),
        _of("draft", "instance_id"),
    )
    op.create_table("typing", _text("instance_id", primary_key=True), _sealed(), _of("draft", "instance_id"))


def _records() -> None:
    op.create_table(
        "instance",
        _text("instance_id", primary_key=True),
        _text("participant_id"),
        _text("form_id"),
        _text("form_version"),
        _text("status"),
        _moment("finalized_at"),
        sa.Column("deprecated_id", sa.String()),
        _sealed(),
        sa.Column("sealed_release", sa.LargeBinary()),
        _of("participant", "participant_id"),
    )
    _with_owner("instance")
    op.create_table(
        "plan",
        _text("plan_number", primary_key=True),
        _text("participant_id"),
        _text("instance_id"),
        _moment("made_at"),
        _sealed(),
        _of("participant", "participant_id"),
    )
    _with_owner("plan")


def _sending() -> None:
    op.create_table(
        "outbox",
        sa.Column("position", sa.Integer(), primary_key=True),
        _text("instance_id", unique=True),
        sa.Column("participant_id", sa.String()),
        _text("form_id"),
        _text("form_version"),
        _moment("queued_at"),
        _number("attempts"),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True)),
        _flag("set_apart"),
        _sealed(),
        _sealed("sealed_problem"),
        _of("participant", "participant_id"),
    )
    _with_owner("outbox")
    op.create_table(
        "receipt",
        _text("instance_id", primary_key=True),
        sa.Column("participant_id", sa.String()),
        _number("status"),
        _moment("received_at"),
        _sealed(),
        _of("participant", "participant_id"),
    )
    _with_owner("receipt")


def _installation() -> None:
    op.create_table("setting", _text("name", primary_key=True), _sealed())
    op.create_table(
        "audit",
        sa.Column("position", sa.Integer(), primary_key=True),
        _moment("at"),
        _text("account_id"),
        _text("action"),
        _text("subject"),
    )
