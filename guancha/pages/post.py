"""A reader's post (风闻). No real page was at hand: the rules are what others report of it."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

from lxml.etree import _Element as Element

from guancha import EXTRACTOR_VERSION, clock, urls
from guancha.items import Post, PostTopic
from guancha.loaders import PostLoader
from guancha.pages import blocks, body
from guancha.pages.joining import joined
from guancha.pages.media import web_address
from guancha.pages.rules import Hits, Rule, begins, declared, has, text_of
from guancha.processors.text import clean

_SHORT = 20
"""Characters; what is longer is no count with its label."""


def _count(name: str, *labels: str) -> Rule:
    """A short text that begins with a label, and holds one element at the most."""
    short = f"string-length(normalize-space()) <= {_SHORT}"
    return Rule(f"post/{name}", f"descendant::*[count(.//*) <= 1][{short}][{begins(*labels)}]")


# Each as one step down and conditions: several steps would cost the square of a long page.
NODE = Rule("post/node", f"(/descendant::*[{has('article-content')}])[1]")
TITLE = Rule("post/title", "(descendant::h1)[1]", "(/descendant::h1)[1]")
_TEXT = has("article-txt-content")
BODY = Rule("post/body", f"/descendant::*[{_TEXT}][not(ancestor::*[{_TEXT}])]")
_WRITER = f"a[ancestor::h4][ancestor::*[{has('user-main')}]]"
AUTHOR = Rule("post/author", f"(descendant::{_WRITER})[1]", f"(/descendant::{_WRITER})[1]")
_TIME = f"*[{has('time1')}]"
TIME = Rule("post/date_published", f"(descendant::{_TIME})[1]", f"(/descendant::{_TIME})[1]")
TOPICS = Rule("post/topics", "descendant::a[contains(@href, 'topic')]")
PAGER = Rule("post/pager", "/descendant::a[contains(@href, 'page=')]/@href")
COUNTS = {
    "view_count": _count("view_count", "阅读", "浏览"),
    "comment_count": _count("comment_count", "评论"),
    "praise_count": _count("praise_count", "赞", "点赞"),
    "collect_count": _count("collect_count", "收藏"),
}
RULES = (NODE, TITLE, BODY, AUTHOR, TIME, TOPICS, PAGER, *COUNTS.values())

_NUMBER = re.compile(r"[1-9][0-9]{0,11}")


class PostPage:
    """One page of a post, as answered at ``date``; ``hits`` counts which rules matched.

    ``sent`` is when the site says that it answered: the time that its relative times count back from.
    """

    def __init__(
        self,
        post_id: str,
        root: Element,
        date: datetime,
        sent: datetime | None = None,
        hits: Hits | None = None,
    ) -> None:
        self.post_id, self.root = post_id, root
        self.url = urls.post(post_id)
        self.date, self.sent = date, sent or date
        self.hits = Hits() if hits is None else hits
        self.hits.update(declared(RULES))
        self.around = NODE.find(root, self.hits)
        """What holds the post alone; empty where nothing does, and then no count is believed."""
        self.node = self.around[0] if self.around else root
        self.title = clean("".join(TITLE.texts(self.node, self.hits)))
        bodies = BODY.find(root, self.hits)
        self.blocks = [block for each in bodies for block in blocks.read(each, self.url)]
        missing = [rule.name for rule, found in ((TITLE, self.title), (BODY, bodies)) if not found]
        self.fault = f"no {missing[0]}" if missing else None
        """Why this can't be read as a post, in words; None where all is in its place."""
        self.count = max([1, *self._pages()])
        """How many pages the post has, as its pager shows."""
        if not self.fault:
            for each in bodies:
                # Read; and what is said in it must not be taken for a count or a topic of the post.
                _take_out(each)

    def _pages(self) -> Iterator[int]:
        for href in PAGER.texts(self.root, self.hits):
            url = web_address(href, self.url)
            if url and urls.find_post(url) == self.post_id:
                yield from (int(n) for n in _numbers(url, "page") if len(n) <= 3)

    def post(self, parts: Sequence["PostPage"] = (), *, is_complete: bool | None = None) -> Post:
        """The post whose head is on this page; ``parts`` are the pages that hold its text, in order.

        By default it is what this page alone holds.
        """
        text = body.read(joined(part.blocks for part in parts or (self,)), is_edited=False)
        self.hits["post/body/discarded"] = len(text.discarded)
        loader = PostLoader(reference=self.sent)
        crawled = clock.stamp(self.date)
        for name, value in {
            "post_id": self.post_id,
            "url": self.url,
            "title": self.title,
            "topics": self._topics(),
            "paragraphs": text.paragraphs,
            "images": text.images,
            "videos": text.videos,
            "links": text.links,
            "is_complete": self.count == 1 if is_complete is None else is_complete,
            "date_first_crawled": crawled,
            "date_crawled": crawled,
            "extractor_version": EXTRACTOR_VERSION,
        }.items():
            loader.add_value(name, value)
        self._load_head(loader)
        return loader.load_post()

    def _load_head(self, loader: PostLoader) -> None:
        printed = TIME.texts(self.node, self.hits)
        loader.add_value("date_published", printed)
        loader.add_value("date_published_raw", printed)
        for anchor in AUTHOR.find(self.node, self.hits):
            loader.add_value("author_name", text_of(anchor))
            loader.add_value("author_id", _numbers(anchor.get("href", ""), "uid"))
        for node in self.around:
            for name, rule in COUNTS.items():
                loader.add_value(name, rule.texts(node, self.hits))

    def _topics(self) -> list[PostTopic]:
        """Each topic once; a link without a name or a number is none."""
        found: dict[str, PostTopic] = {}
        for anchor in (a for node in self.around for a in TOPICS.find(node, self.hits)):
            href, name = anchor.get("href", ""), clean(text_of(anchor))
            for number in (_numbers(href, "topic_id") or _numbers(href, "id"))[:1]:
                if name:
                    found.setdefault(number, PostTopic(number, name))
        return list(found.values())


def _take_out(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _numbers(href: str, name: str) -> list[str]:
    """The numbers that a link gives for a parameter."""
    try:
        values = parse_qs(urlsplit(href.strip()).query).get(name, [])
    except ValueError:
        return []
    return [value for value in values if _NUMBER.fullmatch(value)]
