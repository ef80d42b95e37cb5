"""What the JSON and the rendered page of a thread have in common: a comment, and what an answer holds."""

from dataclasses import dataclass, field
from datetime import datetime

from guancha import EXTRACTOR_VERSION, clock
from guancha.exceptions import DateError
from guancha.items import Comment, Counts, Outcome
from guancha.processors.comments import plain
from guancha.processors.dates import iso_date

FEW = 3
"""So many comments without a word may be by chance."""


@dataclass(frozen=True)
class Place:
    """Where comments stand, and when the site answered with them."""

    article_id: str
    doc_id: str
    source: str
    """json or page."""
    date: datetime
    """Of the answer, by our clock."""
    reference: datetime
    """The same by the site's clock: its times count back from there."""

    def comment(self, comment_id: str, printed: str | None) -> Comment:
        """One with its identity and its time as printed; nothing else is known of it yet."""
        crawled = clock.stamp(self.date)
        raw = plain(printed or "")
        return Comment(
            comment_id=comment_id,
            article_id=self.article_id,
            doc_id=self.doc_id,
            date_published=self._moment(raw),
            date_published_raw=raw or None,
            source=self.source,
            date_first_crawled=crawled,
            date_crawled=crawled,
            extractor_version=EXTRACTOR_VERSION,
        )

    def counts(self, state: str, **known: int | None) -> Counts:
        """How much it was talked about then; ``known`` are fields of Counts."""
        return Counts(
            article_id=self.article_id,
            doc_id=self.doc_id,
            comment_count=known.get("comment_count"),
            hot_count=known.get("hot_count"),
            view_count=known.get("view_count"),
            collect_count=known.get("collect_count"),
            comments=state,
            source=self.source,
            date_crawled=clock.stamp(self.date),
        )

    def _moment(self, printed: str) -> str | None:
        try:
            return iso_date(printed, self.reference)
        except DateError:
            return None


@dataclass
class Reading:
    """What one answer holds of a thread; each list has a comment once."""

    counts: Counts
    listed: list[Comment] = field(default_factory=list)
    """In the order of the answer."""
    hots: list[Comment] = field(default_factory=list)
    """Those that it names as hot (热门评论)."""
    quoted: list[Comment] = field(default_factory=list)
    """Those that are answered by others, and were not listed by it."""
    nameless: int = 0
    """Comments without an id, which are left out."""
    is_all: bool = False
    """Whether no further page belongs to it."""
    outcome: Outcome | None = None
    """What is to be told besides: closed or disabled."""

    @property
    def is_mute(self) -> bool:
        """Whether it lists comments, and none says a word: a picture alone is rare."""
        return len(self.listed) >= FEW and not any(each.text for each in self.listed)

    @property
    def comments(self) -> list[Comment]:
        """All that it lists, each once."""
        return each_once([*self.hots, *self.listed])


def each_once(comments: list[Comment]) -> list[Comment]:
    """Without the second copies."""
    return list({each.comment_id: each for each in reversed(comments)}.values())[::-1]


def unlisted(quoted: list[Comment], *lists: list[Comment]) -> list[Comment]:
    """Quoted ones that no list has."""
    known = {each.comment_id for some in lists for each in some}
    return [each for each in each_once(quoted) if each.comment_id not in known]
