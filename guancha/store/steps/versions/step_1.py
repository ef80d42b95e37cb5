"""Links, articles, listings, lines."""

from alembic import op
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Integer,
    LargeBinary,
    Text,
    column,
)

revision = "1"
down_revision = None

ROW = BigInteger().with_variant(Integer, "sqlite")


def upgrade() -> None:
    """Takes this step."""
    op.create_table("archive", Column("id", Text, primary_key=True))
    op.create_table(
        "runs",
        Column("run_id", ROW, primary_key=True),
        Column("spider", Text, nullable=False),
        Column("started", Text, nullable=False),
        Column("finished", Text),
        Column("reason", Text),
    )
    _articles()
    op.create_table(
        "listings",
        Column("slug", Text, primary_key=True),
        Column("url", Text),
        Column("etag", Text),
        Column("last_modified", Text),
        Column("extractor_version", Text),
        Column("finished", Boolean, nullable=False),
        Column("walked", Text),
    )
    op.create_table(
        "listed",
        Column("slug", Text, primary_key=True),
        Column("article_id", Text, primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "states", Column("url", Text, primary_key=True), Column("kind", Text, nullable=False)
    )
    op.create_table("batches", Column("batch", Text, primary_key=True))
    _lines()


def _articles() -> None:
    op.create_table(
        "articles",
        Column("article_id", Text, primary_key=True),
        Column("state", Text, nullable=False),
        Column("url", Text, nullable=False),
        Column("date", Text, nullable=False),
        Column("origin", Text),
        Column("hops", Integer, nullable=False),
        Column("tries", Integer, nullable=False),
        *(
            Column(name, Text)
            for name in "list_title published first_crawled checked next_check etag last_modified".split()
        ),
        Column("revision", Integer, nullable=False),
        *(Column(name, Text) for name in ("text_hash", "page_hash", "extractor_version")),
        Column("is_complete", Boolean),
    )
    op.create_index("ix_articles_text_hash", "articles", ["text_hash"])
    pending, failed = (column("state", Text) == state for state in ("pending", "failed"))
    _create_partial_index("ix_articles_pending", "articles", ["hops", "article_id"], pending)
    _create_partial_index("ix_articles_failed", "articles", ["next_check"], failed)
    op.create_index("ix_articles_published", "articles", ["published"])
    op.create_index("ix_articles_checked", "articles", ["checked", "article_id"])
    _create_partial_index(
        "ix_articles_incomplete", "articles", ["next_check"], ~column("is_complete", Boolean)
    )
    op.create_table(
        "links",
        Column("url", Text, primary_key=True),
        Column("article_id", Text, nullable=False),
        Column("found", Text, nullable=False),
        Column("gone", Integer, nullable=False),
        Column("gone_at", Text),
    )
    op.create_index("ix_links_article_id", "links", ["article_id"])
    _create_partial_index("ix_links_gone", "links", ["article_id"], column("gone") > 0)


def _create_partial_index(
    name: str, table: str, keys: list[str], rows: ColumnElement[bool]
) -> None:
    op.create_index(name, table, keys, sqlite_where=rows, postgresql_where=rows)


def _lines() -> None:
    op.create_table(
        "files",
        Column("stream", Text, primary_key=True),
        Column("day", Text, primary_key=True),
        Column("size", BigInteger, nullable=False),
    )
    op.create_table(
        "lines",
        Column("line_id", ROW, primary_key=True),
        Column("stream", Text, nullable=False),
        Column("day", Text, nullable=False),
        Column("offset", BigInteger, nullable=False),
        Column("article_id", Text),
        Column("revision", Integer),
        Column("content", LargeBinary, nullable=False),
    )
    op.create_index("ix_lines_file", "lines", ["stream", "day", "offset"], unique=True)
    op.create_index("ix_lines_article", "lines", ["article_id", "revision"])
