"""Near-duplicates."""

from alembic import op
from sqlalchemy import BigInteger, Column, Text

revision = "2"
down_revision = "1"


def upgrade() -> None:
    """Takes this step."""
    op.create_table(
        "near_keys",
        Column("key", BigInteger, primary_key=True),
        Column("article_id", Text, primary_key=True),
        sqlite_with_rowid=False,
    )
