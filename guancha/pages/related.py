"""The article lists beside an article: which stands where, and what one entry of each shows."""

from dataclasses import dataclass
from datetime import datetime

from lxml.etree import _Element as Element

from guancha import urls
from guancha.exceptions import DateError, UrlError
from guancha.items import Related
from guancha.pages.parts import Parts
from guancha.pages.rules import Hits, Rule, begins, beside, has, text_of
from guancha.processors.dates import iso_date
from guancha.processors.text import clean, integer

_RECENT = ("作者", "小编")
_IN_RIGHT = f"[ancestor::li[{has('right')}]]"
_INTERACT = f"self::div[{has('module-interact')}]"


@dataclass(frozen=True)
class RelatedList:
    """One kind of list: its container, below it the links with the titles, beside each its details."""

    kind: str
    container: Rule
    title: Rule
    date: Rule | None = None
    topic: Rule | None = None
    comments: Rule | None = None

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Those that it has."""
        every = (self.container, self.title, self.date, self.topic, self.comments)
        return tuple(rule for rule in every if rule)


def _recent(kind: str, label: str) -> RelatedList:
    return RelatedList(
        kind,
        container=Rule(f"related/{kind}", f"$specials[h4[{begins(label)}]]"),
        title=Rule(f"related/{kind}/title", f".//div[{has('resemble-art-black')}]/a"),
        date=Rule(f"related/{kind}/date", "self::span"),
    )


LISTS = (
    RelatedList(
        "topic",
        container=Rule("related/topic", f"$specials[.//h4[not({begins(*_RECENT)})]/a]"),
        title=Rule("related/topic/title", f".//div[{has('resemble-art-black')}]/a"),
    ),
    _recent("by_author", _RECENT[0]),
    _recent("by_editor", _RECENT[1]),
    RelatedList(
        "recommended",
        container=Rule("related/recommended", "$recommended"),
        title=Rule("related/recommended/title", f".//h4[{has('module-title')}]/a"),
        date=Rule("related/recommended/date", f"{_INTERACT}/span[1]"),
        topic=Rule("related/recommended/topic", f"{_INTERACT}/a[{has('interact-key')}]"),
    ),
    RelatedList(
        "headline",
        container=Rule("related/headline", f"$headlines{_IN_RIGHT}"),
        title=Rule("related/headline/title", f".//a[{has('head-inpost-title')}]"),
        comments=Rule("related/headline/comments", f"self::span[{begins('评论')}]"),
    ),
    RelatedList(
        "hot",
        container=Rule("related/hot", f"$hot{_IN_RIGHT}"),
        title=Rule("related/hot/title", ".//h4/a"),
    ),
)
"""In the order of the page, which both eras share."""

RULES = tuple(rule for each in LISTS for rule in each.rules)


def read(parts: Parts, base: str, reference: datetime, hits: Hits) -> list[Related]:
    """The entries of every list of the page in order; links that are no articles are passed over."""
    return [
        entry
        for each in LISTS
        for container in each.container.find(parts.root, hits, parts)
        for anchor in each.title.find(container, hits)
        if (entry := _entry(each, anchor, base, reference, hits))
    ]


def _entry(
    each: RelatedList, anchor: Element, base: str, reference: datetime, hits: Hits
) -> Related | None:
    try:
        article = urls.linked_article(anchor.get("href", ""), base)
    except UrlError:
        return None
    title = clean(text_of(anchor))
    if article is None or not title:
        return None

    return Related(
        kind=each.kind,
        article_id=article.article_id,
        url=article.canonical,
        title=title,
        date_published=printed_date(beside(anchor, each.date, hits), reference),
        topic=clean(beside(anchor, each.topic, hits)) or None,
        comment_count=integer(beside(anchor, each.comments, hits)),
    )


def printed_date(printed: str, reference: datetime) -> str | None:
    """The date beside a link, as precise as printed; None where none stands there."""
    if not printed:
        return None
    try:
        return iso_date(printed, reference)
    except DateError:
        return None
