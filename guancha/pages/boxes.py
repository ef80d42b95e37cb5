"""The home page as a ranking: which entries each of its boxes puts forward."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from lxml.etree import _Element as Element
from scrapy.http import Response

from guancha import EXTRACTOR_VERSION, urls
from guancha.exceptions import UrlError
from guancha.items import Headline, Outcome
from guancha.pages.answered import Answered, Moved
from guancha.pages.related import printed_date
from guancha.pages.rules import Hits, Rule, declared, has, text_of
from guancha.processors.text import clean, labelled
from guancha.urls import ArticleUrl

_LEAD = f"ancestor::div[{has('content-headline')}][1]//div[{has('module-interact')}]"
# Up to the next headline: the columns nest their entries unclosed.
_BELOW = f"ancestor::h4[1]/following-sibling::*[self::h4 or self::div[{has('module-interact')}]][1]"
_COLUMN = f"//ul[{has('img-List')}]"
_OTHERS = f"ancestor::ul[{has('Review-item')} or {has('fengwen-list')}]"


@dataclass(frozen=True)
class Links:
    """Some links of a box, and where, seen from a link, its details stand."""

    link: Rule
    views: Rule | None = None
    comments: Rule | None = None
    praises: Rule | None = None
    date: Rule | None = None
    comment_id: Rule | None = None

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Those that it has."""
        every = (self.link, self.views, self.comments, self.praises, self.date, self.comment_id)
        return tuple(rule for rule in every if rule)


def _beside(name: str, div: str) -> dict[str, Rule]:
    views = (f"{div}//a[{has('interact-attention')}]", f"{div}//a[@data-sensor='阅读数']")
    return {
        "views": Rule(f"home/{name}/views", *views),
        "comments": Rule(f"home/{name}/comments", f"{div}//a[{has('interact-comment')}]"),
    }


def _timed(name: str, *boxes: str) -> Links:
    links = Rule(f"home/{name}", *(f"{box}//a[@href]" for box in boxes))
    date = Rule(f"home/{name}/date", f"ancestor::li[1]//span[{has('time')}]")
    return Links(links, date=date)


BOXES: dict[str, tuple[Links, ...]] = {
    "headline": (
        Links(
            Rule("home/headline", f"//div[{has('content-headline')}]/h3//a[@href]"),
            **_beside("headline", _LEAD),
        ),
        Links(Rule("home/headline/more", f"//ul[{has('content-headline-other')}]/li/a[@href]")),
        Links(Rule("home/headline/top", f"//div[{has('content-topnews-box-neo-box')}]//a[@href]")),
    ),
    "main": (
        Links(
            # Where a parser closes the column at its first unclosed entry, the others stand behind it.
            Rule(
                "home/main",
                f"({_COLUMN} | {_COLUMN}/ancestor::li[1]/following-sibling::li)"
                f"//h4[{has('module-title')}][not({_OTHERS})]//a[@href]",
            ),
            **_beside("main", _BELOW),
        ),
    ),
    "fast": (_timed("fast", "//*[@id='news-index-focus' or @id='news-focus']"),),
    "hot": (_timed("hot", "//*[@id='news-index-redian']", f"//*[{has('hot-list-2')}]"),),
    "hot_posts": (
        Links(
            Rule(
                "home/hot_posts",
                f"//*[@id='post-fengwen']//a[{has('fenwen24-title')}]",
                "//*[@id='post-fengwen']//a[@href]",
            ),
            comments=Rule("home/hot_posts/comments", "following-sibling::span[1]"),
            praises=Rule("home/hot_posts/praises", "following-sibling::span[1]"),
        ),
    ),
    "hot_comments": (
        Links(
            Rule("home/hot_comments", f"//*[@id='hot-comments']//a[{has('hot-comment-txt')}]"),
            praises=Rule("home/hot_comments/praises", f"following-sibling::*[{has('praise')}][1]"),
            comment_id=Rule("home/hot_comments/id", "ancestor::*[@data-id][1]/@data-id"),
        ),
    ),
}
"""Box -> its links, the most prominent first."""
RULES = tuple(rule for parts in BOXES.values() for part in parts for rule in part.rules)
FILLED = """document.querySelector('.content-headline, h4.module-title') !== null &&
  ['news-index-focus', 'news-focus', 'news-index-redian', 'post-fengwen', 'hot-comments']
  .map(id => document.getElementById(id)).every(box => box === null || box.querySelector('a'))"""
