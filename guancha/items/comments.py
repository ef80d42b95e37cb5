"""Readers' comments below an article, and how many there are."""

from dataclasses import dataclass, field

from guancha.items.schema import REQUIRED, SCHEMA_VERSION


@dataclass
class Comment:
    """One revision of one comment: one line of ``comments/YYYY-MM-DD.jsonl``."""

    schema_version: int = SCHEMA_VERSION
    """Version of this dictionary."""
    comment_id: str = field(default="", metadata=REQUIRED)
    """The site's number for it: the comment's identity."""
    article_id: str = field(default="", metadata=REQUIRED)
    """The article below which it stands."""
    doc_id: str = field(default="", metadata=REQUIRED)
    """The article's key of comments."""
    root_id: str | None = None
    """The comment that opened the conversation; null for one that opens it."""
    parent_id: str | None = None
    """The comment that it answers; null for one that answers none, or of which nothing tells."""
    text: str = ""
    """As readers see it; lines are parted by a line end."""
    date_published: str | None = None
    """As precise as shown; ``15小时前`` is counted back from the answer, and wrong by up to an hour."""
    date_published_raw: str | None = None
    """The same as printed."""
    reader_id: str | None = None
    """Who wrote it: a keyed hash of the site's number, unless readers are kept plain."""
    reader_name: str | None = None
    """The same of the name."""
    is_member: bool = False
    """Whether the writer is marked as a paying member (观察员)."""
    praise_count: int | None = None
    """赞."""
    tread_count: int | None = None
    """踩."""
    reply_count: int | None = None
    """Answers, as the site counts them; null where it shows none."""
    status: str = "shown"
    """shown, folded (many 踩) or deleted (only its place is left)."""
    is_hot: bool = False
    """Whether it was among the hot comments (热门评论) of its article."""
    is_quoted: bool = False
    """Whether it was only seen quoted by an answer."""
    source: str = "json"
    """Where it was read: json or page."""
    revision: int = 1
    """1, 2, …: text, status, parent and counts make a new one."""
    changed_fields: list[str] = field(default_factory=list)
    """Names of the fields that differ from the revision before."""
    date_first_crawled: str = field(default="", metadata=REQUIRED)
    """When the site first answered with it."""
    date_crawled: str = field(default="", metadata=REQUIRED)
    """When the site answered with this revision."""
    extractor_version: str = ""
    """Version of the extraction rules."""


@dataclass
class Counts:
    """How much an article was talked about at one moment: one line of ``counts/YYYY-MM-DD.jsonl``."""

    schema_version: int = SCHEMA_VERSION
    """Version of this dictionary."""
    article_id: str = field(default="", metadata=REQUIRED)
    """The article."""
    doc_id: str = field(default="", metadata=REQUIRED)
    """Its key of comments."""
    comment_count: int | None = None
    """Comments, as the site counts them."""
    hot_count: int | None = None
    """Of them, hot ones (热门评论)."""
    view_count: int | None = None
    """Views; null unless the page or its JSON shows them."""
    collect_count: int | None = None
    """Readers who saved it; likewise."""
    comments: str = "open"
    """open, disabled (shown, but none can be added) or closed (none is shown)."""
    source: str = "json"
    """Where they were read: json or page."""
    date_crawled: str = field(default="", metadata=REQUIRED)
    """When the site answered."""
