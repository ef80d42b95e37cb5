"""What a URL answered that is no record of its stream."""

from dataclasses import dataclass, field

from guancha.items.schema import REQUIRED, SCHEMA_VERSION


@dataclass
class Outcome:
    """What a URL answered that is no article: one line of ``outcomes/YYYY-MM-DD.jsonl``.

    Those of other streams are in folders of their own, ``outcomes/comments/`` and the like.
    """

    schema_version: int = SCHEMA_VERSION
    """Version of this dictionary."""
    stream: str = "articles"
    """The stream that asked: articles, headlines, comments or posts."""
    article_id: str | None = None
    """Null for listings, and in the streams of headlines and posts."""
    url: str = field(default="", metadata=REQUIRED)
    """The URL that was asked for."""
    kind: str = field(default="", metadata=REQUIRED)
    """stub, gone, deleted, restored, challenge, layout, offsite or error; of comments also closed, disabled."""
    target_url: str | None = None
    """Where a stub or a redirect leads."""
    http_status: int | None = None
    """Null where no answer came."""
    last_alive: str | None = None
    """For deleted: when it was last seen alive."""
    date_crawled: str = field(default="", metadata=REQUIRED)
    """When the site answered, or failed to."""
    detail: str | None = None
    """In words: what was missing, or what went wrong."""
    post_id: str | None = None
    """The reader's post that a stub leads to, or that was asked for."""
