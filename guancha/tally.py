"""Counts what a run meets into Scrapy's stats, from where ``figures`` reads it: the names are theirs."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Literal

from scrapy.statscollectors import StatsCollector

from guancha.course import Course
from guancha.coverage import present
from guancha.items import Article, Outcome, Sighting, Visit
from guancha.pages.listing import ListingPage

LATENCIES = {
    "15 min": timedelta(minutes=15),
    "1 h": timedelta(hours=1),
    "6 h": timedelta(hours=6),
    "1 day": timedelta(days=1),
    "7 days": timedelta(days=7),
    "longer": timedelta.max,
}
"""Label -> up to how long after its publication a new article was had."""


def count_rules(stats: StatsCollector, kind: str, hits: Mapping[str, int]) -> None:
    """The rules that matched on one page of a kind, article or listing."""
    stats.inc_value(f"pages/{kind}")
    for rule, number in hits.items():
        stats.inc_value(f"rules/{rule}", number)


def count_listing(stats: StatsCollector, slug: str, page: ListingPage) -> None:
    """A page of a listing: how many articles it offers, and which templates show them."""
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


def count_links(stats: StatsCollector, refused: Mapping[str, int]) -> None:
    """Links that were not asked for, by reason."""
    for reason, number in refused.items():
        stats.inc_value(f"links/{reason}", number)


def count_item(stats: StatsCollector, item: Visit | Sighting | Outcome, running: timedelta) -> None:
    """An item that was committed after a run had been ``running`` so long."""
    match item:
        case Visit():
            stats.inc_value("commit/visit")
            course: Course = stats.get_value("course") or Course()
            course.add(running.total_seconds())
            stats.set_value("course", course)
            stats.inc_value(f"sections/{item.article.section}")
            if item.article.page_count > 1:
                stats.inc_value("pieces/split")
                stats.inc_value("pieces/incomplete", not item.article.is_complete)
            for name in present(item.article):
                stats.inc_value(f"fields/{name}")
        case Sighting():
            stats.inc_value("commit/sighting")
        case Outcome(article_id=None):
            stats.inc_value(f"commit/listing/{item.kind}")
        case Outcome():
            stats.inc_value(f"commit/outcome/{item.kind}")


def count_repeated(stats: StatsCollector, outcome: Outcome) -> None:
    """An outcome that is no news."""
    if outcome.article_id is not None:
        stats.inc_value(f"repeated/{outcome.kind}")


def count_records(stats: StatsCollector, records: Sequence[Article | Outcome]) -> None:
    """The records that a commit has added."""
    for record in records:
        if isinstance(record, Outcome):
            stats.inc_value(f"written/{record.kind}")
            continue
        stats.inc_value(f"written/{record.revision_cause}")
        if record.revision == 1 and record.date_published:
            stats.inc_value(f"latency/{_latency(record.date_published, record.date_crawled)}")


def _latency(published: str, crawled: str) -> str:
    passed = datetime.fromisoformat(crawled) - datetime.fromisoformat(published)
    return next(label for label, most in LATENCIES.items() if passed <= most)
