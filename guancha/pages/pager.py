"""The pager of a split piece: which pages it has, and whether it offers them all on one."""

import re
from dataclasses import dataclass

from lxml.etree import _Element as Element

from guancha import urls
from guancha.exceptions import UrlError
from guancha.pages.rules import Hits, Rule, has, with_id
from guancha.processors.text import integer
from guancha.urls import ArticleUrl

_PAGER = f"({with_id('select_page')})[1]//*[{has('module-page')}]"
CURRENT = Rule("pager/current", f"{_PAGER}/span[{has('active')}]")
# The second paths are for a pager in another dress: a part of a piece never passes for the whole.
LINKS = Rule(
    "pager/links",
    f"{_PAGER}/a/@href",
    "descendant::a/@href[contains(., '_2.shtml') or contains(., '_s.shtml')]",
)
SCRIPTS = Rule(
    "pager/scripts", f"{_PAGER}/a/@onclick", "descendant::*/@onclick[contains(., '.shtml')]"
)

RULES = (CURRENT, LINKS, SCRIPTS)

_TARGET = re.compile(r"""location\.href\s*=\s*['"]([^'"]+)['"]""")


@dataclass(frozen=True)
class Pager:
    """What a pager says; a page without one is the only page of its piece."""

    current: int
    """Number of this page."""
    count: int
    """How many pages the piece has."""
    full_text: ArticleUrl | None
    """The page with the whole text, where it is offered; it is never guessed."""


def read(node: Element, url: ArticleUrl, hits: Hits) -> Pager:
    """The pager of an article's page."""
    current = next(filter(None, map(integer, CURRENT.texts(node, hits))), 1)
    hrefs = LINKS.texts(node, hits)
    for script in SCRIPTS.texts(node, hits):
        hrefs += _TARGET.findall(script)
    pages = {href: page for href in hrefs if (page := _same_piece(href, url))}
    numbers = [int(page.page) for page in pages.values() if page.page and page.page != "s"]
    return Pager(
        current=current,
        count=max([current, 1, *numbers]),
        full_text=next((page for page in pages.values() if page.page == "s"), None),
    )


def _same_piece(href: str, url: ArticleUrl) -> ArticleUrl | None:
    try:
        page = urls.linked_article(href, url.canonical)
    except UrlError:
        return None
    return page if page and page.article_id == url.article_id else None
