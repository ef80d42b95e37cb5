"""Reads the links of the stand-in's pages as a browser would."""

import re
from urllib.parse import urljoin, urlsplit

from lxml import html

from replica.site import Site

ARTICLE = re.compile(r"/[^/]+/\d{4}_\d\d_\d\d_(\d+)(?:_\w+)?\.shtml")
LISTING = re.compile(r"/[^/]+/(list_\d+\.shtml)?|/column/[^/]+(/\d+)?|/video/gczvideo/list.*\.html")


def links(site: Site, url: str) -> list[str] | None:
    """Absolute addresses of the anchors of a page; None where the site sends the reader home."""
    parts = urlsplit(url)
    answer = site.answer(parts.netloc, parts.path)
    if answer.status != 200:
        return None
    page = html.document_fromstring(answer.body.decode())
    hrefs = (anchor.get("href") or "" for anchor in page.iter("a"))
    return [urljoin(url, href) for href in hrefs]


def article_id(url: str) -> str | None:
    """The id in an article's URL."""
    parts = urlsplit(url)
    found = ARTICLE.fullmatch(parts.path)
    return found[1] if found and parts.netloc.endswith("guancha.cn") else None


def is_listing(url: str) -> bool:
    """Whether a URL is a listing's."""
    parts = urlsplit(url)
    return parts.netloc == "www.guancha.cn" and bool(LISTING.fullmatch(parts.path))
