"""What readers see: comments, posts, and whom to forget."""

import json
import re
from collections.abc import Iterator

from alembic import op
from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Integer,
    Text,
    column,
    insert,
    select,
    table,
    text,
)

revision = "5"
down_revision = "4"

POST = re.compile(r"https?://user\.guancha\.cn/main/content\?(?:[^#]*&)?id=([0-9]{1,12})(?![0-9])")
LINES = table("lines", column("line_id"), column("stream"), column("content"))
STUBS = table("stubs", column("article_id"), column("post_id"))


def upgrade() -> None:
    """Takes this step."""
    op.add_column("archive", Column("reader_key", Text))
    for name in ("comment_id", "post_id"):
        op.add_column("lines", Column(name, Text))
        index, some = f"ix_lines_{name.removesuffix('_id')}", text(f"{name} IS NOT NULL")
        op.create_index(index, "lines", [name], sqlite_where=some, postgresql_where=some)
    _create_tables()
    connection = op.get_bind()
    led = dict(_stubs(connection))
    if led:
        connection.execute(insert(STUBS), [{"article_id": a, "post_id": p} for a, p in led.items()])


def _create_tables() -> None:
    op.create_table(
        "threads",
        Column("article_id", Text, primary_key=True),
        Column("comment_count", Integer, nullable=False),
        Column("checked", Text),
        Column("is_whole", Boolean, nullable=False),
    )
    op.create_table(
        "comments",
        Column("comment_id", Text, primary_key=True),
        Column("article_id", Text, nullable=False),
        Column("reader", Text),
        Column("revision", Integer, nullable=False),
        Column("first_crawled", Text, nullable=False),
        Column("shown", Text, nullable=False),
    )
    op.create_table(
        "posts",
        Column("post_id", Text, primary_key=True),
        Column("state", Text, nullable=False),
        Column("tries", Integer, nullable=False),
        Column("writer", Text),
        Column("revision", Integer, nullable=False),
        Column("first_crawled", Text),
        Column("checked", Text),
        Column("gone_at", Text),
        Column("page_hash", Text),
        Column("extractor_version", Text),
    )
    op.create_table(
        "stubs",
        Column("article_id", Text, primary_key=True),
        Column("post_id", Text, nullable=False),
    )
    op.create_table(
        "forgotten",
        Column("reader", Text, primary_key=True),
        Column("erased", Text, nullable=False),
    )
    for index, of, name in (
        ("ix_comments_article_id", "comments", "article_id"),
        ("ix_comments_reader", "comments", "reader"),
        ("ix_posts_writer", "posts", "writer"),
        ("ix_stubs_post_id", "stubs", "post_id"),
    ):
        op.create_index(index, of, [name])
    some = text("state = 'pending'")
    op.create_index(
        "ix_posts_pending", "posts", ["post_id"], sqlite_where=some, postgresql_where=some
    )


def _stubs(connection: Connection) -> Iterator[tuple[str, str]]:
    """Article and post of each stub that was told of, in the order of the lines: the last one counts."""
    query = select(LINES.c.content).where(LINES.c.stream == "outcomes").order_by(LINES.c.line_id)
    for content in connection.scalars(query.execution_options(yield_per=1000)):
        outcome = json.loads(content)
        target = POST.match(outcome["target_url"] or "") if outcome["kind"] == "stub" else None
        if target and outcome["article_id"]:
            yield outcome["article_id"], target[1]
