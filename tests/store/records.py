"""Small invented records for the store."""

from typing import Any

from guancha import urls
from guancha.clock import stamp
from guancha.items import Answer, Article, Outcome, Sighting, Visit
from guancha.loaders import content_hash
from guancha.targets import Target
from tests.store.conftest import NOW

URL = "https://www.guancha.cn/{}/2026_10_04_{}.shtml"


def target(number: int, slug: str = "CaiJing", **known: Any) -> Target:
    return Target(urls.article(URL.format(slug, number)), **known)


def article(number: int, text: str = "正文。", **fields: Any) -> Article:
    record = Article(
        article_id=str(number),
        url=URL.format("CaiJing", number),
        section="CaiJing",
        date="2026-10-04",
        content_type="text",
        title=f"标题{number}",
        date_published="2026-10-04T16:19:35+08:00",
        text=text,
        paragraphs=[text],
        date_first_crawled=stamp(NOW),
        date_crawled=stamp(NOW),
        extractor_version="1",
    )
    for name, value in fields.items():
        setattr(record, name, value)
    record.content_hash = content_hash(record)
    return record


def visit(number: int, text: str = "正文。", page: str = "page", **fields: Any) -> Visit:
    return Visit(article(number, text, **fields), Answer(page, '"etag"'))


def gone(number: int, slug: str = "CaiJing") -> Outcome:
    return outcome(number, "gone", slug)


def outcome(number: int, kind: str, slug: str = "CaiJing") -> Outcome:
    url = URL.format(slug, number)
    return Outcome(article_id=str(number), url=url, kind=kind, date_crawled=stamp(NOW))


def listing_outcome(kind: str) -> Outcome:
    return Outcome(url="https://www.guancha.cn/CaiJing", kind=kind, date_crawled=stamp(NOW))


def sighting(number: int) -> Sighting:
    return Sighting(str(number), URL.format("CaiJing", number), stamp(NOW))
