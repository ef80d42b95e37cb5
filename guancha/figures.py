"""What a run did, in figures: read out of Scrapy's stats, kept in the ledger, judged and drawn."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import Any, Self

from guancha.course import Course

Counts = dict[str, int]


@dataclass(frozen=True)
class Words:
    """What a spider's figures are about."""

    read: str
    """What it reads, one an answer."""
    records: str
    """What they hold."""
    listing: str = "listing"
    """Where it finds them; several are ``plural``."""
    plural: str = "listings"
    entry: str = "article"
    """What a listing offers; several are ``entries``."""
    entries: str = "articles"


WORDS = {
    "articles": Words("articles", "articles"),
    "comments": Words("threads of comments", "comments"),
    "headlines": Words("snapshots", "entries", "box", "boxes", "entry", "entries"),
    "posts": Words("posts", "posts", "list", "lists", "post", "posts"),
}
"""By spider."""
CHANGES = ("edit", "extraction", "recovered")
"""Causes of a revision that is not the first."""
MOST = 2**53
"""No count is as large, nor would every reader of JSON keep it."""
MOST_SECTIONS = 100
"""So many sections, the largest, are told apart; authors are sections as well."""


@dataclass
class Listing:
    """How it went with one listing."""

    pages: int = 0
    """Pages that were read."""
    unchanged: int = 0
    """Answers that nothing had changed."""
    gone: int = 0
    """Addresses that the site sends home."""
    missed: int = 0
    """Pages that could not be had, or named no article."""
    offered: int = 0
    """Articles on its pages; one on two pages counts twice."""
    placed: int = 0
    """Of them, those that stand where a template shows them."""
    shown: Counts = field(default_factory=dict)
    """Template of ``pages.listing`` -> links of articles that it showed."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing came of it; that nothing has changed is an answer like any other."""
        return not self.offered and not self.unchanged

    @property
    def state(self) -> str:
        """What it came to: read, unchanged, empty, gone or missed.

        >>> Listing(pages=1, unchanged=1).state, Listing().state
        ('unchanged', 'missed')
        """
        if not self.is_empty:
            return "read" if self.offered else "unchanged"
        if self.pages:
            return "empty"
        return "gone" if self.gone else "missed"


