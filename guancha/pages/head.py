"""What stands around the body of an article: headline, times, people, tags, topic, counts."""

import re
from collections.abc import Iterator

from lxml.etree import _Element as Element

from guancha import urls
from guancha.exceptions import UrlError
from guancha.items import Article, Author, Topic
from guancha.loaders import ArticleLoader
from guancha.pages.rules import Hits, Parts, Rule, begins, has, with_id
from guancha.processors.text import clean

FIELDS = {
    "title": Rule("article/title", "./h3"),
    # Only the first such line, and never an update: lists and comments carry later times.
    "date_published_raw": Rule(
        "article/date_published", f"$times[1]/span[1][not({begins('最后更新', '来源')})]"
    ),
    "date_modified_raw": Rule("article/date_modified", f"$times/span[{begins('最后更新')}]"),
    "source": Rule("article/source", f"$times/span[{begins('来源')}]"),
    "original_title": Rule("article/original_title", f"$others/li[{begins('原标题')}]"),
    "editor": Rule("article/editor", f"$others/li[{begins('责任编辑')}]"),
    "description": Rule("article/description", "//meta[@name='Description']/@content"),
    "tags": Rule("article/tags", "$tags/a"),
    "notices": Rule("article/notices", f"$others/*[not({begins('原标题', '责任编辑')})]"),
    "doc_id": Rule("article/doc_id", f"{with_id('comments-container')}/@data-id"),
    "comment_count": Rule("article/comment_count", with_id("count2")),
    "collect_count": Rule("article/collect_count", with_id("count0")),
    "view_count": Rule("article/view_count", f"$times/span[{has('postpage-view')}]"),
}
AUTHORS = Rule("article/authors", f"./ul[{has('author')}]//div[{has('author-intro')}]/p[a]")
NAME = Rule("article/authors/name", "./a")
HREF = Rule("article/authors/url", "./a/@href")
JOB_TITLE = Rule("article/authors/job_title", "./span")
TOPIC = Rule("article/topic", f"$topics//h4[not({begins('作者', '小编')})]/a[@href]")
SHARE = Rule("article/image", "descendant::script[contains(., 'bdPic')]")

RULES = (*FIELDS.values(), AUTHORS, NAME, HREF, JOB_TITLE, TOPIC, SHARE)

_SHARED = re.compile(r"bdPic\s*:\s*'([^']+)'")


def read(node: Element, base: str, hits: Hits, parts: Parts) -> Article:
    """An article of what its head shows, and of nothing else."""
    loader = ArticleLoader()
    for name, rule in FIELDS.items():
        if printed := rule.texts(node, hits, parts):
            loader.add_value(name, printed)
    for name in ("date_published", "date_modified"):
        if raw := loader.get_collected_values(f"{name}_raw"):
            loader.add_value(name, raw)
    article: Article = loader.load_item()
    article.topic = _topic(node, base, hits, parts)
    article.image = next(_shared(node, hits), None)
    return article


def authors(node: Element, base: str, hits: Hits) -> list[Author]:
    """The people of the author box; the box of the staff is another one and names the editor."""
    found = []
    for box in AUTHORS.find(node, hits):
        name = clean("".join(NAME.texts(box, hits)[:1]))
        job_title = clean("".join(JOB_TITLE.texts(box, hits)[:1])) or None
        hrefs = HREF.texts(box, hits)
        if name:
            url = _page(hrefs[0], base) if hrefs else None
            found.append(Author(name, "author", job_title=job_title, url=url))
    return found


def _topic(node: Element, base: str, hits: Hits, parts: Parts) -> Topic | None:
    for anchor in TOPIC.find(node, hits, parts):
        name, url = clean("".join(anchor.itertext())), _page(anchor.get("href", ""), base)
        slug = urls.slug(url) if url else None
        if name and url and slug:
            return Topic(name, slug, url)
    return None


def _shared(node: Element, hits: Hits) -> Iterator[str]:
    """The pictures that its buttons for sharing hand on."""
    return (url for script in SHARE.texts(node, hits) for url in _SHARED.findall(script))


def _page(href: str, base: str) -> str | None:
    """The address of an author's or topic's page; None for an empty or broken link."""
    if not href.strip():
        return None
    try:
        url = urls.absolute(href, base)
    except UrlError:
        return None
    return urls.printable(url) if urls.kind(url) is urls.Kind.LISTING else None
