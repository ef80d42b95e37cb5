"""The ledger: what each run was asked for, what it did, and what was thought of it."""

from alembic import op
from sqlalchemy import Boolean, Column, Text, false

revision = "4"
down_revision = "3"


def upgrade() -> None:
    """Takes this step."""
    for name in ("job", "arguments", "verdict", "reasons", "figures"):
        op.add_column("runs", Column(name, Text))
    accepted = Column("is_accepted", Boolean, nullable=False, server_default=false())
    op.add_column("runs", accepted)