"""JavaScript: true once every box that a script fills has been filled."""


class Box:
    """What one box puts forward, read from the page or from the JSON behind it."""

    def __init__(self, name: str, source: str = "page") -> None:
        self.name = name
        self.source = source
        self._entries: dict[str, Headline] = {}

    def add(self, entry: Headline | None) -> None:
        """Gives an entry the next place, unless it is there already, or says nothing."""
        if entry is None or not entry.title:
            return
        placed = replace(
            entry,
            box=self.name,
            rank=len(self._entries) + 1,
            source=self.source,
            extractor_version=EXTRACTOR_VERSION,
        )
        self._entries.setdefault(entry.comment_id or entry.url, placed)

    @property
    def entries(self) -> list[Headline]:
        """In order of rank, each link once."""
        return list(self._entries.values())

    @property
    def placed(self) -> int:
        """How many there are: all of them stand where they should."""
        return len(self._entries)

    @property
    def shown(self) -> dict[str, int]:
        """Where they were read -> how many."""
        return {self.source: self.placed} if self._entries else {}


class HomePage:
    """The home page, as answered at ``date``; ``hits`` counts which rules matched."""

    def __init__(self, root: Element, date: datetime) -> None:
        self.root = root
        self.date = date
        self.hits: Hits = declared(RULES)
        self.boxes = {name: self._box(name) for name in BOXES}

    def _box(self, name: str) -> Box:
        box = Box(name)
        for part in BOXES[name]:
            for anchor in part.link.find(self.root, self.hits):
                box.add(self._entry(anchor, part))
        return box

    def _entry(self, anchor: Element, part: Links) -> Headline | None:
        def beside(rule: Rule | None) -> str:
            return clean("".join(rule.texts(anchor, self.hits)[:1])) if rule else ""

        entry = linked(anchor.get("href", ""), words(anchor))
        if entry is None:
            return None
        return replace(
            entry,
            comment_id=beside(part.comment_id) or None,
            date_published=printed_date(beside(part.date), self.date),
            view_count=labelled(beside(part.views), "阅读"),
            comment_count=labelled(beside(part.comments), "评论"),
            praise_count=labelled(beside(part.praises), "赞"),
        )


def classify_home(response: Response, date: datetime) -> HomePage | Outcome:
    """Tells what the answer to a request for the home page is; never raises."""
    answer = Answered(response, urls.HOME, date, stream="headlines")
    if answer.is_redirect:
        there = answer.redirect()
        return answer.outcome("gone", there.url) if isinstance(there, Moved) else there
    root = answer.root
    if isinstance(root, Outcome):
        return root
    page = HomePage(root, date)
    if answer.closed and (page.boxes["headline"].entries or page.boxes["main"].entries):
        return page
    return answer.unknown(root, "no home/headline and no home/main")


def linked(href: str, title: str) -> Headline | None:
    """An entry by its link; None for one that leads nowhere, and for the rank that a picture bears."""
    try:
        url = urls.absolute(href)
    except UrlError:
        return None
    if not href.strip() or title.isdigit() or not url.startswith(("http://", "https://")):
        return None
    article: ArticleUrl | None = urls.find_article(url)
    post_id = urls.find_post(url)
    canonical = article.canonical if article else urls.post(post_id) if post_id else url
    article_id = article.article_id if article else None
    return Headline(title=title, url=canonical, article_id=article_id, post_id=post_id)


def words(element: Element) -> str:
    """The text of an element, where a line break parts words as well."""
    return clean("".join(_pieces(element)))


def _pieces(element: Element) -> Iterator[str]:
    for found in element.xpath(".//text() | .//br"):
        yield "\n" if isinstance(found, Element) else text_of(found)
