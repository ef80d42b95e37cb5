"""What every record must be before it counts as one."""

from dataclasses import fields, replace
from datetime import datetime, timedelta

from guancha import urls
from guancha.items import Article, Outcome, Post
from guancha.processors.dates import BEIJING

CLOCK_SKEW = timedelta(minutes=10)
"""How far the site's clock may be ahead of ours before its dates are not believed."""
REQUIRED = tuple(each.name for each in fields(Article) if each.metadata.get("required"))


def find_faults(article: Article, now: datetime) -> dict[str, str]:
    """Field -> what is wrong with it, in words; empty for a sound article."""
    faults = {name: "missing" for name in REQUIRED if not getattr(article, name)}
    faults |= _url_faults(article)
    for name in ("date_published", "date_modified"):
        faults |= _date_faults(article, name, now)
    if not article.date_published and not article.date_modified:
        faults.setdefault("date_published", "missing")
    return faults


def find_post_faults(post: Post, now: datetime) -> dict[str, str]:
    """The same of a reader's post. What its time says is only told from the future: its forms are many."""
    required = (each.name for each in fields(Post) if each.metadata.get("required"))
    faults = {name: "missing" for name in required if not getattr(post, name)}
    if not (post.paragraphs or post.images or post.videos):
        faults["paragraphs"] = "missing"
    if urls.find_post(post.url) != post.post_id or urls.post(post.post_id) != post.url:
        faults["url"] = f"not canonical: {post.url!r}"
    published = post.date_published and datetime.fromisoformat(post.date_published)
    # A day alone has no zone.
    if published and published.replace(tzinfo=published.tzinfo or BEIJING) > now + CLOCK_SKEW:
        faults["date_published"] = f"in the future: {post.date_published_raw!r}"
    return faults


def refused(record: Article | Post, faults: dict[str, str]) -> Outcome:
    """The outcome of an article or post that is not sound."""
    outcome = Outcome(
        url=record.url,
        kind="layout",
        http_status=200,
        date_crawled=record.date_crawled,
        detail="; ".join(f"{name}: {fault}" for name, fault in faults.items()),
    )
    if isinstance(record, Post):
        return replace(outcome, stream="posts", post_id=record.post_id or None)
    return replace(outcome, article_id=record.article_id or None)


def _url_faults(article: Article) -> dict[str, str]:
    parts = urls.find_article(article.url)
    if parts is None or parts.canonical != article.url:
        return {"url": f"not canonical: {article.url!r}"}
    expected = {"article_id": parts.article_id, "section": parts.slug, "date": parts.date}
    return {
        name: f"{getattr(article, name)!r} is not that of the URL"
        for name, value in expected.items()
        if getattr(article, name) != value
    }


def _date_faults(article: Article, name: str, now: datetime) -> dict[str, str]:
    printed, value = getattr(article, f"{name}_raw"), getattr(article, name)
    if not value:
        return {name: f"not a date: {printed!r}"} if printed else {}
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        return {name: f"without a time: {printed!r}"}
    return {name: f"in the future: {printed!r}"} if moment > now + CLOCK_SKEW else {}
