"""Counts what a run meets into Scrapy's stats, from where ``figures`` reads it: the names are theirs."""

from collections.abc import Mapping, Sequence, Sized
from datetime import datetime, timedelta
from typing import Literal, Protocol

from scrapy.statscollectors import StatsCollector

from guancha.course import Course
from guancha.coverage import present
from guancha.items import (
    Article,
    Comment,
    Counts,
    Headline,
    Item,
    Outcome,
    Post,
    PostVisit,
    Record,
    Sighting,
    Snapshot,
    Thread,
    Visit,
)
from guancha.processors.dates import BEIJING

LATENCIES = {
    "15 min": timedelta(minutes=15),
    "1 h": timedelta(hours=1),
    "6 h": timedelta(hours=6),
    "1 day": timedelta(days=1),
    "7 days": timedelta(days=7),
    "longer": timedelta.max,
}
"""Label -> up to how long after its publication a new article was had."""


class Offer(Protocol):
    """A page of a listing, of articles or of anything else."""

    @property
    def entries(self) -> Sized:
        """What it offers."""

    @property
    def placed(self) -> int:
        """Of them, those that stand where a template shows them."""

    @property
    def shown(self) -> Mapping[str, int]:
        """Template -> links that it shows."""


def count_rules(stats: StatsCollector, kind: str, hits: Mapping[str, int]) -> None:
    """The rules that matched on one page of a kind, article or listing."""
    stats.inc_value(f"pages/{kind}")
    for rule, number in hits.items():
        stats.inc_value(f"rules/{rule}", number)


def count_listing(stats: StatsCollector, slug: str, page: Offer) -> None:
    """A page of a listing, or a box: how much it offers, and which templates show it."""
    stats.inc_value(f"listings/{slug}/pages")
    stats.inc_value(f"listings/{slug}/offered", len(page.entries))
    stats.inc_value(f"listings/{slug}/placed", page.placed)
    for template, number in page.shown.items():
        stats.inc_value(f"listings/{slug}/shown/{template}", number)


def count_no_listing(
    stats: StatsCollector, slug: str, what: Literal["unchanged", "gone", "missed"]
) -> None:
    """An answer for a listing that names nothing: see ``figures.Listing``."""
    stats.inc_value(f"listings/{slug}/{what}")


def count_thread(stats: StatsCollector, *, is_short: bool) -> None:
    """A thread whose last page was wanted: whether comments of it are missing."""
    stats.inc_value("pieces/split")
    stats.inc_value("pieces/incomplete", is_short)
    stats.inc_value("threads/short", is_short)


def count_links(stats: StatsCollector, refused: Mapping[str, int]) -> None:
    """Links that were not asked for, by reason."""
    for reason, number in refused.items():
        stats.inc_value(f"links/{reason}", number)


def count_item(stats: StatsCollector, item: Item, running: timedelta) -> None:
    """An item that was committed after a run had been ``running`` so long."""
    match item:
        case Visit():
            _count_read(stats, running, [item.article])
            stats.inc_value(f"sections/{item.article.section}")
            if item.article.page_count > 1:
                stats.inc_value("pieces/split")
                stats.inc_value("pieces/incomplete", not item.article.is_complete)
        case PostVisit():
            _count_read(stats, running, [item.post])
        case Snapshot():
            _count_read(stats, running, item.headlines)
        case Thread():
            _count_read(stats, running, item.comments, is_answer=item.counts is not None)
        case Sighting():
            stats.inc_value("commit/sighting")
        case Outcome() if _is_of_listing(item):
            stats.inc_value(f"commit/listing/{item.kind}")
        case Outcome():
            stats.inc_value(f"commit/outcome/{item.kind}")


def _count_read(
    stats: StatsCollector, running: timedelta, records: Sequence[Record], *, is_answer: bool = True
) -> None:
    if is_answer:
        stats.inc_value("commit/read")
        course: Course = stats.get_value("course") or Course()
        course.add(running.total_seconds())
        stats.set_value("course", course)
    stats.inc_value("commit/records", len(records))
    for record in records:
        for name in present(record):
            stats.inc_value(f"fields/{name}")


def count_repeated(stats: StatsCollector, outcome: Outcome) -> None:
    """An outcome that is no news."""
    if not _is_of_listing(outcome):
        stats.inc_value(f"repeated/{outcome.kind}")


def _is_of_listing(outcome: Outcome) -> bool:
    """Whether a page was asked for only for what it names."""
    no_article = outcome.stream == "articles" and outcome.article_id is None
    return no_article or (outcome.stream == "posts" and outcome.post_id is None)


def count_records(stats: StatsCollector, records: Sequence[Record]) -> None:
    """The records that a commit has added."""
    for record in records:
        stats.inc_value(f"written/{_cause(record)}")
        if isinstance(record, Article | Post) and record.revision == 1 and record.date_published:
            stats.inc_value(f"latency/{_latency(record.date_published, record.date_crawled)}")


def _cause(record: Record) -> str:
    """Why it was written: the kind of an outcome, or the cause of a revision."""
    match record:
        case Outcome():
            return record.kind
        case Article() | Post():
            return record.revision_cause
        case Comment():
            return "first" if record.revision == 1 else "edit"
        case Headline():
            return "first"
        case Counts():
            return "counts"


def _latency(published: str, crawled: str) -> str:
    moment = datetime.fromisoformat(published)
    # A day alone has no zone.
    begun = moment if moment.tzinfo else moment.replace(tzinfo=BEIJING)
    passed = datetime.fromisoformat(crawled) - begun
    return next(label for label, most in LATENCIES.items() if passed <= most)
