"""The tables as they stand today; ``steps`` brings an older database to them."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    false,
)
from sqlalchemy import column as named

metadata = MetaData()
# SQLite numbers rows by itself only where the key is a plain INTEGER.
_ROW = BigInteger().with_variant(Integer, "sqlite")


def _partial(name: str, *columns: str, rows: ColumnElement[bool]) -> Index:
    """An index of the few rows that are ever looked for by it: the others neither cost nor mislead."""
    return Index(name, *columns, sqlite_where=rows, postgresql_where=rows)


archive = Table(
    "archive",
    metadata,
    Column("id", Text, primary_key=True, doc="stands in the data directory as well"),
    Column("reader_key", Text, doc="SHA-256 of the key of pseudonyms; null until there is one"),
)
runs = Table(
    "runs",
    metadata,
    Column("run_id", _ROW, primary_key=True),
    Column("spider", Text, nullable=False),
    Column("started", Text, nullable=False),
    Column("finished", Text),
    Column("reason", Text, doc="why it ended, as Scrapy names it; killed: it could not say"),
    Column("job", Text, doc="of the schedule, that it was run for; null by hand"),
    Column("arguments", Text, doc="JSON object: what the user gave"),
    Column("verdict", Text, doc="ok, degraded or failed"),
    Column("reasons", Text, doc="JSON list: of the verdict, in words"),
    Column("figures", Text, doc="JSON object; see guancha.figures"),
    Column("is_accepted", Boolean, nullable=False, server_default=false(), doc="by the operator"),
)
articles = Table(
    "articles",
    metadata,
    Column("article_id", Text, primary_key=True),
    Column(
        "state",
        Text,
        nullable=False,
        doc="pending, alive, deleted, erased; stub, gone, offsite or failed: never seen alive",
    ),
    Column("url", Text, nullable=False, doc="canonical, where it is asked for"),
    Column("date", Text, nullable=False, doc="day in its URL"),
    Column("origin", Text, doc="slug of the listing that led to it; null for none"),
    Column("hops", Integer, nullable=False),
    Column("tries", Integer, nullable=False, default=0, doc="failures in a row"),
    Column("list_title", Text),
    Column("published", Text),
    Column("first_crawled", Text),
    Column(
        "checked", Text, doc="when it was last seen alive; never had: when a try was last counted"
    ),
    Column("next_check", Text, doc="from when on it may be asked for; null for at once"),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("revision", Integer, nullable=False, default=0, doc="0: none yet"),
    Column("text_hash", Text, index=True),
    Column("page_hash", Text, doc="of the bytes that were read last"),
    Column("extractor_version", Text, doc="by which they were read"),
    Column("is_complete", Boolean, doc="of the newest revision; null for none"),
    _partial("ix_articles_pending", "hops", "article_id", rows=named("state", Text) == "pending"),
    _partial("ix_articles_failed", "next_check", rows=named("state", Text) == "failed"),
    _partial("ix_articles_incomplete", "next_check", rows=~named("is_complete", Boolean)),
    Index("ix_articles_published", "published"),
    Index("ix_articles_checked", "checked", "article_id"),
)
links = Table(
    "links",
    metadata,
    Column("url", Text, primary_key=True),
    Column("article_id", Text, nullable=False, index=True),
    Column("found", Text, nullable=False),
    Column("gone", Integer, nullable=False, default=0, doc="answers in a row, some time apart"),
    Column("gone_at", Text, doc="when the last of them was counted"),
    _partial("ix_links_gone", "article_id", rows=named("gone") > 0),
)
listings = Table(
    "listings",
    metadata,
    Column("slug", Text, primary_key=True),
    Column("url", Text, doc="of the first page that was taken in last"),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("extractor_version", Text, doc="by which that page was read"),
    Column("finished", Boolean, nullable=False, doc="the last walk that took a page in"),
    Column("walked", Text, doc="when a walk last came to the very end"),
)
listed = Table(
    "listed",
    metadata,
    Column("slug", Text, primary_key=True, doc="of a listing"),
    Column("article_id", Text, primary_key=True, doc="that it has named"),
    sqlite_with_rowid=False,  # little more than its key: a second tree would double it
)
states = Table(
    "states",
    metadata,
    Column("url", Text, primary_key=True),
    Column("kind", Text, nullable=False, doc="of its last outcome; an article clears it"),
)
batches = Table(
    "batches",
    metadata,
    Column("batch", Text, primary_key=True, doc="tells whether a commit without answer went in"),
)
files = Table(
    "files",
    metadata,
    Column("stream", Text, primary_key=True),
    Column("day", Text, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("is_stale", Boolean, nullable=False, server_default=false(), doc="to be made anew"),
)
lines = Table(
    "lines",
    metadata,
    Column("line_id", _ROW, primary_key=True, doc="in the order of the commits"),
    Column("stream", Text, nullable=False),
    Column("day", Text, nullable=False),
    Column("offset", BigInteger, nullable=False),
    Column("article_id", Text, doc="null for comments"),
    Column("revision", Integer, doc="null where a record has none"),
    Column("content", LargeBinary, nullable=False, doc="the line, with its end"),
    Column("comment_id", Text),
    Column("post_id", Text),
    Index("ix_lines_file", "stream", "day", "offset", unique=True),
    Index("ix_lines_article", "article_id", "revision"),
    _partial("ix_lines_comment", "comment_id", rows=named("comment_id", Text).is_not(None)),
    _partial("ix_lines_post", "post_id", rows=named("post_id", Text).is_not(None)),
)
near_keys = Table(
    "near_keys",
    metadata,
    Column("key", BigInteger, primary_key=True, doc="that near-duplicates are likely to share"),
    Column("article_id", Text, primary_key=True),
    sqlite_with_rowid=False,  # little more than its key: a second tree would double it
)
threads = Table(
    "threads",
    metadata,
    Column("article_id", Text, primary_key=True),
    Column("comment_count", Integer, nullable=False, doc="as last shown anywhere"),
    Column("checked", Text, doc="when its comments were last asked for; null for never"),
    Column("is_whole", Boolean, nullable=False, doc="the last walk had all of them"),
)
comments = Table(
    "comments",
    metadata,
    Column("comment_id", Text, primary_key=True),
    Column("article_id", Text, nullable=False, index=True),
    Column("reader", Text, index=True, doc="as exported: the id, without one the name"),
    Column("revision", Integer, nullable=False, doc="0: erased, and never written again"),
    Column("first_crawled", Text, nullable=False),
    Column("shown", Text, nullable=False, doc="JSON: what a later reading is compared with"),
)
posts = Table(
    "posts",
    metadata,
    Column("post_id", Text, primary_key=True),
    Column("state", Text, nullable=False, doc="pending, alive, gone, failed or erased"),
    Column("tries", Integer, nullable=False, default=0, doc="failures in a row"),
    Column("writer", Text, index=True, doc="as exported: the id, without one the name"),
    Column("revision", Integer, nullable=False, default=0, doc="of the newest record; 0 for none"),
    Column("first_crawled", Text),
    Column(
        "checked", Text, doc="when it was last seen alive; never had: when a try was last counted"
    ),
    Column("gone_at", Text, doc="when it was first found gone; null while it is there"),
    Column("page_hash", Text),
    Column("extractor_version", Text),
    _partial("ix_posts_pending", "post_id", rows=named("state", Text) == "pending"),
)
stubs = Table(
    "stubs",
    metadata,
    Column("article_id", Text, primary_key=True),
    Column("post_id", Text, nullable=False, index=True, doc="where it leads"),
)
forgotten = Table(
    "forgotten",
    metadata,
    Column("reader", Text, primary_key=True, doc="pseudonym of one who is never stored again"),
    Column("erased", Text, nullable=False),
)
erasures = Table(
    "erasures",
    metadata,
    Column("article_id", Text, primary_key=True, doc="never asked for again"),
    Column("reason", Text, nullable=False),
    Column("erased", Text, nullable=False),
)
