"""Erasures, and files that are to be made anew after one."""

from alembic import op
from sqlalchemy import Boolean, Column, Text, false

revision = "3"
down_revision = "2"


def upgrade() -> None:
    """Takes this step."""
    op.create_table(
        "erasures",
        Column("article_id", Text, primary_key=True),
        Column("reason", Text, nullable=False),
        Column("erased", Text, nullable=False),
    )
    stale = Column("is_stale", Boolean, nullable=False, server_default=false())
    op.add_column("files", stale)
