"""A small site of readers' posts, of a test's making."""

import json
from dataclasses import dataclass, field
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

from replica.answers import Answer
from tests.pages.post_builder import NOW, PostHtml, fragment

HTML = {"Content-Type": "text/html; charset=utf-8"}
HOME = Answer(302, b"", {"Location": "https://www.guancha.cn/"})
A_PAGE = 20


@dataclass
class PostSite:
    """Number -> page of each post, newest last; ``say`` answers first, by host and target, where it can."""

    posts: dict[str, PostHtml]
    special: dict[str, Answer] = field(default_factory=dict)
    """What a URL without its scheme answers, whatever the site has."""
    topics: dict[str, list[str]] = field(default_factory=dict)
    authors: dict[str, list[str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    world: SimpleNamespace = field(default_factory=lambda: SimpleNamespace(now=NOW))

    def answer(self, host: str, target: str) -> Answer:
        self.asked.append(host + target)
        if host + target in self.special:
            return self.special[host + target]
        parts = urlsplit(target)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        match host, parts.path:
            case "user.guancha.cn", "/main/content":
                return self._post(query)
            case "user.guancha.cn", "/main/index-list.json":
                return self._listed(list(reversed(self.posts)), query["page"])
            case "user.guancha.cn", "/topic/post-list":
                return self._listed(self.topics.get(query["topic_id"], []), query["page"])
            case "app.guancha.cn", "/user/get-published-list":
                ids = _page(self.authors.get(query["uid"], []), query["page_no"])
                items = [{"id": int(each), "title": f"标题{each}"} for each in ids]
                return Answer(200, json.dumps({"data": {"items": items}}).encode(), {})
        return Answer(404)

    def _post(self, query: dict[str, str]) -> Answer:
        post = self.posts.get(query["id"])
        return Answer(200, post.html, HTML) if post else HOME

    def _listed(self, ids: list[str], page: str) -> Answer:
        return Answer(200, fragment(*_page(ids, page)).encode(), HTML)

    @property
    def pages(self) -> list[str]:
        """Numbers of the posts that were asked for."""
        content = [url for url in self.asked if "/main/content" in url]
        return [parse_qs(urlsplit(url).query)["id"][0] for url in content]


def _page(ids: list[str], page: str) -> list[str]:
    start = (int(page) - 1) * A_PAGE
    return ids[start : start + A_PAGE]


def site(count: int, **parts: str) -> PostSite:
    """So many posts, numbered from 1001."""
    numbers = range(1001, 1001 + count)
    return PostSite({str(n): PostHtml(title=f"第{n}篇", **parts) for n in numbers})