@dataclass
class Figures:
    """One run."""

    started: str = ""
    """ISO 8601, to the second."""
    reason: str = ""
    """Why it ended: Scrapy's ``finish_reason``."""
    why: str = ""
    """The same in words, where it was stopped."""
    seconds: float = 0.0
    """How long it took."""
    requests: int = 0
    """Requests sent, retries and robots.txt included."""
    retries: int = 0
    """Of them, those sent once more."""
    bytes: int = 0
    """Of all answers, as they came."""
    statuses: Counts = field(default_factory=dict)
    """Status of the answers -> how many."""
    spider: str = "articles"
    """Which spider ran, and so what is meant by what was read: see ``WORDS``."""
    had: int = 0
    """Answers that held what was asked for."""
    records: int = 0
    """Records that were read in them; of articles and posts as many."""
    split: int = 0
    """Of the articles, those of several pages."""
    incomplete: int = 0
    """Of those, the ones of which a page could not be had."""
    unchanged: int = 0
    """Answers that nothing had changed."""
    outcomes: Counts = field(default_factory=dict)
    """Kind -> answers that held something else."""
    repeated: Counts = field(default_factory=dict)
    """Of them, those that earlier runs were told as well."""
    written: Counts = field(default_factory=dict)
    """Cause of a revision (first, edit, …) or kind of an outcome -> records added."""
    listings: dict[str, Listing] = field(default_factory=dict)
    """Slug -> how it went."""
    links: Counts = field(default_factory=dict)
    """Reason -> links that were not asked for."""
    fields: Counts = field(default_factory=dict)
    """Field of ``coverage`` -> records that have it."""
    pages: Counts = field(default_factory=dict)
    """article, listing, home, post, thread -> pages to which rules were applied."""
    rules: Counts = field(default_factory=dict)
    """Path of a rule -> pages on which it matched."""
    sections: Counts = field(default_factory=dict)
    """Section -> articles read."""
    latency: Counts = field(default_factory=dict)
    """Time from publication to the crawl (``tally.LATENCIES``) -> new articles."""
    course: list[int] = field(default_factory=list)
    """Answers read in each of as many equal parts of the run."""
    course_seconds: int = 1
    """How long such a part is."""
    browser: Counts = field(default_factory=dict)
    """challenges: tried in the browser; passed: of them; not_ready: pages that lacked what was wanted."""
    faults: Counts = field(default_factory=dict)
    """Exception -> times that it reached the log."""
    exports_failed: int = 0
    """Feeds of ``-o`` or ``-O`` that could not be written."""

    @classmethod
    def of(cls, stats: Mapping[str, Any], started: str, spider: str = "articles") -> Self:
        """Reads the stats of a run of a spider that ends."""
        course: Course = stats.get("course") or Course()
        sections = sorted(_below(stats, "sections").items(), key=lambda each: -each[1])
        return cls(
            started=started,
            reason=stats.get("finish_reason", ""),
            why=stats.get("stopped/why", ""),
            seconds=round(stats.get("elapsed_time_seconds", 0.0), 3),
            requests=stats.get("downloader/request_count", 0),
            retries=stats.get("retry/count", 0),
            bytes=stats.get("downloader/response_bytes", 0),
            statuses=_below(stats, "downloader/response_status_count"),
            spider=spider,
            had=stats.get("commit/read", 0),
            records=stats.get("commit/records", 0),
            split=stats.get("pieces/split", 0),
            incomplete=stats.get("pieces/incomplete", 0),
            unchanged=stats.get("commit/sighting", 0),
            outcomes=_below(stats, "commit/outcome"),
            repeated=_below(stats, "repeated"),
            written=_below(stats, "written"),
            listings=_listings(stats),
            links=_below(stats, "links"),
            fields=_below(stats, "fields"),
            pages=_below(stats, "pages"),
            rules=_below(stats, "rules"),
            sections=dict(sections[:MOST_SECTIONS]),
            latency=_below(stats, "latency"),
            course=course.counts,
            course_seconds=course.seconds,
            browser=_below(stats, "browser"),
            faults=_below(stats, "faults"),
            exports_failed=sum(_below(stats, "feedexport/failed_count").values()),
        )

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Self:
        """Reads them from the ledger; a version before this one may have kept fewer or others."""
        figures = cls(**_known(cls, {**_before(kept), **kept}))
        figures.listings = {
            slug: Listing(**_known(Listing, each))
            for slug, each in kept.get("listings", {}).items()
        }
        return figures

    def kept(self) -> dict[str, Any]:
        """For the ledger."""
        return asdict(self)

    @property
    def words(self) -> Words:
        """What they are about."""
        return WORDS.get(self.spider, Words("answers", "records"))

    @property
    def kind(self) -> str:
        """What was read, in words."""
        return self.words.read

    @property
    def asked(self) -> int:
        """Articles that were asked for and answered, in whichever way."""
        return self.had + self.unchanged + sum(self.outcomes.values())

    @property
    def new(self) -> int:
        """Articles that were had for the first time."""
        return self.written.get("first", 0)

    @property
    def changed(self) -> int:
        """Articles of which there is a later revision now."""
        return sum(self.written.get(cause, 0) for cause in CHANGES)

    @property
    def deleted(self) -> int:
        """Articles that are not there any more."""
        return self.written.get("deleted", 0)

    def summary(self) -> str:
        """In one line.

        >>> Figures(had=3, requests=5, seconds=61, written={"first": 2}).summary()
        '3 articles read, 2 new, 0 changed, 0 deleted; 5 requests in 0:01:01'
        """
        return (
            f"{self.had} {self.kind} read, {self.new} new, {self.changed} changed, "
            f"{self.deleted} deleted; "
            f"{self.requests} requests in {timedelta(seconds=round(self.seconds))}"
        )


def _before(kept: Mapping[str, Any]) -> dict[str, Any]:
    """What earlier versions called otherwise, as long as there were articles alone."""
    articles = kept.get("articles")
    return {} if articles is None else {"had": articles, "records": articles}


def _known(kind: type, kept: Any) -> dict[str, Any]:
    """What this version knows of it, and what has the shape that it should have."""
    values = kept if isinstance(kept, Mapping) else {}
    known = {name: value for name, value in asdict(kind()).items() if name in values}
    return {name: values[name] for name, value in known.items() if _fits(values[name], value)}


def _fits(value: Any, like: Any) -> bool:
    match like:
        case dict():
            return isinstance(value, dict) and all(map(_is_count_or_listing, value.values()))
        case list():
            return isinstance(value, list) and all(map(_is_count, value))
        case float() | int():
            return isinstance(value, int | float) and 0 <= value < MOST
        case _:
            return isinstance(value, str)


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and 0 <= value < MOST


def _is_count_or_listing(value: Any) -> bool:
    return isinstance(value, dict) or _is_count(value)


def _below(stats: Mapping[str, Any], prefix: str) -> Counts:
    start = prefix + "/"
    found = {name.removeprefix(start): stats[name] for name in stats if name.startswith(start)}
    return dict(sorted(found.items()))


def _listings(stats: Mapping[str, Any]) -> dict[str, Listing]:
    found: dict[str, dict[str, Any]] = {}
    for name, value in _below(stats, "listings").items():
        slug, count, *template = name.split("/")
        values = found.setdefault(slug, {"shown": {}})
        if template:
            values["shown"][template[0]] = value
        else:
            values[count] = value
    return {slug: Listing(**values) for slug, values in found.items()}
