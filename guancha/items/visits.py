"""What a spider hands over: records together with what the store has to know besides. Not exported."""

from dataclasses import dataclass, field

from guancha.items.articles import Article
from guancha.items.comments import Comment, Counts
from guancha.items.headlines import Headline
from guancha.items.posts import Post


@dataclass(frozen=True)
class Answer:
    """What an answer said of itself. Not exported: the store keeps it."""

    page_hash: str
    """SHA-256 of its bytes."""
    etag: str | None = None
    """Its ETag."""
    last_modified: str | None = None
    """Its Last-Modified."""


@dataclass
class Visit:
    """An article, and the answer that it was read from. Not exported."""

    article: Article
    """As read."""
    answer: Answer
    """Of its first page."""


@dataclass
class Sighting:
    """A known article that the site says has not changed (304). Not exported."""

    article_id: str
    """The article."""
    url: str
    """Where it was asked for."""
    date_crawled: str
    """When the site answered."""


@dataclass
class Thread:
    """Some comments of one article, as one answer held them; the first answer has the counts as well."""

    article_id: str
    """The article."""
    comments: list[Comment] = field(default_factory=list)
    """In the order of the answer, each once."""
    counts: Counts | None = None
    """Of the first answer."""
    is_whole: bool = False
    """Of the last answer: whether all that the site has were had."""


@dataclass
class Snapshot:
    """All boxes at one moment."""

    date_crawled: str
    """Of all entries."""
    headlines: list[Headline] = field(default_factory=list)
    """Box by box, in order of rank."""


@dataclass
class PostVisit:
    """A post, and the answer that it was read from."""

    post: Post
    """As read."""
    answer: Answer
    """Of its page."""
