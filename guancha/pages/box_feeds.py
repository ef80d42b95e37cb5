"""The JSON of which the site's own script makes boxes of the home page."""

from dataclasses import dataclass, replace
from datetime import datetime

from scrapy.http import Response

from guancha import urls
from guancha.exceptions import PageError
from guancha.items import Headline, Outcome
from guancha.pages.boxes import Box, linked, words
from guancha.pages.document import parse
from guancha.pages.payload import Object, classify_json, count, digits, objects, string
from guancha.pages.related import printed_date


@dataclass(frozen=True)
class Feed:
    """Where it is asked for, and which keys an item of it has."""

    url: str
    title: str = "TITLE"
    link: str = "HTTP_URL"
    date: str = "CREATE_TIME"
    comments: str = "COMMENT_COUNT"
    praises: str = "PRAISE_COUNT"
    comment_id: str = ""


_REMARKS = f"https://user.{urls.DOMAIN}/comment/hot-cmt-list.json"
FEEDS = {
    "fast": Feed(f"{urls.HOME}api/gundong.htm"),
    "hot": Feed(f"{urls.HOME}api/redian.htm"),
    "hot_posts": Feed(f"{urls.HOME}api/fengwenhot.htm"),
    "hot_comments": Feed(
        f"{_REMARKS}?codeId=0&codeType=1&pageNo=1&ff=www",
        title="content",
        link="url",
        date="",
        comments="",
        praises="praise_num",
        comment_id="id",
    ),
}
"""Box -> what is behind it."""


def classify_feed(response: Response, name: str, date: datetime) -> Box | Outcome:
    """Tells what the answer to a request for a box's JSON is; never raises."""
    feed = FEEDS[name]
    found = classify_json(response, feed.url, date, "headlines")
    if isinstance(found, Outcome):
        return found
    box = Box(name, "json")
    for item in objects(found, "items"):
        box.add(_entry(item, feed, date))
    return box


def _entry(item: Object, feed: Feed, date: datetime) -> Headline | None:
    entry = linked(string(item, feed.link) or "", _text(string(item, feed.title) or ""))
    return entry and replace(
        entry,
        comment_id=digits(item, feed.comment_id),
        date_published=printed_date(string(item, feed.date) or "", date),
        comment_count=count(item, feed.comments),
        praise_count=count(item, feed.praises),
    )


def _text(markup: str) -> str:
    """Titles are text, and comments mark-up: no title of the site has a tag."""
    try:
        return words(parse(markup.encode("utf-8", "replace")))
    except PageError:
        return ""
