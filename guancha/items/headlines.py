"""What the site puts forward at one moment."""

from dataclasses import dataclass, field

from guancha.items.schema import REQUIRED, SCHEMA_VERSION


@dataclass
class Headline:
    """One entry of one box of the home page at one moment: one line of ``headlines/YYYY-MM-DD.jsonl``."""

    schema_version: int = SCHEMA_VERSION
    """Version of this dictionary."""
    date_crawled: str = field(default="", metadata=REQUIRED)
    """When the home page answered: the same for all entries of a snapshot."""
    box: str = field(default="", metadata=REQUIRED)
    """headline, main, fast, hot, hot_posts or hot_comments."""
    rank: int = field(default=0, metadata=REQUIRED)
    """Place in the box, from 1."""
    title: str = field(default="", metadata=REQUIRED)
    """The words of the link; of a hot comment its text."""
    url: str = field(default="", metadata=REQUIRED)
    """Where it leads: canonical for an article or a post, else as printed."""
    article_id: str | None = None
    """The article that it leads to."""
    post_id: str | None = None
    """The reader's post (风闻) that it leads to."""
    comment_id: str | None = None
    """Of a hot comment: the comment."""
    date_published: str | None = None
    """The time beside it, as precise as shown."""
    view_count: int | None = None
    """Views, where a number is shown."""
    comment_count: int | None = None
    """Comments, likewise."""
    praise_count: int | None = None
    """赞, likewise."""
    source: str = "page"
    """Where it was read: page (as rendered) or json."""
    extractor_version: str = ""
    """Version of the extraction rules."""
