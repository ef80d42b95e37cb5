"""The requests for readers' posts and their lists."""

from typing import TYPE_CHECKING

from scrapy import Request

from guancha import clock, urls
from guancha.items import Answer, Outcome
from guancha.pages.answered import unanswered
from guancha.pages.post_parts import PostParts
from guancha.requests import page
from guancha.walk import Walk

if TYPE_CHECKING:
    from guancha.spiders.posts import PostsSpider

WHOLE = 0
"""The number that stands for the whole text on one page."""


def listing(spider: "PostsSpider", walk: Walk) -> Request:
    """The page where a walk stands. Lists first: what they name changes while posts are read."""
    request = page(walk.url or "", spider.listing, spider.no_listing, walk=walk)
    return request.replace(priority=10)


def post(spider: "PostsSpider", post_id: str, url: str | None = None) -> Request:
    """A post with its whole text, or at the address that the site has sent us on to."""
    address = url or _address(post_id, WHOLE)
    return page(address, spider.post, spider.no_post, post_id=post_id, is_moved=url is not None)


def part(spider: "PostsSpider", parts: PostParts, answer: Answer) -> Request:
    """The next page of a post in parts. Before anything else, for its first page waits in memory."""
    url = _address(parts.first.post_id, parts.wanted[0])
    return page(url, spider.part, spider.no_part, parts=parts, answer=answer).replace(priority=20)


def lost(post_id: str, said: str) -> Outcome:
    """The outcome of a post that there was no answer for."""
    return unanswered(urls.post(post_id), None, said, clock.now(), stream="posts", post_id=post_id)


def unlisted(walk: Walk, said: str) -> Outcome:
    """The outcome of a page of a list that there was no answer for; what was said may hold its URL."""
    url, detail = urls.without_reader(walk.url or ""), urls.without_reader(said)
    return unanswered(url, None, detail, clock.now(), stream="posts")


def _address(post_id: str, number: int) -> str:
    return f"{urls.post(post_id)}&page={number}"
