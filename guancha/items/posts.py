"""Readers' posts (风闻)."""

from dataclasses import dataclass, field

from guancha.items.articles import Image, Link, Video
from guancha.items.schema import REQUIRED, SCHEMA_VERSION


@dataclass
class PostTopic:
    """A topic that a post is filed under."""

    topic_id: str
    """Its number."""
    name: str
    """Its name."""


@dataclass
class Post:
    """One revision of one reader's post: one line of ``posts/YYYY-MM-DD.jsonl``."""

    schema_version: int = SCHEMA_VERSION
    """Version of this dictionary."""
    post_id: str = field(default="", metadata=REQUIRED)
    """The number in its URL: the post's identity."""
    url: str = field(default="", metadata=REQUIRED)
    """Canonical URL."""
    stub_ids: list[str] = field(default_factory=list)
    """Articles of the site that are stubs and lead here, as the archive knew them."""
    title: str = field(default="", metadata=REQUIRED)
    """The headline as printed."""
    date_published: str | None = None
    """As precise as shown; ``15小时前`` is counted back from the answer, and wrong by up to an hour."""
    date_published_raw: str | None = None
    """The same as printed."""
    author_id: str | None = None
    """Who wrote it: a keyed hash of the site's number, unless readers are kept plain."""
    author_name: str | None = None
    """The same of the name."""
    topics: list[PostTopic] = field(default_factory=list)
    """Topics that it is filed under."""
    text: str = ""
    """The paragraphs, joined by a blank line."""
    paragraphs: list[str] = field(default_factory=list)
    """The body: no caption. Bylines and notices of a post stand among them."""
    images: list[Image] = field(default_factory=list)
    """Pictures of the body in order."""
    videos: list[Video] = field(default_factory=list)
    """Players of the body in order."""
    links: list[Link] = field(default_factory=list)
    """Links of the body in order."""
    view_count: int | None = None
    """Views, where the page shows a number."""
    comment_count: int | None = None
    """Comments, likewise."""
    praise_count: int | None = None
    """赞, likewise."""
    collect_count: int | None = None
    """Readers who saved it, likewise."""
    counts_at: str | None = None
    """When the counts were read; null without counts."""
    is_complete: bool = True
    """False where only a part of a split post could be had."""
    text_hash: str = ""
    """SHA-256 of ``text`` without white space."""
    content_hash: str = ""
    """``1:`` and a SHA-256 over title, paragraphs, pictures, players and topics; equal while none changes."""
    revision: int = 1
    """1, 2, …; counts alone make none."""
    revision_cause: str = "first"
    """first, edit (by writer or site), extraction (our rules did) or recovered (now whole, or new stubs)."""
    changed_fields: list[str] = field(default_factory=list)
    """Names of the fields that differ from the revision before."""
    date_first_crawled: str = field(default="", metadata=REQUIRED)
    """When its first revision was answered by the site."""
    date_crawled: str = field(default="", metadata=REQUIRED)
    """When this revision was answered by the site."""
    extractor_version: str = ""
    """Version of the extraction rules."""
